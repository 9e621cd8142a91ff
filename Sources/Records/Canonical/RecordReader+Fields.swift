import Diagnostics
import Documents
import Time

// One value of each sort a field can have. Blanks around a text of one line are no part of it. Null and blank text count as absent; a
// value of another sort is a warning, and the field counts as absent too, unless it is required.
extension RecordReader {
  mutating func text(_ member: Node.Member) -> String? {
    guard let text = member.value.string else { return wrong(member, .text) }
    return text.unlessBlank
  }

  /// Text, or a number as it was written, so that 64-bit identifiers survive.
  mutating func identifier(_ member: Node.Member) -> String? {
    guard let text = member.value.identifier else { return wrong(member, .identifier) }
    return text.unlessBlank
  }

  mutating func whole(_ member: Node.Member, from least: Int = 0) -> Int? {
    guard let number = member.value.int, number >= least else { return wrong(member, least == 0 ? .whole : .attempt) }
    return number
  }

  mutating func seconds(_ member: Node.Member) -> Double? {
    guard let number = member.value.double, number.isFinite, number >= 0 else { return wrong(member, .seconds) }
    return number
  }

  mutating func flag(_ member: Node.Member) -> Bool? {
    guard let flag = member.value.bool else { return wrong(member, .flag) }
    return flag
  }

  mutating func time(_ member: Node.Member) -> Timestamp? {
    guard let text = member.value.string, let time = Timestamp(rfc3339: text) else {
      return member.value.isNoTime ? nil : wrong(member, .time)
    }
    return time.isSentinel ? nil : time
  }

  /// A start or finish; the story of its record remembers where it cannot be read.
  mutating func timeOfSpan(_ member: Node.Member) -> Timestamp? {
    let count = diagnostics.count
    let time = time(member)
    if diagnostics.count > count || member.value.isCutOff { hasUnreadTime = true }
    return time
  }

  mutating func list(_ member: Node.Member) -> [Node] {
    guard member.value.kind == .array else { return wrong(member, .list) ?? [] }
    return member.value.elements
  }

  /// Text elements; anything else among them is left out with a warning.
  mutating func texts(_ member: Node.Member) -> [String] {
    list(member).compactMap { element in
      if element.identifier == nil, !element.isCutOff {
        warn(.wrongField(member.key, found: describe(element), expected: .text), at: element)
      }
      return element.identifier?.unlessBlank
    }
  }

  /// A word of a fixed list; an unknown one is left out with a warning.
  mutating func choice<Meaning>(_ member: Node.Member, _ words: Words<Meaning>, instead: String = "the field is left out")
    -> Meaning?
  {
    guard let word = text(member) else { return nil }
    if let meaning = words[word] { return meaning }
    warn(.unknownWord(member.key, found: word, among: words.known, instead: instead), at: member.value)
    return nil
  }

  /// A state. Its absence is nil; a word nobody knows is `unknown` and keeps its raw form; anything but text costs the record.
  mutating func state(_ member: Node.Member) -> (state: State, raw: String?)? {
    if member.value.isCutOff { return (.unknown, nil) }
    if member.value.isNull { return nil }
    guard let word = member.value.string else {
      fail(.wrongRequired(member.key, found: describe(member.value), expected: .state), at: member.value)
      return nil
    }
    guard let word = word.unlessBlank else { return nil }
    if let state = Vocabulary.states[word] { return (state, nil) }
    let message = Diagnostic.Message.unknownWord(
      member.key, found: word, among: Vocabulary.states.known, instead: "it is shown as unknown")
    warn(message, at: member.value)
    return (.unknown, word)
  }

  /// The same; a word that nobody knows is the raw one, unless there is one already.
  mutating func state(_ member: Node.Member, raw: inout String?) -> State? {
    let found = state(member)
    raw = raw ?? found?.raw
    return found?.state
  }

  /// nil, with a warning unless the value is null.
  mutating func wrong<Value>(_ member: Node.Member, _ expected: Expected) -> Value? {
    if !member.value.isNull {
      warn(.wrongField(member.key, found: describe(member.value), expected: expected), at: member.value)
    }
    return nil
  }

  /// An error that costs the record, at the record or at what stands in the field.
  mutating func tellMissing(_ field: String, of object: String, at node: Node, _ expected: Expected) {
    if let value = node.said(field) {
      fail(.wrongRequired(field, found: describe(value), expected: expected), at: value)
    } else {
      let others = node.members.lazy.map(\.key).filter { $0 != field }
      let near = nearMiss(field, among: others)
      fail(.missingField(field, of: object, expected: expected, near: near == nil ? nil : field), at: node)
    }
  }
}

extension Node {
  /// Text, or a number as it was written; nil for everything else.
  package var identifier: String? { string ?? numberText }

  /// What stands in a field, be it right or wrong.
  func said(_ field: String) -> Node? {
    guard let value = self[field], !value.isNull || value.isCutOff, value.string?.isBlank != true else { return nil }
    return value
  }

  /// What programs write for "no time" where that is no moment: blank text, the years 0 and 1 without a zone, 0 and less as a number
  /// of seconds or milliseconds, also in quotes (`-62135596800000` is the year 1).
  package var isNoTime: Bool {
    if let number = int ?? string.flatMap(Int.init) { return number <= 0 }
    guard let text = string else { return false }
    return text.isBlank || text.hasPrefix("0001-01-01") || text.hasPrefix("0000-")
  }

  /// Whether nothing stands in any of the fields. Where something does and was of no use, that has been told.
  func saysNone(of fields: String...) -> Bool { fields.allSatisfy { said($0) == nil } }
}

extension String {
  /// Without the blanks around it; nil where it is nothing else. A text of several lines, such as a log, is no name and stays as it is.
  package var unlessBlank: String? {
    let text = withoutOuterBlanks
    if text.isEmpty { return nil }
    return text.utf8.count < utf8.count && text.utf8.contains(0x0A) ? self : text
  }

  /// A hash of zeros only: what Git and the providers write for "none" (record.md).
  package var isZeroHash: Bool { utf8.count >= 7 && utf8.allSatisfy { $0 == 0x30 } }
}
