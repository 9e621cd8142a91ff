import Testing

@testable import Markdown

@Suite struct GroupsOfChanges {
  @Test(arguments: [
    ("🐛 Bug Fixes", "fixed"), ("Bug Fixes:", "fixed"), ("FIXED", "fixed"), ("Added", "added"), ("🚀", "added"),
    ("⚡️", "performance"),
    ("What's New", "added"), ("New features in 2.0", "added"), ("Breaking changes", "breaking"),
    ("💥 BREAKING CHANGES", "breaking"),
    ("Security", "security"), ("🔒 Security fixes (2)", "security"), ("Deprecations", "deprecated"), ("Removed", "removed"),
    ("Performance Improvements", "performance"), ("Documentation", "docs"), ("Internal Changes", "internal"),
    ("Code Refactoring", "internal"),
    ("Dependencies", "dependencies"), ("Known issues", "known-issues"), ("New Contributors", "contributors"),
    ("Patch Changes", "fixed"),
    ("Highlights", nil), ("Checkout", nil), ("Fixed income products", nil), ("", nil), ("🐛🐛", nil),
    ("Non-breaking changes", nil),
  ])
  func areNamedInManyWays(heading: String, group: String?) {
    #expect(ChangeGroup(heading: heading.utf8)?.rawValue == group)
  }

  @Test(arguments: [
    ("[BUGFIX] a", "fixed"), ("[FEATURE] PromQL: a", "added"), ("fix(core): a", "fixed"), ("feat!: a", "added"),
    ("Security: a", "security"),
    ("chore(deps): a", "internal"), ("[a](b) c", nil), ("Fixed a thing", nil), ("core: a", nil), ("[Security", nil), ("", nil),
  ])
  func areNamedByTheFirstWordOfAnItem(item: String, group: String?) {
    #expect(ChangeGroup(item: item.utf8)?.rawValue == group)
  }

  @Test func itemsAboutSecurityAreFound() {
    let rendered = renderMarkdown(
      """
      ## Security
      - one
        - of it
      - None

      ### Details
      - two

      ## Fixed
      - three
      - four, CVE-2026-12345
      - five, see GHSA-8mmm-9v2q-x3f9
      - **Security**: six
      - CVE-20 GHSA-1
      """.utf8)
    #expect(
      rendered.security == [
        "one\nof it", "two", "four, CVE-2026-12345", "five, see GHSA-8mmm-9v2q-x3f9", "Security: six",
      ])
  }

  @Test func peopleAreThoseWhoseNamesAreLinks() {
    var links = MarkdownLinks(repository: "https://github.com/acme/shop")
    links.hasAnchors = true
    let rendered = renderMarkdown(
      "by @ana and [@bo](https://x.example/bo), @ana, [@c d](x) `@dan` [@e](javascript:x)".utf8, links: links)
    #expect(
      rendered.contributors == [
        .init(name: "ana", address: "https://github.com/ana"), .init(name: "bo", address: "https://x.example/bo"),
      ])
  }

  @Test func headingsHaveTheirClassAndItemsTheirNames() throws {
    var links = MarkdownLinks()
    links.hasAnchors = true
    let html = String(
      decoding: renderMarkdown(
        "## 🐛 Fixes\n- a\n  - b\n- a\n- c\n\n<ul><li>d</ul>\n\n> - e\n\n## Other\n1. f".utf8, links: links
      ).html, as: UTF8.self)
    #expect(html.hasPrefix("<h2 id=\"-fixes\" class=\"group group-fixed\">🐛 Fixes</h2>"))
    #expect(html.contains("<h2 id=\"other\">Other</h2>"))
    let names = html.matches(of: /<li([^>]*)>\n?(\w)/).map { (String($0.1), String($0.2)) }
    #expect(names.map(\.1) == ["a", "b", "a", "c", "d", "e", "f"])
    #expect(names[1].0 == "" && names[4].0 == "")
    let ids = [0, 2, 3, 5, 6].map { names[$0].0 }
    #expect(Set(ids).count == 5 && ids.allSatisfy { $0.wholeMatch(of: #/ id="i[0-9a-f]{8}(-1)?"/#) != nil })
    // Told again elsewhere, the same words have the same name.
    let again = String(decoding: renderMarkdown("- c".utf8, links: links).html, as: UTF8.self)
    #expect(again.contains("<li\(ids[2])>"))
  }
}
