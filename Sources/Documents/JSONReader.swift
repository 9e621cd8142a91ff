import Diagnostics

/// Reads the values of one file and goes on behind faults.
struct JSONReader {
  /// A file with more faults than this is given up: it is no JSON.
  static let maximumFaults = 1000

  let source: Source
  var scanner: JSONScanner
  /// Tape indices of the top-level values.
  private var values: [Int] = []
  var faults: [Fault] = []
  /// Where reading was given up.
  var unreadFrom: Int?
  /// Offsets of lines of text that stood before the first value.
  private var proseLines: [Int] = []
  /// The first line behind those that begins with a bracket; -1 until it was looked for.
  private var bracket = -1
  /// Whether one line is one value, so that a fault costs that line; nil until a second value or a fault shows it.
  private var areLines: Bool?

  init(_ source: Source) {
    self.source = source
    scanner = JSONScanner(capacity: source.bytes.count / 10 + 8)
    if source.file.hasSuffix(".jsonl") || source.file.hasSuffix(".ndjson") { areLines = true }
  }

  mutating func read() {
    let source = source
    let bytes = source.bytes.span
    var place = skipSpace(bytes, source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
    while place < bytes.count {
      guard faults.count < JSONReader.maximumFaults else {
        unreadFrom = place
        return
      }
      place = readValue(bytes, at: place)
    }
  }

  /// Reads the value that begins at `start`, or loses it, and gives the offset of the next.
  private mutating func readValue(_ bytes: borrowing Span<UInt8>, at start: Int) -> Int {
    if values.isEmpty, faults.isEmpty, isProse(bytes, start) {
      proseLines.append(start)
      return skipSpace(bytes, lineEnd(bytes, start))
    }
    let checkpoint = scanner.checkpoint()
    let index = scanner.tape.count
    do throws(Fault) {
      let end = try scanner.value(bytes, at: start)
      let next = try nextLine(bytes, after: end)
      values.append(index)
      if next < bytes.count, areLines == nil, !isOneLine(bytes, end, next) { areLines = isOneLine(bytes, start, end) }
      return next
    } catch {
      scanner.goBack(to: checkpoint)
      return recover(bytes, from: error, start: start)
    }
  }

  /// Whether the line at `start` is a sentence before the JSON. Where the JSON begins is looked for once, not for each line before it.
  private mutating func isProse(_ bytes: borrowing Span<UInt8>, _ start: Int) -> Bool {
    guard isSentence(bytes, start) else { return false }
    let end = lineEnd(bytes, start)
    if bracket <= end { bracket = bracketLine(bytes, behind: end) }
    return bracket < bytes.count
  }

  /// The offset of what follows a value, which must stand on another line. Clients that ask for page after page write one list or object
  /// right behind the other (`gh api --paginate`).
  private func nextLine(_ bytes: borrowing Span<UInt8>, after end: Int) throws(Fault) -> Int {
    let next = skipSpace(bytes, end)
    let isPage = next < bytes.count && isCloser(bytes[end - 1]) && closer(of: bytes[next]) != nil
    guard next == bytes.count || isPage || !isOneLine(bytes, end, next) else { throw Fault(.valueEnd, at: next) }
    return next
  }

  private mutating func recover(_ bytes: borrowing Span<UInt8>, from fault: Fault, start: Int) -> Int {
    let lines = areLines ?? looksLikeLines(bytes, start)
    if lines {
      areLines = true
      return loseLine(bytes, fault, start)
    }
    let index = scanner.tape.count
    let checkpoint = scanner.checkpoint()
    var recovery = JSONRecovery(scanner: scanner)
    let end = recovery.value(bytes, at: start)
    scanner = recovery.scanner
    if recovery.isPage, scanner.tape.count > index {
      values.append(index)
      faults += recovery.faults
      unreadFrom = recovery.unreadFrom
      guard let end else { return bytes.count }
      do throws(Fault) { return try nextLine(bytes, after: end) } catch {
        faults.append(error)
        unreadFrom = error.offset
        return bytes.count
      }
    }
    scanner.goBack(to: checkpoint)
    faults.append(fault)
    guard let end = balancedEnd(bytes, from: start), end > fault.offset else {
      if hasMore(bytes, behindLineOf: fault.offset) { unreadFrom = fault.offset }
      return bytes.count
    }
    let next = skipSpace(bytes, end)
    if next == bytes.count || isOneLine(bytes, end, next) { return bytes.count }
    return next
  }

  /// Loses the line that begins at `start`. What the fault is, is told from that line alone: a value cut off there would otherwise be
  /// blamed on the next line.
  private mutating func loseLine(_ bytes: borrowing Span<UInt8>, _ fault: Fault, _ start: Int) -> Int {
    let end = lineEnd(bytes, start)
    if fault.offset <= end {
      faults.append(fault)
      return skipSpace(bytes, end)
    }
    let checkpoint = scanner.checkpoint()
    let line = bytes.extracting(0..<end)
    do throws(Fault) {
      _ = try scanner.value(line, at: start)
      faults.append(fault)
    } catch {
      faults.append(error)
    }
    scanner.goBack(to: checkpoint)
    return skipSpace(bytes, end)
  }

  func finish() -> Parsed<[Node]> {
    let document = Document(source: source, tape: scanner.tape)
    let bytes = source.bytes.span
    var diagnostics: [Diagnostic] = []
    for fault in faults {
      diagnostics.append(document.diagnostic(.error, .json(fault, bytes), at: fault.offset))
    }
    for offset in scanner.repeatedKeys.prefix(JSONReader.maximumFaults) {
      diagnostics.append(document.diagnostic(.warning, .duplicateKey(quotedText(bytes, at: offset)), at: offset))
    }
    if let first = proseLines.first {
      let text = String(decoding: source.bytes[first..<lineEnd(bytes, first)], as: UTF8.self)
      diagnostics.append(document.diagnostic(.warning, .textBeforeValue(text, lines: proseLines.count), at: first))
    }
    if values.isEmpty, faults.isEmpty {
      diagnostics.append(Diagnostic(.warning, .noValue, file: source.file))
    }
    if let unreadFrom { diagnostics.append(document.diagnostic(.warning, .restNotRead, at: unreadFrom)) }
    return Parsed(values.map { Node(document: document, index: $0) }, diagnostics.sorted(by: Diagnostic.inPrintedOrder))
  }
}
