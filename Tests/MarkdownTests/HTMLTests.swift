import Testing

@testable import Markdown

/// What changelogs.md, section 2, lists as meant; the rest is shown as it was written.
@Suite struct RawHTML {
  /// Lines mean nothing between blocks.
  private func joined(_ html: String) -> String { html.filter { $0 != "\n" } }

  @Test(arguments: [
    ("returns Promise<boolean>", "returns Promise&lt;boolean&gt;"),
    ("`--watch=<paths>` and <paths> and <T>", "<code>--watch=&lt;paths&gt;</code> and &lt;paths&gt; and &lt;T&gt;"),
    ("a <b>bold</b> and <i>it</i>", "a <strong>bold</strong> and <em>it</em>"),
    ("a <b>not closed", "a &lt;b&gt;not closed"), ("not opened</b>", "not opened&lt;/b&gt;"),
    ("<b>**x**</b>", "<strong><strong>x</strong></strong>"), ("<B CLASS=x onclick='y'>z</B>", "<strong>z</strong>"),
    ("**<b>x**</b>", "<strong>&lt;b&gt;x</strong>&lt;/b&gt;"), ("<b><i>x</b></i>", "<strong>&lt;i&gt;x</strong>&lt;/i&gt;"),
    ("<kbd>Ctrl</kbd>+<kbd>#12 @ana</kbd>", "<kbd>Ctrl</kbd>+<kbd>#12 @ana</kbd>"),
    ("<code>a *b* #1</code>", "<code>a <em>b</em> #1</code>"),
    (
      "H<sub>2</sub>O<sup>+</sup> <del>a</del> <ins>b</ins> <s>c</s> <u>d</u>",
      "H<sub>2</sub>O<sup>+</sup> <del>a</del> <ins>b</ins> <s>c</s> <u>d</u>"
    ),
    ("a<br>b<br/>c<BR />d", "a<br />\nb<br />\nc<br />\nd"), ("a <hr> b <wbr> c", "a  b <wbr> c"),
    ("<abbr title='a \"b\" &lt;'>x</abbr>", "<abbr title=\"a &quot;b&quot; &lt;\">x</abbr>"),
    ("<span style=\"color:red\">x</span> <font color=red>y</font>", "x y"), ("a <div>b</div> <p>c</p>", "a b c"),
    ("a <script>alert(1)</script> b", "a  b"),
    ("a <SCRIPT >alert(1)</ script> b", "a &lt;SCRIPT &gt;alert(1)&lt;/ script&gt; b"),
    ("the <form> element", "the &lt;form&gt; element"), ("a <iframe src=x></iframe> b <object>c</object>", "a  b "),
    (
      "<a href=\"https://x.example/?a&amp;b\" title=\"t\" target=_blank>w</a>",
      "<a href=\"https://x.example/?a&amp;b\" title=\"t\">w</a>"
    ),
    ("<a href=\"javascript:alert(1)\">w</a>", "w"), ("<a href=\"&#106;avascript&colon;alert(1)\">w</a>", "w"),
    ("<a href=\"jav&Tab;ascript:alert(1)\">w</a>", "w"), ("<a href=java\u{A0}script:x>w</a>", "w"),
    ("<a href=x>[y](z)</a>", "<a href=\"x\">y</a>"), ("[<a href=x>y</a>](z)", "<a href=\"z\">y</a>"),
    ("<a href=https://x.example>#12</a>", "<a href=\"https://x.example\">#12</a>"),
    ("<img src=\"a.png\" alt=\"the <b> tag\" onerror=x>", "<a href=\"a.png\">the &lt;b&gt; tag</a>"),
    ("<img src=\"javascript:x\" alt=w>", "w"), ("<img alt=w>", "w"), ("<a href=x><img src=y alt=z></a>", "<a href=\"x\">z</a>"),
    ("<a name=\"1.0\"></a>x", "x"), ("a<!-- hidden -->b", "ab"),
    ("<?php x ?> <!DOCTYPE html> a", "&lt;?php x ?&gt; &lt;!DOCTYPE html&gt; a"),
    ("x<y and y>z, a<b>c", "x&lt;y and y&gt;z, a&lt;b&gt;c"), ("<b\nclass='x'>y</b>", "<strong>y</strong>"),
    ("a <b>x\n\ny</b>", nil),
  ])
  func inALine(markdown: String, expected: String?) {
    let rendered = html(markdown)
    if let expected {
      #expect(rendered.replacing("<p>", with: "").replacing("</p>\n", with: "") == expected)
    } else {
      #expect(rendered == "<p>a &lt;b&gt;x</p>\n<p>y&lt;/b&gt;</p>\n")
    }
  }

