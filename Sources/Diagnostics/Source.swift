/// The bytes of one input file under the name that diagnostics print.
package struct Source: Sendable {
  /// What diagnostics call the standard input.
  package static let standardInput = "<stdin>"

  package let file: String
  package let bytes: [UInt8]
  /// Added to every line number: the lines of the file before the first of `bytes`.
  package let precedingLines: Int

  package init(file: String, bytes: [UInt8], precedingLines: Int = 0) {
    self.file = file
    self.bytes = bytes
    self.precedingLines = precedingLines
  }

  /// Line and column of a byte offset. It reads the text from its start: meant for faults, not for every value.
  package func position(at offset: Int) -> Position {
    let end = min(max(offset, 0), bytes.count)
    var line = 1
    var start = 0
    var index = 0
    while index < end {
      let byte = bytes[index]
      if byte == 0x0A || (byte == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A)) {
        line += 1
        start = index + 1
      }
      index += 1
    }
    if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = min(3, end) }
    let column = bytes[start..<end].reduce(1) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    return Position(line: line + precedingLines, column: column)
  }

  /// The line that holds `offset`, without its end, repaired to valid UTF-8.
  package func line(at offset: Int) -> String {
    let middle = min(max(offset, 0), bytes.count)
    let isEnd: (UInt8) -> Bool = { $0 == 0x0A || $0 == 0x0D }
    let start = bytes[..<middle].lastIndex(where: isEnd).map { $0 + 1 } ?? 0
    let end = bytes[middle...].firstIndex(where: isEnd) ?? bytes.count
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }

  /// A diagnostic that points at `offset`. Very long lines (minified JSON) are left out of it. `position`: where that is, if known already.
  package func diagnostic(
    _ severity: Diagnostic.Severity, _ message: Diagnostic.Message, at offset: Int, position known: Position? = nil,
    trail: [String] = []
  ) -> Diagnostic {
    Diagnostic(
      severity, message, file: file, position: known ?? position(at: offset), sourceLine: shortLine(at: offset), trail: trail)
  }

  /// The line that holds `offset` if it is worth showing; looks no further than that.
  private func shortLine(at offset: Int) -> String? {
    let limit = 400
    let middle = min(max(offset, 0), bytes.count)
    let around = max(middle - limit - 1, 0)..<min(middle + limit + 1, bytes.count)
    let isEnd: (UInt8) -> Bool = { $0 == 0x0A || $0 == 0x0D }
    let start = bytes[around.lowerBound..<middle].lastIndex(where: isEnd).map { $0 + 1 } ?? around.lowerBound
    let end = bytes[middle..<around.upperBound].firstIndex(where: isEnd) ?? around.upperBound
    return end - start <= limit ? String(decoding: bytes[start..<end], as: UTF8.self) : nil
  }
}
