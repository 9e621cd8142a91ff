import Releases
package import Report

/// Where the files stand that every page of HTML asks for: the names of the theme's assets change with their content.
package struct AssetPaths: Sendable {
  /// Empty where a theme has none.
  package let stylesheet: String
  /// nil where a theme's own file is empty, since every page works without.
  package let script: String?
  private let icons: [String: String]

  private static let icon = "assets/favicon"

  /// `written`: by their paths in the theme's folder, relative to the site's.
  package init(_ written: [String: String]) {
    stylesheet = written["assets/tidemark.css"] ?? ""
    script = written["assets/tidemark.js"]
    icons = written.filter { $0.key.hasPrefix(AssetPaths.icon) }
  }

  /// The icon that a window shows: for a page about now the shape of the verdict; one about the past has no clock, so it has the plain
  /// tidemark.
  package func icon(_ verdict: Mark?) -> String? {
    let own = verdict.flatMap { icons[AssetPaths.icon + $0.symbol.dropFirst("mark".count) + ".svg"] }
    return own ?? icons[AssetPaths.icon + ".svg"]
  }
}
