import Testing

@testable import Markdown

/// The markup of one document, as text.
func html(_ markdown: String, headingBase: Int = 1) -> String {
  String(decoding: renderMarkdown(markdown.utf8, headingBase: headingBase).html, as: UTF8.self)
}

@Suite struct MarkdownRendering {
  @Test(arguments: [
    ("# A", 1, "<h1>A</h1>\n"), ("# A", 2, "<h2>A</h2>\n"), ("### A", 2, "<h4>A</h4>\n"), ("##### A", 3, "<h6>A</h6>\n"),
    ("###### A", 6, "<h6>A</h6>\n"), ("A\n=", 2, "<h2>A</h2>\n"), ("> # A", 2, "<blockquote>\n<h2>A</h2>\n</blockquote>\n"),
    ("# A", 0, "<h1>A</h1>\n"), ("# A", 99, "<h6>A</h6>\n"),
  ])
  func headingsAreShiftedAndStopAtSix(markdown: String, base: Int, expected: String) {
    #expect(html(markdown, headingBase: base) == expected)
  }

  @Test(arguments: [
    ("```swift\nlet a = 1 < 2\n```", "<pre tabindex=\"0\"><code class=\"language-swift\">let a = 1 &lt; 2\n</code></pre>\n"),
    (
      "```c++ linenos\n\"a\" & b\n```",
      "<pre tabindex=\"0\"><code class=\"language-c++\">&quot;a&quot; &amp; b\n</code></pre>\n"
    ),
    ("~~~\n</code></pre><script>\n~~~", "<pre tabindex=\"0\"><code>&lt;/code&gt;&lt;/pre&gt;&lt;script&gt;\n</code></pre>\n"),
    ("    a", "<pre tabindex=\"0\"><code>a\n</code></pre>\n"),
    ("```\"onload=alert(1)\na\n```", "<pre tabindex=\"0\"><code>a\n</code></pre>\n"),
    ("```föö\na\n```", "<pre tabindex=\"0\"><code>a\n</code></pre>\n"),
    ("- ```sh\n  a\n  ```", "<ul>\n<li>\n<pre tabindex=\"0\"><code class=\"language-sh\">a\n</code></pre>\n</li>\n</ul>\n"),
  ])
  func codeCanBeScrolledAndNamesItsLanguage(markdown: String, expected: String) {
    #expect(html(markdown) == expected)
  }

  @Test(arguments: [
    ("![a *b*](https://x.example/i.png \"t\")", "<p><a href=\"https://x.example/i.png\" title=\"t\">a <em>b</em></a></p>\n"),
    ("![a](media/i.png)", "<p><a href=\"media/i.png\">a</a></p>\n"),
    ("![](i.png)", "<p><a href=\"i.png\">i.png</a></p>\n"),
    ("[![build](b.svg)](https://ci.example/)", "<p><a href=\"https://ci.example/\">build</a></p>\n"),
    ("[![](b.svg)](https://ci.example/)", "<p><a href=\"https://ci.example/\">b.svg</a></p>\n"),
    ("![a](data:image/svg+xml;base64,AAAA)", "<p>a</p>\n"),
    ("![a [b](c)](d)", "<p><a href=\"d\">a b</a></p>\n"),
    ("[](x)", "<p><a href=\"x\">x</a></p>\n"),
    ("[a](b)", "<p><a href=\"b\">a</a></p>\n"),
    ("[a](#b)", "<p><a href=\"#b\">a</a></p>\n"),
    ("<mailto:a@b.example>", "<p><a href=\"mailto:a@b.example\">mailto:a@b.example</a></p>\n"),
    ("<a@b.example>", "<p><a href=\"mailto:a@b.example\">a@b.example</a></p>\n"),
    ("<irc://x>", "<p>irc://x</p>\n"),
  ])
  func imagesAreLinksAndLinksHaveWords(markdown: String, expected: String) {
    #expect(html(markdown) == expected)
  }

