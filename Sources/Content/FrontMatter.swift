import Diagnostics
import Documents
import Records

/// A Markdown file in its two parts.
struct FrontMatter {
  /// The keys between the `---` lines; nil where there are none.
  let node: Node?
  /// What stands behind them, with the lines of the file.
  let body: Source
  /// The same with the parts that are for other readers.
  let written: [UInt8]

  init(node: Node?, body: Source, written: [UInt8]? = nil) {
    (self.node, self.body, self.written) = (node, body, written ?? body.bytes)
  }
}

/// Splits a Markdown file, and takes out of its body what is for other readers than those whose site is built. Only a file that begins with a line `---` (after a byte order mark) has front matter.
/// nil, with the error, where it cannot be read.
func readFrontMatter(_ source: Source, _ configuration: Configuration) -> Parsed<FrontMatter?> {
  if source.bytes.starts(with: [0xFF, 0xFE]) || source.bytes.starts(with: [0xFE, 0xFF]) {
    return Parsed(nil, [source.diagnostic(.error, .utf16, at: 0)])
  }
  let source = Source(file: source.file, bytes: withLineFeeds(source.bytes), precedingLines: source.precedingLines)
  let split = splitFrontMatter(source)
  guard let parts = split.value else { return split }
  let body = bodyForReaders(parts.body, configuration)
  return Parsed(
    body.value.map { FrontMatter(node: parts.node, body: $0, written: parts.body.bytes) }, split.diagnostics + body.diagnostics)
}

/// A carriage return that stands alone ends a line as well (CommonMark, 2.1).
private func withLineFeeds(_ text: [UInt8]) -> [UInt8] {
  guard text.contains(0x0D) else { return text }
  var text = text
  for index in text.indices where text[index] == 0x0D && !(index + 1 < text.count && text[index + 1] == 0x0A) {
    text[index] = 0x0A
  }
  return text
}

private func splitFrontMatter(_ source: Source) -> Parsed<FrontMatter?> {
  let start = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  let first = line(of: source.bytes, from: start)
  if isMark(first.text, "+") { return Parsed(nil, [source.diagnostic(.error, .tomlFrontMatter, at: start)]) }
  guard isMark(first.text, "-") else { return Parsed(FrontMatter(node: nil, body: rest(of: source, from: start, after: 0))) }
  var next = first.next
  var lines = 1
  while next < source.bytes.count {
    let line = line(of: source.bytes, from: next)
    lines += 1
    if isMark(line.text, "-") {
      let yaml = Source(
        file: source.file, bytes: Array(source.bytes[first.next..<next]), precedingLines: source.precedingLines + 1)
      let body = rest(of: source, from: line.next, after: lines)
      return split(readYAML(yaml), body: body)
    }
    next = line.next
  }
  return Parsed(nil, [source.diagnostic(.error, .unclosedFrontMatter, at: start)])
}

private func split(_ parsed: Parsed<Node?>, body: Source) -> Parsed<FrontMatter?> {
  let isFaulty = parsed.diagnostics.contains { $0.severity == .error }
  return Parsed(isFaulty ? nil : FrontMatter(node: parsed.value, body: body), parsed.diagnostics)
}

private func rest(of source: Source, from offset: Int, after lines: Int) -> Source {
  Source(file: source.file, bytes: Array(source.bytes[offset...]), precedingLines: source.precedingLines + lines)
}

/// The line from `start` without its end (LF, CRLF or CR), and where the next one begins.
private func line(of bytes: [UInt8], from start: Int) -> (text: ArraySlice<UInt8>, next: Int) {
  let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
  guard end < bytes.count else { return (bytes[start...], end) }
  let isPair = bytes[end] == 0x0D && end + 1 < bytes.count && bytes[end + 1] == 0x0A
  return (bytes[start..<end], end + (isPair ? 2 : 1))
}

/// Three marks and nothing but blanks behind them.
private func isMark(_ line: ArraySlice<UInt8>, _ mark: Unicode.Scalar) -> Bool {
  line.count >= 3 && line.prefix(3).allSatisfy { $0 == UInt8(ascii: mark) }
    && line.dropFirst(3).allSatisfy { $0 == 0x20 || $0 == 0x09 }
}
