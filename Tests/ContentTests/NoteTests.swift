import Content
import Diagnostics
import Records
import Testing
import Time

@Suite struct Notes {
  @Test func holdEveryKeyOfTheirFrontMatter() throws {
    let parsed = note(
      """
      ---
      version: 2.0.0
      date: 2026-03-20
      service: search
      title: Faster search
      yanked: true
      includes: [1.9.0, 1.10]
      audience: []
      draft: false
      ---

      ## Fixed

      - one
      """)
    #expect(parsed.diagnostics.isEmpty)
    let located = try #require(parsed.value)
    #expect(located.file == "content/releases/checkout/1.4.0.md")
    #expect(located.position == Position(line: 1, column: 1))
    let value = located.value
    #expect(value.version == "2.0.0" && value.service == "search" && value.title == "Faster search")
    #expect(value.date == CivilDate(year: 2026, month: 3, day: 20))
    #expect(value.yanked && !value.draft && !value.prerelease && value.includes == ["1.9.0", "1.10"])
    #expect(value.body.html == "<h3>Fixed</h3>\n<ul>\n<li>one</li>\n</ul>\n")
    #expect(value.body.plain == "Fixed\none")
    #expect(String(decoding: value.markdown, as: UTF8.self) == "\n## Fixed\n\n- one")
    #expect(value.url == nil)
  }

  @Test(
    arguments: [
      ("1.4.0.md", nil, "1.4.0"), ("v1.4.0.md", nil, "v1.4.0"), ("checkout/1.4.0.md", "checkout", "1.4.0"),
      ("checkout/1.4.0-rc.1.MD", "checkout", "1.4.0-rc.1"), ("checkout/unreleased.md", "checkout", nil),
      ("a b/1.4.0+build.markdown", "a b", "1.4.0+build"), ("web/1471.md", "web", "1471"),
    ] as [(String, String?, String?)])
  func takeServiceAndVersionFromTheirPath(path: String, service: String?, version: String?) throws {
    let parsed = note("- one\n", path: path)
    #expect(parsed.diagnostics.isEmpty)
    let value = try #require(parsed.value).value
    #expect(value.service == service)
    #expect(value.version == version)
    #expect(value.date == nil && value.title == nil && value.includes == nil)
  }

  @Test(
    arguments: [
      ("gem/release-2.1.0.md", "2.1.0", nil), ("gem/2026-05-04-v2.2.0.md", "v2.2.0", "2026-05-04"),
      ("gem/Release_Notes_v2.1.0.md", "v2.1.0", nil), ("gem/v2.4.0-notes.md", "v2.4.0", nil),
      ("gem/2026-05-04_release-2.2.0-rc.1.md", "2.2.0-rc.1", "2026-05-04"),
      // What is a version as it is stays.
      ("gem/1482.md", "1482", nil), ("gem/2026.05.md", "2026.05", nil), ("gem/2.0.0-rc.1.md", "2.0.0-rc.1", nil),
      ("gem/20240203-110809-5046fc22.md", "20240203-110809-5046fc22", nil), ("gem/5046fc22.md", "5046fc22", nil),
      ("gem/release-1482.md", "release-1482", nil), ("gem/heron.md", "heron", nil), ("gem/2.5.0.de.md", "2.5.0.de", nil),
      ("gem/gem-2.3.0.md", "gem-2.3.0", nil), ("gem/release-heron.md", "release-heron", nil),
      ("gem/2026-05-04.md", "2026-05-04", "2026-05-04"),
    ] as [(String, String, String?)])
  func takeAVersionAndADayFromTheNameOfTheirFile(path: String, version: String, day: String?) throws {
    let value = try #require(note("- one\n", path: path).value).value
    #expect(value.version == version)
    #expect(value.date.map(String.init(describing:)) == day)
    let stem = withoutEnding(String(path.dropFirst(4)))
    #expect(value.otherVersions == (version == stem ? [] : [stem]))
  }

