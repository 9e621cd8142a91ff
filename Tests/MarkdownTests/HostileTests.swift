import Testing

@testable import Markdown

@Suite struct UnsafeAddresses {
  static let spellings: [String] = [
    "javascript:alert(1)", "JAVASCRIPT:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "java&#9;script:alert(1)",
    "java&#10;script:alert(1)", "java&#x0D;script:alert(1)", "java&Tab;script:alert(1)", "java&NewLine;script:alert(1)",
    "&#106;avascript:alert(1)", "&#x6A;avascript:alert(1)", "&#0000106;avascript:alert(1)", "javascript&colon;alert(1)",
    "javascript&#58;alert(1)", "javascript&#x3a;alert(1)", "javascript&#x003A;alert(1)", "javascript%3Aalert(1)",
    "javascript%3aalert(1)", "\\javascript:alert(1)", "javascript\\:alert(1)", "&#1;javascript:alert(1)",
    "&#14;javascript:alert(1)", "&nbsp;javascript:alert(1)", "&#8203;javascript:alert(1)", "&#xFEFF;javascript:alert(1)",
    "&#32;javascript:alert(1)", "&#x2028;javascript:alert(1)", "java&#0;script:alert(1)", "javascript:&#97;lert(1)",
    "javascript://%0Aalert(1)", "javascript://example.com/%0Aalert(1)", "javascript:/**/alert(1)", "javascript&#x3A;",
    "javascript:", "data:text/html,x", "data:text/html;base64,PHNjcmlwdD4=", "DATA:text/html,x", "data:image/svg+xml,x",
    "data:,x", "data&colon;text/html,x", "vbscript:msgbox(1)", "VbScRiPt:msgbox(1)", "vb&#115;cript:x", "livescript:x",
    "mocha:x", "file:///etc/passwd", "FILE:///etc/passwd", "file:c:/x", "f&#105;le:///x", "//evil.example/x", "\\\\\\\\evil\\x",
    "/\\\\evil.example", "\\\\/evil.example", "///evil.example", "blob:https://x.example/1", "filesystem:https://x/",
    "about:blank",
    "view-source:https://x/", "jar:https://x!/", "ms-msdt:/id", "tel:+1", "sms:+1", "intent://x#Intent;end", "ftp://x.example/",
    "chrome://settings", "resource://x", "ws://x", "x-javascript:y", ":javascript:x", "https&#x200b;:x", "ｊavascript:x",
    "javas\u{0}cript:x", "feed:javascript:x", "httpx://x", "http\u{301}://x", "mailto&#9;:a", "C:/x", "mhtml:file://x",
  ]

  @Test(arguments: spellings)
  func areNoLinkHoweverTheyAreWritten(address: String) {
    for markdown in ["[w](<\(address)>)", "[w](\(address))", "![w](<\(address)>)", "[w]\n\n[w]: <\(address)>", "<\(address)>"] {
      let rendered = html(markdown)
      #expect(!rendered.contains("href") && !rendered.contains("<img"), "\(markdown) became \(rendered)")
    }
  }

  @Test(arguments: [
    "https://a.example/b?c=d&e#f", "HTTP://a.example", "mailto:a@b.example", "a/b.html", "../a", "/a", "#a", "?a=b:c", "a/b:c",
    "a#b:c",
    "https:x", "./javascript:x", "%6a", "ä/ö", "a b",
  ])
  func areToldFromTheOnesThatAreFine(address: String) {
    #expect(html("[w](<\(address)>)").contains("<a href=\""))
  }
}

@Suite struct MarkupOfTheAuthor {
  static let attacks: [String] = [
    "<script>alert(1)</script>", "<SCRIPT SRC=//x></SCRIPT>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)>",
    "<svg/onload=a>",
    "<iframe src=javascript:a>", "<body onload=a>", "<a href='javascript:a'>b</a>", "<style>*{}</style>",
    "<link rel=stylesheet href=x>",
    "<meta http-equiv=refresh content=0>", "<base href=//x>", "<object data=x>", "<embed src=x>", "<form action=x><input>",
    "<math><mi>",
    "<!--><script>alert(1)</script>-->", "<!-- --!><script>alert(1)</script> -->", "<![CDATA[<script>alert(1)</script>]]>",
    "<?x <script>alert(1)</script> ?>", "<!DOCTYPE x [<script>]>", "</p><script>alert(1)</script>", "- <script>\n- a",
    "> <iframe>\n> x",
    "`<script>`", "```\n</pre><script>\n```", "# <script>alert(1)</script>", "[<script>](x)", "![<img src=x onerror=a>](x)",
    "![\"><script>](x)", "[a](x \"\\\"><script>alert(1)</script>\")", "[a](<x\"onclick=alert(1)>)", "[a](x\"onclick=alert(1))",
    "[a](x '\" onclick=\"alert(1)')", "```\"><script>\na\n```", "```a\" onclick=b\nc\n```", "&lt;script&gt;",
    "&#60;script&#62;",
    "<https://x.example/\"onclick=alert(1)>", "<https://x.example/'><script>>", "<x@y.example\"onclick=a>", "<scr<script>ipt>",
    "\\<script>", "<a\nhref=x>", "<a/href=x>", "<a\u{0}href=x>", "<\u{0}script>", "<%00script>", "<p\n\nonclick=a>",
    "<textarea>",
    "<title></title><script>", "<noscript><p title=\"</noscript><img src=x onerror=a>\">", "<x:script xmlns:x='y'>",
    "<isindex>",
    "<details open ontoggle=a>", "<table background=x>", "<video><source onerror=a>", "<marquee onstart=a>",
    "<template><script>",
    "<select><style></select><img src=x onerror=a>", "<!-- a -- b --><script>", "[x]: <y> '\"><script>'\n\n[x]",
  ]

