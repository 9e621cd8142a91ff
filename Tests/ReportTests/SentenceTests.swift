import Records
import Releases
import Template
import Testing
import Time

@testable import Report

@Suite struct SentenceTests {
  @Test func keepsOwnWordsApartFromTextsFromOutside() {
    let name = "<b>"
    let sentence: Sentence = "from \(name) by \(words: "run") \(3)"
    let pieces: [Sentence.Piece] = [.words("from "), .name("<b>"), .words(" by "), .words("run"), .words(" "), .words("3")]
    #expect(sentence.resolved(in: .english) == pieces)
  }

  private static let german = Phrasebook([
    "from {} by {} {}": "{2} {3} von {1}", "run": "Lauf", "{} and {}": "{1} und {2}", "no gate": "kein Tor",
    "{} release": "{1} Release", "decimal point": ",", "March": "März",
  ])

  @Test func aPhraseIsTranslatedWholeAndItsValuesKeepTheirKind() {
    let sentence: Sentence = "from \("<b>") by \(words: "run") \(3)"
    let pieces: [Sentence.Piece] = [.words("Lauf"), .words(" "), .words("3"), .words(" von "), .name("<b>")]
    #expect(sentence.resolved(in: Self.german) == pieces)
  }

  @Test(
    arguments: [
      ("no gate", "kein Tor"), (" no gate ", " kein Tor "), ("nobody knows", "nobody knows"), ("", ""),
      (Sentence.list(["no gate", "a", "\("no gate")"]), "kein Tor, a und no gate"), (Format.count(1, "release"), "1 Release"),
      (Format.count(2, "release"), "2 releases"), ("\(decimal: 1.25) %", "1,3 %"),
      (Month(year: 2026, month: 3).name, "März 2026"),
      ("unknown {} phrase \(1)", "unknown {} phrase 1"),
    ] as [(Sentence, String)])
  func readsInTheLanguageOfThePage(sentence: Sentence, text: String) { #expect(sentence.plain(in: Self.german) == text) }

  @Test func whereAPhraseStandsTellsTwoTranslationsApart() {
    let book = Phrasebook(["Runs": "Läuft", "Runs [how many]": "Läufe", "{} runs [what is live]": "es läuft {1}"])
    let sentences: [Sentence] = ["Runs", "Runs\(context: "how many")", "\("1.0") runs\(context: "what is live")"]
    #expect(sentences.map(\.plain) == ["Runs", "Runs", "1.0 runs"])
    #expect(sentences.map { $0.plain(in: book) } == ["Läuft", "Läufe", "es läuft 1.0"])
  }

  @Test func aWordOfARecordThatIsOursIsTranslatedAndStaysIsolated() {
    let sentence: Sentence = "\(said: "no gate")\(said: "<b>")"
    #expect(sentence.resolved(in: .english) == [.name("no gate"), .name("<b>")])
    #expect(sentence.resolved(in: Self.german) == [.name("kein Tor"), .name("<b>")])
  }

  @Test func aTranslationThatNamesNoSuchValueLosesNothingElse() {
    let book = Phrasebook(["waits {}": "wartet {1}{7}{x}", "only {}": "{1"])
    #expect(("waits \(2)" as Sentence).plain(in: book) == "wartet 2{x}")
    #expect(("only \(2)" as Sentence).plain(in: book) == "{1")
  }

  @Test(arguments: [
    ([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c"),
  ])
  func listsPartsInWords(parts: [String], expected: String) {
    #expect(Sentence.list(parts.map { "\($0)" }, conjunction: .or).plain == expected)
  }

  @Test func leavesNoPieceForAnEmptyText() {
    let nothing = ""
    let sentence: Sentence = "\(nothing)\(LinkText(text: nothing, to: nil))"
    #expect(sentence.isEmpty)
  }
}
