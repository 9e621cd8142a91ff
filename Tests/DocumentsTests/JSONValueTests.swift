import Documents
import Testing

@Suite struct JSONValues {
  @Test func standAMemberALineInTheOrderOfTheSource() {
    let value: JSONValue = ["b": [1, "x\"y", nil], "a": ["c": true], "d": [:], "e": []]
    let text = """
      {
       "b": [
        1,
        "x\\"y",
        null
       ],
       "a": {
        "c": true
       },
       "d": {},
       "e": []
      }

      """
    #expect(String(decoding: value.lines, as: UTF8.self) == text)
  }

  @Test func takeFurtherMembersBehindTheirOwn() {
    let value: JSONValue = ["a": 1]
    let both: JSONValue = ["a": 1, "b": 2]
    #expect(value.with(["b": 2]).lines == both.lines)
  }
}
