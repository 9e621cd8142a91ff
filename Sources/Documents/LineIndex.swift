import Diagnostics

/// Finds the line and column of any offset without reading the text from its start: what was counted up to each block of 512 bytes, in
/// one pass. Every record asks for its place, and large files hold a hundred thousand of them. It agrees with `Source.position(at:)`.
struct LineIndex: Sendable {
  private struct Mark: Sendable {
    /// Lines ended before the block, plus one.
    var line = 1
    /// Scalars between the start of that line and the block, a byte order mark left out.
    var scalars = 0
  }

  /// At most 2040: eight lanes of a byte each count the bytes of a block.
  private static let block = 512
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

  /// Counts at most one block: eight bytes at a time, each byte of `followers` for itself. A line feed starts the counting of scalars
  /// anew, which are the bytes that follow no other in their scalar.
  private static func advance(_ mark: inout Mark, _ bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int) {
    let raw = bytes.bytes
    var lines = mark.line
    var scalars = mark.scalars - (start == 0 && hasByteOrderMark(bytes) && end >= 3 ? 1 : 0)
    var lineStart = start
    var followers: UInt64 = 0
    var place = start
    while place &+ 8 <= end {
      let word = UInt64(littleEndian: raw.unsafeLoadUnaligned(fromByteOffset: place, as: UInt64.self))
      if zeroBytes(word ^ (ones &* 0x0D)) != 0 { return advanceSlowly(&mark, bytes, start, end) }
      var following = (word & ~(word << 1)) >> 7 & ones
      let breaks = zeroBytes(word ^ (ones &* 0x0A))
      if breaks != 0 {
        lines &+= breaks.nonzeroBitCount
        let behind = 8 &- breaks.leadingZeroBitCount / 8
        (lineStart, scalars, followers) = (place &+ behind, 0, 0)
        following = following >> UInt64(behind &* 8)
      }
      followers &+= following
      place &+= 8
    }
    scalars -= sum(followers)
    while place < end {
      let byte = bytes[place]
      if byte == 0x0D { return advanceSlowly(&mark, bytes, start, end) }
      place += 1
      if byte == 0x0A {
        lines += 1
        (lineStart, scalars) = (place, 0)
      } else if byte & 0xC0 == 0x80 {
        scalars -= 1
      }
    }
    mark.line = lines
    mark.scalars = scalars + end - lineStart
  }

  /// For blocks that have carriage returns: one alone ends a line, one before a line feed does not.
  private static func advanceSlowly(_ mark: inout Mark, _ bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int) {
    for index in (start == 0 && end >= 3 && hasByteOrderMark(bytes) ? 3 : start)..<end {
      let byte = bytes[index]
      if byte == 0x0A || (byte == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)) {
        mark.line += 1
        mark.scalars = 0
      } else if byte & 0xC0 != 0x80 {
        mark.scalars += 1
      }
    }
  }

  private static func hasByteOrderMark(_ bytes: borrowing Span<UInt8>) -> Bool {
    bytes.count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF
  }

  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// One in each byte that is zero.
  private static func zeroBytes(_ word: UInt64) -> UInt64 {
    ~(((word & (ones &* 0x7F)) &+ ones &* 0x7F) | word) >> 7 & ones
  }

  /// At most 2040, in eight bytes.
  private static func sum(_ word: UInt64) -> Int {
    (0..<8).reduce(0) { $0 + Int(word >> ($1 * 8) & 0xFF) }
  }
}
