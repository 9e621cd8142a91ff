import Records
import Testing

/// What is seen on no page is a blank, wherever it is asked.
@Suite struct Blanks {
  static let blanks = [
    " ", "\t", "\n", "\r\n", "\u{B}", "\u{C}", "\u{85}", "\u{A0}", "\u{1680}", "\u{2003}", "\u{2028}", "\u{2029}", "\u{202F}",
    "\u{3000}", "\u{200B}", "\u{2060}", "\u{FEFF}", "\u{0}", "\u{7F}",
  ]

  @Test(arguments: blanks)
  func areNoPartOfANameOrWord(blank: String) {
    #expect(blank.isBlank && (blank + " " + blank).isBlank)
    #expect((blank + "a b" + blank).withoutOuterBlanks == "a b")
    #expect((blank + "a b" + blank).asEnvironmentName == "a b")
    #expect(!(blank + "a").isBlank)
  }

  /// Joiners are parts of words and of pictures, and so are marks.
  @Test(arguments: ["\u{200D}", "\u{200C}", "\u{301}", "é", "日", "-"])
  func othersStay(text: String) {
    #expect(!text.isBlank)
    #expect(text.withoutOuterBlanks == text && text.asEnvironmentName == text)
  }

  @Test func nothingIsBlank() {
    #expect("".isBlank && "".withoutOuterBlanks == "")
  }
}
