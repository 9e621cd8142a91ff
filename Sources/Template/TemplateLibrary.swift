package import Diagnostics

/// Template sources by path (`run.mustache`, `partials/mark.mustache`); a name in `{{>partials/mark}}` is the path without `.mustache`.
package struct TemplateLibrary: Sendable {
  private let sources: [String: Source]

  /// `sources`: path relative to the templates folder, and the bytes under the name that diagnostics print.
  package init(_ sources: [String: Source]) { self.sources = sources }

  /// Compiles the template at `path` for pages that offer the fields of `Page`; nil if it has an error.
  package func compile<Page: Model>(_ path: String, for page: Page.Type) -> Parsed<CompiledTemplate<Page>?> {
    Parsed(nil)
  }
}

/// A template whose every name is resolved, in a flat form.
package struct CompiledTemplate<Page: Model>: Sendable {
  /// Appends the page to `output`. It cannot fail.
  package func render(_ page: Page, into output: inout [UInt8]) {}
}
