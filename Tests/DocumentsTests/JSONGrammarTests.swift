import Diagnostics
import Testing

@testable import Documents

/// What RFC 8259 allows and forbids.
@Suite struct JSONGrammarTests {
  @Test(arguments: [
    "null", "true", "false", "0", "-0", "1", "-1", "10", "1234567890", "0.0", "-0.1", "1.5e3", "1E3", "1e+3", "1e-3", "0e0",
    "0E+1",
    "1e400", "123456789012345678901234567890", "\"\"", "\"a\"", "[]", "{}", "[[]]", "[{}]", "{\"\":0}", "[1,2,3]",
    "{\"a\":1,\"b\":2}",
    #""\" \\ \/ \b \f \n \r \t""#, #""\u0000""#, #""\u001F""#, #""\uD83D\uDE00""#, #""\ud83d\ude00""#, #""\uFFFF""#,
    #""\uDBFF\uDFFF""#,
    "\"é\"", "\"€\"", "\"😀\"", "\"\u{FFFF}\"", "\"\u{10FFFF}\"", "\"\u{2028}\u{2029}\"", "\"\u{7F}\"", "\"/\"", "\"a\u{0301}\"",
    "[\"a\",\"b\\\"c\"]", "{\"a\":{\"b\":{\"c\":[]}}}", "[1.0,-2.5,3e-2]", "{\"a b\":\"c d\"}", "[null,true,false]",
  ])
  func readsWhatTheGrammarAllows(text: String) throws {
    for padded in [text, " " + text, text + "\n", "\t\r\n " + text + " \r\n\t", "\u{FEFF}" + text] {
      let parsed = json(padded)
      #expect(parsed.diagnostics.isEmpty, "\(padded): \(parsed.places)")
      #expect(parsed.value.count == 1)
    }
    #expect(outline(json("[\(text)]")) == "[" + outline(json(text)) + "]")
  }

  @Test(arguments: [
    // Words
    "nul", "tru", "fals", "nulls", "truefalse", "True", "NULL", "None", "undefined", "nan", "NaN", "Infinity", "-Infinity", "a",
    "_",
    "null1", "true_",
    // Numbers
    "01", "-01", "00", "-", "+1", ".5", "-.5", "1.", "1.e1", "1e", "1e+", "1e-", "1E", "0x10", "1_000", "1,000", "1.5.5",
    "1e1.5", "--1",
    "-a", "1a", "0b1", "１", "1٣",
    // Strings
    "\"", "\"a", "\"\\", "\"\\\"", "\"\\u", "\"\\u12", "\"\\u123\"", "\"\\u123g\"", "\"\\x41\"", "\"\\'\"", "\"\\a\"",
    "\"\\0\"", "\"\\U0041\"",
    "\"\\ \"", "\"\u{0}\"", "\"\u{1}\"", "\"\u{1F}\"", "\"\t\"", "\"a\nb\"", "\"a\rb\"", "'a'", "`a`", "\u{201C}a\u{201D}",
    "\"a\"\"b\"",
    // Surrogates
    #""\uD800""#, #""\uDC00""#, #""\uD800\uD800""#, #""\uD800x""#, #""\uD800\n""#, #""\uDFFF\uD800""#, #""\uD83D\u0041""#,
    #""\uD83D\uDE0""#,
    // Arrays
    "[", "]", "[1", "[1,", "[1,]", "[,1]", "[1,,2]", "[1 2]", "[1;2]", "[\"a\":1]", "[1}", "[}", "[[]", "[]]", "(1)", "[...]",
    "[1,2",
    // Objects
    "{", "}", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{,}", "{\"a\" 1}", "{\"a\"=1}", "{a:1}", "{'a':1}",
    "{1:1}",
    "{null:1}", "{\"a\":1;\"b\":2}", "{\"a\":1 \"b\":2}", "{\"a\":}", "{\"a\",\"b\"}", "{\"a\"::1}", "{:1}", "{[]:1}",
    "{\"a\":1]", "{]",
    "{\"a\":1}}", "{\"a\":1,,\"b\":2}", "{\"a\"}",
    // Comments and other text
    "// a\n1", "/* a */ 1", "# a\n1", "[1 // a\n]", "{\"a\":1 /* b */}", "1 x", "1 2", "\"a\" \"b\"",
    "\u{A0}1", "\u{0}", "1\u{0}",
    "[\u{FEFF}1]", "\u{2028}1", "\u{C}1", "\u{B}1", "\u{85}1",
  ])
  func refusesWhatTheGrammarForbids(text: String) {
    #expect(!json(text).errors.isEmpty, "\(text) became \(outline(json(text)))")
    #expect(!json("{\"a\":\(text)}").errors.isEmpty, "\(text) became \(outline(json("{\"a\":\(text)}")))")
  }

  @Test(
    arguments: [
      [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xC2, 0xC2], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
      [0xE2, 0x82],
      [0xE2, 0x28, 0xA1], [0xE2, 0x82, 0x28], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80],
      [0xF0, 0x80, 0x80, 0x80],
      [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98], [0xF0, 0x28, 0x8C, 0xBC], [0xF4, 0x90, 0x80, 0x80],
      [0xF5, 0x80, 0x80, 0x80],
      [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFC, 0x84, 0x80, 0x80, 0x80, 0x80], [0xFE], [0xFF], [0xFF, 0xFE],
    ] as [[UInt8]])
  func refusesWhatIsNoUTF8AtItsFirstByte(sequence: [UInt8]) throws {
    for before in ["", "a", "abcdefg", "é", "abcdefgh😀"] {
      for after in ["", "b", "bcdefghij"] {
        let parsed = json(Array("[\"\(before)".utf8) + sequence + Array("\(after)\"]".utf8))
        let error = try #require(parsed.errors.first)
        #expect(error.message.id == "invalid-utf8")
        #expect(error.position == Position(line: 1, column: 3 + before.unicodeScalars.count))
      }
    }
  }

