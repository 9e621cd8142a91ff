import Diagnostics
import Providers
import Records
import Releases
import Testing
import Time

@testable import Site

@Suite struct ReportsAndTheirRuns {
  private static func run(_ id: String, _ file: String, attempt: Int = 1) -> Located<RunRecord> {
    var run = RunRecord(id: id, state: .succeeded)
    run.attempt = attempt
    return Located(run, file: file, position: Position(line: 1, column: 1))
  }

  static let runs = [
    run("128", "runs/shop/2026/03/128-1.json"), run("129", "runs/shop/2026/03/129-1.json"),
    run("129", "runs/shop/2026/03/129-2.json", attempt: 2), run("{AB-12}", "runs/shop/2026/03/ab-12-1.json"),
    run("7", "runs/shop/2026/02.jsonl"), run("8", "runs/shop/2026/02.jsonl"), run("8", "runs/shop/2026/02.jsonl", attempt: 2),
    run("719643947", "runs/github/page.json"), run("42", "runs/github/page.json"),
    run("42", "runs/github/page.json", attempt: 2),
    run("acme/shop #5", "runs/nightly.json"), run("1", "runs/two/a.json"), run("1", "runs/two/b.json"),
  ]

  static let findings: [(String, TestsBesideRuns.Finding)] = [
    ("runs/shop/2026/03/128-1.xml", .run(0)), ("runs/shop/2026/03/128-1-unit.xml", .run(0)),
    ("runs/shop/2026/03/128-1.junit.XML", .run(0)),
    ("runs/shop/2026/03/128-1_e2e.xml", .run(0)), ("runs/shop/2026/03/128.xml", .run(0)),
    ("runs/shop/2026/03/junit-128.xml", .run(0)), ("runs/shop/2026/03/128-1/unit/TEST-a.xml", .run(0)),
    ("runs/shop/2026/03/129-1.xml", .run(1)), ("runs/shop/2026/03/129-2.xml", .run(2)), ("runs/shop/2026/03/129.xml", .run(2)),
    ("runs/shop/2026/03/TEST-129-1-x.xml", .run(1)), ("runs/shop/2026/03/AB-12-1.xml", .run(3)),
    ("runs/shop/2026/03/x_{ab-12}.xml", .run(3)),
    // A folded month stands for its folder.
    ("runs/shop/2026/02/7-1.xml", .run(4)), ("runs/shop/2026/02/8-1.xml", .run(5)), ("runs/shop/2026/02/8-2-e2e.xml", .run(6)),
    ("runs/shop/2026/02-8-1.xml", .run(5)),
    ("runs/github/719643947.xml", .run(7)), ("runs/github/unit.719643947.xml", .run(7)), ("runs/github/42.xml", .run(9)),
    ("runs/github/page-42-1.xml", .run(8)), ("runs/nightly.xml", .run(10)), ("runs/nightly/a.xml", .run(10)),
    ("runs/acme-shop-5.xml", .run(10)),
    // Neither parts of a word nor other folders.
    ("runs/shop/2026/03/1281.xml", .none), ("runs/shop/2026/03/unit.xml", .none), ("runs/shop/2026/128-1.xml", .none),
    ("runs/128-1.xml", .none), ("runs/github/page.xml", .none), ("128-1.xml", .none),
    ("runs/two/1.xml", .several), ("runs/two/a.xml", .run(11)),
  ]

  @Test(arguments: findings)
  func aReportBelongsToTheRunThatItIsNamedAfter(path: String, finding: TestsBesideRuns.Finding) {
    #expect(TestsBesideRuns(ReportsAndTheirRuns.runs).run(ofReport: path) == finding)
  }

  @Test func reportsOfOneRunAddUpAndOutweighItsRecord() {
    var runs = [Self.run("128", "runs/128.json"), Self.run("129", "runs/129.json")]
    runs[0].value.tests = TestCounts(total: 9, passed: 9, failed: 0)
    runs[1].value.tests = TestCounts(total: 1, passed: 1, failed: 0)
    let reports = [
      ("runs/128-a.xml", TestCounts(total: 2, passed: 1, failed: 1)),
      ("runs/128-b.xml", TestCounts(total: 1, passed: 1, failed: 0)),
      ("runs/129.xml", TestCounts(total: 1, passed: 1, failed: 0)),
      ("runs/130.xml", TestCounts(total: 1, passed: 1, failed: 0)),
    ].map { Located($0.1, file: $0.0, position: Position(line: 1, column: 1)) }
    let (lost, diagnostics) = TestsBesideRuns.add(reports, to: &runs)
    #expect(
      runs.map(\.value.tests) == [TestCounts(total: 3, passed: 2, failed: 1), TestCounts(total: 1, passed: 1, failed: 0)])
    #expect(lost.map(\.file) == ["runs/130.xml"])
    #expect(diagnostics.map(\.message.id) == ["report-without-run", "report-outweighs-record"])
    #expect(diagnostics.map(\.severity) == [.warning, .note])
  }
}
