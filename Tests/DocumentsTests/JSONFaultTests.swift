import Diagnostics
import Testing

@testable import Documents

/// Where faults are, what they are called, and what is suggested.
@Suite struct JSONFaultTests {
  @Test(arguments: [
    ("^", "no-value"),
    ("^nul", "json-expected-value"),
    ("{\"a\": ^True}", "json-expected-value"),
    ("{\"a\": ^NaN}", "json-expected-value"),
    ("{\"a\": ^'x'}", "json-single-quotes"),
    ("{^'a': 1}", "json-single-quotes"),
    ("{^a: 1}", "json-expected-key"),
    ("{\"a\": 1^,}", "json-trailing-comma"),
    ("{\n  \"a\": 1,\n  \"b\": 2^,\n}", "json-trailing-comma"),
    ("{\"a\": [1, 2^,\n]}", "json-trailing-comma"),
    ("{\"a\" ^1}", "json-expected-colon"),
    ("{\"a\"^}", "json-expected-colon"),
    ("{\"a\": 1 ^\"b\": 2}", "json-expected-comma"),
    ("{\"a\": 1\n ^\"b\": 2}", "json-expected-comma"),
    ("{\"a\": [1 ^2]}", "json-expected-comma"),
    ("{\"a\": ^// c\n1}", "json-comment"),
    ("{\"a\": ^/* c */1}", "json-comment"),
    ("{^# c\n\"a\": 1}", "json-comment"),
    ("{\"a\": ^}", "json-expected-value"),
    ("{\"a\": ^01}", "json-number"),
    ("{\"a\": -^}", "json-number"),
    ("{\"a\": 1.^}", "json-number"),
    ("{\"a\": 1e^}", "json-number"),
    ("{\"a\": ^.5}", "json-number"),
    ("{\"a\": ^+5}", "json-number"),
    ("{\"a\": \"b^\n}", "json-unterminated-string"),
    ("{\"a\": \"b^", "json-unterminated-string"),
    ("{\"a\": \"é😀^\\x\"}", "json-escape"),
    ("{\"a\": \"é^\\u12g4\"}", "json-escape"),
    ("{\"a\": \"😀^\\uD800\"}", "json-surrogate"),
    ("{\"a\": \"b^\tc\"}", "json-control-character"),
    ("{\"é\": \"b\", \"c\": \"x^\u{0}\"}", "json-control-character"),
    ("{\"a\": 1^", "json-expected-comma"),
    ("{\"a\": 1, ^", "json-expected-key"),
    ("{\"a\":^", "json-expected-value"),
    ("{\"a\": 1} ^x", "json-text-behind-value"),
    ("{\"a\": 1}^}", "json-text-behind-value"),
    ("{\"a\": 1} ^\"b\"", "json-text-behind-value"),
    ("\u{FEFF}{\"é\": ^x}", "json-expected-value"),
    ("{\r\n\"a\": 1,\r\n\"b\": ^x\r\n}", "json-expected-value"),
    ("{\"a\": ^\u{2028}1}", "json-expected-value"),
  ])
  func pointsAtTheFault(marked: String, id: String) throws {
    let sample = Marked(marked)
    let parsed = json(sample.text)
    let diagnostic = try #require(parsed.diagnostics.first)
    #expect(diagnostic.message.id == id)
    guard id != "no-value" else { return }
    #expect(diagnostic.position == sample.positions.first)
    #expect(diagnostic.severity == .error)
    #expect(parsed.errors.count == 1)
    #expect(diagnostic.file == "a.json")
    #expect(diagnostic.sourceLine != nil)
  }

  @Test(arguments: [
    ("{\"a\": True}", "true"), ("{\"a\": FALSE}", "false"), ("{\"a\": None}", "null"), ("{\"a\": undefined}", "null"),
    ("{\"a\": NaN}", "null"),
    ("{\"a\": flase}", "false"), ("{\"a\": yes}", "true"), ("{\"a\": main}", "\"main\""), ("{a: 1}", "\"a\""),
    ("{\"a\": 1,}", "remove the comma"),
    ("{'a': 1}", "use \" instead of '"), ("{\"a\": 1 // c\n}", "remove the comment"),
    ("{\"a\": 007}", "remove the zero, or put it in quotes"),
    ("{\"a\": “x”}", "use \" instead of “"),
  ])
  func suggestsWhatWasMeant(text: String, suggestion: String) {
    #expect(json(text).errors.first?.message.suggestion == suggestion)
  }

  @Test(arguments: [
    ("{\"a\": ", "the end of the file"), ("{\"a\": \u{1}}", "the control character U+0001"), ("{\"a\": \u{0}}", "a NUL byte"),
    ("{\"a\": é}", "'é'"),
    ("{\"a\": @}", "'@'"), ("[1,\n2 3]", "'3'"), ("{\"a\": \u{A0}1}", "U+00A0"), ("[\u{FEFF}1]", "U+FEFF"),
    ("[1\u{200B}]", "U+200B"),
  ])
  func namesWhatItFound(text: String, found: String) throws {
    let message = try #require(json(text).errors.first?.message.text)
    #expect(message.contains(found), "\(message)")
  }

  @Test(
    arguments: [
      [0xFF, 0xFE, 0x7B, 0x00, 0x7D, 0x00], [0xFE, 0xFF, 0x00, 0x7B, 0x00, 0x7D], [0x7B, 0x00, 0x7D, 0x00],
      [0x00, 0x7B, 0x00, 0x7D],
    ] as [[UInt8]])
  func saysThatAFileIsUTF16(bytes: [UInt8]) {
    for parsed in [json(bytes).errors, yaml(bytes).errors] {
      #expect(parsed.map(\.message.id) == ["utf-16"])
    }
  }

  @Test func precedingLinesCount() {
    let source = Source(file: "a.md", bytes: Array("\n{\"a\": x}".utf8), precedingLines: 3)
    #expect(readJSON(source).errors.first?.position == Position(line: 5, column: 7))
  }

  @Test func longLinesAreNotShown() {
    let text = "{\"a\": \"" + String(repeating: "b", count: 10_000) + "\", x}"
    let error = json(text).errors.first
    #expect(error?.position == Position(line: 1, column: 10_011))
    #expect(error?.sourceLine == nil)
  }
}
