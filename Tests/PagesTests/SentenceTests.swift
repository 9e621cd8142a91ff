import Testing

@testable import Pages

@Suite struct SentenceTests {
  @Test func keepsOwnWordsApartFromTextsFromOutside() {
    let name = "<b>"
    let sentence: Sentence = "from \(name) by \(words: "run") \(3)"
    #expect(sentence.pieces == [.words("from "), .name("<b>"), .words(" by "), .words("run"), .words(" "), .words("3")])
  }

  @Test(arguments: [
    ([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c"),
  ])
  func listsPartsInWords(parts: [String], expected: String) {
    #expect(Sentence.list(parts.map { "\($0)" }, conjunction: "or").plain == expected)
  }

  @Test func leavesNoPieceForAnEmptyText() {
    let nothing = ""
    let sentence: Sentence = "\(nothing)\(LinkText(text: nothing, url: nil))"
    #expect(sentence.isEmpty)
  }
}