  @Test(arguments: [
    ("1.4.0", true), ("release-2.1.0", true), ("2026-05-04-v2.2.0", true), ("1482", true), ("release-1482", true),
    ("5046fc22", true), ("2026-05-04", true), ("2026.05", true), ("v2", true), ("2.0.0-rc.1", true),
    ("notes", false), ("TEMPLATE", false), ("latest", false), ("migration-2.5.0", false),
    ("2.5.0-migration", false), ("2.5.0-upgrade-guide", false), ("2.5.0-rc.1", true), ("upgrade-2.5.0", false),
    ("heron", false), ("release-heron", false), ("gem-2.3.0", false), ("2.5.0.de", false), ("2026-05-04-heron", false),
  ])
  func knowWhetherTheNameOfTheirFileIsAVersion(stem: String, isCertain: Bool) throws {
    let value = try #require(note("- one\n", path: "gem/\(stem).md").value).value
    #expect(value.isNamedByFile == !isCertain)
    let titled = try #require(note("---\nversion: \(stem)\n---\n- one\n", path: "gem/\(stem).md").value).value
    #expect(!titled.isNamedByFile && titled.version == stem)
  }

  @Test func aTitleThatNamesTheReleaseIsAsGoodAsAName() throws {
    let value = try #require(note("# Gem 2.0.0 (2026-05-04)\n\n- a\n", path: "gem/heron.md").value).value
    #expect(value.version == "2.0.0" && !value.isNamedByFile)
  }

  @Test(arguments: ["unreleased", "Unreleased", "next", "next-release", "upcoming", "in_progress"])
  func areOfWhatIsToComeByTheNameOfTheirFile(stem: String) throws {
    let value = try #require(note("- one\n", path: "gem/\(stem).md").value).value
    #expect(value.version == nil && !value.isNamedByFile)
    #expect(note("---\nversion: 2.0.0\n---\n", path: "gem/\(stem).md").value?.value.version == "2.0.0")
  }

  @Test(
    arguments: [
      ("heron.md", "# Gem 2.0.0 (2026-05-04)\n\n- a\n", "2.0.0", nil, "2026-05-04"),
      ("heron.md", "# Gem 2.0.0\n\n- a\n", "2.0.0", nil, nil), ("heron.md", "# 2.0.0: Heron\n\n- a\n", "2.0.0", "Heron", nil),
      ("heron.md", "# Release notes for Gem 2.0.0\n\n- a\n", "2.0.0", nil, nil),
      ("2026-05-04-heron.md", "# [2.0.0]\n\n- a\n", "2.0.0", nil, "2026-05-04"),
      ("2026-05-05.md", "# 2.0.0 - 2026-05-04\n\n- a\n", "2.0.0", nil, "2026-05-04"),
      // Not certain.
      ("heron.md", "# Swift 5.9\n\n- a\n", "heron", "Swift 5.9", nil), ("heron.md", "# Heron\n\n- a\n", "heron", nil, nil),
      ("heron.md", "# 2.0.0/1.9.0\n\n- a\n", "heron", "2.0.0/1.9.0", nil),
      // The name is a version.
      ("5046fc22.md", "# Gem 2.0.0 (2026-05-04)\n\n- a\n", "5046fc22", "Gem 2.0.0 (2026-05-04)", nil),
      ("1482.md", "# Gem 2.0.0 (2026-05-04)\n\n- a\n", "1482", "Gem 2.0.0 (2026-05-04)", nil),
      ("2.0.0.md", "# Gem 2.0.0 (2026-05-04)\n\n- a\n", "2.0.0", nil, "2026-05-04"),
    ] as [(String, String, String, String?, String?)])
  func takeAVersionFromTheirTitleWhereTheirNameHasNone(
    name: String, text: String, version: String, title: String?, day: String?
  ) throws {
    let value = try #require(note(text, path: "gem/" + name).value).value
    #expect(value.version == version && value.title == title)
    #expect(value.date.map(String.init(describing:)) == day)
    #expect(value.otherVersions == (name.hasPrefix(version) || version == "heron" ? [] : [withoutEnding(name)]))
  }

  @Test func areMarkedByTheirTitle() throws {
    let value = try #require(note("# 2.1.0 (unreleased)\n\n- a\n", path: "gem/2.1.0.md").value).value
    #expect(value.isMarkedUnreleased && value.title == nil && !value.yanked)
    #expect(try #require(note("# [2.1.0] - 2026-05-04 [YANKED]\n", path: "gem/2.1.0.md").value).value.yanked)
  }

  @Test(arguments: ["1.10", "1e3", "007", "\"1.10\"", "v2"])
  func takeAVersionAsItIsWritten(version: String) throws {
    let value = try #require(note("---\nversion: \(version)\n---\n").value).value
    #expect(value.version == version.replacing("\"", with: ""))
  }

