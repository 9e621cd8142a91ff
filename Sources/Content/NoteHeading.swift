import Records
import Time

/// What the first heading of a note, or a provider's title, says besides the version: `1.4.0: Summer`, `[v1.4.0] - 2026-03-20`.
struct NoteHeading {
  /// nil where it says nothing more.
  let title: String?
  let date: CivilDate?
  private(set) var isYanked = false
  private(set) var isUnreleased = false

  /// `version` nil: the note is unreleased, and "Unreleased" stands in its place.
  init(_ text: String, version: String?, _ setting: ReleaseHeading.Setting = .init()) {
    if let version, let form = ReleaseHeading(naming: text, setting), form.unclearDate == nil, form.impossibleDate == nil,
      form.versions.count == 1, Version.display(form.versions[0]).lowercased() == Version.display(version).lowercased()
    {
      (title, date) = (form.title, form.day)
      (isYanked, isUnreleased) = (form.isYanked, form.isUnreleased)
      return
    }
    let rest = Self.behind(version ?? "unreleased", in: text).map(String.init) ?? text
    date = CivilDate(rest)
    title = rest.isEmpty || date != nil ? nil : rest
  }

  /// What stands behind the version; nil where the text does not begin with it, whatever the case and with or without `v` and
  /// brackets. `1.4.0-rc.1` does not begin with 1.4.0.
  private static func behind(_ version: String, in text: String) -> Substring? {
    var rest = text[...]
    for word in ["version ", "release "] where rest.lowercased().hasPrefix(word) { rest = rest.dropFirst(word.count) }
    if rest.hasPrefix("[") { rest = rest.dropFirst() }
    rest = withoutV(rest)
    let wanted = withoutV(version[...])
    guard rest.prefix(wanted.count).lowercased() == wanted.lowercased() else { return nil }
    rest = rest.dropFirst(wanted.count)
    if rest.hasPrefix("]") { rest = rest.dropFirst() }
    let isSeparated = rest.drop(while: \.isWhitespace).first.map { ":-–—".contains($0) } ?? true
    guard rest.first.map({ $0.isWhitespace || $0 == ":" }) ?? true else { return nil }
    rest = rest.drop { $0.isWhitespace || ":-–—".contains($0) }
    let day = rest.hasPrefix("(") && rest.hasSuffix(")") ? rest.dropFirst().dropLast() : rest
    return CivilDate(String(day)) != nil ? day : isSeparated ? rest : nil
  }

  /// A `v` before a digit is no part of a version.
  private static func withoutV(_ version: Substring) -> Substring {
    guard version.hasPrefix("v") || version.hasPrefix("V"), version.dropFirst().first?.isNumber == true else { return version }
    return version.dropFirst()
  }
}
