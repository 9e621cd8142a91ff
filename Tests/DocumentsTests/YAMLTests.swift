import Diagnostics
import Testing

@testable import Documents

@Suite struct YAMLTests {
  private func node(_ text: String) throws -> Node {
    let parsed = yaml(text)
    #expect(parsed.diagnostics.isEmpty, "\(parsed.places)")
    return try #require(parsed.value)
  }

  @Test func readsTheConfigurationOfTheDesign() throws {
    let root = try node(
      """
      site: {name: Ácme, timezone: Europe/Berlin, language: no}
      environments:            # in promotion order
        - {key: staging, match: [stage, "stg-*"]}
        - key: production
          archived: false
          since: 2026-03-01
          version: 1.10
      audiences: {}
      secrets: []
      stale-after: 24h
      """)
    #expect(
      outline(root)
        == #"{"site":{"name":"Ácme","timezone":"Europe/Berlin","language":"no"},"environments":[{"key":"staging","match":["stage","stg-*"]},"#
        + #"{"key":"production","archived":false,"since":"2026-03-01","version":1.10}],"audiences":{},"secrets":[],"stale-after":"24h"}"#
    )
  }

  /// YAML 1.2.2, section 10.3.2.
  @Test(arguments: [
    ("null", "null"), ("Null", "null"), ("NULL", "null"), ("~", "null"), ("nUll", "\"nUll\""), ("\"null\"", "\"null\""),
    ("'~'", "\"~\""),
    ("true", "true"), ("True", "true"), ("TRUE", "true"), ("false", "false"), ("False", "false"), ("FALSE", "false"),
    ("tRue", "\"tRue\""),
    ("yes", "\"yes\""), ("no", "\"no\""), ("on", "\"on\""), ("off", "\"off\""), ("y", "\"y\""), ("NO", "\"NO\""),
    ("0", "0"), ("-1", "-1"), ("+12", "+12"), ("007", "007"), ("0o17", "0o17"), ("0x1F", "0x1F"), ("0b11", "\"0b11\""),
    ("0o8", "\"0o8\""), ("0x", "\"0x\""),
    ("1_000", "\"1_000\""), ("-0x1F", "\"-0x1F\""), ("1:30", "\"1:30\""), ("-", "[null]"), ("+", "\"+\""),
    ("1.5", "1.5"), ("1.10", "1.10"), ("-.5", "-.5"), ("1.", "1."), ("1e3", "1e3"), ("1.5E-3", "1.5E-3"),
    ("+1.5e+3", "+1.5e+3"), (".inf", ".inf"), ("-.INF", "-.INF"),
    (".nan", ".nan"), ("-.nan", "\"-.nan\""), (".", "\".\""), ("..5", "\"..5\""), ("1.2.3", "\"1.2.3\""), ("1e", "\"1e\""),
    ("e3", "\"e3\""), ("1.5x", "\"1.5x\""),
    ("2026-03-01", "\"2026-03-01\""), ("2026-03-02T10:00:00Z", "\"2026-03-02T10:00:00Z\""), ("12e4567a", "\"12e4567a\""),
    ("24h", "\"24h\""), ("v1.4.0", "\"v1.4.0\""),
    (".infx", "\".infx\""), ("0.0", "0.0"), ("-", "[null]"), ("00", "00"), ("1 2", "\"1 2\""), ("nullx", "\"nullx\""),
    ("trueish", "\"trueish\""),
    ("!!str 12", "\"12\""), ("!!int \"12\"", "12"), ("! 12", "\"12\""), ("!!bool 'true'", "true"), ("!!null ''", "null"),
    ("!!float 1", "1"),
  ])
  func givesPlainTextItsKind(text: String, expected: String) throws {
    #expect(outline(try node("key: \(text == "-" ? "\n  -" : text)")) == "{\"key\":\(expected)}")
  }

  @Test(
    arguments: [
      ("7", 7, 7.0), ("007", 7, 7), ("0o17", 15, 15), ("0x1F", 31, 31), ("+12", 12, 12), ("1e3", 1000, 1000), ("1.5", nil, 1.5),
      (".inf", nil, nil), (".nan", nil, nil),
      ("1.", 1, 1), ("-.5", nil, -0.5), ("99999999999999999999", nil, 1e20),
      ("0xFFFFFFFFFFFFFFFFF", nil, 0x1p68),
    ] as [(String, Int?, Double?)])
  func countsWithTheNumbersOfYAML(text: String, int: Int?, double: Double?) throws {
    let value = try #require(try node("key: \(text)")["key"])
    #expect(value.int == int)
    #expect(value.double == double)
    #expect(value.numberText == text)
    #expect(value.text == text)
  }

  @Test(arguments: [
    ("|\n  a\n  b\n", "a\nb\n"), ("|-\n  a\n   b\n", "a\n b"), (">\n  a\n  b\n\n  c\n", "a b\nc\n"),
    ("\"a\\tb\\u00e9\\x41\\\n  c\"", "a\tbéAc"), ("'it''s'", "it's"),
    ("a b  # comment", "a b"), ("a#b", "a#b"), ("\"a: b\"", "a: b"), ("a\n  b", "a b"), ("\"😀\"", "😀"), ("\"\"", ""),
    ("|+\n  a\n\n", "a\n\n"), ("|\r\n  a\r\n", "a\n"),
  ])
  func readsEveryStyleOfText(text: String, expected: String) throws {
    #expect(try node("key: \(text)")["key"]?.string == expected)
  }

  @Test(arguments: [
    "^site: {^name: ^Ácme, ^zone: ^Europe/Berlin}", "^a:\n  - ^b: ^1\n    ^c: ^'x'\n  - ^d",
    "# é\n^\"ключ\": ^значение\n^😀: ^|\n  text\n^b: ^>-\n  x",
    "^a: ^\"x\n  é\"\n^b: ^c\n", "\u{FEFF}^é: ^ü\n^b: ^2", "^a: ^1\r\n^é: ^2\r\n^b:\r\n  - ^x\r\n",
    "---\n^a: ^é # ü\n^b: ^c\n...\n", "^? ^é\n: ^2", "^[^é, ^{^a: ^b}]",
    "^a: ^&x é\n^b: ^!!str 5",
  ])
  func knowsThePlaceOfEveryKeyAndScalar(marked: String) throws {
    let sample = Marked(marked)
    let parsed = yaml(sample.text)
    #expect(parsed.diagnostics.isEmpty)
    let root = try #require(parsed.value)
    var offsets = root.kind == .array || marked.hasPrefix("^?") ? [root.offset] : []
    collect(root, &offsets)
    #expect(offsets.map { root.document.position(at: $0) } == sample.positions)
  }

  private func collect(_ node: Node, _ offsets: inout [Int]) {
    node.forEachElement { element in
      if !element.elements.isEmpty || !element.members.isEmpty {
        if element.document.source.bytes[element.offset] == UInt8(ascii: "{") { offsets.append(element.offset) }
      }
      if element.elements.isEmpty, element.members.isEmpty { offsets.append(element.offset) }
      collect(element, &offsets)
    }
    for member in node.members {
      offsets.append(member.keyOffset)
      if member.value.elements.isEmpty, member.value.members.isEmpty { offsets.append(member.value.offset) }
      collect(member.value, &offsets)
    }
  }

  @Test func frontMatterCountsTheLinesBeforeIt() throws {
    let source = Source(file: "note.md", bytes: Array("version: 1.4.0\ndate: 2026-03-01\n".utf8), precedingLines: 1)
    let root = try #require(readYAML(source).value)
    #expect(root["date"]?.position == Position(line: 3, column: 7))
    #expect(readYAML(Source(file: "note.md", bytes: Array("a: [".utf8), precedingLines: 1)).errors.first?.position?.line == 2)
  }

  @Test(arguments: ["", "\n\n", "# only a comment\n", "---\n", "---\n...\n", "\u{FEFF}", "   ", "---\n# c\n"])
  func anEmptyFileIsNoValueAndNoFault(text: String) {
    let parsed = yaml(text)
    #expect(parsed.value == nil && parsed.diagnostics.isEmpty)
  }

  @Test func aScalarAloneIsAValue() throws {
    #expect(outline(try node("just text")) == "\"just text\"")
    #expect(outline(try node("~")) == "null")
    #expect(outline(try node("''")) == "\"\"")
  }

  @Test func aliasesRepeatTheirAnchor() throws {
    let root = try node("base: &b {x: 1, y: [2, é]}\ncopy: *b\nname: &n Ana\nlist: [*n, *b, *n]\nlast: z")
    #expect(
      outline(root)
        == #"{"base":{"x":1,"y":[2,"é"]},"copy":{"x":1,"y":[2,"é"]},"name":"Ana","list":["Ana",{"x":1,"y":[2,"é"]},"Ana"],"last":"z"}"#
    )
    #expect(root["copy", "y"]?.elements.last?.position == root["base", "y"]?.elements.last?.position)
  }

  @Test func anAnchorMayBeUsedAgain() throws {
    #expect(outline(try node("a: &x 1\nb: *x\nc: &x 2\nd: *x")) == #"{"a":1,"b":1,"c":2,"d":2}"#)
  }

  @Test(arguments: [2, 9])
  func aliasesThatExplodeAreRefused(width: Int) throws {
    var text = "a0: &a0 [\(Array(repeating: "x", count: width).joined(separator: ", "))]\n"
    for level in 1..<24 {
      text += "a\(level): &a\(level) [\(Array(repeating: "*a\(level - 1)", count: width).joined(separator: ", "))]\n"
    }
    let parsed = yaml(text)
    #expect(parsed.value == nil)
    #expect(parsed.errors.map(\.message.id) == ["yaml-expansion"])
  }

  @Test func aliasesDoNotGetAroundTheDepth() {
    var text = "a0: &a0 [x]\n"
    for level in 1..<200 { text += "a\(level): &a\(level) [*a\(level - 1)]\n" }
    #expect(yaml(text).errors.map(\.message.id) == ["yaml-depth"])
  }
}
