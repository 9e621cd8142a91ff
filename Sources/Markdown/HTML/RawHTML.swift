/// Raw HTML without its comments and the blanks around it. A comment that is not closed runs to the end.
func withoutComments(_ html: [UInt8]) -> [UInt8] {
  var shown: [UInt8] = []
  var rest = html[...]
  while let start = firstIndex(of: "<!--", in: rest) {
    shown += rest[..<start]
    // `<!-->` and `<!--->` are whole comments: the end may begin within the mark.
    guard let end = firstIndex(of: "-->", in: rest[(start + 2)...]) else {
      rest = []
      break
    }
    rest = rest[(end + 3)...]
  }
  shown += rest
  let isBlank: (UInt8) -> Bool = { $0 <= 0x20 }
  let end = shown.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? 0
  return Array(shown[..<end].drop(while: isBlank))
}

/// The first word of a fence's info string as a part of a class name; nil where it holds other than ASCII letters, digits and
/// `+ - . _ #`.
func languageName(_ info: some Collection<UInt8>) -> String? {
  let word = info.prefix { $0 != 0x20 && $0 != 0x09 }
  guard !word.isEmpty, word.count <= 40, word.allSatisfy({ isWordByte($0) || "+-._#".utf8.contains($0) }) else { return nil }
  return String(decoding: word, as: UTF8.self)
}

private func firstIndex(of mark: StaticString, in text: ArraySlice<UInt8>) -> Int? {
  let mark = mark.withUTF8Buffer { Array($0) }
  var index = text.startIndex
  while index + mark.count <= text.endIndex {
    if text[index] == mark[0], text[index..<(index + mark.count)].elementsEqual(mark) { return index }
    index += 1
  }
  return nil
}
