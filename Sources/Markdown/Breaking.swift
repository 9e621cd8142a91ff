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

/// Whether an item or paragraph begins with `BREAKING:`, `breaking change:`, `[BREAKING]` or the like.
func beginsWithBreaking(_ text: some Collection<UInt8>) -> Bool {
  let start = text.drop { !isWordByte($0) }.prefix(24)
  guard let mark = start.firstIndex(where: { ":])".utf8.contains($0) }) else { return false }
  return isBreakingTitle(start[..<mark])
}

/// Whether the only item of a section says that there is none.
func saysNone(_ text: some Collection<UInt8>) -> Bool {
  ["", "none", "n a", "nothing", "no breaking changes", "no breaking change"].contains(lowerWords(text))
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
