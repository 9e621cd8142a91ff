/// Whether libcmark 0.30.2 reads `text` in time that grows with its size only.
///
/// Measured: of 3,000 patterns two kinds are quadratic there. Every line is held against every open list and quote; and every
/// link walks the images that were opened before it and never closed (`![[]()` again and again).
func isReadInLinearTime(_ text: [UInt8]) -> Bool {
  var images = 0
  var closers = 0
  var walked = 0
  for line in text.split(omittingEmptySubsequences: false, whereSeparator: { $0 == 0x0A || $0 == 0x0D }) {
    if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) {
      // Nothing that is opened in a paragraph reaches over a blank line.
      walked += images * closers
      (images, closers) = (0, 0)
      continue
    }
    if containers(of: line) > MarkdownLimits.containers { return false }
    var last: UInt8 = 0
    for byte in line {
      if byte == UInt8(ascii: "["), last == UInt8(ascii: "!") { images += 1 }
      if byte == UInt8(ascii: "]") { closers += 1 }
      last = byte
    }
  }
  return walked + images * closers <= 100_000_000
}

/// At least as many lists and quotes as the line can stand in: its markers, and one for each two columns before the last.
private func containers(of line: ArraySlice<UInt8>) -> Int {
  var markers = 0
  var blanks = 0
  var blanksBeforeMarker = 0
  var index = line.startIndex
  while index < line.endIndex {
    if line[index] == 0x20 || line[index] == 0x09 {
      blanks += line[index] == 0x20 ? 1 : 4
      index += 1
    } else if let end = markerEnd(of: line[index...]) {
      markers += 1
      blanksBeforeMarker = blanks
      index = end
    } else {
      break
    }
  }
  return markers + blanksBeforeMarker / 2
}

/// Behind the marker of a quote or a list item at the start of `line`; nil where there is none.
private func markerEnd(of line: ArraySlice<UInt8>) -> Int? {
  guard let first = line.first else { return nil }
  if first == UInt8(ascii: ">") { return line.startIndex + 1 }
  let digits = line.prefix(10).prefix { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
  let marks: [UInt8] = digits.isEmpty ? Array("-+*".utf8) : Array(".)".utf8)
  guard digits.endIndex < line.endIndex, marks.contains(line[digits.endIndex]) else { return nil }
  let end = digits.endIndex + 1
  return end == line.endIndex || line[end] == 0x20 || line[end] == 0x09 ? end : nil
}
