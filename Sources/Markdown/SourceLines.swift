/// The text that a tree was made of, by lines: what cmark's nodes do not keep is read from it.
struct SourceLines {
  private let text: [UInt8]
  private var starts = [0]

  init(_ text: [UInt8]) {
    self.text = text
    for (index, byte) in text.enumerated()
    where byte == 0x0A || (byte == 0x0D && !(index + 1 < text.count && text[index + 1] == 0x0A)) {
      starts.append(index + 1)
    }
  }

  var count: Int { starts.count }

  /// A line by its number, from 1, without its end.
  func line(_ number: Int) -> ArraySlice<UInt8> {
    guard number >= 1, number <= starts.count else { return [] }
    let end = number < starts.count ? starts[number] : text.count
    var line = text[starts[number - 1]..<end]
    while let last = line.last, last == 0x0A || last == 0x0D { line = line.dropLast() }
    return line
  }

  /// Bytes of a line, counted from 1 as cmark does.
  func columns(_ columns: ClosedRange<Int>, ofLine number: Int) -> ArraySlice<UInt8> {
    let line = line(number)
    return line.dropFirst(max(0, columns.lowerBound - 1)).prefix(columns.count)
  }

  /// Where a column of a line stands in the text; both are counted from 1. nil behind its end.
  func offset(ofLine number: Int, column: Int) -> Int? {
    guard number >= 1, number <= starts.count, column >= 1 else { return nil }
    let offset = starts[number - 1] + column - 1
    return offset < text.count ? offset : nil
  }
}
