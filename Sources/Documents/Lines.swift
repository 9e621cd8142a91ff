/// Whether no line ends between two offsets.
func isOneLine(_ bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> Bool { lineEnd(bytes, start) >= end }

/// The offset of the line end behind `start`, or of the end of the file.
func lineEnd(_ bytes: borrowing Span<UInt8>, _ start: Int) -> Int {
  var place = start
  while place < bytes.count, bytes[place] != 0x0A, bytes[place] != 0x0D { place += 1 }
  return place
}

/// The offset behind the last line end before `place`.
func lineStart(_ bytes: borrowing Span<UInt8>, _ place: Int) -> Int {
  var start = min(place, bytes.count)
  while start > 0, bytes[start - 1] != 0x0A, bytes[start - 1] != 0x0D { start -= 1 }
  return start
}

/// Whether the lines after that of `start` look like one value each: most of the next eight begin in the first column with a
/// bracket and end with its partner. A document over several lines is indented, or has commas at the ends of its lines.
func looksLikeLines(_ bytes: borrowing Span<UInt8>, _ start: Int) -> Bool {
  var place = skipSpace(bytes, lineEnd(bytes, start))
  var seen = 0
  var whole = 0
  while place < bytes.count, seen < 8 {
    let end = lineEnd(bytes, place)
    var last = end - 1
    while last > place, isSpace(bytes[last]) { last -= 1 }
    let isFirstColumn = bytes[place - 1] == 0x0A || bytes[place - 1] == 0x0D
    if isFirstColumn, let closer = closer(of: bytes[place]), bytes[last] == closer { whole += 1 }
    seen += 1
    place = skipSpace(bytes, end)
  }
  return whole * 2 > seen
}

/// Whether the line at `start` is a sentence, such as a program prints before its JSON: `Warning: …`, `[notice] …`.
func isSentence(_ bytes: borrowing Span<UInt8>, _ start: Int) -> Bool {
  let end = lineEnd(bytes, start)
  let isBracket = bytes[start] == UInt8(ascii: "[")
  let word = isBracket ? start + 1 : start
  guard word + 1 < end, isLetter(bytes[word]), isLetter(bytes[word + 1]) else { return false }
  for literal: StaticString in ["true", "false", "null"] where holds(literal, bytes, at: word) { return false }
  var hasSpace = false
  for place in word..<end where isSpace(bytes[place]) { hasSpace = true }
  return hasSpace
}

/// The next line behind the line end `end` that begins with a bracket; the end of the file where none does.
func bracketLine(_ bytes: borrowing Span<UInt8>, behind end: Int) -> Int {
  var place = skipSpace(bytes, end)
  while place < bytes.count, closer(of: bytes[place]) == nil { place = skipSpace(bytes, lineEnd(bytes, place)) }
  return place
}

private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

/// Whether anything but space stands behind the line of `start`.
func hasMore(_ bytes: borrowing Span<UInt8>, behindLineOf start: Int) -> Bool {
  skipSpace(bytes, lineEnd(bytes, start)) < bytes.count
}

func closer(of opener: UInt8) -> UInt8? {
  switch opener {
  case UInt8(ascii: "{"): UInt8(ascii: "}")
  case UInt8(ascii: "["): UInt8(ascii: "]")
  default: nil
  }
}

func isCloser(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") }

/// The offset behind the bracket that closes the one at `start`; nil where the brackets do not match up.
func balancedEnd(_ bytes: borrowing Span<UInt8>, from start: Int) -> Int? {
  guard start < bytes.count, closer(of: bytes[start]) != nil else { return nil }
  var brackets = Brackets()
  var place = start
  while place < bytes.count {
    guard brackets.take(bytes, &place) else { return nil }
    if brackets.isEmpty { return place }
  }
  return nil
}

/// A faulty element is followed no further than this, so that a thousand of them cannot make a large file slow.
private let reach = 1 << 20

/// The offset of the comma or bracket that ends the element of an array that `start` lies in; nil where the brackets do not match up.
func elementEnd(_ bytes: borrowing Span<UInt8>, from start: Int) -> Int? {
  var brackets = Brackets()
  var place = start
  let limit = min(bytes.count, start + reach)
  while place < limit {
    if brackets.isEmpty, bytes[place] == UInt8(ascii: ",") || bytes[place] == UInt8(ascii: "]") { return place }
    guard brackets.take(bytes, &place) else { return nil }
  }
  return nil
}

/// Follows brackets and strings through faulty text. A string ends with its line at the latest.
private struct Brackets {
  private var closers: [UInt8] = []

  var isEmpty: Bool { closers.isEmpty }

  /// Goes over one byte or one string; false at a bracket that closes another than the last open one.
  mutating func take(_ bytes: borrowing Span<UInt8>, _ place: inout Int) -> Bool {
    let byte = bytes[place]
    place += 1
    if byte == UInt8(ascii: "\"") {
      skipLooseString(bytes, &place)
    } else if let closer = closer(of: byte) {
      closers.append(closer)
    } else if isCloser(byte) {
      return closers.popLast() == byte
    }
    return true
  }

  private func skipLooseString(_ bytes: borrowing Span<UInt8>, _ place: inout Int) {
    while place < bytes.count {
      let byte = bytes[place]
      if byte == 0x0A || byte == 0x0D { return }
      place += 1
      if byte == UInt8(ascii: "\"") { return }
      if byte == UInt8(ascii: "\\"), place < bytes.count, bytes[place] != 0x0A, bytes[place] != 0x0D { place += 1 }
    }
  }
}
