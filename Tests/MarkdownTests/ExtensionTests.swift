import Foundation
import Testing

@testable import Markdown

private let github = MarkdownLinks(repository: "https://github.com/acme/shop/")

private func shown(_ text: String, _ links: MarkdownLinks = MarkdownLinks()) -> String {
  String(decoding: renderMarkdown(text.utf8, links: links).html, as: UTF8.self)
}

private let samples = URL(filePath: #filePath).deletingLastPathComponent()
  .appending(path: "../../../shared/samples/commonmark/gfm-extensions.json").standardized.path

@Suite(.enabled(if: FileManager.default.fileExists(atPath: samples), "the samples are not here"))
struct GFMExamples {
  struct Example: Decodable {
    var example: Int
    var section: String
    var markdown: String
    var html: String
  }

  /// An address of a scheme that no page links to stays text: 628 has one of `ftp:`.
  static let wanted: [Int: (String, String)] = [
    628: (#"<a href="ftp://foo.bar.baz">ftp://foo.bar.baz</a>"#, "ftp://foo.bar.baz")
  ]

  @Test(arguments: ["Autolinks (extension)", "Strikethrough (extension)"])
  func examplesComeOutAsSpecified(section: String) throws {
    let all = try JSONDecoder().decode([Example].self, from: Data(contentsOf: URL(filePath: samples))).filter {
      $0.section == section
    }
    #expect(all.count == (section.hasPrefix("Auto") ? 11 : 2))
    for example in all {
      var expected = example.html.replacing("'", with: "'")
      if let (from, to) = Self.wanted[example.example] { expected = expected.replacing(from, with: to) }
      #expect(shown(example.markdown) == expected, "example \(example.example)")
    }
  }
}

@Suite(.enabled(if: FileManager.default.fileExists(atPath: samples), "the samples are not here"))
struct GFMTables {
  /// As the specification has it, but for the box that scrolls and classes instead of `align`.
  @Test func examplesComeOutAsSpecified() throws {
    let all = try JSONDecoder().decode([GFMExamples.Example].self, from: Data(contentsOf: URL(filePath: samples)))
      .filter { $0.section == "Tables (extension)" }
    #expect(all.count == 8)
    for example in all {
      let rendered = shown(example.markdown)
        .replacing("<div class=\"table\" role=\"group\" aria-label=\"Table\" tabindex=\"0\">\n", with: "").replacing(
          "</div>\n", with: "")
      let expected = example.html.replacing("align=", with: "class=")
      let squeezed: (String) -> String = { $0.filter { $0 != "\n" } }
      #expect(squeezed(rendered) == squeezed(expected), "example \(example.example)")
    }
  }
}

@Suite struct Tables {
  static let box = "<div class=\"table\" role=\"group\" aria-label=\"Table\" tabindex=\"0\">\n<table>\n"

  @Test func cellsHoldWhatALineMayHold() {
    let text =
      "| [a] | `x \\| y` | ~~c~~ #12 | <b>d</b> |\n|:--|--:|:-:|---|\n| **e** | ![i](i.png) | @ana | # |\n\n[a]: https://a.example\n"
    #expect(
      shown(text, github)
        == Self.box
        + "<thead>\n<tr>\n<th class=\"left\"><a href=\"https://a.example\">a</a></th>\n<th class=\"right\"><code>x | y</code></th>\n<th class=\"center\"><del>c</del> <a href=\"https://github.com/acme/shop/issues/12\">#12</a></th>\n<th><strong>d</strong></th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td class=\"left\"><strong>e</strong></td>\n<td class=\"right\"><a href=\"i.png\">i</a></td>\n<td class=\"center\"><a href=\"https://github.com/ana\">@ana</a></td>\n<td>#</td>\n</tr>\n</tbody>\n</table>\n</div>\n"
    )
    #expect(renderMarkdown("| a | b |\n|-|-|\n| c | d |\n| e | f |\n\ng".utf8).plain == "a b \nc d \ne f \ng")
  }

  @Test func standInListsAndQuotesAndBehindText() {
    #expect(shown("- x\n\n  | a | b |\n  |---|---|\n  | c | d |").contains("<td>c</td>\n<td>d</td>"))
    #expect(shown("> | a | b |\n> |---|---|\n> | c | d |").contains("<blockquote>\n" + Self.box))
    let behind = shown("words *of* it\n| a |\n| - |\n| b |")
    #expect(behind.hasPrefix("<p>words <em>of</em> it</p>\n" + Self.box) && behind.contains("<td>b</td>"))
  }

  @Test(arguments: [
    "a | b\n- c", "| a | b |\n| --- |", "| a |\n\n| - |", "    | a |\n    | - |", "`| a |\n| - |`", "| a |\n| = |", "a\n---",
  ])
  func otherTextIsNone(text: String) {
    #expect(!shown(text).contains("<table"))
  }

  @Test func manyTablesShareOneReadingOfTheDefinitions() {
    let text =
      String(repeating: "| [a] | b |\n|---|---|\n| c | d |\n\n", count: 2_000)
      + (0..<2_000).map { "[a\($0)]: https://a.example/\($0)\n" }.joined() + "[a]: https://a.example\n"
    #expect(shown(text).components(separatedBy: "<th><a href=\"https://a.example\">a</a></th>").count == 2_001)
  }
}

@Suite struct BareAddresses {
  @Test(arguments: [
    ("see https://a.example/b_c_d(e), ok", "see <a href=\"https://a.example/b_c_d(e)\">https://a.example/b_c_d(e)</a>, ok"),
    ("by @x in https://a.example/pull/12", "by @x in <a href=\"https://a.example/pull/12\">https://a.example/pull/12</a>"),
    ("**https://a.example**", "<strong><a href=\"https://a.example\">https://a.example</a></strong>"),
    ("\"https://a.example\"", "&quot;<a href=\"https://a.example\">https://a.example</a>&quot;"),
    ("`https://a.example` [https://a.example](b)", "<code>https://a.example</code> <a href=\"b\">https://a.example</a>"),
    ("xhttps://a.example http:// https://_ javascript:alert(1)", "xhttps://a.example http:// https://_ javascript:alert(1)"),
    ("<https://a.example>", "<a href=\"https://a.example\">https://a.example</a>"),
    ("a@b.example, @angular/cli, a@b", "<a href=\"mailto:a@b.example\">a@b.example</a>, @angular/cli, a@b"),
    ("https://a.example/?q=\"x\"<b", "<a href=\"https://a.example/?q=%22x\">https://a.example/?q=&quot;x</a>&quot;&lt;b"),
  ])
  func areLinks(text: String, expected: String) {
    #expect(shown(text) == "<p>\(expected)</p>\n")
  }

  @Test func manyMarksAreReadInOneWalk() {
    for mark in ["www.", "http://", "@", "#1", "a/b#1", ":", "~~", "((((", "https://a.b/))))", "a@", "0a0a0a0"] {
      let text = String(repeating: mark, count: 40_000)
      #expect(renderMarkdown(text.utf8, links: github).refusal == nil)
    }
  }
}

@Suite struct References {
  @Test(arguments: [
    ("#12", "<a href=\"https://github.com/acme/shop/issues/12\">#12</a>"),
    (
      "(#12, #13)",
      "(<a href=\"https://github.com/acme/shop/issues/12\">#12</a>, <a href=\"https://github.com/acme/shop/issues/13\">#13</a>)"
    ),
    ("vite/core#7.", "<a href=\"https://github.com/vite/core/issues/7\">vite/core#7</a>."),
    (
      "@ana and @dependabot[bot]: x",
      "<a href=\"https://github.com/ana\">@ana</a> and <a href=\"https://github.com/apps/dependabot\">@dependabot[bot]</a>: x"
    ),
    ("3d71c02 fixed", "<a href=\"https://github.com/acme/shop/commit/3d71c02\">3d71c02</a> fixed"),
    ("([3d71c02])", "([<a href=\"https://github.com/acme/shop/commit/3d71c02\">3d71c02</a>])"),
    ("~~#12~~", "<del><a href=\"https://github.com/acme/shop/issues/12\">#12</a></del>"),
    // What only looks like one.
    ("`#12` [#12](x) a#12 #12a #012 /#12 \\#12 #0", "<code>#12</code> <a href=\"x\">#12</a> a#12 #12a #012 /#12 #12 #0"),
    (
      "@angular/cli @scope/pkg x@y \\@ana `@ana` @ana_b /@ana",
      "@angular/cli @scope/pkg x@y @ana <code>@ana</code> @ana_b /@ana"
    ),
    (
      "1234567 abcdefa 3d71c0 SHA-256 UTF-8 3d71c02z 3d71c02-1 1.3d71c02",
      "1234567 abcdefa 3d71c0 SHA-256 UTF-8 3d71c02z 3d71c02-1 1.3d71c02"
    ),
  ])
  func leadToTheRepository(text: String, expected: String) {
    #expect(shown(text, github) == "<p>\(expected)</p>\n")
    #expect(!shown(text).contains("issues") && !shown(text).contains("commit/"))
  }

  @Test func eachHostHasItsOwnAddresses() {
    let text = "#12 3d71c02 @ana"
    let gitlab = shown(text, MarkdownLinks(repository: "https://gitlab.com/acme/shop"))
    #expect(gitlab.contains("https://gitlab.com/acme/shop/-/issues/12") && gitlab.contains("/-/commit/3d71c02"))
    #expect(gitlab.contains("https://gitlab.com/ana"))
    let bitbucket = shown(text, MarkdownLinks(repository: "https://bitbucket.org/acme/shop"))
    #expect(bitbucket.contains("https://bitbucket.org/acme/shop/issues/12") && bitbucket.contains("/commits/3d71c02"))
    #expect(bitbucket.contains(" @ana"))
    let own = shown(text, MarkdownLinks(commit: "https://c.example/{sha}", user: "https://u.example/{name}"))
    #expect(own.contains("#12 <a href=\"https://c.example/3d71c02\">") && own.contains("https://u.example/ana"))
  }

  @Test func shortCodesOfEmojiAreTheCharacter() {
    #expect(shown(":rocket: a :bug:b `:bug:` :nosuch: 10:bug:") == "<p>🚀 a 🐛b <code>:bug:</code> :nosuch: 10:bug:</p>\n")
    #expect(shown(":rocket:", MarkdownLinks(emoji: false)) == "<p>:rocket:</p>\n")
    #expect(renderMarkdown(":rocket: go".utf8).plain == "🚀 go")
  }
}

@Suite struct StruckText {
  @Test(arguments: [
    ("~~a~~ b", "<del>a</del> b"), ("~~a *b* c~~", "<del>a <em>b</em> c</del>"), ("*~~a~~*", "<em><del>a</del></em>"),
    ("~~a~~ and ~~b~~", "<del>a</del> and <del>b</del>"), ("~~a", "~~a"), ("~~ a ~~", "~~ a ~~"),
    ("~5 ms, ~6 ms", "~5 ms, ~6 ms"),
    ("~~~~", nil), ("a ~~~b~~~", "a ~~~b~~~"), ("\\~\\~a~~", "~~a~~"), ("~~a\nb~~", "<del>a\nb</del>"),
    ("`~~a~~`", "<code>~~a~~</code>"),
    ("- x\n  \\~\\~a~~ é\\#", nil), ("*~~a* b~~", "<em>~~a</em> b~~"),
  ])
  func hasTwoTildesOnBothSides(text: String, expected: String?) {
    if let expected { #expect(shown(text) == "<p>\(expected)</p>\n") } else { #expect(!shown(text).contains("<del>")) }
  }
}

@Suite struct AlertsAndTasks {
  @Test(arguments: ["NOTE", "TIP", "IMPORTANT", "WARNING", "CAUTION", "note"])
  func aQuoteThatBeginsWithItsMarkIsAnAlert(mark: String) {
    let title = mark.prefix(1).uppercased() + mark.dropFirst().lowercased()
    let rendered = renderMarkdown("> [!\(mark)]\n> Mind *this*.\n>\n> - a".utf8)
    #expect(
      String(decoding: rendered.html, as: UTF8.self)
        == "<div class=\"alert \(mark.lowercased())\">\n<p class=\"alert-title\">\(title)</p>\n<p>Mind <em>this</em>.</p>\n<ul>\n<li>a</li>\n</ul>\n</div>\n"
    )
    #expect(rendered.plain == "Mind this.\na")
  }

  @Test(arguments: ["> [!NOTE] a\n> b", "> [!OTHER]\n> b", "> a\n> [!NOTE]\n> b", "> [!NOTE]", "[!NOTE]\nb"])
  func otherQuotesStayQuotes(text: String) {
    #expect(!shown(text).contains("alert"))
    #expect(shown(text).contains("[!"))
  }

  @Test func aTaskHasAMarkThatIsReadAloud() {
    let rendered = shown("- [ ] a\n- [x] b\n- [X] **c**\n- [y] d\n- [ ]\n- [x]e")
    #expect(rendered.contains("<li><span class=\"task\" role=\"img\" aria-label=\"to do\">☐</span> a</li>"))
    #expect(rendered.contains("<li><span class=\"task\" role=\"img\" aria-label=\"done\">☑</span> b</li>"))
    #expect(rendered.contains("aria-label=\"done\">☑</span> <strong>c</strong></li>"))
    #expect(rendered.contains("<li>[y] d</li>\n<li>[ ]</li>\n<li>[x]e</li>"))
    #expect(renderMarkdown("- [x] b".utf8).plain == "b")
  }
}

@Suite struct KeysOfIssues {
  private static let links: MarkdownLinks = {
    var links = MarkdownLinks()
    links.keys = ["SHOP-[0-9]+", "[A-Z]{2,4}_\\d\\d?", "(x"].compactMap { KeyPattern($0, address: "https://j.example/{key}") }
    return links
  }()

  @Test(arguments: [
    (
      "SHOP-12, (SHOP-13).",
      "<a href=\"https://j.example/SHOP-12\">SHOP-12</a>, (<a href=\"https://j.example/SHOP-13\">SHOP-13</a>)."
    ),
    ("AB_1 ABCD_12", "<a href=\"https://j.example/AB_1\">AB_1</a> <a href=\"https://j.example/ABCD_12\">ABCD_12</a>"),
    ("WORKSHOP-12 SHOP-12-x SHOP- shop-1 UTF-8 SHA-256 ABCDE_1 AB_123 /SHOP-1", nil), ("`SHOP-12` [SHOP-12](x)", nil),
  ])
  func areLinksByTheirPattern(text: String, expected: String?) {
    if let expected {
      #expect(shown(text, Self.links) == "<p>\(expected)</p>\n")
    } else {
      #expect(!shown(text, Self.links).contains("j.example"))
    }
  }

  @Test func areFoundInPlainTextEachOnce() {
    let text = "SHOP-12: AB_1, WORKSHOP-12 (see SHOP-12 and https://x.example/SHOP-9) shop-1 SHOP-13"
    let found = IssueKey.all(in: text, Self.links.keys)
    #expect(found.map(\.key) == ["SHOP-12", "AB_1", "SHOP-13"])
    #expect(found.map(\.address) == ["SHOP-12", "AB_1", "SHOP-13"].map { "https://j.example/" + $0 })
    #expect(IssueKey.all(in: text, []).isEmpty)
  }

  @Test(arguments: ["", "(a|b)", "a*", "[", "[]", "a{3,2}", "a{99}", "a{", "+", "[z-a]", "\\q", "é"])
  func otherPatternsAreRefused(pattern: String) {
    #expect(KeyPattern(pattern, address: "x") == nil)
  }
}

@Suite struct Footnotes {
  private static let back = "<a href=\"#fnref-1\" aria-label=\"Back to the text\">↩</a>"
  private static let list = "<section class=\"footnotes\" aria-label=\"Footnotes\">\n<ol>\n"

  private func reference(_ number: Int, _ id: String) -> String {
    "<sup><a href=\"#fn-\(number)\" id=\"\(id)\" aria-label=\"Footnote \(number)\">\(number)</a></sup>"
  }

  @Test func standBehindTheTextInTheOrderOfTheirReferences() {
    let rendered = renderMarkdown("a[^x] b[^1] c[^X]\n\n[^1]: one *two*\nthree\n[^x]: four #12\n\nlast".utf8, links: github)
    #expect(
      String(decoding: rendered.html, as: UTF8.self)
        == "<p>a\(reference(1, "fnref-1")) b\(reference(2, "fnref-2")) c\(reference(1, "fnref-1-2"))</p>\n<p>last</p>\n"
        + Self.list
        + "<li id=\"fn-1\">\n<p>four <a href=\"https://github.com/acme/shop/issues/12\">#12</a> \(Self.back)</p>\n</li>\n"
        + "<li id=\"fn-2\">\n<p>one <em>two</em>\nthree \(Self.back.replacing("fnref-1", with: "fnref-2"))</p>\n</li>\n</ol>\n</section>\n"
    )
    #expect(rendered.plain == "a b c\nlast\nfour #12\none two three")
  }

  @Test func serveEverySectionThatRefersToThem() {
    let sections = renderMarkdownSections("# 1\na[^n]\n# 2\nb\n# 3\nc[^n]\n\n[^n]: a note".utf8) { Array($0.indices) }
    let list = Self.list + "<li id=\"fn-1\">\n<p>a note \(Self.back)</p>\n</li>\n</ol>\n</section>\n"
    #expect(
      sections.map { String(decoding: $0.body.html, as: UTF8.self) } == [
        "", "<p>a\(reference(1, "fnref-1"))</p>\n" + list, "<p>b</p>\n", "<p>c\(reference(1, "fnref-1"))</p>\n" + list,
      ])
  }

  @Test(arguments: [
    ("a[^1]", "<p>a[^1]</p>\n"), ("a\n\n[^1]: b c", "<p>a</p>\n<p>[^1]: b c</p>\n"),
    ("a[^]\n\n[^]: b c", "<p>a[^]</p>\n<p>[^]: b c</p>\n"),
    ("`[^1]` [a [^1]](b)\n\n[^1]: b c", "<p><code>[^1]</code> <a href=\"b\">a [^1]</a></p>\n<p>[^1]: b c</p>\n"),
  ])
  func whatIsNoneStaysAsItWasWritten(text: String, expected: String) {
    #expect(shown(text) == expected)
  }

  @Test func ofOneParagraphAreTakenInAnyOrder() {
    let rendered = shown("a[^2] b[^1]\n\n[^2]: one `x`\n[^1]: two\n[^3]: three")
    #expect(
      rendered.contains("<p>one <code>x</code> <a") && rendered.contains("<p>two <a") && rendered.contains("<p>[^3]: three</p>")
    )
  }

  @Test func referToNoOther() {
    let rendered = shown("a[^1]\n\n[^1]: one [^2] and *[^2]*\n[^2]: word\n\n[^2]: https://x.example")
    #expect(rendered.contains("<p>one "))
    #expect(shown("a[^1]\n\n[^1]: one [^2]\n\n[^2]: word").contains("<p>one <a href"))
  }

  @Test func mayBeOneWordOrAnAddress() {
    #expect(shown("a[^1]\n\n[^1]: word").hasSuffix("<p>word \(Self.back)</p>\n</li>\n</ol>\n</section>\n"))
    #expect(
      shown("a[^1]\n\n[^1]: https://x.example").contains(
        "<p><a href=\"https://x.example\">https://x.example</a> \(Self.back)</p>"))
    #expect(!shown("a[^1]\n\n[^1]: javascript:alert").contains("href=\"java"))
  }

  @Test func toldTwiceTheFirstIsMeant() {
    let rendered = shown("a[^1]\n\n[^1]: b c\n\n[^1]: d e")
    #expect(rendered.contains("<p>b c <a") && rendered.contains("<p>[^1]: d e</p>"))
  }

  @Test(arguments: ["`[^1]`", "<code>[^1]</code>", "<kbd>a [^1]</kbd>"])
  func codeRefersToNone(code: String) {
    let html = shown("Words \(code), and so on[^1].\n\n[^1]: told below\n")
    #expect(html.components(separatedBy: "<sup>").count == 2, "\(html)")
    #expect(html.contains("[^1]</"))
  }
}
