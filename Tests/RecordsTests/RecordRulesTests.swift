import Diagnostics
import Releases
import Testing

@testable import Records

@Suite struct RecordRules {
  private func applied(_ rules: [Configuration.RecordRule], _ change: (inout RunRecord) -> Void) -> RunRecord {
    var run = RunRecord(id: "1", state: .succeeded)
    change(&run)
    var set = RecordSet()
    set.runs = [Located(run, file: "runs/a.json", position: Position(line: 1, column: 1))]
    applyRules(rules, to: &set)
    return set.runs[0].value
  }

  @Test func theFirstRuleThatGivesAValueWinsAndTheRecordsOwnStays() {
    let rules = [
      Configuration.RecordRule(files: "runs/b*", values: ["service": "b"]),
      Configuration.RecordRule(files: "runs/**", values: ["ref": "{service}-{version}"]),
      Configuration.RecordRule(files: nil, values: ["service": "late", "version": "9"]),
    ]
    let run = applied(rules) { $0.ref = Ref(name: "shop-1.4", type: .tag) }
    #expect(run.service == "shop" && run.version?.name == "1.4")
    let other = applied(rules) { $0.service = "own" }
    #expect(other.service == "own" && other.version?.name == "9")
  }

  @Test func aStepWhoseNameGivesAnEnvironmentIsADeployment() {
    let rules = [Configuration.RecordRule(files: nil, values: ["step": "Deploy to {environment}"])]
    let run = applied(rules) {
      $0.steps = [Step(name: "Build", state: .succeeded), Step(name: "Deploy to staging", state: .failed)]
    }
    #expect(run.deployments.map(\.environment.name) == ["staging"])
    #expect(run.deployments.map(\.state) == [.failed])
    #expect(run.deployments.map(\.inferred) == [["environment"]])
  }
}
