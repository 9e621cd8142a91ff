package import Template

/// A page of HTML and the template that shows it.
protocol PageModel: Model {
  /// Relative to the templates folder.
  static var template: String { get }
}

/// The template of a kind of page and the names that it may use; for `tidemark templates`.
package struct PageTemplate: Sendable {
  /// Relative to the templates folder.
  package let path: String
  package let names: [OfferedName]

  private init(_ page: any PageModel.Type) {
    path = page.template
    names = page.offeredNames
  }

  /// In the order of their paths.
  package static var all: [PageTemplate] { Theme.pages.map { PageTemplate($0) } }
}
