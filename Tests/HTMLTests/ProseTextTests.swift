import Joining
import Records
import Template
import Testing
import Time

@testable import Documents
@testable import Formats
@testable import HTML
@testable import Plan

@Suite struct ProseTextTests {
  private func placed(
    _ fragment: Fragment, headings: Int? = 4, page: String = "#e/", book: Phrasebook = .english
  ) -> String {
    var filler = FragmentFiller(
      headings: headings, ids: "e/", root: "../../", page: page, book: book,
      release: { $0 == "1.2.0" ? "../1.2.0.html?a&b" : nil },
      file: { path, place in path == "a b.md" ? "a.html" + (place.map { "#" + $0 } ?? "") : nil })
    return String(decoding: filler.bytes(of: fragment), as: UTF8.self)
  }

  @Test(arguments: [
    ([1, 2], [4, 5]), ([3, 3], [4, 4]), ([4, 2], [4, 4]), ([1, 4, 1], [4, 5, 4]), ([1, 2, 3, 4], [4, 5, 6, 6]),
  ])
  func keepsTheHeadingsOfAPageInOrder(levels: [Int], expected: [Int]) {
    let fragment = levels.reduce(into: Fragment()) { $0.append(.heading($1, "a")) }
    #expect(placed(fragment) == expected.map { "<h\($0)>a</h\($0)>" }.joined())
  }

  @Test func givesAnchorsAndTheLinksToThemTheirEntry() {
    let text: Fragment =
      "\(.heading(2, "A", name: "added"))<a class=\"y\"\(.place("added"))>a</a><a href=\"x.html#added\">b</a><a\(.anchor("n"))></a>"
    #expect(
      placed(text)
        == "<h4 id=\"e/added\">A</h4><a class=\"y\" href=\"#e/added\">a</a><a href=\"x.html#added\">b</a><a id=\"e/n\"></a>"
    )
  }

  @Test func escapesNamesByWhereTheyStand() {
    #expect(
      placed("<p\(.anchor("ü\"'<&"))><a\(.place("ü\"'<&"))>x</a></p>")
        == "<p id=\"e/ü&quot;'&lt;&amp;\"><a href=\"#e/%C3%BC%22&#x27;%3C&amp;\">x</a></p>")
  }

  @Test func leadsToPlacesOfTheTextOnItsOwnPageWhereItStandsElsewhereToo() {
    #expect(
      placed("<p\(.anchor("a"))><a\(.place("a"))>x</a></p>", page: "r.html?a&b#note-")
        == "<p id=\"e/a\"><a href=\"r.html?a&amp;b#note-a\">x</a></p>")
  }

  @Test func leadsToPicturesFromWhereThePageIs() {
    #expect(
      placed("<p><img src=\"\(.picture("media/a.png"))\" alt=\" src=\"></p>")
        == "<p><img src=\"../../media/a.png\" alt=\" src=\"></p>")
  }

  @Test func aNameThatIsThereTwiceIsGivenOnce() {
    #expect(
      placed("<p\(.anchor("a"))>x</p><p\(.anchor("a")) class=\"y\">z</p>") == "<p id=\"e/a\">x</p><p class=\"y\">z</p>")
  }

  @Test func leadsToOtherReleasesOrNowhere() {
    #expect(
      placed("<a\(.release(version: "1.2.0")) title=\"t\">x</a>") == "<a href=\"../1.2.0.html?a&amp;b\" title=\"t\">x</a>")
    #expect(placed("<a\(.release(version: "9")) title=\"t\">x</a>") == "<a title=\"t\">x</a>")
  }

  @Test func leadsToOtherTextsOrNowhere() {
    #expect(placed("<a\(.file(path: "a b.md", place: "c"))>x</a>") == "<a href=\"a.html#c\">x</a>")
    #expect(placed("<a\(.file(path: "a b.md", place: nil))>x</a>") == "<a href=\"a.html\">x</a>")
    #expect(placed("<a\(.file(path: "c.md", place: nil))>x</a>") == "<a>x</a>")
  }

  @Test func leavesHeadingsInFeeds() {
    #expect(placed("\(.heading(2, "A"))\(.heading(5, "B"))", headings: nil) == "<h2>A</h2><h5>B</h5>")
  }

  @Test func saysItsOwnWordsInTheLanguageOfTheSite() throws {
    let text: Fragment = "\(.phrase(.warning)), \(.phrase(.footnote(2))), \(.phrase(.toDo))"
    #expect(placed(text) == "Warning, Footnote 2, to do")
  }

  @Test func isAbsentWhereNobodyWroteAnything() throws {
    let view = Viewpoint(edition: try CatalogSketch().edition(), path: "index.html")
    #expect(ProseText(nil, headings: 2, ids: "", view) == nil)
    #expect(ProseText(.text(" \n"), headings: 2, ids: "", view) == nil)
    #expect(ProseText(.markdown("\n", plain: ""), headings: 2, ids: "", view) == nil)
    #expect(ProseText(.text("<b>"), headings: 2, ids: "", view)?.text == "<b>")
  }
}
