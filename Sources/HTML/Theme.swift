package import Diagnostics
import Documents
package import Plan
import Report
package import Template

/// How the site looks: one compiled template for each kind of page, and the assets.
package struct Theme: Sendable {
  package struct Asset: Sendable {
    /// With a fingerprint in the name, relative to the site's folder.
    package let path: String
    package let bytes: [UInt8]
  }

  /// The file of design tokens among a theme's files: it goes before the style sheet.
  package static let tokens = "assets/tokens.css"

  package let assets: [Asset]
  package let paths: AssetPaths
  /// The language of the pages.
  package let phrasebook: Phrasebook

  /// By their paths: one for each of `Theme.pages`, as a `CompiledTemplate` of that page.
  let templates: [String: any Sendable]

  /// Compiles the theme from its files (path relative to the templates folder). nil if any template has an error; all errors are returned.
  /// `language`: a tag such as `de` or `de-AT`, for which there may be a table of the interface's words.
  package static func load(_ files: [String: Source], language: String = "en") -> Parsed<Theme?> {
    var loader = ThemeLoader(files: files, language: language)
    let assets = loader.assets()
    var templates: [String: any Sendable] = [:]
    for page in Theme.pages { templates[page.template] = loader.compile(page) }
    guard templates.count == Theme.pages.count else { return Parsed(nil, loader.diagnostics) }
    let theme = Theme(
      assets: assets.all, paths: assets.paths, phrasebook: loader.phrasebook, templates: templates)
    return Parsed(theme, loader.diagnostics)
  }
}

private struct ThemeLoader {
  let files: [String: Source]
  let phrasebook: Phrasebook
  let library: TemplateLibrary
  private let ofLanguage: [Diagnostic]
  private var faults = TemplateFaults()
  var diagnostics: [Diagnostic] { ofLanguage + faults.diagnostics }

  init(files: [String: Source], language: String) {
    self.files = files
    let table = Language.phrasebook(of: language, in: files)
    phrasebook = table.value
    ofLanguage = table.diagnostics
    library = TemplateLibrary(files.filter { $0.key.hasSuffix(".mustache") }, phrasebook: phrasebook)
  }

  mutating func compile<Page: PageModel>(_ page: Page.Type) -> (any Sendable)? {
    let parsed = library.compile(page.template, for: page)
    faults.add(parsed.diagnostics)
    return parsed.value
  }

  /// Every file under `assets/`, under a name that changes with its content: `assets/tidemark-0123abcd.css`. The tokens are no file of
  /// their own: a page asks for one style sheet.
  func assets() -> (all: [Theme.Asset], paths: AssetPaths) {
    let paths = files.keys.filter { $0.hasPrefix("assets/") && $0 != Theme.tokens }.sorted()
    var written: [String: String] = [:]
    let all = paths.compactMap { path -> Theme.Asset? in
      guard var bytes = files[path]?.bytes else { return nil }
      if path == "assets/tidemark.css" { bytes = (files[Theme.tokens]?.bytes ?? []) + bytes }
      if path == "assets/tidemark.js" { bytes = ScriptPhrases.written(bytes, in: phrasebook) }
      if bytes.isEmpty { return nil }
      let asset = Theme.Asset(path: ThemeLoader.fingerprinted(path, bytes), bytes: bytes)
      written[path] = asset.path
      return asset
    }
    return (all, AssetPaths(written))
  }

  private static func fingerprinted(_ path: String, _ bytes: [UInt8]) -> String {
    let digits = Digest.hex(bytes, count: 8)
    guard let dot = path.lastIndex(of: ".") else { return path + "-" + digits }
    return path[..<dot] + "-" + digits + path[dot...]
  }
}
