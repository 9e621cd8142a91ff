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
