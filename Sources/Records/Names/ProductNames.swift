/// A product's name before or in a version: `gears@1.4.0`, `@acme/gears@1.4.0`, `gears-v1.4.0`, `gears/v1.4.0` (changelogs.md, 3, rule 6c).
package struct NamedVersion {
  package let name: Substring
  /// Begins with a digit, or `v` and a digit.
  package let version: Substring

  /// Every way to cut a text in two so, the longest name first.
  package static func readings(of text: String) -> [NamedVersion] {
    // Nearly every version begins with its number.
    guard let first = Version.display(text).utf8.first, !first.isDigit else { return [] }
    return text.indices.reversed().compactMap { index in
      guard "@/-_: ".contains(text[index]), index > text.startIndex else { return nil }
      let version = text[text.index(after: index)...]
      guard let digit = Version.display(String(version)).utf8.first, digit.isDigit else { return nil }
      return NamedVersion(name: text[..<index], version: version)
    }
  }
}

/// The names by which one service's versions may call it.
package struct ProductNames {
  private let names: Set<String>

  package init(key: String, name: String?) {
    names = Set([key, ServiceNames.lastPart(key), name].compactMap { $0.map { ProductNames.compared($0[...]) } })
  }

  /// Whether the name of its own service stands before a version.
  package func areIn(_ version: String?) -> Bool { version.map { cutting($0) != $0 } ?? false }

  /// The version without the name of its own service before it; else as it is.
  package func cutting(_ version: String) -> String {
    NamedVersion.readings(of: version).first { isOwn($0.name) }.map { String($0.version) } ?? version
  }

  package func isOwn(_ name: Substring) -> Bool { ProductNames.spellings(of: name).contains(where: names.contains) }

  /// As names are compared: lower case, one kind of joint, without a joint at the end.
  package static func compared(_ name: Substring) -> String {
    var result = ""
    for character in name.lowercased() { result.append(" _".contains(character) ? "-" : character) }
    while let last = result.last, "-@/:".contains(last) { result.removeLast() }
    return result
  }

  /// A name, and without the scope that a registry or repository puts before it: `@acme/gears`, `acme/gears`, `gears`.
  static func spellings(of name: Substring) -> [String] {
    let whole = compared(name)
    let bare = whole.hasPrefix("@") ? String(whole.dropFirst()) : whole
    let last = bare.split(separator: "/").last.map(String.init) ?? bare
    return [whole, bare, last]
  }
}
