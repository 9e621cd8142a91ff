/// Whether `text` is nothing but the announcement: "Breaking changes:".
func isBreakingTitle(_ text: some Collection<UInt8>) -> Bool {
  text.count <= 80 && ["breaking", "breaking change", "breaking changes"].contains(lowerWords(text))
}

/// Whether a heading, or the bold words at the start of an item, announce breaking changes. Words besides them may follow
/// ("Breaking changes in 2.0"), none may stand before ("Non-breaking changes").
func announcesBreaking(_ text: some Collection<UInt8>) -> Bool {
  let words = lowerWords(text)
  return isBreakingTitle(text) || words.hasPrefix("breaking change ") || words.hasPrefix("breaking changes ")
}

/// Whether an item or paragraph begins with `BREAKING:`, `breaking change:`, `[BREAKING]`, with the mark of a conventional commit
/// (`feat(api)!:`), or holds that commit's footer (`BREAKING CHANGE: …`, conventionalcommits.org).
func saysBreaking(_ text: some Collection<UInt8>) -> Bool {
  let start = text.drop { !isWordByte($0) }
  if let mark = start.prefix(24).firstIndex(where: { ":])".utf8.contains($0) }), isBreakingTitle(start[..<mark]) { return true }
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

/// Whether a text says that there is nothing of its kind: "None in this release.", "No breaking changes.", "N/A", "Keine". Every word of
/// it must be one that such a sentence is made of: "None of the old keys is read any more." says something.
func saysNone(_ text: some Collection<UInt8>) -> Bool {
  guard text.count <= 200 else { return false }
  var words = String(decoding: text, as: UTF8.self).lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init)
  if words.starts(with: ["n", "a"]) { words.replaceSubrange(..<2, with: ["none"]) }
  guard !words.isEmpty else { return true }
  let isNone = words.contains(where: NothingWords.none.contains) || words.starts(with: ["not", "applicable"])
  return isNone
    && words.allSatisfy { word in
      NothingWords.none.contains(word) || NothingWords.others.contains(word) || isVersionPart(word)
    }
}

/// `2`, `v2`: parts of "in 2.0".
private func isVersionPart(_ word: String) -> Bool {
  let digits = word.first == "v" ? word.dropFirst() : word[...]
  return !digits.isEmpty && digits.allSatisfy(\.isNumber)
}

/// The words of which people make the sentence that there is nothing, in English and German, and a few single words of their neighbours.
private enum NothingWords {
  static let none: Set<String> = [
    "none", "no", "nothing", "nil", "na", "nope", "without", "zero", "kein", "keine", "keinen", "keinerlei", "keines", "nichts",
    "entfällt", "ohne", "aucun", "aucune", "rien", "ninguno", "ninguna", "nada", "nessuno", "nessuna", "nenhum", "nenhuma",
    "geen",
    "ingen", "inga", "brak",
  ]
  static let others: Set<String> = [
    "not", "applicable", "there", "are", "were", "is", "was", "has", "have", "been", "any", "known", "breaking", "incompatible",
    "incompatibilities", "backward", "backwards", "change", "changes", "security", "relevant", "in", "for", "with", "of",
    "this",
    "the", "that", "since", "release", "version", "update", "at", "all", "yet", "to", "report", "here", "so", "far", "api",
    "expected", "introduced", "made", "required", "time", "änderung", "änderungen", "inkompatible", "inkompatiblen",
    "brechende",
    "brechenden", "bekannt", "bekannten", "für", "mit", "diese", "diesem", "dieser", "dieses", "es", "gibt", "gab", "sind",
    "wurden", "vorhanden", "ausgabe", "veröffentlichung",
  ]
}

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
