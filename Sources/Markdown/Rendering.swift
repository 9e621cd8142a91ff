package import Documents

/// What one Markdown document, or one section of it, becomes.
package struct RenderedMarkdown: Hashable, Sendable {
  /// Why a text was not read as Markdown but is shown as it was written.
  package enum Refusal: Hashable, Sendable {
    /// Over `MarkdownLimits.bytes`.
    case size
    /// Nested so deeply, or with so many open brackets, that libcmark 0.30.2 would take quadratic time.
    case nesting
  }

  package struct Contributor: Hashable, Sendable {
    /// Without the `@`.
    package var name: String
    package var address: String
  }

  /// Safe markup: nothing but what Markdown makes and `SafeHTML` allows, no unsafe address. With anchors, headings and the items of
  /// lists have names that links lead to; those of known groups have a class (`group-fixed`).
  package var fragment: Fragment
  /// The words without markup, blocks and list items separated by newlines.
  package var plain: String
  /// The headings of the top level, in order; not those inside lists and quotes.
  package var headings: [MarkdownHeading]
  /// Plain text of each breaking item: the items (without any, the paragraphs) under a heading that says so, and those that
  /// begin with the word.
  package var breaking: [String]
  /// Plain text of each item about security: those under such a heading, with such a first word, or that name a CVE or GHSA.
  package var security: [String] = []
  /// Those whose names are links (`@ana`), each once, in order.
  package var contributors: [Contributor] = []
  /// Relative addresses and fragments (`#place`) that led nowhere, in order, and the line that each stands in.
  package var relativeLinks: [RelativeLink] = []
  /// nil unless the text was too much to be read; `fragment` is then one `<pre>` of it.
  package var refusal: Refusal?

  package init(
    fragment: Fragment, plain: String, headings: [MarkdownHeading] = [], breaking: [String] = [], refusal: Refusal? = nil
  ) {
    self.fragment = fragment
    self.plain = plain
    self.headings = headings
    self.breaking = breaking
    self.refusal = refusal
  }
}

package struct RelativeLink: Hashable, Sendable {
  package var address: String
  /// It was to be shown.
  package var isImage = false
  /// From 1, in the bytes that were given; 0 where it is not known.
  package var line: Int
}

/// A heading as the author wrote it.
package struct MarkdownHeading: Hashable, Sendable {
  /// 1 to 6, before any shift.
  package var level: Int
  /// Without markup and tags, spaces collapsed.
  package var text: String
  /// Where its first link leads.
  package var link: String?
  /// From 1, in the bytes that were given.
  package var line: Int
  /// Whether nothing but comments stands before it.
  package var isFirst: Bool
  /// How many items of lists stand between the heading before it and this one, but for those that are no more than a link, as in a table
  /// of contents.
  package var itemsAbove = 0

  package init(level: Int, text: String, link: String? = nil, line: Int, isFirst: Bool) {
    self.level = level
    self.text = text
    self.link = link
    self.line = line
    self.isFirst = isFirst
  }
}

/// A heading and what stands below it, up to the next heading that opens a section.
package struct MarkdownSection: Hashable, Sendable {
  /// nil: what stands before the first section. It is no part of `body`.
  package var heading: MarkdownHeading?
  package var body: RenderedMarkdown

  package init(heading: MarkdownHeading?, body: RenderedMarkdown) {
    self.heading = heading
    self.body = body
  }
}

/// The most that is read as Markdown. Beyond it a text is shown as it was written.
package enum MarkdownLimits {
  package static let bytes = 8 << 20
  /// Lists and quotes inside each other.
  package static let containers = 100
  /// Levels of the syntax tree; browsers stop at 512.
  package static let treeDepth = 400
}

/// Renders untrusted CommonMark with libcmark in safe mode. `headingBase` is the level that a first-level heading gets (1 to 6).
///
/// Of raw HTML the elements of `SafeHTML` are written anew, its comments are dropped, and the rest is shown as text; an address other
/// than http, https, mailto or a relative one is no link; an image is a link with its alternative text.
package func renderMarkdown(
  _ bytes: some Collection<UInt8>, headingBase: Int = 1, links: MarkdownLinks = MarkdownLinks()
) -> RenderedMarkdown {
  renderMarkdownSections(bytes, headingBase: headingBase, links: links, opening: { _ in [] })[0].body
}

/// Renders a document in sections: one before the first heading that opens one (always there, perhaps empty), and one for each
/// such heading. `opening` is given the headings of the top level, in order, and answers with the places of those that do. Link
/// definitions serve the whole document. Rules, comments and anchors just above such a heading are left out. `release`: the version
/// that the section below a heading is about, by the heading's place: links from other sections to it lead to that release.
package func renderMarkdownSections(
  _ bytes: some Collection<UInt8>, headingBase: Int = 1, links: MarkdownLinks = MarkdownLinks(),
  opening: ([MarkdownHeading]) -> [Int], release: (Int) -> String? = { _ in nil }
) -> [MarkdownSection] {
  guard bytes.count <= MarkdownLimits.bytes else { return [unread(bytes, .size)] }
  let text = repairedText(bytes)
  guard isReadInLinearTime(text) else { return [unread(text, .nesting)] }
  let tree = readTree(text)
  tree.extendInlineHTML(in: tree.root)
  tree.extendInlines(links, in: tree.root)
  tree.extendBlocks()
  tree.extendTables(links)
  let headings = topHeadings(of: tree.root)
  var openers = SectionOpeners(headings, opening(headings.map(\.heading)), release: release)
  for (heading, label) in tree.extendFootnotes() {
    openers.footnotes.insert(heading)
    openers.headings[heading] = MarkdownHeading(level: 1, text: label, line: 0, isFirst: false)
  }
  tree.extendBlockHTML(links, barriers: Set(openers.headings.keys))
  guard let sections = tree.sections(headingBase: headingBase, links, openers) else {
    return [unread(text, .nesting)]
  }
  return sections
}

private func readTree(_ text: [UInt8]) -> MarkdownTree {
  let tree = MarkdownTree(text)
  let escaped = tree.escapingTagsThatOpenItems(text)
  if escaped == text { return tree }
  return MarkdownTree(escaped)
}

private func unread(_ bytes: some Collection<UInt8>, _ refusal: RenderedMarkdown.Refusal) -> MarkdownSection {
  let text = repairedText(bytes)
  var html = Array("<pre tabindex=\"0\">".utf8)
  appendEscaped(text, to: &html)
  html += Array("</pre>\n".utf8)
  let body = RenderedMarkdown(fragment: Fragment(literal: html), plain: String(decoding: text, as: UTF8.self), refusal: refusal)
  return MarkdownSection(heading: nil, body: body)
}