  @Test(
    arguments: [
      ([0x61, 0xFF, 0x62], "<p>a\u{FFFD}b</p>\n"), ([0x61, 0x00, 0x62], "<p>a\u{FFFD}b</p>\n"),
      ([0x61, 0x1B, 0x5B], "<p>a\u{FFFD}[</p>\n"), ([0x61, 0x7F], "<p>a\u{FFFD}</p>\n"),
      ([0x61, 0xC2, 0x9F], "<p>a\u{FFFD}</p>\n"), ([0x61, 0xC2, 0xA9], "<p>a©</p>\n"),
      ([0xEF, 0xBF, 0xBF], "<p>\u{FFFD}</p>\n"), ([0xED, 0xA0, 0x80], "<p>\u{FFFD}\u{FFFD}\u{FFFD}</p>\n"),
      ([0xEF, 0xBB, 0xBF, 0x23, 0x20, 0x61], "<h1>a</h1>\n"), ([0x61, 0x0D, 0x0A, 0x62], "<p>a\nb</p>\n"),
      ([0xC2], "<p>\u{FFFD}</p>\n"), ([], ""),
    ] as [([UInt8], String)])
  func whatIsNoCharacterOfAPageIsReplaced(bytes: [UInt8], expected: String) {
    #expect(String(decoding: renderMarkdown(bytes).html, as: UTF8.self) == expected)
  }

  @Test(arguments: ["&#1;", "&#x9f;", "&#0;", "&#xFFFF;", "&#127;"])
  func entitiesBringNoControlCharacterEither(entity: String) {
    #expect(html("a\(entity)b") == "<p>a\u{FFFD}b</p>\n")
    #expect(html("[a](b \"\(entity)\")") == "<p><a href=\"b\" title=\"\u{FFFD}\">a</a></p>\n")
    #expect(!html("```\(entity)\na\n```").contains("class"))
  }
}

@Suite struct MarkdownWords {
  @Test(arguments: [
    ("# A *b*\n\ntext\nmore\n\n- one\n- two\n  - three\n", "A b\ntext more\none\ntwo\nthree"),
    ("a `b` [c](d) ![e](f)", "a b c e"), ("a\\\nb", "a\nb"), ("```\nx\n  y\n```\nz", "x\n  y\nz"), ("> a\n\n---\n\nb", "a\nb"),
    ("Promise<boolean> <!-- x -->", "Promise<boolean>"), ("", ""), ("<!-- x -->", ""), ("&amp;&lt;", "&<"),
    ("[a](javascript:b)", "a"),
  ])
  func plainTextKeepsTheWordsAndOneLineABlock(markdown: String, expected: String) {
    #expect(renderMarkdown(markdown.utf8).plain == expected)
  }

  @Test func headingsOfTheTopLevelAreListedWithLevelTextAndLine() {
    let text = "<!-- x -->\n# One *two*\n\nThree\nfour\n---\n\n> # quoted\n\n- # listed\n\n```\n# code\n```\n### [5](six)\n"
    #expect(
      renderMarkdown(text.utf8, headingBase: 3).headings == [
        MarkdownHeading(level: 1, text: "One two", line: 2, isFirst: true),
        MarkdownHeading(level: 2, text: "Three four", line: 4, isFirst: false),
        MarkdownHeading(level: 3, text: "5", line: 15, isFirst: false),
      ])
  }

  @Test func sectionsShareTheLinkDefinitionsOfTheDocument() {
    let sections = renderMarkdownSections("before [x]\n\n## A\n\n[x] a\n\n### deep\n\n## B\n[x]: y\n\n- b\n".utf8) { headings in
      headings.indices.filter { headings[$0].level == 2 }
    }
    #expect(sections.map { $0.heading?.text } == [nil, "A", "B"])
    #expect(sections.map { $0.heading?.line } == [nil, 3, 9])
    #expect(
      sections.map { String(decoding: $0.body.html, as: UTF8.self) } == [
        "<p>before <a href=\"y\">x</a></p>\n", "<p><a href=\"y\">x</a> a</p>\n<h2>deep</h2>\n", "<ul>\n<li>b</li>\n</ul>\n",
      ])
    #expect(sections.map(\.body.plain) == ["before x", "x a\ndeep", "b"])
    #expect(sections.map { $0.body.headings.map(\.text) } == [[], ["deep"], []])
  }
}