  @Test func areFoundByFrontMatterHoweverDeepTheyLie() throws {
    let value = try #require(note("---\nversion: 1\nservice: a\n---\n", path: "x/y/z.md").value).value
    #expect(value.version == "1" && value.service == "a")
  }

  @Test(arguments: [
    "---\nversion: 2\n---\n# A\n", "\u{FEFF}---\nversion: 2\n---\n# A\n", "---  \r\nversion: 2\r\n--- \t\r\n# A\r\n",
  ])
  func acceptByteOrderMarkAndCRLF(text: String) throws {
    let parsed = note(text)
    #expect(parsed.diagnostics.isEmpty)
    let value = try #require(parsed.value).value
    #expect(value.version == "2" && value.title == "A" && value.body.html == "")
  }

  @Test(
    arguments: [
      ("# Faster search\n\ntext", "", "Faster search", "<p>text</p>\n"),
      ("<!-- made by a tool -->\n\nFaster *search*\n===\ntext", "", "Faster search", "<p>text</p>\n"),
      ("# 1.4.0\n\ntext", "", nil, "<p>text</p>\n"), ("# v1.4.0\n\ntext", "", nil, "<p>text</p>\n"),
      ("# Version 1.4.0\n\ntext", "", nil, "<p>text</p>\n"), ("# [1.4.0]\ntext", "", nil, "<p>text</p>\n"),
      ("# 1.4.0: Summer\ntext", "", "Summer", "<p>text</p>\n"), ("# V1.4.0 — Summer\ntext", "", "Summer", "<p>text</p>\n"),
      ("# 1.4.0-rc.1\ntext", "", "1.4.0-rc.1", "<p>text</p>\n"),
      ("# 1.4.0 and more\ntext", "", "1.4.0 and more", "<p>text</p>\n"),
      ("# 1.4.0: A\ntext", "title: A", "A", "<p>text</p>\n"),
      ("text\n\n# Later", "", nil, "<p>text</p>\n<h2>Later</h2>\n"),
      ("## Fixed\n# Later", "", nil, "<h3>Fixed</h3>\n<h2>Later</h2>\n"),
      ("# Faster search\ntext", "title: Faster search", "Faster search", "<p>text</p>\n"),
      ("# 1.4.0\ntext", "title: Faster search", "Faster search", "<p>text</p>\n"),
      ("# Other\ntext", "title: Faster search", "Faster search", "<h2>Other</h2>\n<p>text</p>\n"),
      ("> # Quoted", "", nil, "<blockquote>\n<h2>Quoted</h2>\n</blockquote>\n"),
      ("# A\n# B", "", "A", "<h2>B</h2>\n"),
    ] as [(String, String, String?, String)])
  func haveTheTitleOfTheFrontMatterElseOfTheFirstHeading(body: String, matter: String, title: String?, expected: String) throws
  {
    let value = try #require(note("---\n\(matter)\n---\n\(body)").value).value
    #expect(value.title == title)
    #expect(value.body.html == expected)
  }

  @Test(arguments: [
    ("# 1.4.0 - 2026-03-20", ""), ("# [v1.4.0] (2026-03-20)", ""), ("# Release 1.4.0 2026-03-20", ""), ("", "date: 2026-03-20"),
    ("# 1.4.0 - 2020-01-01", "date: 2026-03-20"),
  ])
  func areDatedByFrontMatterElseByTheirHeading(body: String, matter: String) throws {
    let value = try #require(note("---\n\(matter)\n---\n\(body)\n").value).value
    #expect(value.date == CivilDate(year: 2026, month: 3, day: 20))
    #expect(value.title == nil && value.body.html == "")
  }

  @Test func listBreakingItemsApart() throws {
    let value = try #require(note("# 1.4.0\n\n## Breaking changes\n- a\n\n## Fixed\n- **breaking** b\n- c").value).value
    #expect(value.breaking == ["a", "breaking b"])
  }

