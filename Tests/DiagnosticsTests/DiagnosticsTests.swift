import Testing

@testable import Diagnostics

@Suite struct SourceTests {
  private func source(_ text: String, precedingLines: Int = 0) -> Source {
    Source(file: "a.md", bytes: Array(text.utf8), precedingLines: precedingLines)
  }

  @Test(arguments: [
    ("", 0, 1, 1), ("abc", 0, 1, 1), ("abc", 2, 1, 3), ("abc", 3, 1, 4), ("a\nb", 1, 1, 2), ("a\nb", 2, 2, 1),
    ("a\nb\n", 4, 3, 1),
    ("a\r\nb", 1, 1, 2), ("a\r\nb", 2, 1, 3), ("a\r\nb", 3, 2, 1), ("a\rb", 2, 2, 1), ("a\r\rb", 3, 3, 1), ("\n\n\n", 3, 4, 1),
    ("\r\n\r\n", 4, 3, 1),
    ("a\n\rb", 3, 3, 1), ("\u{FEFF}abc", 3, 1, 1), ("\u{FEFF}abc", 5, 1, 3), ("\u{FEFF}a\nb", 5, 2, 1), ("\u{FEFF}", 0, 1, 1),
    ("\u{FEFF}", 2, 1, 1),
    ("a\n\u{FEFF}b", 5, 2, 2), ("é", 2, 1, 2), ("éa", 3, 1, 3), ("€a", 3, 1, 2), ("😀a", 4, 1, 2), ("a\né😀b", 8, 2, 3),
    ("e\u{301}x", 3, 1, 3), ("a\u{2028}b", 4, 1, 3),
    ("abc", 99, 1, 4), ("abc", -5, 1, 1),
  ])
  func findsLineAndColumn(text: String, offset: Int, line: Int, column: Int) {
    #expect(source(text).position(at: offset) == Position(line: line, column: column))
    #expect(source(text, precedingLines: 7).position(at: offset) == Position(line: line + 7, column: column))
  }

  @Test func aPlaceInsideAScalarIsThatScalar() {
    #expect(source("a😀b").position(at: 1) == Position(line: 1, column: 2))
    #expect(source("a😀b").position(at: 5) == Position(line: 1, column: 3))
  }

  @Test(arguments: [
    ("one\ntwo\nthree", 5, "two"), ("one\ntwo\nthree", 3, "one"), ("one\ntwo", 4, "two"), ("one\r\ntwo\r\n", 6, "two"),
    ("one", 3, "one"), ("", 0, ""), ("one\n", 4, ""),
    ("a\rb", 2, "b"), ("one\ntwo", 99, "two"), ("one\ntwo", -1, "one"),
  ])
  func givesTheLine(text: String, offset: Int, line: String) {
    #expect(source(text).line(at: offset) == line)
    #expect(source(text).diagnostic(.error, Diagnostic.Message(id: "x", "y"), at: offset).sourceLine == line)
  }

  @Test func repairsALineThatIsNoUTF8() {
    #expect(Source(file: "a", bytes: [0x61, 0xFF, 0x62, 0x0A, 0x63]).line(at: 0) == "a\u{FFFD}b")
  }

  @Test(arguments: [(399, true), (400, true), (401, false), (100_000, false)])
  func longLinesAreLeftOutOfADiagnostic(length: Int, isShown: Bool) {
    let text = "first\n" + String(repeating: "x", count: length) + "\nlast"
    for offset in [6, 6 + length / 2, 6 + length] {
      let diagnostic = source(text).diagnostic(.error, Diagnostic.Message(id: "x", "y"), at: offset)
      #expect((diagnostic.sourceLine != nil) == isShown)
      #expect(diagnostic.sourceLine.map(\.utf8.count) ?? length == length)
      #expect(diagnostic.position == Position(line: 2, column: offset - 5))
    }
  }

  @Test func aDiagnosticNamesFilePositionAndTrail() {
    let message = Diagnostic.Message(id: "unknown-key", "unknown key 'nmae'", suggestion: "name")
    let diagnostic = source("a: 1\nnmae: 2").diagnostic(.warning, message, at: 5, trail: ["b.md:3"])
    #expect(
      diagnostic
        == Diagnostic(
          .warning, message, file: "a.md", position: Position(line: 2, column: 1), sourceLine: "nmae: 2", trail: ["b.md:3"]))
    let known = source("a: 1").diagnostic(.note, message, at: 0, position: Position(line: 9, column: 9))
    #expect(known.position == Position(line: 9, column: 9))
  }
}

