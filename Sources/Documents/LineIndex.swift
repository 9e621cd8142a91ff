import Diagnostics

/// Finds the line and column of any offset without reading the text from its start: what was counted up to each block of 4 KiB.
/// Every record asks for its place, and large files hold a hundred thousand of them. It agrees with `Source.position(at:)`.
struct LineIndex: Sendable {
  private struct Mark: Sendable {
    /// Lines ended before the block.
    var line = 1
    /// Scalars between the start of that line and the block, a byte order mark left out.
    var scalars = 0
  }

  private static let block = 4096
  private let marks: [Mark]

  init(_ source: Source) {
    let bytes = source.bytes.span
    var marks: [Mark] = []
    var mark = Mark()
    var start = 0
    if bytes.count > LineIndex.block { marks.reserveCapacity(bytes.count / LineIndex.block + 1) }
    while start < bytes.count {
      marks.append(mark)
      let end = min(start + LineIndex.block, bytes.count)
      LineIndex.count(bytes, start, end, &mark)
      start = end
    }
    self.marks = marks
  }

  func position(of offset: Int, in source: Source) -> Position {
    let end = min(max(offset, 0), source.bytes.count)
    let block = end / LineIndex.block
    guard block > 0, block <= marks.count else { return source.position(at: end) }
    // An offset at the very end may open a block that does not exist.
    let first = min(block, marks.count - 1)
    var mark = marks[first]
    LineIndex.count(source.bytes.span, first * LineIndex.block, end, &mark)
    return Position(line: mark.line + source.precedingLines, column: mark.scalars + 1)
  }

  private static func count(_ bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int, _ mark: inout Mark) {
    var breaks = 0
    var returns = 0
    var scalars = 0
    for index in start..<end {
      let byte = bytes[index]
      breaks &+= byte == 0x0A ? 1 : 0
      returns &+= byte == 0x0D ? 1 : 0
      scalars &+= byte & 0xC0 == 0x80 ? 0 : 1
    }
    if start == 0, end >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { scalars &-= 1 }
    guard breaks > 0 || returns > 0 else {
      mark.scalars += scalars
      return
    }
    countSlowly(bytes, start, end, &mark)
  }

  private static func countSlowly(_ bytes: borrowing Span<UInt8>, _ start: Int, _ end: Int, _ mark: inout Mark) {
    var line = mark.line
    var scalars = mark.scalars
    for index in start..<end {
      let byte = bytes[index]
      if byte == 0x0A || (byte == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)) {
        line += 1
        scalars = 0
      } else if byte & 0xC0 != 0x80 {
        scalars += 1
      }
    }
    mark.line = line
    mark.scalars = scalars
  }
}