  /// Every tag in what was made is one that CommonMark makes, with no attribute but those few.
  @Test(arguments: attacks)
  func isNeverMarkupOfThePage(markdown: String) throws {
    let rendered = html(markdown)
    let allowed = try Regex(
      "^(/?(p|h[1-6]|ul|ol|li|em|strong|code|pre|blockquote|a)|ol start=\"[0-9]+\"|(br|hr) /|pre tabindex=\"0\""
        + "|code class=\"language-[A-Za-z0-9+._#-]+\"|a href=\"[^\"<>]*\"( title=\"[^\"<>]*\")?)$")
    for piece in rendered.split(separator: "<", omittingEmptySubsequences: false).dropFirst() {
      let tag = piece.split(separator: ">", omittingEmptySubsequences: false)[0]
      #expect(tag.wholeMatch(of: allowed) != nil, "<\(tag)> in \(rendered)")
    }
  }
}

@Suite struct HostileSizes {
  @Test(arguments: [
    ("[", ""), ("![", ""), ("![[]()", ""), ("[a](", ""), ("*a **a ", ""), ("*a ", "a* "), ("**a ", "b** "), ("[", "]"),
    ("[", "](a)"),
    ("> ", "a\n"), ("- ", "\n"), ("1. ", "\n"), (">", "\n"), ("> - ", "*_"), ("`a``", ""), ("<!--", ""), ("<a ", ""), ("&", ""),
    ("![](", ")"),
    ("*![](x) ", "a* "), ("_*", "*_"), ("**!** ", ""), ("- a\n", ""), ("a\n", ""), ("x", ""), ("\\", ""), ("[a]: b\n", "[a]"),
    ("(", ")"),
    ("\u{0}", ""), ("\t", ""), ("- **breaking** ", ""), ("* * ", "\n"), ("<!-- -->", ""), ("\u{FFFF}", ""),
    ("<script>", ""), ("<div><script>\n", ""), ("<b>", "</b>"), ("<a \"", ""), ("<a b=\"", ""), ("<table><tr><td>", ""),
    ("<details>\n\n", ""), ("<b> *<i>* ", ""), ("<iframe>\n\n", ""), ("</b>", ""), ("[^a]", ""), ("[^a]: b c\n", "[^a]"),
  ])
  func areReadOrShownAsTheyAreWithoutLosingAWord(opening: String, closing: String) {
    let half = 200_000
    let text =
      String(repeating: opening, count: half / opening.utf8.count) + "middle"
      + (closing.isEmpty ? "" : String(repeating: closing, count: half / closing.utf8.count))
    let rendered = renderMarkdown(text.utf8)
    #expect(rendered.plain.contains("middle") || opening == "<!--" || opening == "[a]: b\n")
    #expect(rendered.html.count < 8_000_000)
  }

  @Test func tenThousandOpenBracketsAreText() {
    let rendered = renderMarkdown(String(repeating: "[", count: 10_000).utf8)
    #expect(rendered.refusal == nil)
    #expect(rendered.html.count == 10_000 + "<p></p>\n".utf8.count)
  }

  @Test(arguments: [(99, nil), (101, .nesting)] as [(Int, RenderedMarkdown.Refusal?)])
  func quotesAreReadToADepth(count: Int, refusal: RenderedMarkdown.Refusal?) {
    #expect(renderMarkdown((String(repeating: ">", count: count) + " a").utf8).refusal == refusal)
  }

  @Test func nestingBeyondWhatABrowserTakesIsShownAsItIs() {
    let depth = MarkdownLimits.treeDepth
    let rendered = renderMarkdown((String(repeating: "*a ", count: depth) + String(repeating: " a*", count: depth)).utf8)
    #expect(rendered.refusal == .nesting)
    #expect(String(decoding: rendered.html.prefix(25), as: UTF8.self) == "<pre tabindex=\"0\">*a *a *")
  }

  @Test func listsThatDeepenLineByLineAreBoundToo() {
    let text = (0..<300).map { String(repeating: "  ", count: $0) + "- a\n" }.joined()
    #expect(renderMarkdown(text.utf8).refusal == .nesting)
  }

  @Test func moreThanAMegabyteIsShownAsItIs() {
    let text = Array("<b>&\u{0}".utf8) + Array(repeating: UInt8(ascii: "a"), count: MarkdownLimits.bytes)
    let rendered = renderMarkdown(text)
    #expect(rendered.refusal == .size)
    #expect(String(decoding: rendered.html.prefix(39), as: UTF8.self) == "<pre tabindex=\"0\">&lt;b&gt;&amp;\u{FFFD}aaaa")
    #expect(renderMarkdown(text.dropFirst(5)).refusal == nil)
  }

  @Test func longLinesAndRandomBytesAreSurvived() {
    var generator = Lehmer(state: 42)
    for _ in 0..<200 {
      let bytes = (0..<400).map { _ in Array("[]()!*_`<>#-+&;:\n\r\t \\\"'1.a\u{0}é".utf8).randomElement(using: &generator) ?? 0
      }
      let rendered = renderMarkdown(bytes)
      #expect(String(validating: rendered.html, as: UTF8.self) != nil)
    }
  }
}

/// The same numbers every time, so that a failure can be seen again.
private struct Lehmer: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}
