import Documents
import Testing

@testable import Markdown

@Suite struct FragmentsOfMarkdown {
  private static let links: MarkdownLinks = {
    var links = MarkdownLinks()
    links.hasAnchors = true
    links.relative = .words
    links.images.known = ["a.png": .init(path: "media/a.png", width: 2, height: 3)]
    links.images.texts = ["b c.md"]
    return links
  }()

  private func fragment(_ text: some Collection<UInt8>) -> Fragment { renderMarkdown(text, links: Self.links).fragment }

  /// Of all that only a page can know.
  static let everything = """
    ## Größe
    [up](#Gr%C3%B6%C3%9Fe) ![p](a.png) [file](<b%20c.md#d e>) word[^1]

    - [x] item

    > [!NOTE]
    > <a name="p&q"></a>words [there](#p&q)

    | a |
    |---|
    | b |

    [^1]: told
    """

  @Test func haveAHoleForAllThatDependsOnThePage() {
    let holes = Array(fragment(Self.everything.utf8).holes)
    let item = holes.compactMap { if case .anchor(let name) = $0, name.hasPrefix("i") { name } else { nil } }
    #expect(item.count == 1)
    #expect(
      holes == [
        .headingStart(level: 2), .anchor("größe"), .headingEnd(level: 2), .place("größe"), .picture("media/a.png"),
        .file(path: "b c.md", place: "d%20e"), .place("fn-1"), .anchor("fnref-1"), .phrase(.footnote(1)),
        .anchor(item.first ?? ""), .phrase(.done), .phrase(.note), .anchor("p&q"), .place("p&q"), .phrase(.table),
        .phrase(.footnotes), .anchor("fn-1"), .place("fnref-1"), .phrase(.backToText),
      ])
  }

  @Test func haveHolesWhereTheirMarkupStands() {
    #expect(fragment("# A".utf8).description == "<h1 id=\"a\">A</h1>\n")
    #expect(
      fragment("![p](a.png 't')".utf8).description
        == "<p><img src=\"media/a.png\" alt=\"p\" title=\"t\" width=\"2\" height=\"3\" loading=\"lazy\"></p>\n")
    #expect(
      fragment("[f](b%20c.md#d 't')".utf8).description == "<p><a href=\"file-of-content:b%20c.md#d\" title=\"t\">f</a></p>\n")
  }

  /// What a text says is literal, whatever it looks like, also where it holds bytes that are no text.
  @Test(arguments: [
    "<h2 id=\"a\">b</h2>", "`<h2 id=\"a\">`", "[a](release:1.0)", "<a href=\"release:1.0\">a</a>",
    "<a href=\"file-of-content:b\">a</a>",
    "<file-of-content:b>", "<img src=\"media/a.png\">", "![a](media/a.png)", "<p class=\"alert-title\">Note</p>",
    "<span aria-label=\"done\">a</span>", "<div aria-label=\"Table\">a</div>", "&lt;li id=&quot;a&quot;&gt;",
    "[a](b \" id='a'\")",
    "<abbr title='\" id=\"a'>b</abbr>", "\\(.anchor(a))", "&#255;&#254;&#xFFFF;&#0;", "`` id=\"a\" ``",
    "<li class=\"a\" id=\"b\">",
    "<sup><a aria-label=\"Footnote 1\">1</a></sup>", "[^", "[^1", "x[^1]",
  ])
  func takeNoHoleFromAText(text: String) {
    var hostile = MarkdownLinks()
    hostile.relative = .words
    let marks: [[UInt8]] = [[], [0xFF], [0xFF, 0x61, 0xFF], [0xFE], [0x01], [0x00], [0xC0, 0x80], [0xF8, 0x88]]
    for mark in marks {
      let rendered = renderMarkdown(mark + text.utf8 + mark + "a".utf8 + mark, links: hostile)
      let isHeading = text.hasPrefix("<h2") && mark.isEmpty
      #expect(rendered.fragment.holes.isEmpty || isHeading, "\(rendered.fragment)")
      #expect(String(validating: rendered.html, as: UTF8.self) != nil)
    }
  }

  @Test func aTextThatLooksLikeMarkupOfOursStaysWhatItIs() {
    let text = fragment("`<li id=\"i1\">` [a](https://x.example/?id=\"a\") <h2 id='\" id=\"b'>".utf8)
    #expect(text.holes.isEmpty)
  }

  @Test func areOfWholeBytesHoweverLongTheyAre() {
    let many = fragment(String(repeating: "# a\n- b [c](#a)\n", count: 5_000).utf8)
    #expect(many.holes.count == 5_000 * 5 && many.weight > 5_000 * 50)
  }

  @Test func headingsOfASectionBeginAtTheBase() {
    let sections = renderMarkdownSections("# 1\n### A\n#### B\n## 2\n### C\n".utf8, headingBase: 2) { headings in
      headings.indices.filter { ["1", "2"].contains(headings[$0].text) }
    }
    #expect(
      sections.map { Array($0.body.fragment.holes) } == [
        [], [.headingStart(level: 4), .headingEnd(level: 4), .headingStart(level: 5), .headingEnd(level: 5)],
        [.headingStart(level: 3), .headingEnd(level: 3)],
      ])
  }

  @Test func anEmptyTitleIsNone() {
    #expect(fragment("[a](https://x.example \"\")".utf8).description == "<p><a href=\"https://x.example\">a</a></p>\n")
  }
}

@Suite struct Addresses {
  /// As cmark 0.30 writes an address: every byte of it.
  @Test func areWrittenAsCmarkWritesThem() {
    let kept = "!#$%()*+,-./0123456789:;=?@ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz~"
    for byte in UInt8(1)...255 {
      var html: [UInt8] = []
      appendAddress([byte], to: &html)
      let digits = String(byte, radix: 16, uppercase: true)
      let expected =
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "'"): "&#x27;"
        case let byte where kept.utf8.contains(byte): String(UnicodeScalar(byte))
        default: "%" + String(repeating: "0", count: 2 - digits.count) + digits
        }
      #expect(String(decoding: html, as: UTF8.self) == expected)
    }
  }
}
