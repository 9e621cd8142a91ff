/// Whether `text` is nothing but the announcement: "Breaking changes:", "Inkompatible Änderungen".
func isBreakingTitle(_ text: some Collection<UInt8>) -> Bool {
  text.count <= 80 && BreakingWords.titles.contains(allWords(text))
}

/// Whether a heading, or the bold words at the start of an item, announce breaking changes. Words besides them may follow
/// ("Breaking changes in 2.0"), none may stand before ("Non-breaking changes").
func announcesBreaking(_ text: some Collection<UInt8>) -> Bool {
  // Titles are short; cut bytes at worst spoil the last word, which is none of a title.
  let words = allWords(text.prefix(120))
  if isBreakingTitle(text) { return true }
  return BreakingWords.titles.contains { title in
    guard words.hasPrefix(title + " ") else { return false }
    if BreakingWords.changes.contains(where: title.hasSuffix) { return true }
    // "API breaks when it rains" is a sentence, as is what begins with the word alone.
    let next = words.dropFirst(title.count + 1).prefix { $0 != " " }
    return title.contains(" ") && BreakingWords.joints.contains(String(next))
  }
}

/// How people head what breaks, in lower case and without marks.
private enum BreakingWords {
  static let titles: Set<String> = {
    var titles = Set(whole)
    for kind in kinds { titles.formUnion(changes.map { kind + " " + $0 }) }
    for kind in germanKinds { titles.formUnion(germanChanges.map { kind + " " + $0 }) }
    return titles
  }()

  static let changes = ["change", "changes"]
  static let joints: Set<String> = ["in", "for", "since", "of", "from", "to", "and", "with", "für", "seit", "von", "und"]

  private static let kinds: [String] = [
    "breaking", "breaking api", "api breaking", "breaking abi", "abi breaking", "compatibility breaking", "incompatible",
    "incompatible api", "api incompatible", "backward incompatible", "backwards incompatible", "backward incompatible api",
    "backwards incompatible api", "non backward compatible", "non backwards compatible", "not backward compatible",
    "not backwards compatible",
  ]
  private static let germanKinds: [String] = [
    "inkompatible", "abwärtsinkompatible", "rückwärtsinkompatible", "nicht abwärtskompatible", "nicht rückwärtskompatible",
    "nicht kompatible", "brechende",
  ]
  private static let germanChanges = ["änderung", "änderungen", "neuerungen", "anpassungen"]
  private static let whole: [String] = [
    "breaking", "breakages", "api breaks", "api break", "bc breaks", "bc break", "abi breaks", "abi break",
    "compatibility breaks", "incompatibilities", "backward incompatibilities", "backwards incompatibilities",
    "backward incompatible", "backwards incompatible", "not backward compatible", "not backwards compatible",
    "inkompatibilitäten", "abwärtsinkompatibilitäten", "kompatibilitätsbrüche", "nicht abwärtskompatibel",
    "changement incompatible", "changements incompatibles", "changement cassant", "changements cassants",
    "ruptures de compatibilité", "incompatibilités", "cambios incompatibles", "cambios disruptivos",
    "cambios que rompen la compatibilidad", "incompatibilidades", "modifiche incompatibili", "mudanças incompatíveis",
    "alterações incompatíveis", "incompatibele wijzigingen", "破壊的変更", "破坏性变更",
  ]
}

/// The letters and digits of `text` in lower case; whatever stands between them becomes one space.
private func allWords(_ text: some Collection<UInt8>) -> String {
  if text.allSatisfy({ $0 < 0x80 }) { return lowerWords(text) }
  let words = String(decoding: text, as: UTF8.self).lowercased().split { !$0.isLetter && !$0.isNumber }
  return words.joined(separator: " ")
}

/// Whether an item or paragraph begins with `BREAKING:`, `breaking change:`, `[BREAKING]`, with the mark of a conventional commit
/// (`feat(api)!:`), or holds that commit's footer (`BREAKING CHANGE: …`, conventionalcommits.org).
func saysBreaking(_ text: some Collection<UInt8>) -> Bool {
  let start = text.drop { !isWordByte($0) }
  if let mark = start.prefix(48).firstIndex(where: { ":])".utf8.contains($0) }), isBreakingTitle(start[..<mark]) { return true }
  return isMarkedCommit(start) || holdsBreakingFooter(text)
}

/// `feat!:`, `refactor(api)!:`.
private func isMarkedCommit(_ text: some Collection<UInt8>) -> Bool {
  let type = text.prefix(24).prefix { isWordByte($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
  guard !type.isEmpty else { return false }
  var rest = text[type.endIndex...]
  if rest.first == UInt8(ascii: "(") {
    guard let end = rest.prefix(80).firstIndex(of: UInt8(ascii: ")")) else { return false }
    rest = rest[end...].dropFirst()
  }
  return rest.starts(with: "!:".utf8)
}

private func holdsBreakingFooter(_ text: some Collection<UInt8>) -> Bool {
  var rest = text[...]
  while let place = rest.firstIndex(of: UInt8(ascii: "B")) {
    rest = rest[place...]
    if breakingFooters.contains(where: { rest.starts(with: $0.utf8) }) { return true }
    rest = rest.dropFirst()
  }
  return false
}

private let breakingFooters = ["BREAKING CHANGE:", "BREAKING CHANGES:", "BREAKING-CHANGE:"]

/// The ASCII letters and digits of `text` in lower case; emoji, marks and spaces between them become one space.
func lowerWords(_ text: some Collection<UInt8>) -> String {
  var words: [UInt8] = []
  for byte in text {
    if isWordByte(byte) {
      words.append(byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte)
    } else if let last = words.last, last != 0x20 {
      words.append(0x20)
    }
  }
  if words.last == 0x20 { words.removeLast() }
  return String(decoding: words, as: UTF8.self)
}

func isWordByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
  default: false
  }
}
