import Testing

@testable import Documents

/// The rules of site.md, Pages, with the hashes computed by `sha256sum`.
@Suite struct SlugTests {
  @Test(arguments: [
    "a", "2.10.0", "checkout", "a_b", "a.b", "a-b", "1482", "release-2026.03", "a--b", "x_", "x.",
    String(repeating: "a", count: 80),
  ])
  func keepsATextThatIsItsOwnSlug(text: String) {
    #expect(Slug.of(text) == text)
    #expect(Slug.assign([text, text.uppercased() + "!"]).first == text)
  }

  @Test(arguments: [
    ("Checkout", "checkout"), ("ABC", "abc"), ("{ABC-1}", "abc-1"), ("{0a1b}", "0a1b"), ("v2.10.0-RC.1", "v2.10.0-rc.1"),
  ])
  func losesCaseAndBracesWithoutAMark(text: String, slug: String) {
    #expect(Slug.of(text) == slug)
    #expect(Slug.assign([text]) == [slug])
  }

  @Test(arguments: [
    ("a b", "a-b-c8687a08"), ("a / b", "a-b-d917a549"), ("feature/x", "feature-x-217d2bf5"), ("-a", "a-c2748917"),
    ("a-", "a-9baf4407"), (".a", "a-36797c3a"), ("_a", "a-34fb7160"), ("..", "5ec1f7e7"), ("", "e3b0c442"), ("/", "8a5edab2"),
    ("{}", "44136fa3"), ("{", "021fb596"), ("é", "4a99557e"), ("1.0+build", "1.0-build-cb15ade2"),
  ])
  func marksATextThatLosesMore(text: String, slug: String) {
    #expect(Slug.of(text) == slug)
  }

  @Test(arguments: [
    "../../etc/passwd", "a\u{0}b", "\u{202E}evil", "🎁", "A\\B", "con:", "a\nb", String(repeating: "é/", count: 500),
  ])
  func isMadeOfTheAllowedBytesOnly(text: String) {
    let slug = Slug.of(text)
    #expect(slug.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789._-".utf8.contains($0) })
    #expect(!slug.isEmpty && slug.utf8.count <= 80)
    #expect(slug.first != "." && slug.first != "_" && slug.first != "-" && slug.last != "-")
    #expect(!slug.contains("--"), "a run of other characters is one dash")
  }

  @Test(arguments: [81, 100, 5_000])
  func isAtMostEightyBytes(length: Int) {
    let slug = Slug.of(String(repeating: "a", count: length))
    #expect(slug.utf8.count == 80)
    #expect(slug.dropLast(9).allSatisfy { $0 == "a" })
    #expect(Slug.of(String(repeating: "a", count: length + 1)) != slug)
  }

  @Test func marksEveryTextThatSharesItsSlugButTheOneThatIsIt() {
    #expect(Slug.assign(["a", "A", "{a}"]) == ["a", "a-559aead0", "a-460c3a93"])
    #expect(Slug.assign(["Main", "MAIN"]).allSatisfy { $0.hasPrefix("main-") && $0.utf8.count == 13 })
  }

  @Test func doesNotDependOnTheOrder() {
    let texts = ["Main", "main", "MAIN", "a b", "a/b", "{main}", "x"]
    let forwards = Dictionary(uniqueKeysWithValues: zip(texts, Slug.assign(texts)))
    let backwards = Dictionary(uniqueKeysWithValues: zip(texts.reversed(), Slug.assign(texts.reversed())))
    #expect(forwards == backwards)
    #expect(Set(forwards.values).count == texts.count)
  }

  @Test func givesOneTextOneSlugHoweverOftenItOccurs() {
    #expect(Slug.assign(["Run", "Run"]) == ["run", "run"])
  }
}