  @Test(arguments: [
    ("README.md", "# Notes", "no-release"), ("checkout/1.0.md", "---\ndraft: true\n---\n", "draft"),
    ("checkout/1.0.md", "---\ndraft: true\ndate: soon\ntitel: a\n---\n", "draft"),
  ])
  func areSkippedWithAReasonWhereTheyAreNone(path: String, text: String, reason: String) {
    let parsed = note(text, path: path)
    #expect(parsed.value == nil)
    #expect(parsed.diagnostics.first?.message.id == reason)
    #expect(!parsed.diagnostics.contains { $0.severity == .error })
  }

  @Test func ofAChangelogsNameAreReadWhereTheySayAVersion() throws {
    #expect(try #require(note("---\nversion: 3\n---\n", path: "CHANGELOG.md").value).value.version == "3")
  }

  @Test func tooLongForMarkdownAreShownAsTheyAreWithAWarning() throws {
    let parsed = note("---\nversion: 1\n---\n" + String(repeating: "a", count: 8 << 20) + "<b>")
    #expect(printed(parsed.diagnostics, of: "content/releases/checkout/1.4.0.md").map { $0.prefix(16) } == ["4:1: warning: th"])
    #expect(try #require(parsed.value).value.body.html.hasSuffix("a&lt;b&gt;</pre>\n"))
  }

  static let faults: [FaultyText] = [
    FaultyText(
      "---\nversion: [1]\n---\n",
      "2:10: error: 'version' is a list; expected text [wrong-type]"),
    FaultyText(
      "---\nversion: true\n---\n",
      "2:10: error: 'version' is a truth value (true or false); expected text -> put it in quotes [wrong-type]"),
    FaultyText(
      "---\ndate: 2026-02-30\n---\n",
      "2:7: error: 'date' is '2026-02-30'; expected a day that exists, such as 2026-03-20 [not-a-day]"),
    FaultyText(
      "---\ndate: 20 Nonember 2026\n---\n",
      "2:7: error: 'date' is '20 Nonember 2026'; expected a day that exists, such as 2026-03-20 [not-a-day]"),
    FaultyText(
      "---\ndate: 20260320\n---\n",
      "2:7: error: 'date' is '20260320'; expected a day that exists, such as 2026-03-20 [not-a-day]"),
    FaultyText(
      "---\nservice: {a: b}\n---\n",
      "2:10: error: 'service' is an object of keys and values; expected text [wrong-type]"),
    FaultyText(
      "---\ntitle: false\n---\n",
      "2:8: error: 'title' is a truth value (true or false); expected text -> put it in quotes [wrong-type]"),
    FaultyText(
      "---\nyanked: maybe\n---\n",
      "2:9: error: 'yanked' is text; expected true or false [wrong-type]"),
    FaultyText(
      "---\ndraft: 1\n---\n",
      "2:8: error: 'draft' is a number; expected true or false [wrong-type]"),
    FaultyText(
      "---\nincludes: {a: b}\n---\n",
      "2:11: error: 'includes' is an object of keys and values; expected text or a list of texts [wrong-type]"),
    FaultyText(
      "---\nincludes: [1.0, [2.0]]\n---\n",
      "2:17: error: 'includes[2]' is a list; expected text [wrong-type]"),
    FaultyText(
      "---\nverison: 1\nprerelease: true\n---\n",
      "2:1: warning: unknown key 'verison'; known keys: version, date, service, title, yanked, includes, audience, draft -> version [unknown-key]",
      "3:1: warning: unknown key 'prerelease'; known keys: version, date, service, title, yanked, includes, audience, draft [unknown-key]"
    ),
    FaultyText(
      "---\nversion: 1\n",
      "1:1: error: front matter opens here and is not closed; expected a line '---' behind it [unclosed-front-matter]"),
    FaultyText(
      "\u{FEFF}---\r\nversion: 1\r\n",
      "1:1: error: front matter opens here and is not closed; expected a line '---' behind it [unclosed-front-matter]"),
    FaultyText(
      "+++\nversion = 1\n+++\n",
      "1:1: error: front matter between '+++' is TOML, which is not read; write it as YAML between '---' [toml-front-matter]"),
    FaultyText(
      "---\n- a\n---\n",
      "2:1: error: the front matter is a list; expected keys and values [wrong-type]"),
    FaultyText(
      "---\njust text\n---\n",
      "2:1: error: the front matter is text; expected keys and values [wrong-type]"),
    FaultyText(
      "---\ntitle: [\n---\n",
      "3:1: error: expected a value, found the end of the file [yaml-expected-value]"),
    FaultyText("---\ntitle: a\n---\nbad \u{1}\n"),
  ]

