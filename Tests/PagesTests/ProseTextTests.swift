import Joining
import Records
import Template
import Testing
import Time

@testable import Pages

@Suite struct ProseTextTests {
  private func placed(_ html: String, headings: Int? = 4) -> String {
    var placer = MarkupPlacer(
      html: Array(html.utf8), headings: headings, ids: Array("e/".utf8), root: Array("../../".utf8)
    ) { $0 == "1.2.0" ? "../1.2.0.html?a&b" : nil }
    placer.run()
    return String(decoding: placer.output, as: UTF8.self)
  }

  @Test(arguments: [
    ("<h1>A</h1><h2>B</h2>", "<h4>A</h4><h5>B</h5>"),
    ("<h3>Added</h3><h3>Fixed</h3>", "<h4>Added</h4><h4>Fixed</h4>"),
    ("<h4>A</h4><h2>B</h2>", "<h4>A</h4><h4>B</h4>"),
    ("<h1>A</h1><h4>B</h4><h1>C</h1>", "<h4>A</h4><h5>B</h5><h4>C</h4>"),
    ("<h1>1</h1><h2>2</h2><h3>3</h3><h4>4</h4>", "<h4>1</h4><h5>2</h5><h6>3</h6><h6>4</h6>"),
    ("<hr /><header>x</header>", "<hr /><header>x</header>"),
  ])
  func keepsTheHeadingsOfAPageInOrder(html: String, expected: String) { #expect(placed(html) == expected) }

  @Test func givesAnchorsAndTheLinksToThemTheirEntry() {
    let html =
      "<h2 id=\"added\" class=\"x\">A</h2><a class=\"y\" href=\"#added\">a</a><a href=\"x.html#added\">b</a><a name=\"n\"></a>"
    #expect(
      placed(html)
        == "<h4 id=\"e/added\" class=\"x\">A</h4><a class=\"y\" href=\"#e/added\">a</a><a href=\"x.html#added\">b</a><a name=\"e/n\"></a>"
    )
  }

  @Test(arguments: ["", "<", "a < b", "<h1", "<h", "</", "<p", "text <h2"])
  func survivesMarkupThatEndsTooEarly(html: String) {
    #expect(placed(html).count >= html.count - 1)
  }

  @Test func leadsToPicturesFromWhereThePageIs() {
    #expect(placed("<p><img src=\"media/a.png\" alt=\"src=\"></p>") == "<p><img src=\"../../media/a.png\" alt=\"src=\"></p>")
  }

  @Test func aNameThatIsThereTwiceIsGivenOnce() {
    #expect(placed("<p id=\"a\">x</p><p id=\"a\" class=\"y\">z</p>") == "<p id=\"e/a\">x</p><p class=\"y\">z</p>")
  }

  @Test func leadsToOtherReleasesOrNowhere() {
    #expect(placed("<a href=\"release:1.2.0\" title=\"t\">x</a>") == "<a href=\"../1.2.0.html?a&amp;b\" title=\"t\">x</a>")
    #expect(placed("<a href=\"release:9\" title=\"t\">x</a>") == "<a title=\"t\">x</a>")
    #expect(placed("<a href=\"release:") == "<a")
  }

  @Test func leavesHeadingsInFeeds() {
    #expect(placed("<h2>A</h2><h5>B</h5>", headings: nil) == "<h2>A</h2><h5>B</h5>")
  }

  @Test func isAbsentWhereNobodyWroteAnything() throws {
    let view = Viewpoint(edition: try CatalogSketch().edition(), path: "index.html")
    #expect(ProseText(nil, headings: 2, ids: "", view) == nil)
    #expect(ProseText(.text(" \n"), headings: 2, ids: "", view) == nil)
    #expect(ProseText(.markdown(html: [0x0A], plain: ""), headings: 2, ids: "", view) == nil)
    #expect(ProseText(.text("<b>"), headings: 2, ids: "", view)?.text == "<b>")
  }
}
