import Diagnostics
import Foundation
import Records
import TestReports
import Testing

private func read(_ text: String) -> Parsed<Located<TestCounts>?> { read(Array(text.utf8)) }
private func read(_ bytes: [UInt8]) -> Parsed<Located<TestCounts>?> {
  readTestReport(Source(file: "runs/128.xml", bytes: bytes))
}

@Suite struct CountingOfCases {
  static let counts: [(String, TestCounts)] = [
    (#"<testsuites/>"#, TestCounts(total: 0, passed: 0, failed: 0)),
    (#"<testsuite/>"#, TestCounts(total: 0, passed: 0, failed: 0)),
    (#"<testsuite><testcase name="a"/></testsuite>"#, TestCounts(total: 1, passed: 1, failed: 0)),
    (#"<testsuites><testcase name="a"/></testsuites>"#, TestCounts(total: 1, passed: 1, failed: 0)),
    (#"<testsuite><testcase name="a"><failure/></testcase></testsuite>"#, TestCounts(total: 1, passed: 0, failed: 1)),
    (
      #"<testsuite><testcase name="a"><error/><failure/><skipped/></testcase></testsuite>"#,
      TestCounts(total: 1, passed: 0, failed: 1)
    ),
    (
      #"<testsuite><testcase name="a"><skipped/></testcase></testsuite>"#,
      TestCounts(total: 1, passed: 0, failed: 0, skipped: 1)
    ),
    (#"<testsuite><testcase name="a" status="notrun"/></testsuite>"#, TestCounts(total: 1, passed: 0, failed: 0, skipped: 1)),
    // The output of a test may hold what looks like tests.
    (
      #"<testsuite><testcase name="a"><system-out><testcase name="b"><failure/></testcase></system-out></testcase><properties><testcase name="c"/></properties></testsuite>"#,
      TestCounts(total: 1, passed: 1, failed: 0)
    ),
    (
      #"<testsuite><!-- <testcase name="b"/> --><testcase name="a"><![CDATA[<failure/>]]></testcase></testsuite>"#,
      TestCounts(total: 1, passed: 1, failed: 0)
    ),
    // The counters of a suite that lists its cases are not believed.
    (#"<testsuite tests="9" failures="3"><testcase name="a"/></testsuite>"#, TestCounts(total: 1, passed: 1, failed: 0)),
    (#"<testsuite tests="9" failures="2" errors="1" skipped="2"/>"#, TestCounts(total: 9, passed: 4, failed: 3, skipped: 2)),
    (#"<testsuite tests="1" failures="2"/>"#, TestCounts(total: 2, passed: 0, failed: 2)),
    (#"<testsuite tests="-1" failures="many" skipped="99999999999999999999"/>"#, TestCounts(total: 0, passed: 0, failed: 0)),
    // What failed around the cases.
    (#"<testsuite><error message="no database"/><testcase name="a"/></testsuite>"#, TestCounts(total: 2, passed: 1, failed: 1)),
    (
      #"<testsuites tests="4"><testsuite name="outer" tests="4"><testsuite name="inner" tests="2"><testcase name="a"/><testcase name="b"/></testsuite><testcase name="a"/><testcase name="b"><failure/></testcase></testsuite></testsuites>"#,
      TestCounts(total: 4, passed: 3, failed: 1)
    ),
  ]

  @Test(arguments: counts)
  func casesCount(text: String, counts: TestCounts) {
    let report = read(text)
    #expect(report.value?.value == counts)
    #expect(report.diagnostics.isEmpty)
  }

  static let retried: [(String, TestCounts)] = [
    (#"<testcase name="a"><flakyFailure/></testcase>"#, TestCounts(total: 1, passed: 1, failed: 0, flaky: 1)),
    (#"<testcase name="a"><flakyError/><flakyError/></testcase>"#, TestCounts(total: 1, passed: 1, failed: 0, flaky: 1)),
    (#"<testcase name="a"><failure/><rerunFailure/><rerunFailure/></testcase>"#, TestCounts(total: 1, passed: 0, failed: 1)),
    (#"<testcase name="a"><failure/></testcase><testcase name="a"/>"#, TestCounts(total: 1, passed: 1, failed: 0, flaky: 1)),
    (
      #"<testcase name="a"><failure/></testcase><testcase name="a"><error/></testcase>"#,
      TestCounts(total: 1, passed: 0, failed: 1)
    ),
    // None of these was run again because it failed.
    (#"<testcase name="a"/><testcase name="a"/>"#, TestCounts(total: 2, passed: 2, failed: 0)),
    (#"<testcase name="a"/><testcase name="a"><failure/></testcase>"#, TestCounts(total: 2, passed: 1, failed: 1)),
    (
      #"<testcase name="a"><failure/></testcase><testcase name="a"/><testcase name="a"/>"#,
      TestCounts(total: 3, passed: 2, failed: 1)
    ),
    (
      #"<testcase name="a"><failure/></testcase><testcase name="a"><skipped/></testcase>"#,
      TestCounts(total: 2, passed: 0, failed: 1, skipped: 1)
    ),
    (#"<testcase name="a"><failure/></testcase><testcase name="b"/>"#, TestCounts(total: 2, passed: 1, failed: 1)),
    (
      #"<testcase name="a" classname="X"><failure/></testcase><testcase name="a" classname="Y"/>"#,
      TestCounts(total: 2, passed: 1, failed: 1)
    ),
    (
      #"<testcase name="a" file="x.py"><failure/></testcase><testcase name="a" file="y.py"/>"#,
      TestCounts(total: 2, passed: 1, failed: 1)
    ),
  ]

  @Test(arguments: retried)
  func aCaseThatWasRunAgainCountsOnce(cases: String, counts: TestCounts) {
    #expect(read("<testsuite>\(cases)</testsuite>").value?.value == counts)
  }

  @Test func theSameCaseInAnotherSuiteIsAnotherCase() {
    let text =
      #"<testsuites><testsuite name="s"><testcase name="a"><failure/></testcase></testsuite><testsuite name="s"><testcase name="a"/></testsuite></testsuites>"#
    #expect(read(text).value?.value == TestCounts(total: 2, passed: 1, failed: 1))
  }

  static let times: [(String, Double?)] = [
    (#"<testsuite><testcase name="a" time="0.1"/><testcase name="b" time="0.2"/></testsuite>"#, 0.3),
    (#"<testsuite time="2.5"><testcase name="a" time="0.1"/></testsuite>"#, 2.5),
    (#"<testsuite time="0"><testcase name="a" time="0.1"/></testsuite>"#, 0.1),
    (#"<testsuites time="9"><testsuite time="2"/><testsuite time="3"/></testsuites>"#, 9),
    (#"<testsuites><testsuite time="2"><testsuite time="1"/></testsuite><testsuite time="3"/></testsuites>"#, 5),
    (#"<testsuite time=""><testcase name="a" time=""/></testsuite>"#, nil),
    (
      #"<testsuite><testcase name="a" time="-1"/><testcase name="b" time="NaN"/><testcase name="c" time="1e300"/></testsuite>"#,
      nil
    ),
    (#"<testsuite time="1,234.5"/>"#, 1234.5), (#"<testsuite time="0,5"/>"#, 0.5), (#"<testsuite time="inf"/>"#, nil),
    (#"<testsuite time="PT3S"/>"#, nil),
  ]

  @Test(arguments: times)
  func theTimeIsThatOfTheOutermostThatTellsIt(text: String, seconds: Double?) {
    let report = read(text)
    #expect(report.value?.value.seconds == seconds)
    #expect(report.diagnostics.isEmpty)
  }

  @Test func reportsAddUp() {
    let one = TestCounts(total: 4, passed: 2, failed: 1, skipped: 1, flaky: 1, seconds: 0.1)
    let two = TestCounts(total: 1, passed: 1, failed: 0)
    #expect(one + two == TestCounts(total: 5, passed: 3, failed: 1, skipped: 1, flaky: 1, seconds: 0.1))
    #expect((two + one).seconds == 0.1)
    #expect((one + one).seconds == 0.2)
  }

  @Test func encodingsOfXMLAreRead() {
    let text = #"<?xml version="1.0" encoding="ENCODING"?><testsuite><testcase name="Prüfung"/></testsuite>"#
    let latin = text.replacing("ENCODING", with: "ISO-8859-1").unicodeScalars.map { UInt8($0.value) }
    let wide = text.replacing("ENCODING", with: "UTF-16").data(using: .utf16) ?? Data()
    for bytes in [
      latin, Array(wide), [0xEF, 0xBB, 0xBF] + Array(text.replacing("ENCODING", with: "UTF-8").utf8),
    ] {
      #expect(read(bytes).value?.value == TestCounts(total: 1, passed: 1, failed: 0))
    }
  }
}

@Suite struct RefusedReports {
  private static let laughs = """
    <?xml version="1.0"?>
    <!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
    <testsuite><testcase name="&c;"/></testsuite>
    """

  static let faults: [(String, String, Position)] = [
    (laughs, "xml-doctype", Position(line: 2, column: 1)),
    (
      #"<!DOCTYPE testsuite SYSTEM "file:///etc/passwd"><testsuite/>"#, "xml-doctype",
      Position(line: 1, column: 1)
    ),
    ("<testsuite>\n  <testcase name=\"a\">\n", "invalid-xml", Position(line: 3, column: 1)),
    ("<testsuite>\n</testsuit>", "invalid-xml", Position(line: 2, column: 3)),
    ("<testsuite>&nbsp;</testsuite>", "invalid-xml", Position(line: 1, column: 12)),
    ("", "invalid-xml", Position(line: 1, column: 1)),
    ("{}", "invalid-xml", Position(line: 1, column: 1)),
    ("<testsuite/><testsuite/>", "invalid-xml", Position(line: 1, column: 13)),
    (#"<testsuite name="a\#u{0}b"/>"#, "invalid-xml", Position(line: 1, column: 19)),
    (#"<?xml version="1.0" encoding="EBCDIC-9"?><testsuite/>"#, "invalid-xml", Position(line: 1, column: 31)),
  ]

  @Test(arguments: faults)
  func aFaultHasItsPlace(text: String, id: String, position: Position) throws {
    let report = read(text)
    #expect(report.value == nil)
    let diagnostic = try #require(report.diagnostics.first)
    #expect(report.diagnostics.count == 1)
    #expect(diagnostic.severity == .error)
    #expect(diagnostic.message.id == id)
    #expect(diagnostic.position == position)
    #expect(diagnostic.file == "runs/128.xml")
  }

  @Test(arguments: ["html", "assemblies", "TestRun"])
  func otherXMLIsNoReportAndSaysSo(root: String) throws {
    let report = read("<\(root)><testsuite/></\(root)>")
    #expect(report.value == nil)
    let diagnostic = try #require(report.diagnostics.first)
    #expect(diagnostic.severity == .warning)
    #expect(diagnostic.message.id == "not-junit")
    #expect(diagnostic.message.text.contains("<\(root)>"))
  }

  @Test func depthIsRefused() {
    func nested(_ depth: Int) -> String {
      String(repeating: "<testsuite>", count: depth) + String(repeating: "</testsuite>", count: depth)
    }
    #expect(read(nested(64)).value?.value.total == 0)
    #expect(read(nested(65)).diagnostics.map(\.message.id) == ["xml-too-deep"])
    #expect(read(nested(100_000)).diagnostics.map(\.message.id) == ["xml-too-deep"])
  }

  @Test func sizeIsRefused() {
    let bytes = [UInt8](repeating: 0x20, count: (64 << 20) + 1)
    #expect(read(bytes).diagnostics.map(\.message.id) == ["report-too-large"])
  }

  @Test func oneLongValueIsRead() {
    let text = #"<testsuite><testcase name="\#(String(repeating: "x", count: 4 << 20))"/></testsuite>"#
    #expect(read(text).value?.value.total == 1)
  }

  @Test func everyPrefixOfAReportIsAFault() {
    let text = Array(
      #"<testsuites><testsuite name="s"><testcase name="a"><failure message="&lt;"/></testcase></testsuite></testsuites>"#.utf8)
    for length in 0..<text.count {
      let report = read(Array(text.prefix(length)))
      #expect(report.value == nil)
      #expect(report.diagnostics.map(\.message.id) == ["invalid-xml"])
    }
  }
}

/// The real reports beside the repository.
enum SampleReports {
  static let folder = URL(filePath: #filePath).appending(path: "../../../../shared/samples/junit").standardized
  static let exist = FileManager.default.fileExists(atPath: folder.path)
}

/// Counted by another XML reader.
@Suite(.enabled(if: SampleReports.exist)) struct CountsOfSamples {
  static let counts: [(String, TestCounts)] = [
    ("empty-jest-junit.xml", TestCounts(total: 0, passed: 0, failed: 0, seconds: 11.299)),
    ("empty-phpunit-empty.xml", TestCounts(total: 0, passed: 0, failed: 0)),
    (
      "java-TEST-org.apache.pulsar.AddMissingPatchVersionTest.xml",
      TestCounts(total: 2, passed: 0, failed: 1, skipped: 1, seconds: 0.116)
    ),
    ("java-junit4-basic.xml", TestCounts(total: 6, passed: 5, failed: 1, seconds: 15.682687)),
    ("jest-junit.xml", TestCounts(total: 6, passed: 1, failed: 4, skipped: 1, seconds: 1.36)),
    ("junit-with-message.xml", TestCounts(total: 1, passed: 0, failed: 1, seconds: 0.001)),
    ("phpunit-phpunit.xml", TestCounts(total: 12, passed: 10, failed: 2, seconds: 0.140397)),
    ("python-xunit-pytest.xml", TestCounts(total: 10, passed: 6, failed: 2, skipped: 2, seconds: 0.019)),
    ("swift-xunit.xml", TestCounts(total: 3, passed: 2, failed: 1, seconds: 0.220477)),
  ]

  @Test func everySampleIsInTheTable() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: SampleReports.folder.path)
    #expect(names.filter { $0.hasSuffix(".xml") }.sorted() == CountsOfSamples.counts.map(\.0).sorted())
  }

  @Test(arguments: counts)
  func countsOfTheSamples(name: String, counts: TestCounts) throws {
    let report = read(Array(try Data(contentsOf: SampleReports.folder.appending(path: name))))
    #expect(report.value?.value == counts)
    #expect(report.diagnostics.isEmpty)
  }
}