  @Test(arguments: faults)
  func areReportedWhereTheyAreFaulty(fault: FaultyText) {
    let parsed = note(fault.text)
    #expect(printed(parsed.diagnostics, of: "content/releases/checkout/1.4.0.md") == fault.expected)
    #expect((parsed.value == nil) == parsed.diagnostics.contains { $0.severity == .error })
  }

  @Test func withoutUTF8AreShownWithAWarningAtTheFirstByte() throws {
    let bytes = Array("---\nversion: 1\n---\n\ncaf\u{E9}: ".utf8) + [0xE9, 0x0A]
    let parsed = readReleaseNote(Source(file: "content/releases/1.md", bytes: bytes), path: "1.md")
    #expect(
      printed(parsed.diagnostics, of: "content/releases/1.md") == [
        "5:7: warning: this byte is no UTF-8; it is shown as \u{FFFD} -> save the file as UTF-8 [invalid-utf8]"
      ])
    #expect(try #require(parsed.value).value.body.plain == "café: \u{FFFD}")
  }

  /// Whoever comes from another generator has times there; the day is that of the site's clock.
  @Test(arguments: [("UTC", 30), ("Europe/Berlin", 31)])
  func aDateMayBeATime(zone: String, day: Int) throws {
    let configuration = configuration("site: {timezone: \(zone)}").value
    let source = Source(file: "1.md", bytes: Array("---\ndate: 2026-03-30T22:30:00Z\n---\n".utf8))
    let note = try #require(readReleaseNote(source, path: "1.md", configuration).value).value
    #expect(note.date == CivilDate(year: 2026, month: 3, day: day))
  }

  @Test func withoutAServiceInADeepFolderAreAnError() {
    let parsed = note("text", path: "a/b/1.0.md")
    #expect(parsed.value == nil)
    #expect(
      printed(parsed.diagnostics, of: "content/releases/a/b/1.0.md") == [
        "1:1: error: 'a/b/1.0.md' does not say which service it is of; notes are <service>/<version>.md or <version>.md"
          + " -> say 'service' and 'version' in the front matter, or move the file [note-path]"
      ])
  }
}

@Suite struct ProviderReleases {
  @Test(
    arguments: [
      ("v1.4.0", "Faster search", "- one", "Faster search", "<ul>\n<li>one</li>\n</ul>\n"),
      ("v1.4.0", "v1.4.0", "- one", nil, "<ul>\n<li>one</li>\n</ul>\n"), ("v1.4.0", "1.4.0", "", nil, ""),
      ("v1.4.0", nil, "# Faster\n<b>", "Faster", "<p>&lt;b&gt;</p>\n"), ("v1.4.0", "", "# 1.4.0\na", nil, "<p>a</p>\n"),
      ("v1.4.0", "A", "# B\n", "A", "<h2>B</h2>\n"), ("v1.4.0", "v1.4.0 - Summer", "a", "Summer", "<p>a</p>\n"),
    ] as [(String, String?, String, String?, String)])
  func areNotes(tag: String, title: String?, markdown: String, expectedTitle: String?, html: String) {
    let day = CivilDate(year: 2026, month: 3, day: 20)
    let value = makeReleaseNote(tag: tag, title: title, markdown: markdown, date: day, service: "web").value
    #expect(value.version == tag && value.service == "web" && value.date == day)
    #expect(value.title == expectedTitle)
    #expect(value.body.html == html)
    #expect(value.markdown == Array(markdown.utf8))
  }

  @Test func listTheirBreakingItems() {
    let value = makeReleaseNote(tag: "v2", title: nil, markdown: "## ⚠ BREAKING CHANGES\n* a", date: nil, service: nil).value
    #expect(value.breaking == ["a"])
  }
}

@Suite struct TextPages {
  static func page(_ text: String) -> Parsed<TextPage?> {
    readTextPage(Source(file: "content/index.md", bytes: Array(text.utf8)))
  }

