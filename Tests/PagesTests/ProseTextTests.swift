import Releases
import Template
import Testing

@testable import Pages

@Suite struct ProseTextTests {
  private func placed(_ html: String, headings: Int = 4) -> String {
    String(decoding: Markup.placed(Array(html.utf8), headings: headings, ids: "e/", root: "../../").bytes, as: UTF8.self)
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
    #expect(
      Markup.rooted(Array("a<img src=\"m\"><img src=\"n\">b".utf8), at: "/") == Array("a<img src=\"/m\"><img src=\"/n\">b".utf8)
    )
  }

  @Test func aNameThatIsThereTwiceIsGivenOnce() {
    #expect(placed("<p id=\"a\">x</p><p id=\"a\" class=\"y\">z</p>") == "<p id=\"e/a\">x</p><p class=\"y\">z</p>")
  }

  @Test func isAbsentWhereNobodyWroteAnything() {
    #expect(ProseText(nil, headings: 2, ids: "", root: "") == nil)
    #expect(ProseText(.text(" \n"), headings: 2, ids: "", root: "") == nil)
    #expect(ProseText(.markdown(html: [0x0A], plain: ""), headings: 2, ids: "", root: "") == nil)
    #expect(ProseText(.text("<b>"), headings: 2, ids: "", root: "")?.text == "<b>")
  }
}
