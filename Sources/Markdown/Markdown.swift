/// Markdown that nobody trusts to a fragment that a page can take: CommonMark by libcmark in safe mode, and what GitHub adds to it.
///
/// **In:** bytes and what links may lead to. **Out:** a `Fragment` with holes (levels of headings, anchors, pictures, releases, files,
/// phrases), its plain words, and the items under "Breaking" or "Security".
///
/// ```swift
/// let body = renderMarkdown(Array("## Fixed\n\n- Pay *twice*".utf8))
/// body.plain  // "Fixed Pay twice"
/// ```
///
/// **Never here:** the address of a page, a release of a catalog, a language: they are holes. Only `TreeNode` holds pointers of cmark.