  @Test func readsEveryWellFormedScalarAsItIs() {
    var bytes: [UInt8] = [UInt8(ascii: "\"")]
    var expected = ""
    for value in stride(from: UInt32(0x20), through: 0x10FFFF, by: 7) {
      guard let scalar = Unicode.Scalar(value), scalar != "\"", scalar != "\\" else { continue }
      expected.unicodeScalars.append(scalar)
    }
    bytes += Array(expected.utf8) + [UInt8(ascii: "\"")]
    let parsed = json(bytes)
    #expect(parsed.diagnostics.isEmpty)
    #expect(parsed.value.first?.string == expected)
  }

  @Test(arguments: [
    (#""\u0041\u00e9\u20AC\uD83D\uDE00""#, "Aé€😀"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
    (#""\u0000x""#, "\u{0}x"),
    (#""\uFEFFa""#, "\u{FEFF}a"), (#""a\u000ab""#, "a\nb"), (#""\uD834\uDD1E!""#, "𝄞!"), (#""\uDBFF\uDFFF""#, "\u{10FFFF}"),
    (#""\\u0041""#, "\\u0041"),
  ])
  func decodesEscapes(text: String, string: String) {
    #expect(json(text).value.first?.string == string)
  }

  @Test func nestingIsReadToItsLimitAndNotBeyond() throws {
    let limit = JSONScanner.maximumDepth
    let atLimit = json(String(repeating: "[", count: limit) + String(repeating: "]", count: limit))
    #expect(atLimit.diagnostics.isEmpty)
    for opener in ["[", "{\"a\":"] {
      let deep = json(String(repeating: opener, count: limit + 1))
      #expect(deep.errors.first?.message.id == "json-depth")
      #expect(deep.errors.first?.position?.column == limit * opener.count + 1)
    }
    #expect(!json(String(repeating: "[", count: 200_000)).errors.isEmpty)
    #expect(!json(String(repeating: "{\"a\":[", count: 200_000)).errors.isEmpty)
  }

  @Test func aDocumentCutAnywhereIsAnError() {
    let text = #"{"schema": "x/1", "a": [1, -2.5e-3, true, null, "\u00e9é😀\\"], "b": {"c": {}, "d": []}}"#
    let bytes = Array(text.utf8)
    #expect(json(bytes).diagnostics.isEmpty)
    for count in 1..<bytes.count {
      let parsed = json(Array(bytes.prefix(count)))
      #expect(parsed.value.isEmpty && parsed.errors.count == 1, "\(count)")
    }
  }

  @Test func anEmptyFileIsAWarning() {
    for text in ["", " ", "\n\n", "\u{FEFF}", "\u{FEFF}\r\n"] { #expect(json(text).places == ["- no-value"]) }
  }

  @Test func numbersKeepTheirText() throws {
    let numbers = try #require(
      json("[9007199254740993, 1.50, 1e3, 1e400, -0, 18446744073709551616, 9223372036854775807, 2.5, 1e-400]").value.first)
    #expect(
      numbers.elements.map(\.numberText) == [
        "9007199254740993", "1.50", "1e3", "1e400", "-0", "18446744073709551616", "9223372036854775807", "2.5", "1e-400",
      ])
    #expect(numbers.elements.map(\.int) == [9_007_199_254_740_993, nil, 1000, nil, 0, nil, .max, nil, 0])
    #expect(
      numbers.elements.map(\.double) == [
        9_007_199_254_740_992, 1.5, 1000, nil, 0, 18_446_744_073_709_551_616, 0x1p63, 2.5, 0,
      ])
  }
}