@Suite struct BreakingItems {
  @Test(arguments: [
    ("## Breaking changes\n- a\n- b *c*\n\n## Fixes\n- d", ["a", "b c"]),
    ("### 💥 BREAKING CHANGES:\n* a", ["a"]), ("## Breaking\n1. a", ["a"]), ("## ⚠ BREAKING CHANGE\n- a", ["a"]),
    ("## Breaking Changes in 2.0\n- a", ["a"]), ("### Backwards incompatible changes\n- a", ["a"]),
    ("### Backward-incompatible changes\n- a", ["a"]), ("### Incompatible changes in 2.0:\n- a", ["a"]),
    ("### API breaks\n- a", ["a"]), ("### Inkompatible Änderungen\n- a", ["a"]), ("### Breaking API changes\n- a", ["a"]),
    ("### Nicht abwärtskompatible Änderungen\n- a", ["a"]), ("### 💥\n- a", ["a"]), ("### BC breaks in 2.0\n- a", ["a"]),
    ("**Changements incompatibles**\n\n- a", ["a"]), ("Backwards incompatible changes:\n\n- a\n- b", ["a", "b"]),
    ("- **Incompatible change:** a\n- b", ["Incompatible change: a"]),
    ("- Backward-incompatible change: a", ["Backward-incompatible change: a"]),
    ("### Backwards compatible changes\n- a", []), ("### API breaks when it rains\n- a", []),
    ("### Incompatible hardware\n- a", []),
    ("### Fixed incompatible changes\n- a", []),
    ("## Breaking\n\nIntro.\n\n- a\n  - deep\n\nMore.", ["a\ndeep"]),
    ("## Breaking\n\nOne\ntwo.\n\nThree.\n\n## Other\n\ntext", ["One two.", "Three."]),
    ("## Breaking\n### Core\n- a\n### Shell\n- b\n## Fixes\n- c", ["a", "b"]),
    ("## Breaking\n- None\n", []), ("## Breaking\nNone.\n", []), ("## Breaking\n", []),
    ("## Non-breaking changes\n- a", []), ("## No breaking changes\n- a", []), ("## Breakingly\n- a", []),
    ("- **breaking** a\n- b", ["breaking a"]), ("- **Breaking change:** a\n- b", ["Breaking change: a"]),
    ("- BREAKING: a\n", ["BREAKING: a"]), ("* breaking change: a", ["breaking change: a"]),
    ("- [BREAKING] a", ["[BREAKING] a"]),
    ("BREAKING CHANGE: a\n\nb", ["BREAKING CHANGE: a"]), ("💥 **BREAKING** a", ["💥 BREAKING a"]),
    ("- a **breaking** b", []), ("- breaking the rules: a", []), ("- a: breaking: b", []), ("`code` **breaking**", []),
    ("- a\n  - **breaking** b\n", ["breaking b"]), ("- **breaking** a\n  - **breaking** b\n", ["breaking a\nbreaking b"]),
    ("> ## Breaking\n> - a", []), ("> **Breaking:** a", ["Breaking: a"]),
    ("- a\n\n  **Breaking:** b\n- c", ["Breaking: b"]), ("**!** **breaking**", []),
    ("Breaking changes:\n\n- a\n- b\n\nMore:\n\n- c", ["a", "b"]), ("**BREAKING**\n\n1. a", ["a"]),
    ("Breaking changes:\n\n### Fixed\n\n- a", []), ("Breaking changes:\n\nWe dropped a.\n\nb", ["We dropped a."]),
  ])
  func areTakenFromHeadingsAndFromMarksAtTheStart(markdown: String, expected: [String]) {
    #expect(renderMarkdown(markdown.utf8).breaking == expected)
  }
}
