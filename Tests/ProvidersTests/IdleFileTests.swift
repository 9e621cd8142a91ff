import Diagnostics
import Testing

@testable import Providers
@testable import Records
@testable import Time

/// Files that say nothing without others.
@Suite struct IdleFiles {
  private static func told(_ files: KeyValuePairs<String, String>) -> [String] {
    join(files).warningsOfIdleFiles.map { "\($0.file ?? ""): \($0.message.text)" }
  }

  private static let run = GitHubJoin.run(1, "completed", "\"success\"")
  private static let job = GitHubJoin.job(2, run: 1, "completed", "\"success\"", from: "10:01", to: "10:02")
  private static let status = GitHubJoin.status(51, of: 5, "success", at: "10:09")

  @Test func eachIsToldOfOnce() throws {
    let set = join(["b.json": "[\(Self.status),\(Self.status.replacing("51", with: "52"))]", "a.json": Self.job])
    #expect(
      set.warningsOfIdleFiles.map { "\($0.file ?? ""): \($0.message.text)" } == [
        "a.json: nothing of this file was taken: its run 1 is not among the records",
        "b.json: nothing of this file was taken: its deployment 5 is not among the records",
      ])
    let first = try #require(set.warningsOfIdleFiles.first)
    #expect(first.severity == .warning && first.message.id == "nothing-taken")
    #expect(first.message.suggestion?.hasPrefix("import all files of one collection at once") == true)
  }

  @Test func whatHelpedIsNot() {
    #expect(Self.told(["a.json": Self.job, "b.json": Self.run]).isEmpty)
    // Twice the same is no want of others.
    #expect(Self.told(["a.json": Self.run, "b.json": Self.run]).isEmpty)
    #expect(Self.told(["a.json": "[\(Self.run),\(Self.status)]"]).isEmpty)
  }

  @Test func namesThatNothingUsesAreOnlyWhereNothingElseIs() {
    let environment =
      #"{"id":3,"name":"Production","url":"https://api.github.com/repos/acme/web/environments/Production","protection_rules":[]}"#
    #expect(Self.told(["a.json": environment]).count == 1)
    #expect(Self.told(["a.json": environment, "b.json": Self.run]).isEmpty)
  }

  @Test func whatARulePlacedIsTaken() {
    let deployment =
      #"{"Id":"Deployments-2","EnvironmentId":"Environments-2","TaskId":"ServerTasks-445","ProjectId":"Projects-1"}"#
    var set = join(["a.json": deployment])
    #expect(set.warningsOfIdleFiles.count == 1)
    applyRules([Configuration.RecordRule(files: nil, values: ["environment": "live"])], to: &set)
    #expect(set.warningsOfIdleFiles.isEmpty)
  }
}
