import Diagnostics
import Testing

@testable import Providers
@testable import Records
@testable import Time

/// Lists that say themselves that they go on.
@Suite struct ListPages {
  private static func told(_ files: KeyValuePairs<String, String>) -> [String] {
    join(files).diagnostics.filter { $0.message.id == "more-pages" }.map { "\($0.severity.rawValue) \($0.file ?? "")" }
  }

  // MARK: GitHub

  private static let run = GitHubJoin.run(1, "completed", "\"success\"")
  private static func job(_ id: Int) -> String {
    GitHubJoin.job(id, run: 1, "completed", "\"success\"", from: "10:01", to: "10:02")
  }
  private static func jobs(_ total: Int, _ ids: Int...) -> String {
    #"{"total_count":\#(total),"jobs":[\#(ids.map(job).joined(separator: ","))]}"#
  }

  @Test func jobsThatAreMissingAreAWarning() throws {
    let set = join(["a.json": Self.run, "b.json": Self.jobs(3, 1, 2)])
    let told = try #require(set.diagnostics.first)
    #expect(set.diagnostics.count == 1 && told.severity == .warning && told.file == "b.json")
    #expect(
      told.message.text == "only 2 of the 3 steps of run 1 are among the records, so what the others did is missing")
    #expect(told.message.suggestion == "ask for all of them: gh api --paginate")
  }

  @Test func thoseOfOtherFilesAndPagesCount() {
    #expect(Self.told(["a.json": Self.run, "b.json": Self.jobs(3, 1, 2), "c.json": Self.jobs(3, 3)]).isEmpty)
    #expect(Self.told(["a.json": Self.run, "b.json": "[\(Self.jobs(3, 1, 2)),\(Self.jobs(3, 3))]"]).isEmpty)
    #expect(Self.told(["a.json": Self.run, "b.json": Self.jobs(2, 1), "c.json": Self.job(2)]).isEmpty)
    #expect(Self.told(["a.json": Self.run, "b.json": Self.jobs(1, 1)]).isEmpty)
    #expect(
      Self.told(["a.json": Self.run, "b.json": Self.jobs(3, 1, 2), "c.json": Self.jobs(3, 1, 2)]) == ["warning b.json"])
    // The same page twice is no other one, and one warning is enough for one run.
    #expect(
      Self.told(["a.json": Self.run, "b.json": Self.jobs(3, 1), "c.json": Self.jobs(3, 1)]) == ["warning b.json"])
    // Of a run that was not read nothing is said but that.
    #expect(Self.told(["b.json": Self.jobs(3, 1, 2)]).isEmpty)
  }

  @Test func aListOfSeveralRunsSaysNothingOfOne() {
    let others = [3, 4].map { GitHubJoin.job($0, run: 2, "completed", "\"success\"", from: "10:01", to: "10:02") }
    let list = #"{"total_count":4,"jobs":[\#(([Self.job(1), Self.job(2)] + others).joined(separator: ","))]}"#
    let second = GitHubJoin.run(2, "completed", "\"success\"")
    #expect(Self.told(["a.json": Self.run, "b.json": second, "c.json": list]).isEmpty)
  }

  @Test func runsThatAreMissingAreANote() {
    let runs = #"{"total_count":250,"workflow_runs":[\#(Self.run)]}"#
    #expect(Self.told(["a.json": runs]) == ["note a.json"])
    #expect(Self.told(["a.json": runs, "b.json": runs]) == ["note a.json"])
    // Settings are cut for other reasons.
    let environment =
      #"{"id":3,"name":"Production","url":"https://api.github.com/repos/acme/web/environments/Production","protection_rules":[]}"#
    #expect(Self.told(["a.json": Self.run, "b.json": #"{"total_count":2,"environments":[\#(environment)]}"#]).isEmpty)
  }

  // MARK: Pages that name the next one

  private static func pipelines(_ rest: String, _ number: Int) -> String {
    #"{"pagelen":1,"values":[{"type":"pipeline","uuid":"{p\#(number)}","build_number":\#(number),"state":{"name":"COMPLETED","result":{"name":"SUCCESSFUL"}},"created_on":"2026-03-01T10:00:00Z","target":{}}]\#(rest)}"#
  }
  private static func steps(_ rest: String, _ number: Int) -> String {
    #"{"pagelen":1,"values":[{"type":"pipeline_step","uuid":"{s\#(number)}","pipeline":{"uuid":"{p1}"},"name":"Test","state":{"name":"COMPLETED","result":{"name":"SUCCESSFUL"}}}]\#(rest)}"#
  }
  private static let next = #","next":"https://api.bitbucket.org/2.0/x?page=2""#

  @Test func bitbucketNamesTheNextPage() {
    #expect(Self.told(["a.json": Self.pipelines(Self.next, 1)]) == ["note a.json"])
    #expect(Self.told(["a.json": Self.pipelines(Self.next, 1), "b.json": Self.pipelines("", 2)]).isEmpty)
    #expect(Self.told(["a.json": Self.pipelines(#","size":5"#, 1)]) == ["note a.json"])
    let run = Self.pipelines("", 1)
    #expect(Self.told(["a.json": run, "b.json": Self.steps(Self.next, 1)]) == ["warning b.json"])
    #expect(Self.told(["a.json": run, "b.json": Self.steps(Self.next, 1), "c.json": Self.steps("", 2)]).isEmpty)
    #expect(Self.told(["a.json": run, "b.json": Self.steps("", 1)]).isEmpty)
  }

  @Test func graphHasAFlagForIt() {
    func answer(_ goesOn: Bool) -> String {
      #"{"data":{"repository":{"nameWithOwner":"acme/web","deployments":{"pageInfo":{"hasNextPage":\#(goesOn)},"nodes":[{"databaseId":5,"environment":"live","commitOid":"a1a1a1a1a1","state":"ACTIVE","createdAt":"2026-03-02T10:00:00Z"}]}}}}"#
    }
    #expect(Self.told(["a.json": answer(true)]) == ["note a.json"])
    #expect(Self.told(["a.json": answer(false)]).isEmpty)
    #expect(Self.told(["a.json": answer(true), "b.json": answer(false).replacing(":5,", with: ":6,")]).isEmpty)
  }

  @Test func circleHasATokenForIt() {
    func workflows(_ token: String) -> String {
      #"{"next_page_token":\#(token),"items":[{"id":"5034460f-c7c4-4c43-9457-de07e2029e7b","name":"ship","status":"success","pipeline_id":"p","pipeline_number":1,"project_slug":"gh/acme/web","created_at":"2026-03-02T10:00:00Z","stopped_at":"2026-03-02T10:10:00Z"}]}"#
    }
    #expect(Self.told(["a.json": workflows(#""abc""#)]) == ["note a.json"])
    #expect(Self.told(["a.json": workflows("null")]).isEmpty)
  }
}