@Suite struct DiagnosticOrderTests {
  private func diagnostic(_ file: String?, _ line: Int?, _ column: Int = 1, _ id: String = "a", _ text: String = "t")
    -> Diagnostic
  {
    Diagnostic(
      .error, Diagnostic.Message(id: id, text), file: file, position: line.map { Position(line: $0, column: column) })
  }

  @Test func diagnosticsStandByFilePlaceAndIdentifier() {
    let ordered = [
      diagnostic(nil, nil, 1, "a"), diagnostic(nil, nil, 1, "b"), diagnostic("a.md", nil), diagnostic("a.md", 1, 1, "a", "s"),
      diagnostic("a.md", 1, 1, "a", "t"),
      diagnostic("a.md", 1, 1, "b", "a"), diagnostic("a.md", 1, 2), diagnostic("a.md", 2, 1), diagnostic("a.md", 10, 1),
      diagnostic("b.md", 1),
    ]
    var shuffled = ordered
    var state: UInt64 = 1
    for _ in 0..<50 {
      for index in shuffled.indices.dropFirst() {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        shuffled.swapAt(index, Int(state >> 33) % (index + 1))
      }
      #expect(shuffled.sorted(by: Diagnostic.inPrintedOrder) == ordered)
    }
  }

  @Test func noDiagnosticStandsBeforeItself() {
    for one in [diagnostic(nil, nil), diagnostic("a", 1), diagnostic("a", nil)] {
      #expect(!Diagnostic.inPrintedOrder(one, one))
    }
  }

  @Test func diagnosticsThatDifferOnlyInSeverityOrTrailHaveAnOrderToo() {
    let message = Diagnostic.Message(id: "a", "t")
    let all = [
      Diagnostic(.error, message), Diagnostic(.note, message), Diagnostic(.warning, message),
      Diagnostic(.error, message, trail: ["x"]),
      Diagnostic(.error, message, trail: ["y"]), Diagnostic(.error, Diagnostic.Message(id: "a", "t", suggestion: "s")),
    ]
    for one in all {
      for other in all where one != other {
        #expect(Diagnostic.inPrintedOrder(one, other) != Diagnostic.inPrintedOrder(other, one))
      }
    }
  }

  @Test func errorsAreMoreThanWarningsAndThoseMoreThanNotes() {
    #expect(Diagnostic.Severity.allCases.sorted() == [.note, .warning, .error])
    #expect(!(Diagnostic.Severity.error < .error))
  }
}

@Suite struct NearMissTests {
  private let words = ["name", "timezone", "language", "environments", "match", "url", "id", "gate", "key", "Größe"]

  @Test(
    arguments: [
      ("nmae", "name"), ("timezon", "timezone"), ("timeZone", "timezone"), ("time-zone", "timezone"),
      ("enviroments", "environments"), ("environemnts", "environments"),
      ("lagnuage", "language"), ("mtach", "match"), ("matc", "match"), ("matches", "match"), ("ulr", "url"), ("urls", "url"),
      ("Name", "name"), ("grösse", "Größe"),
      ("größe", "Größe"), ("gröse", "Größe"), ("xyz", nil), ("", nil), ("zone", nil), ("environmental", "environments"),
      ("environmental-checks", nil), ("name", nil),
      ("q", nil),
    ] as [(String, String?)])
  func findsTheWordThatWasMeant(word: String, expected: String?) {
    #expect(nearMiss(word, among: words) == expected)
  }

  @Test func aTieGoesToTheFirstInTheAlphabet() {
    #expect(nearMiss("cat", among: ["hat", "bat", "car"]) == "bat")
    #expect(nearMiss("cat", among: ["car", "bat", "hat"].reversed()) == "bat")
  }

  @Test func aCloserWordWinsOverOneThatStandsBeforeIt() {
    #expect(nearMiss("staging", among: ["stagging1", "stagign", "staginx"]) == "stagign")
  }

  @Test func hugeWordsAreNotCompared() {
    let huge = String(repeating: "a", count: 100_000)
    #expect(nearMiss(huge, among: [huge + "b", "a"]) == nil)
    #expect(nearMiss("name", among: [huge]) == nil)
  }
}

@Suite struct AccountTests {
  @Test func talliesAddUp() {
    var account = Account()
    account.files = Account.Tally(rendered: 1, skipped: 2, error: 3)
    account.skipped = [Account.Skipped(file: "a", record: nil, reason: "r")]
    var other = Account()
    other.files = Account.Tally(rendered: 10)
    other.records = Account.Tally(error: 4)
    other.skipped = [Account.Skipped(file: "b", record: "run 7", reason: "s")]
    account += other
    #expect(account.files == Account.Tally(rendered: 11, skipped: 2, error: 3))
    #expect(account.files.total == 16)
    #expect(account.records.total == 4)
    #expect(account.skipped.map(\.file) == ["a", "b"])
  }
}