  @Test(
    arguments: [
      ("text", nil, "<p>text</p>\n"), ("# A\ntext", "A", "<p>text</p>\n"), ("---\ntitle: T\n---\n# A", "T", "<h2>A</h2>\n"),
      ("---\ntitle: T\n---\n# T\n## B", "T", "<h3>B</h3>\n"), ("---\ntitle: T\n---\n", "T", ""),
    ] as [(String, String?, String)])
  func haveATitleAndABody(text: String, title: String?, html: String) throws {
    let parsed = Self.page(text)
    #expect(parsed.diagnostics.isEmpty)
    let value = try #require(parsed.value)
    #expect(value.title == title)
    #expect(value.body.html == html)
  }

  @Test(arguments: ["", "\n", "<!-- nothing yet -->", "---\n---\n"])
  func thatAreEmptyAreSkippedWithAReason(text: String) {
    #expect(Self.page(text).value == nil)
    #expect(printed(Self.page(text).diagnostics, of: "content/index.md") == ["1:1: note: the file is empty [empty-page]"])
  }

  static let faults = [
    FaultyText(
      "---\ntitel: T\n---\na",
      "2:1: warning: unknown key 'titel'; known keys: title, audience -> title [unknown-key]"),
    FaultyText(
      "---\ntitle: [T]\n---\na",
      "2:8: error: 'title' is a list; expected text [wrong-type]"),
    FaultyText(
      "---\ntitle: T",
      "1:1: error: front matter opens here and is not closed; expected a line '---' behind it [unclosed-front-matter]"),
  ]

  @Test(arguments: faults)
  func areReportedWhereTheyAreFaulty(fault: FaultyText) {
    #expect(printed(Self.page(fault.text).diagnostics, of: "content/index.md") == fault.expected)
  }
}

@Suite struct RelativeLinks {
  private static let warning =
    "is relative and leads nowhere from a page, so its words are no link -> set 'links.base' to the address of the folder, or write the whole address [relative-link]"

  @Test func withoutABaseAreWordsAndReportedOnce() throws {
    let parsed = note(
      "---\ndate: 2026-03-20\n---\n# T\n\nsee [the docs](docs/a.md),\n[again](docs/a.md), [here](#a--b), [x](https://x.example/)\n\n|a|\n|-|\n|b|\n|[c](../c)|\n\n## A & b"
    )
    #expect(
      printed(parsed.diagnostics, of: "content/releases/checkout/1.4.0.md") == [
        "6:1: warning: the link to 'docs/a.md' \(Self.warning)", "12:1: warning: the link to '../c' \(Self.warning)",
      ])
    let html = try #require(parsed.value).value.body.html
    #expect(html.contains("<p>see the docs,\nagain, <a href=\"#a--b\">here</a>, <a href=\"https://x.example/\">x</a></p>"))
  }

  @Test func stopAtTwentyOfAFile() {
    let parsed = note((1...30).map { "[a](x\($0))" }.joined(separator: " "))
    #expect(parsed.diagnostics.count == 20)
    #expect(parsed.diagnostics.last?.message.text.hasSuffix("(and 10 more addresses in this file)") == true)
  }

  @Test func standBehindTheBase() throws {
    let base = configuration("links: {base: https://git.example/acme/shop/src/main}").value
    let text = "[a](docs/a.md) [b](/b) [c](../../c?d#e) [d](//cdn.example/d) [e](mailto:a@b.example) ![g](g.png)"
    let parsed = readReleaseNote(Source(file: "1.0.0.md", bytes: Array(text.utf8)), path: "shop/1.0.0.md", base)
    #expect(parsed.diagnostics.isEmpty)
    let html = try #require(parsed.value).value.body.html
    #expect(html.contains("</a> d <a"), "a host without a scheme is no link")
    for (words, address) in [
      ("a", "https://git.example/acme/shop/src/main/docs/a.md"), ("b", "https://git.example/acme/shop/src/main/b"),
      ("c", "https://git.example/acme/shop/src/main/../../c?d#e"), ("e", "mailto:a@b.example"),
      ("g", "https://git.example/acme/shop/src/main/g.png"),
    ] {
      #expect(html.contains("<a href=\"\(address)\">\(words)</a>"))
    }
  }

  @Test func ofAReleaseOfAProviderAreReportedToo() {
    let parsed = makeReleaseNote(tag: "v2", title: nil, markdown: "[a](b)", date: nil, service: nil)
    #expect(parsed.diagnostics.map(\.message.id) == ["relative-link"])
    #expect(parsed.value.body.html == "<p>a</p>\n")
  }
}
