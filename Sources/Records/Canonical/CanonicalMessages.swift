package import Diagnostics

// What is said of records in the canonical form.
extension Diagnostic.Message {
  static func unknownKey(_ key: String, in object: String, among known: [String]) -> Self {
    .init(id: "unknown-key", "unknown key '\(cut(key))' in \(object); it is left out", suggestion: nearMiss(key, among: known))
  }

  static func unknownSchema(_ found: String, lost: Int) -> Self {
    .init(
      id: "unknown-schema", "unknown schema \(found); expected \"\(Envelope.schema)\"; \(counted(lost, "record")) lost",
      suggestion: Envelope.schema)
  }

  static func noSchema(near key: String?) -> Self {
    .init(
      id: "no-schema", "these records name no schema; expected \"schema\": \"\(Envelope.schema)\" beside \"records\"",
      suggestion: key)
  }

  static func noRecords(_ found: String) -> Self {
    .init(id: "no-records", "\"records\" is \(found); expected a list of records")
  }

  static func unknownKind(_ found: String, among known: [String], near: String?) -> Self {
    .init(id: "unknown-kind", "unknown kind \(found); expected \(list(known))", suggestion: near)
  }

  static func notARecord(_ found: String) -> Self {
    .init(id: "not-a-record", "found \(found) where a record was expected; expected an object")
  }

  static func missingField(_ field: String, of object: String, expected: Expected, near key: String?) -> Self {
    .init(id: "missing-field", "this \(object) has no '\(field)'; expected \(expected.rawValue)", suggestion: key)
  }

  /// A required field: it costs the record.
  static func wrongRequired(_ field: String, found: String, expected: Expected) -> Self {
    .init(id: "wrong-required-field", "'\(field)' is \(found); expected \(expected.rawValue); the record is lost")
  }

  /// Any other field: it counts as absent.
  package static func wrongField(_ field: String, found: String, expected: Expected) -> Self {
    .init(id: "wrong-field", "'\(cut(field))' is \(found); expected \(expected.rawValue); the field is left out")
  }

  package static func unknownWord(_ field: String, found: String, among known: [String], instead: String) -> Self {
    .init(
      id: "unknown-word", "'\(field)' is \(quoted(found)); expected \(list(known)); \(instead)",
      suggestion: nearMiss(found, among: known))
  }

  /// What is allowed, for people: `a, b or c`.
  package static func list(_ words: [String]) -> String {
    guard let last = words.last, words.count > 1 else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " or " + last
  }

  package static func counted(_ count: Int, _ noun: String) -> String { number(count, noun) + (count == 1 ? " is" : " are") }
  package static func number(_ count: Int, _ noun: String) -> String { count == 1 ? "1 \(noun)" : "\(count) \(noun)s" }
}

/// What a field may hold, as messages say it.
package enum Expected: String {
  case text = "text in quotes"
  case identifier = "text in quotes or a whole number"
  case whole = "a whole number from 0"
  case attempt = "a whole number from 1"
  case seconds = "a number of seconds from 0"
  case flag = "true or false"
  case time = "an RFC 3339 time with an offset, such as 2026-03-02T10:00:00Z"
  case object = "an object"
  case list = "a list"
  case commit = "a hash in quotes or an object with 'sha'"
  case named = "a name in quotes or an object with 'name'"
  case trigger = "a word in quotes or an object with 'type'"
  case version = "a version in quotes or an object with 'name'"
  case state = "a state in quotes"
  case deployment = "an object with 'environment'"
  case deployments = "a deployment's id or a list of them"
}

/// A value as it was found, short enough for a message.
package func quoted(_ text: String) -> String { "\"" + cut(text) + "\"" }

/// At most 60 characters, without line breaks: messages are one line.
package func cut(_ text: String) -> String {
  let line = String(
    String.UnicodeScalarView(text.unicodeScalars.prefix(61).map { $0.properties.generalCategory == .control ? " " : $0 }))
  return line.unicodeScalars.count > 60 ? String(String.UnicodeScalarView(line.unicodeScalars.prefix(60))) + "…" : line
}
