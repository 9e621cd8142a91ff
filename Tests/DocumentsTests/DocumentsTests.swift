import Diagnostics
import Testing

@testable import Documents

@Suite struct FirstJSONTests {
  @Test func readsADocument() throws {
    let parsed = readJSON(
      Source(file: "a.json", bytes: Array(#"{"a": [1, -2.5e3, "x\u00e9y", true, null], "a\u0062": {"c": {}}}"#.utf8)))
    #expect(parsed.diagnostics.isEmpty)
    let node = try #require(parsed.value.first)
    #expect(node["a"]?.elements.map(\.kind) == [.number, .number, .string, .bool, .null])
    #expect(node["a"]?.elements[2].string == "xéy")
    #expect(node["ab", "c"]?.kind == .object)
  }

  @Test func goesOnBehindFaults() throws {
    let text = "{\"records\": [\n  {\"a\": 1},\n  {\"a\": tru},\n  {\"a\": 3}\n]}\n"
    let parsed = readJSON(Source(file: "a.json", bytes: Array(text.utf8)))
    #expect(parsed.diagnostics.map(\.position) == [Position(line: 3, column: 9)])
    #expect(parsed.value.first?["records"]?.elements.map { $0["a"]?.int } == [1, 3])
  }
}