  @Test(arguments: [
    ("<div>\n*a*\n</div>", "<p>*a*</p>"), ("<div align=center>\n\n*a*\n\n</div>", "<p><em>a</em></p>"),
    ("<!-- hidden -->", ""), ("<!-- hidden", ""), ("<!-->", ""), ("<!-- a\n\nb -->\nc", "<p>c</p>"),
    ("<!-- a --> shown", "<p>shown</p>"),
    ("<p>a <!-- b --> c", "<p>a  c</p>"), ("<?php x ?>", "<p>&lt;?php x ?&gt;</p>"),
    ("- <!-- a -->\n- b", "<ul>\n<li></li>\n<li>b</li>\n</ul>"),
    ("<script>\nalert(1)\n</script>\nx", "<p>x</p>"), ("<script>\n*a*\n\n*b*", "<p>&lt;script&gt;</p>\n<p>*a*\n\n*b*</p>"),
    ("<style>p{}</style>", ""), ("<iframe>\n\na\n\n</iframe>\n\nb", "<p>b</p>"),
    ("<form> elements\n\nb", "<p>&lt;form&gt;</p>\n<p>elements</p>\n<p>b</p>"),
    (
      "<details>\n<summary>More &amp; more</summary>\n\n- a\n\n</details>\n\nb",
      "<details>\n<summary>\nMore &amp; more</summary>\n<ul>\n<li>a</li>\n</ul>\n</details>\n<p>b</p>"
    ),
    ("<details open>\n\na", "<details open>\n<p>a</p>\n</details>"), ("<summary>a</summary>\n\nb", "<p>a</p>\n<p>b</p>"),
    ("</details>\n\na", "<p>a</p>"),
    (
      "- <details>\n\n  a\n\n  </details>\n- b",
      "<ul>\n<li>\n<details>\n<p>a</p>\n</details>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>"
    ),
    ("> <details>\n\n</details>", "<blockquote></blockquote>"), ("<h3>a <em>b</em></h3>", "<h3>a <em>b</em></h3>"),
    ("<h3>\n\n- a\n\n</h3>", "<ul>\n<li>a</li>\n</ul>"),
    ("<ul>\n<li>a\n<li>b</li>\n</ul>", "<ul>\n<li>\na</li>\n<li>\nb</li>\n</ul>"), ("<li>a</li>", "<p>a</p>"),
    ("<ul>\n\na\n\n</ul>", "<p>a</p>"),
    ("<ol start=\"3\" onclick=x>\n<li>a</li></ol>", "<ol start=\"3\">\n<li>\na</li>\n</ol>"),
    ("<pre>\n  a &lt;b&gt;\n<b>c</b></pre>", "<pre tabindex=\"0\"><code>  a &lt;b&gt;\n&lt;b&gt;c&lt;/b&gt;</code></pre>"),
    ("<blockquote>a</blockquote>", "<blockquote>\n<p>a</p>\n</blockquote>"), ("<hr>", "<hr />"),
    ("<foo>\n*a*\n</foo>", "<p>&lt;foo&gt;\n*a*\n&lt;/foo&gt;</p>"),
    ("<p>a<p>b", "<p>a</p>\n<p>b</p>"),
    ("<div onclick=x><a href='javascript:x' onclick=y>a</a> <a href=b>c</a></div>", "<p>a <a href=\"b\">c</a></p>"),
    ("<b>\n\na\n\n</b>", "<p>&lt;b&gt;</p>\n<p>a</p>\n<p>&lt;/b&gt;</p>"),
  ])
  func betweenBlocks(markdown: String, expected: String) {
    #expect(joined(html(markdown)) == joined(expected))
  }

