package import Diagnostics

/// Lines and columns of one source, for a place a record: `Source.position(at:)` reads the text from its start, which is too slow for
/// 200,000 records and for the faults of a hostile file. The answers are the same.
package struct PlaceIndex: Sendable {
  private struct Mark {
    var line: Int
    var column: Int
  }

  private static let block = 512
  private let source: Source
  private let hasMark: Bool
  /// Line and column at every multiple of `block`, as far as somebody asked.
  private var marks: [Mark]

  package init(_ source: Source) {
    self.source = source
    hasMark = source.bytes.starts(with: [0xEF, 0xBB, 0xBF])
    marks = [Mark(line: source.precedingLines + 1, column: 1)]
  }

  package mutating func position(at offset: Int) -> Position {
    let end = min(max(offset, 0), source.bytes.count)
    let wanted = end / PlaceIndex.block
    while marks.count <= wanted {
      let last = marks.count - 1
      marks.append(walk(from: marks[last], last * PlaceIndex.block, to: (last + 1) * PlaceIndex.block))
    }
    let mark = walk(from: marks[wanted], wanted * PlaceIndex.block, to: end)
    return Position(line: mark.line, column: mark.column)
  }

  /// A diagnostic at `offset`, as `Source.diagnostic` makes it.
  package mutating func diagnostic(
    _ severity: Diagnostic.Severity, _ message: Diagnostic.Message, at offset: Int, trail: [String] = []
  ) -> Diagnostic {
    Diagnostic(
      severity, message, file: source.file, position: position(at: offset), sourceLine: shortLine(at: offset), trail: trail)
  }

  private func walk(from mark: Mark, _ start: Int, to end: Int) -> Mark {
    var mark = mark
    source.bytes.withUnsafeBufferPointer { bytes in
      var index = start
      while index < end {
        let byte = bytes[index]
        if byte == 0x0A || (byte == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)) {
          mark.line &+= 1
          mark.column = 1
        } else if byte & 0xC0 != 0x80, index > 0 || !hasMark {
          mark.column &+= 1
        }
        index += 1
      }
    }
    return mark
  }

  /// The line at `offset` where it is short enough to help; a minified file is not searched from end to end.
  private func shortLine(at offset: Int) -> String? {
    let longest = 400
    let bytes = source.bytes
    let middle = min(max(offset, 0), bytes.count)
    let isEnd: (UInt8) -> Bool = { $0 == 0x0A || $0 == 0x0D }
    let lower = max(0, middle - longest - 1)
    let upper = min(bytes.count, middle + longest + 1)
    let start = bytes[lower..<middle].lastIndex(where: isEnd).map { $0 + 1 } ?? lower
    let end = bytes[middle..<upper].firstIndex(where: isEnd) ?? upper
    guard end - start <= longest else { return nil }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}
