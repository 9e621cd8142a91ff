import Diagnostics
import Markdown
import Records

/// A text as the readers get it whose site is built: without the parts that are for others. nil, with an error, where a mark hides nothing
/// at its place.
func bodyForReaders(_ body: Source, _ configuration: Configuration) -> Parsed<Source?> {
  let text = textFor(configuration.audience, of: body.bytes)
  func diagnostic(_ severity: Diagnostic.Severity, _ message: Diagnostic.Message, line: Int) -> Diagnostic {
    Diagnostic(severity, message, file: body.file, position: Position(line: line + body.precedingLines, column: 1))
  }
  let misplaced = text.misplaced.map { diagnostic(.error, .misplacedAudience, line: $0) }
  guard misplaced.isEmpty else { return Parsed(nil, misplaced) }
  let unknown = text.marks.flatMap { mark in
    configuration.unknownAudiences(mark.names).map { diagnostic(.warning, $0, line: mark.line) }
  }
  return Parsed(Source(file: body.file, bytes: text.bytes, precedingLines: body.precedingLines), unknown)
}

extension Configuration {
  /// Whether those whose site is built are to read what has these audiences; what has none is for everybody.
  func isReadBy(_ audiences: [String]) -> Bool { audiences.isEmpty || audience.map { audiences.contains($0) } ?? false }

  /// About names that `audiences` does not have: nobody reads what is for them.
  func unknownAudiences(_ names: [String]) -> [Diagnostic.Message] {
    let known = audiences.map(\.name)
    return names.filter { !known.contains($0) }.map { .unknownAudience($0, known: known) }
  }
}

/// What was written without the gaps that hidden parts left.
func withoutGaps(_ text: [UInt8], of written: [UInt8]) -> [UInt8] {
  guard text != written else { return text }
  var result: [UInt8] = []
  for byte in text where byte != 0x0A || !result.suffix(2).elementsEqual([0x0A, 0x0A]) { result.append(byte) }
  return result
}
