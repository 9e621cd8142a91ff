import Diagnostics
import Support
import Testing

@testable import Documents

@Suite struct NodeTests {
  private func node(_ text: String) throws -> Node { try #require(json(text).value.first) }

  @Test func everyKindAnswersOnlyForItself() throws {
    let all = try node(#"[null, true, false, 7, 1.5, "x", [1], {"a": 1}]"#).elements
    #expect(all.map(\.kind) == [.null, .bool, .bool, .number, .number, .string, .array, .object])
    #expect(all.map(\.isNull) == [true, false, false, false, false, false, false, false])
    #expect(all.map(\.bool) == [nil, true, false, nil, nil, nil, nil, nil])
    #expect(all.map(\.int) == [nil, nil, nil, 7, nil, nil, nil, nil])
    #expect(all.map(\.double) == [nil, nil, nil, 7, 1.5, nil, nil, nil])
    #expect(all.map(\.numberText) == [nil, nil, nil, "7", "1.5", nil, nil, nil])
    #expect(all.map(\.string) == [nil, nil, nil, nil, nil, "x", nil, nil])
    #expect(all.map(\.text) == [nil, nil, nil, "7", "1.5", "x", nil, nil])
    #expect(all.map(\.elements.count) == [0, 0, 0, 0, 0, 0, 1, 0])
    #expect(all.map(\.members.count) == [0, 0, 0, 0, 0, 0, 0, 1])
    #expect(all.map { $0["a"] == nil } == [true, true, true, true, true, true, true, false])
  }

  @Test func findsMembersByTheBytesOfTheirKeys() throws {
    let object = try node(#"{"a": 1, "\u0062": 2, "é": 3, "\u00e9": 4, "a\"b": 5, "": 6, "😀": 7, "\ud83d\ude00x": 8, "aa": 9}"#)
    #expect(object["a"]?.int == 1)
    #expect(object["b"]?.int == 2)
    #expect(object["é"]?.int == 4)
    #expect(object["a\"b"]?.int == 5)
    #expect(object[""]?.int == 6)
    #expect(object["😀"]?.int == 7)
    #expect(object["😀x"]?.int == 8)
    #expect(object["aa"]?.int == 9)
    for missing in ["A", "ab", "\\u0062", "aaa", "e\u{301}"] { #expect(object[missing] == nil) }
  }

  @Test func walksSeveralKeys() throws {
    let object = try node(#"{"a": {"b": {"c": [1]}}, "d": 2}"#)
    #expect(object["a", "b", "c"]?.kind == .array)
    #expect(object["a", "x", "c"] == nil)
    #expect(object["d", "b"] == nil)
  }

  @Test func knowsItsPlace() throws {
    let sample = Marked("{\n  ^\"é\": ^[1, ^\"x\", ^{^\"k\": ^null}]\n}")
    let object = try node(sample.text)
    let member = try #require(object.members.first)
    let elements = member.value.elements
    let inner = try #require(elements.last?.members.first)
    let document = object.document
    let found = [
      document.position(at: member.keyOffset), member.value.position, elements[1].position, elements[2].position,
      document.position(at: inner.keyOffset), inner.value.position,
    ]
    #expect(found == sample.positions)
    #expect(object.position == Position(line: 1, column: 1))
  }

  @Test func diagnosticsPointAtIt() throws {
    let member = try #require(try node("{\n\"a\": 1}").members.first)
    let diagnostic = member.value.diagnostic(.warning, Diagnostic.Message(id: "x", "y"))
    #expect(
      diagnostic
        == Diagnostic(
          .warning, Diagnostic.Message(id: "x", "y"), file: "a.json", position: Position(line: 2, column: 6),
          sourceLine: "\"a\": 1}"))
    #expect(member.value.document.diagnostic(.error, .noValue, at: member.keyOffset).position == Position(line: 2, column: 1))
  }

  @Test func visitsMembersWithoutTheirReplacedOnes() throws {
    var seen: [String] = []
    try node(#"{"a": 1, "b": [2, {"a": 3}], "a": 4, "c\n": 5}"#).forEachMember { key, value in
      switch key {
      case "b": seen.append("b")
      case "c\n": seen.append("c: \(value.int ?? 0)")
      default: seen.append("\(key.string)= \(value.int ?? 0)")
      }
    }
    #expect(seen == ["b", "a= 4", "c: 5"])
  }

  @Test func namesKeysThatAreNotKnown() throws {
    let object = try node(#"{"name": 1, "nmae": 2, "other": 3, "url": 4}"#)
    let unknown = object.unknownKeys(besides: ["name", "url"])
    #expect(unknown.map(\.string) == ["nmae", "other"])
    #expect(unknown.map(\.offset) == [12, 23])
    #expect(try node("[1]").unknownKeys(besides: []).isEmpty)
  }

  @Test(arguments: [("\"a\"", "a"), (#""\u0061\n""#, "a\n"), ("12.50", "12.50")])
  func givesItsTextAsBytes(text: String, expected: String) throws {
    let bytes = try node(text).withText { span in (0..<span.count).map { span[$0] } }
    #expect(bytes.map { String(decoding: $0, as: UTF8.self) } == expected)
    #expect(try node("[1]").withText { $0.count } == nil)
  }
}

@Suite struct LineIndexTests {
  @Test(arguments: ["\n", "\r\n", "\r", "", "é", "😀\n", "\n\r"])
  func agreesWithTheSourceEverywhere(separator: String) {
    var random = Chance(seed: 5)
    var text = separator == "é" ? "\u{FEFF}" : ""
    while text.utf8.count < 20_000 {
      text +=
        String(repeating: Bool.random(using: &random) ? "a" : "é", count: Int.random(in: 0...600, using: &random)) + separator
    }
    let source = Source(file: "a", bytes: Array(text.utf8), precedingLines: 2)
    let index = LineIndex(source)
    for block in 0...(source.bytes.count / 512 + 1) {
      for offset in [0, 1, 2, 3, 4, 31, 32, 33, 255, 510, 511] {
        let place = block * 512 + offset
        #expect(index.position(of: place, in: source) == source.position(at: place), "\(place)")
      }
    }
    for _ in 0..<200 {
      let place = Int.random(in: -5...source.bytes.count + 5, using: &random)
      #expect(index.position(of: place, in: source) == source.position(at: place), "\(place)")
    }
  }

  @Test(arguments: [0, 1, 511, 512, 513, 1024, 4095, 4096, 4097])
  func agreesOnEverySizeOfFile(count: Int) {
    let source = Source(file: "a", bytes: (0..<count).map { $0 % 97 == 0 ? 0x0A : 0x61 })
    let index = LineIndex(source)
    for place in [0, count - 1, count, count + 1] {
      #expect(index.position(of: place, in: source) == source.position(at: place))
    }
  }
}

@Suite struct JSONLineForm {
  @Test(arguments: [
    ("{\"a\" : [ 1 , 2 ]\n}", ["{\"a\":[1,2]}"]), ("\u{FEFF}{} {}\r\n[]", ["{}", "{}", "[]"]),
    (#"{"a b": " \" { \\"}"#, [#"{"a b":" \" { \\"}"#]), ("1 true\n\"x y\" null", ["1", "true", "\"x y\"", "null"]),
    (" \n", []),
  ])
  func aValueIsALineWithoutTheSpaceThatMeansNothing(text: String, lines: [String]) {
    let source = Source(file: "a.json", bytes: Array(text.utf8))
    #expect(jsonLines(source).map { String(decoding: $0, as: UTF8.self) } == lines)
  }
}
