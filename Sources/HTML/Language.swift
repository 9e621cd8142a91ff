import Diagnostics
import Documents
import Template

/// The tables of interface strings among a theme's files: `languages/de.yml`, the English phrase and its translation, one a line.
enum Language {
  static let folder = "languages/"

  /// The words of a language: those of `de-AT`, else of `de`; English where there is no table, which is told.
  static func phrasebook(of language: String, in files: [String: Source]) -> Parsed<Phrasebook> {
    let tag = language.lowercased()
    let primary = tag.split(separator: "-").first.map(String.init) ?? tag
    let paths = [tag, primary].map { folder + $0 + ".yml" }
    guard let source = paths.lazy.compactMap({ files[$0] }).first else {
      return Parsed(.english, primary == "en" ? [] : [Diagnostic(.note, .noLanguage(language, paths[1]))])
    }
    return read(source)
  }

  private static func read(_ source: Source) -> Parsed<Phrasebook> {
    let parsed = readYAML(source)
    guard let table = parsed.value else { return Parsed(.english, parsed.diagnostics) }
    guard table.kind == .object else {
      return Parsed(.english, parsed.diagnostics + [table.diagnostic(.error, .noTable)])
    }
    var translations: [String: String] = [:]
    var diagnostics = parsed.diagnostics
    for member in table.members {
      guard let text = member.value.string else {
        diagnostics.append(member.value.diagnostic(.error, .notWords(member.key)))
        continue
      }
      translations[member.key] = text
    }
    return Parsed(Phrasebook(translations), diagnostics)
  }
}

extension Diagnostic.Message {
  fileprivate static func noLanguage(_ language: String, _ path: String) -> Self {
    Self(
      id: "language-missing", "there is no table of the words in '\(language)': the pages are in English",
      suggestion: "write templates/\(path); 'tidemark templates eject languages/de.yml' shows its form")
  }

  fileprivate static var noTable: Self {
    Self(id: "language-table", "expected a phrase and its translation on each line, as in \"Last events\": \"Zuletzt\"")
  }

  fileprivate static func notWords(_ phrase: String) -> Self {
    Self(id: "language-words", "the translation of '\(phrase)' is no text; put it between quotes")
  }
}
