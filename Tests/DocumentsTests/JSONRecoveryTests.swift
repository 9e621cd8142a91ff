import Diagnostics
import Testing

@testable import Documents

/// What a fault costs, and what is read behind it.
@Suite struct JSONRecoveryTests {
  @Test(arguments: [
    "{\"a\":1}\n{\"b\":2}\n{\"c\":3}\n", "{\"a\":1}\n{\"b\":2}\n{\"c\":3}", "{\"a\":1}\r\n{\"b\":2}\r\n{\"c\":3}\r\n",
    "\u{FEFF}{\"a\":1}\n\n  {\"b\":2}  \n\n{\"c\":3}\n\n", "{\"a\":\n1}\n{\"b\":\n2}\n{\"c\":3}",
  ])
  func readsOneValueALine(text: String) {
    let parsed = json(text)
    #expect(parsed.diagnostics.isEmpty)
    #expect(outline(parsed) == #"{"a":1} {"b":2} {"c":3}"#)
  }

  @Test(arguments: [
    // In a line of JSON Lines
    ("{\"a\":1}\n{\"b\":^tru}\n{\"c\":3}\n", #"{"a":1} {"c":3}"#, ["json-expected-value"]),
    ("{\"a\":^tru}\n{\"b\":2}\n{\"c\":3}\n", #"{"b":2} {"c":3}"#, ["json-expected-value"]),
    ("{\"a\":1^,}\n{\"b\":2}\n", #"{"b":2}"#, ["json-trailing-comma"]),
    ("{\"a\":1}\n{\"b\":[1,2,^\n{\"c\":3}\n", #"{"a":1} {"c":3}"#, ["json-expected-value"]),
    ("{\"a\":[1,2,^\n{\"b\":2}\n{\"c\":3}\n", #"{"b":2} {"c":3}"#, ["json-expected-value"]),
    ("{\"a\":1}\n{\"b\":\"x^\n{\"c\":3}\n", #"{"a":1} {"c":3}"#, ["json-unterminated-string"]),
    ("{\"a\":1}\n^garbage\n{\"c\":3}\n", #"{"a":1} {"c":3}"#, ["json-expected-value"]),
    ("{\"a\":1}\n{\"b\":2} ^x\n{\"c\":3}\n", #"{"a":1} {"c":3}"#, ["json-text-behind-value"]),
    ("{\"a\":1}\n{\"b\":2}{\"x\":^tru}\n{\"c\":3}\n", #"{"a":1} {"b":2} {"c":3}"#, ["json-expected-value"]),
    ("{\"a\":1}\n{\"b\":2^", #"{"a":1}"#, ["json-expected-comma"]),
    (
      "{\"a\":^x}\n{\"b\":^x}\n{\"c\":^x}\n{\"d\":4}\n", #"{"d":4}"#,
      ["json-expected-value", "json-expected-value", "json-expected-value"]
    ),
    ("{\"a\":[{},^x]}\n{\"b\":2}\n", #"{"b":2}"#, ["json-expected-value"]),
    // In an array
    ("[{\"a\":1},{\"b\":^tru},{\"c\":3}]", #"[{"a":1},{"c":3}]"#, ["json-expected-value"]),
    ("[{\"a\":1},\n {\"b\":\"},{\"},\n {\"c\":^'x'},\n {\"d\":4}]", #"[{"a":1},{"b":"},{"},{"d":4}]"#, ["json-single-quotes"]),
    ("[\n  {\"a\": 1},\n  {\"b\": \"x},^\n  {\"c\": 3}\n]", #"[{"a":1},{"c":3}]"#, ["json-unterminated-string"]),
    ("[\n  {\"a\": 1,\n   \"b\": {\"c\": 2\n  },\n  ^{\"d\": 3}\n]", #"[{"d":3}]"#, ["json-expected-key"]),
    ("[\n  {\"a\": 1}\n  ^{\"b\": 2},\n  {\"c\": 3}\n]", #"[{"a":1},{"c":3}]"#, ["json-expected-comma"]),
    ("[{\"a\":1},{\"b\":2}^},{\"c\":3}]", #"[{"a":1},{"c":3}]"#, ["json-expected-comma"]),
    ("[{\"a\":1},{\"b\":2} ^x,{\"c\":3}]", #"[{"a":1},{"b":2},{"c":3}]"#, ["json-expected-comma"]),
    ("[{\"a\":1},{\"b\":2}^,]", #"[{"a":1},{"b":2}]"#, ["json-trailing-comma"]),
    ("[{\"a\":1},^,{\"b\":2}]", #"[{"a":1},{"b":2}]"#, ["json-expected-value"]),
    ("[{\"a\":1},{\"b\":^", #"[{"a":1}]"#, ["json-expected-value"]),
    ("[{\"a\":1},{\"b\":2}^", #"[{"a":1},{"b":2}]"#, ["json-expected-comma"]),
    (
      "[{\"a\":^x},{\"b\":^x},{\"c\":3},{\"d\":^x}]", #"[{"c":3}]"#,
      ["json-expected-value", "json-expected-value", "json-expected-value"]
    ),
    ("[1,^x,3]", "[1,3]", ["json-expected-value"]),
    ("[{\"a\":1}] ^^x", #"[{"a":1}]"#, ["json-text-behind-value", "rest-not-read"]),
    // In an envelope
    (
      "{\"schema\":\"s\",\"records\":[{\"a\":1},{\"b\":^x},{\"c\":3}],\"z\":1}",
      #"{"schema":"s","records":[{"a":1},{"c":3}],"z":1}"#, ["json-expected-value"]
    ),
    ("{\"values\":[{\"a\":1},{\"b\":^x},{\"c\":3}]}", #"{"values":[{"a":1},{"c":3}]}"#, ["json-expected-value"]),
    ("{\"records\":[{\"a\":1},{\"b\":2}]^,}", #"{"records":[{"a":1},{"b":2}]}"#, ["json-trailing-comma"]),
    ("{\"records\":[{\"a\":1}],\n\"z\": ^^x,\n\"y\": 1}", #"{"records":[{"a":1}]}"#, ["json-expected-value", "rest-not-read"]),
    ("{\"records\":[{\"a\":1},{\"b\":^", #"{"records":[{"a":1}]}"#, ["json-expected-value"]),
    ("{\"records\":[\n {\"a\":1},\n {\"b\":\n^", #"{"records":[{"a":1}]}"#, ["json-expected-value"]),
    (
      "{\"x\":1,\"records\":[{\"a\":^x}],\"values\":[{\"b\":^x},{\"c\":1}]}", #"{"x":1,"records":[],"values":[{"c":1}]}"#,
      ["json-expected-value", "json-expected-value"]
    ),
    // Elsewhere the whole document is lost
    ("{\"a\":1,\"steps\":[{\"b\":^x},{\"c\":3}]}", "", ["json-expected-value"]),
    ("{\"a\": ^tru,\n \"b\": 2}", "", ["json-expected-value"]),
    ("{\n\"a\": {\n\"b\": ^x\n}\n}\n", "", ["json-expected-value"]),
    ("{\"id\": 1}^}", "", ["json-text-behind-value"]),
    // Several documents over several lines
    ("{\n  \"a\": 1\n}\n{\n  \"b\": ^x\n}\n{\n  \"c\": 3\n}\n", #"{"a":1} {"c":3}"#, ["json-expected-value"]),
    ("{\n  \"a\": ^x\n}\n{\n  \"b\": 2\n}\n", #"{"b":2}"#, ["json-expected-value"]),
  ])
  func aFaultCostsTheRecordThatHoldsIt(marked: String, left: String, ids: [String]) {
    let sample = Marked(marked)
    let parsed = json(sample.text)
    #expect(outline(parsed) == left)
    #expect(parsed.places == sample.places(ids))
    #expect(sample.positions.count == ids.count)
  }

  @Test func theFileNameTellsJSONLines() {
    let parsed = json("{\"a\":[1,\n{\"b\":2,}\n", file: "a.jsonl")
    #expect(parsed.places == ["1:9 json-expected-value", "2:7 json-trailing-comma"])
    #expect(json("[{},x]\n", file: "a.ndjson").value.isEmpty)
  }

  @Test func aFileFullOfFaultsIsGivenUp() {
    for (line, separator) in [("x", "\n"), ("{\"a\":x}", "\n"), ("{\"a\":x}", ",\n")] {
      let lines = Array(repeating: line, count: 3000).joined(separator: separator)
      let parsed = json(separator == "\n" ? "{}\n" + lines : "[" + lines + "]")
      #expect(parsed.errors.count == JSONReader.maximumFaults)
      #expect(parsed.diagnostics.filter { $0.message.id == "rest-not-read" }.count == 1)
    }
  }

  @Test func aLostElementLeavesNoWarningsBehind() {
    let parsed = json("[{\"a\":1,\"a\":2,\"b\":x},{\"c\":3,\"c\":4}]")
    #expect(parsed.places == ["1:19 json-expected-value", "1:29 duplicate-key"])
  }

  @Test(arguments: [
    ("{\"a\":1,\"b\":2,^\"a\":3}", #"{"b":2,"a":3}"#, ["duplicate-key"]),
    ("{\"a\":1,^\"\\u0061\":2}", #"{"a":2}"#, ["duplicate-key"]),
    ("{\"\\u0061\":1,^\"a\":2,^\"a\":3}", #"{"a":3}"#, ["duplicate-key", "duplicate-key"]),
    ("{\"a\":{\"a\":1,^\"a\":2},\"b\":{\"a\":1}}", #"{"a":{"a":2},"b":{"a":1}}"#, ["duplicate-key"]),
    ("{\"\":1,^\"\":2}", #"{"":2}"#, ["duplicate-key"]),
    ("{\"longer than eight\":1,\n^\"longer than eight\":2}", #"{"longer than eight":2}"#, ["duplicate-key"]),
    ("{\"abcdefgh1abcdefgh\":1,\"abcdefgh2abcdefgh\":2}", #"{"abcdefgh1abcdefgh":1,"abcdefgh2abcdefgh":2}"#, []),
  ])
  func ofRepeatedKeysTheLastOneCounts(marked: String, left: String, ids: [String]) {
    let sample = Marked(marked)
    let parsed = json(sample.text)
    #expect(outline(parsed) == left)
    #expect(parsed.places == sample.places(ids))
    #expect(sample.positions.count == ids.count)
  }

  @Test func largeObjectsFindTheirRepeatedKeys() {
    let members = (0..<5000).map { "\"key\($0)\":\($0)" } + ["\"key17\":-1", "\"key4999\":-2"]
    let parsed = json("{" + members.joined(separator: ",") + "}")
    #expect(parsed.diagnostics.count == 2)
    #expect(parsed.value.first?["key17"]?.int == -1)
    #expect(parsed.value.first?["key4999"]?.int == -2)
    #expect(parsed.value.first?.members.count == 5000)
  }
}
