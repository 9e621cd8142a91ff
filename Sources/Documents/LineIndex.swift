import Diagnostics

/// Finds the line and column of any offset without reading the text from its start: what was counted up to each block of 4 KiB.
/// Every record asks for its place, and large files hold a hundred thousand of them. It agrees with `Source.position(at:)`.
struct LineIndex: Sendable {
  private struct Mark: Sendable {
    /// Lines ended before the block, plus one.
    var line = 1
    /// Scalars between the start of that line and the block, a byte order mark left out.
    var scalars = 0
  }

  private static let block = 4096
  private let marks: [Mark]

  init(_ source: Source) {
    let bytes = source.bytes.span
    var marks: [Mark] = []
    // One block needs no mark: it is read from its start.
    guard bytes.count > LineIndex.block else {
      self.marks = []
      return
    }
    marks.reserveCapacity(bytes.count / LineIndex.block + 1)
    var mark = Mark()
    var start = 0
    while start < bytes.count {
      marks.append(mark)
      let end = min(start + LineIndex.block, bytes.count)
      LineIndex.advance(&mark, bytes, start, end)
      start = end
    }
    self.marks = marks
  }

  func position(of offset: Int, in source: Source) -> Position {
    let end = min(max(offset, 0), source.bytes.count)
    // The end of the file may be the start of a block that does not exist.
    let block = min(end / LineIndex.block, marks.count - 1)
    guard block > 0 else { return source.position(at: end) }
    var mark = marks[block]
    LineIndex.advance(&mark, source.bytes.span, block * LineIndex.block, end)
    return Position(line: mark.line + source.precedingLines, column: mark.scalars + 1)
  }

  private static func advance(_ mark: inout Mark, _ bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int) {
    let counts = count(bytes, start, end)
    guard counts.returns == 0 else { return advanceSlowly(&mark, bytes, start, end) }
    mark.line += counts.breaks
    if counts.breaks == 0 {
      mark.scalars += counts.scalars
    } else {
      var lineStart = end
      while bytes[lineStart - 1] != 0x0A { lineStart -= 1 }
      mark.scalars = count(bytes, lineStart, end).scalars
    }
    let hasByteOrderMark = start == 0 && end >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
    if hasByteOrderMark, counts.breaks == 0 { mark.scalars -= 1 }
  }

  /// For files that have carriage returns: one alone ends a line, one before a line feed does not.
  private static func advanceSlowly(_ mark: inout Mark, _ bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int) {
    let hasByteOrderMark = start == 0 && end >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
    for index in (hasByteOrderMark ? 3 : start)..<end {
      let byte = bytes[index]
      if byte == 0x0A || (byte == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)) {
        mark.line += 1
        mark.scalars = 0
      } else if byte & 0xC0 != 0x80 {
        mark.scalars += 1
      }
    }
  }

  /// Line feeds, carriage returns and bytes that begin a scalar, in at most one block: eight bytes at a time, each byte of the three
  /// numbers counting for itself.
  private static func count(
    _ bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int
  ) -> (breaks: Int, returns: Int, scalars: Int) {
    let raw = bytes.bytes
    var counts = (breaks: 0, returns: 0, scalars: end - start)
    var place = start
    while place + 8 <= end {
      var (breaks, returns, followers): (UInt64, UInt64, UInt64) = (0, 0, 0)
      // A byte counts to 255 at most.
      let stop = min(end - 7, place + 255 * 8)
      while place < stop {
        let word = raw.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self)
        breaks &+= zeroBytes(word ^ (ones &* 0x0A))
        returns &+= zeroBytes(word ^ (ones &* 0x0D))
        followers &+= (word & ~(word << 1)) >> 7 & ones
        place &+= 8
      }
      counts.breaks += sum(breaks)
      counts.returns += sum(returns)
      counts.scalars -= sum(followers)
    }
    while place < end {
      counts.breaks += bytes[place] == 0x0A ? 1 : 0
      counts.returns += bytes[place] == 0x0D ? 1 : 0
      counts.scalars -= bytes[place] & 0xC0 == 0x80 ? 1 : 0
      place += 1
    }
    return counts
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// One in each byte that is zero.
  private static func zeroBytes(_ word: UInt64) -> UInt64 {
    ~(((word & (ones &* 0x7F)) &+ ones &* 0x7F) | word) >> 7 & ones
  }

  private static func sum(_ word: UInt64) -> Int {
    (0..<8).reduce(0) { $0 + Int(word >> ($1 * 8) & 0xFF) }
  }
}
