import Diagnostics
import Documents
import Records

/// An object of the configuration or of front matter, and the name that messages call it by.
struct Fields {
  let node: Node
  /// Empty at the top of a file.
  let name: String

  /// The value of a key; nil where it is missing or empty (`key:` without a value).
  subscript(key: String) -> Node? {
    guard let value = node[key], !value.isNull else { return nil }
    return value
  }

  /// `key` as messages name it: `site.timezone`.
  func name(of key: String) -> String { name.isEmpty ? key : name + "." + key }
}

/// Reads values out of documents and gathers what is wrong with them. Each reading gives nil, with an error at its place, where
/// the value is not what it should be.
struct FieldReader {
  private(set) var diagnostics: [Diagnostic]
  /// What messages call the outermost object.
  private let whole: String

  init(_ diagnostics: [Diagnostic], of whole: String) {
    self.diagnostics = diagnostics
    self.whole = whole
  }

  var hasErrors: Bool { errors > 0 }
  var errors: Int { diagnostics.count { $0.severity == .error } }

  mutating func report(_ severity: Diagnostic.Severity, _ message: Diagnostic.Message, at node: Node) {
    diagnostics.append(node.diagnostic(severity, message))
  }

  mutating func report(_ diagnostic: Diagnostic) { diagnostics.append(diagnostic) }

  /// `node` as an object; a key that is not `known` is reported at the key: where it would make the rest mean something else, as an error.
  mutating func fields(
    _ node: Node, name: String, known: [String], unknown severity: Diagnostic.Severity = .warning
  ) -> Fields? {
    guard node.kind == .object else {
      report(.error, .wrongType(name.isEmpty ? whole : "'\(name)'", found: node.kind, expected: "keys and values"), at: node)
      return nil
    }
    for member in node.members where !known.contains(member.key) {
      let message = Diagnostic.Message.unknownKey(member.key, in: name, known: known)
      diagnostics.append(node.document.source.diagnostic(severity, message, at: member.keyOffset))
    }
    return Fields(node: node, name: name)
  }

  /// The object under `key`; nil without an error where there is none.
  mutating func fields(_ parent: Fields, _ key: String, known: [String]) -> Fields? {
    parent[key].flatMap { fields($0, name: parent.name(of: key), known: known) }
  }

  /// Text without the blanks around it; a number is taken as it is written.
  mutating func text(_ node: Node, name: String) -> String? {
    guard let text = node.text else {
      report(.error, .wrongType("'\(name)'", found: node.kind, expected: "text"), at: node)
      return nil
    }
    let trimmed = trim(text)
    if trimmed.isEmpty { report(.error, .empty(name), at: node) }
    return trimmed.isEmpty ? nil : trimmed
  }

  mutating func text(_ fields: Fields, _ key: String) -> String? {
    fields[key].flatMap { text($0, name: fields.name(of: key)) }
  }

  /// A text that has to be there.
  mutating func required(_ fields: Fields, _ key: String) -> String? {
    if fields[key] == nil { report(.error, .missingKey(fields.name(of: key)), at: fields.node) }
    return text(fields, key)
  }

  mutating func flag(_ fields: Fields, _ key: String) -> Bool? {
    guard let node = fields[key] else { return nil }
    if node.bool == nil {
      report(.error, .wrongType("'\(fields.name(of: key))'", found: node.kind, expected: "true or false"), at: node)
    }
    return node.bool
  }

  mutating func whole(_ fields: Fields, _ key: String, in range: ClosedRange<Int>) -> Int? {
    guard let node = fields[key] else { return nil }
    if let number = node.int, range.contains(number) { return number }
    report(.error, .notInRange(fields.name(of: key), found: node.text, range), at: node)
    return nil
  }

  /// One of a few words.
  mutating func word<Word: RawRepresentable<String>>(_ fields: Fields, _ key: String, of words: [Word]) -> Word? {
    guard let node = fields[key] else { return nil }
    guard let text = node.text.map(trim) else {
      let expected = Diagnostic.Message.list(words.map(\.rawValue))
      report(.error, .wrongType("'\(fields.name(of: key))'", found: node.kind, expected: expected), at: node)
      return nil
    }
    if let word = words.first(where: { $0.rawValue == text }) { return word }
    report(.error, .unknownWord(fields.name(of: key), text, allowed: words.map(\.rawValue)), at: node)
    return nil
  }

  /// The elements of a list with their names: `services[2]`, counted from 1 as people do.
  mutating func elements(_ fields: Fields, _ key: String) -> [(node: Node, name: String)] {
    guard let node = fields[key] else { return [] }
    guard node.kind == .array else {
      report(.error, .wrongType("'\(fields.name(of: key))'", found: node.kind, expected: "a list"), at: node)
      return []
    }
    return node.elements.enumerated().map { ($1, "\(fields.name(of: key))[\($0 + 1)]") }
  }

  /// A list of texts; a single text is a list of one. nil where the key is missing.
  mutating func texts(_ fields: Fields, _ key: String) -> [String]? {
    guard let node = fields[key] else { return nil }
    if node.text != nil { return text(node, name: fields.name(of: key)).map { [$0] } }
    guard node.kind == .array else {
      report(.error, .wrongType("'\(fields.name(of: key))'", found: node.kind, expected: "text or a list of texts"), at: node)
      return nil
    }
    return elements(fields, key).compactMap { text($0.node, name: $0.name) }
  }

  /// An absolute http or https address. Any other is a warning and counts as none (site.md).
  mutating func url(_ fields: Fields, _ key: String) -> String? {
    guard let node = fields[key], let text = text(fields, key) else { return nil }
    if isWebAddress(text) { return text }
    reportUnusable(text, fields.name(of: key), at: node)
    return nil
  }

  /// The source line is not shown: an address may hold a password.
  mutating func reportUnusable(_ text: String, _ name: String, at node: Node) {
    var diagnostic = node.diagnostic(.warning, .unusableURL(name, text))
    if text.contains("@") { diagnostic.sourceLine = nil }
    diagnostics.append(diagnostic)
  }

  /// A web address that has `placeholder` in it, for example `{sha}`.
  mutating func url(_ fields: Fields, _ key: String, with placeholder: String) -> String? {
    guard let node = fields[key], let text = url(fields, key) else { return nil }
    if text.contains(placeholder) { return text }
    report(.error, .missingPlaceholder(fields.name(of: key), placeholder), at: node)
    return nil
  }
}

/// `text` without the blanks around it.
func trim(_ text: String) -> String {
  let end = text.unicodeScalars.lastIndex { !$0.properties.isWhitespace }
  guard let end else { return "" }
  return String(String.UnicodeScalarView(text.unicodeScalars[...end].drop { $0.properties.isWhitespace }))
}