  @Test func aTableHoldsRowsAndRowsHoldCells() {
    let box = "<div class=\"table\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table>"
    let end = "</table></div>"
    #expect(
      joined(html("<table border=1>\n<tr><th align=\"right\" colspan=2 style=x>a<td>*b*\n<tr><td>\n\n*c*\n\n</table>")) == box
        + "<tr><th class=\"right\" colspan=\"2\">a</th><td>*b*</td></tr><tr><td><em>c</em></td></tr>" + end)
    #expect(
      joined(html("<table>lost<tr>too<td>a</td></tr></table>")) == "<p>lost</p><p>too</p>" + box + "<tr><td>a</td></tr>" + end)
    #expect(html("<td>a</td> <tr><td>b</td></tr>") == "<p>a</p>\n<p>b</p>\n")
    #expect(html("<table></table>") == "")
    #expect(html("| a |\n|---|\n| b<br>c <script>x</script> |").contains("<td>b<br />\nc </td>"))
  }

  @Test func noElementReachesOverAHeadingThatOpensASection() {
    let sections = renderMarkdownSections("<details>\n\na\n\n# 1\n\nb\n\n</details>\n\nc".utf8) {
      $0.indices.filter { _ in true }
    }
    #expect(
      sections.map { String(decoding: $0.body.html, as: UTF8.self) } == [
        "<details>\n<p>a</p>\n</details>\n", "<p>b</p>\n<p>c</p>\n",
      ])
  }

  @Test func whatIsLeftOutMayHoldElements() {
    #expect(html("<form>\n<h3>\n\n- a\n\n</h3><ul><li>b</ul><table><tr><td>c</table>\n\nd\n\n</form>\n\ne") == "<p>e</p>\n")
    #expect(
      html("<details>\n<iframe><summary>a</summary>\n\nb\n\n</iframe>\n\nc\n\n</details>")
        == "<details>\n<p>c</p>\n</details>\n")
  }

  @Test func whatIsLeftOutMayHoldOtherPlacesOfTags() {
    let list = String(repeating: "> - <b>x</b>\n>\n>   <ul><li>y</ul>\n", count: 20)
    #expect(html("<form>\n\n" + list + "\n</form>\n\n> <ul><li>z</ul>\n\ne").hasSuffix("<p>e</p>\n"))
    #expect(html("a <script>" + String(repeating: "*<b>x</b>* **<i>y</i>** ", count: 20) + "</script> c") == "<p>a  c</p>\n")
  }

  @Test func wordsAreFoundWithoutMarkup() {
    let rendered = renderMarkdown("<details><summary>a</summary>b <kbd>c</kbd></details>\n\n<b>BREAKING</b>: d".utf8)
    #expect(rendered.plain == "a\nb c\nBREAKING: d")
    #expect(rendered.breaking == ["BREAKING: d"])
  }

  @Test func textInElementsIsRead() {
    var links = MarkdownLinks(repository: "https://github.com/acme/shop")
    links.emoji = true
    let rendered = renderMarkdown("<div>\nsee #12 :tada: https://x.example\n</div>".utf8, links: links)
    #expect(
      String(decoding: rendered.html, as: UTF8.self)
        == "<p>see <a href=\"https://github.com/acme/shop/issues/12\">#12</a> 🎉 <a href=\"https://x.example\">https://x.example</a></p>\n"
    )
  }
}

@Suite struct PlacesInAText {
  private static let links: MarkdownLinks = {
    var links = MarkdownLinks()
    links.hasAnchors = true
    return links
  }()

  private func shown(_ text: String) -> String {
    String(decoding: renderMarkdown(text.utf8, links: Self.links).html, as: UTF8.self)
  }

  @Test(arguments: [
    ("Bug Fixes", "bug-fixes"), ("  :bug: Bug & `code`!", "bug-bug--code"), ("5.12.0", "5120"), ("Ünïcode_x-y", "ünïcode_x-y"),
    ("🚀 Features", "-features"), ("日本 語", "日本-語"), ("A\tB", "ab"),
  ])
  func aHeadingIsNamedAsOnGitHub(heading: String, expected: String) {
    #expect(slug(of: heading.trimmingPrefix(while: { $0 == " " }).description) == expected)
  }

  @Test func noNameIsThereTwice() {
    #expect(
      shown("## A\n## A\n## A-1\n<a name=\"a\"></a> <a id=b></a>\n## B\n## \n<h4>A</h4>")
        == "<h2 id=\"a\">A</h2>\n<h2 id=\"a-1\">A</h2>\n<h2 id=\"a-1-1\">A-1</h2>\n<p> <a id=\"b\"></a></p>\n<h2 id=\"b-1\">B</h2>\n<h2 id=\"-1\"></h2>\n<h4 id=\"a-2\">A</h4>\n"
    )
  }

  @Test func linksLeadToThemOrAreWords() {
    let rendered = renderMarkdown(
      "[a](#bug-fixes) [b](#user-content-bug-fixes) [c](#BUG-fixes) [d](#ü%20x) [e](#%C3%BC) [f](#1.0)\n[g](#) ![h](#none)\n\n## Bug Fixes\n## Ü\n<a name=\"1.0\"></a>\n"
        .utf8,
      links: Self.links)
    let html = String(decoding: rendered.html, as: UTF8.self)
    #expect(
      html.hasPrefix(
        "<p><a href=\"#bug-fixes\">a</a> <a href=\"#bug-fixes\">b</a> <a href=\"#bug-fixes\">c</a> d <a href=\"#%C3%BC\">e</a> <a href=\"#1.0\">f</a>\ng h</p>\n"
      ))
    #expect(
      rendered.relativeLinks == [
        RelativeLink(address: "#ü%20x", line: 1), RelativeLink(address: "#", line: 2), RelativeLink(address: "#none", line: 2),
      ])
  }

  @Test func eachSectionHasItsOwn() {
    let sections = renderMarkdownSections("# 1 [x](#a)\n## A\n[y](#a)\n# 2\n## A\n[z](#b)".utf8, links: Self.links) {
      headings in
      headings.indices.filter { headings[$0].level == 1 }
    }
    #expect(
      sections.map { String(decoding: $0.body.html, as: UTF8.self) } == [
        "", "<h2 id=\"a\">A</h2>\n<p><a href=\"#a\">y</a></p>\n", "<h2 id=\"a\">A</h2>\n<p>z</p>\n",
      ])
    #expect(sections.map(\.body.relativeLinks) == [[], [], [RelativeLink(address: "#b", line: 6)]])
  }
}
