/// Reads a value that has a fault once more, and loses only the elements of its array that hold one: a top-level array, or the array
/// of an envelope such as `{"records": […]}`.
struct JSONRecovery {
  var scanner: JSONScanner
  private(set) var faults: [Fault] = []
  /// Where reading was given up although text follows.
  private(set) var unreadFrom: Int?

  /// Whether the value is an array or an envelope, so that a part of it is worth having.
  private(set) var isPage = false

  /// Keys whose array is a page of records. Arrays under other keys are parts of one record: half of it must not pass for the whole.
  private static let envelopes: [StaticString] = [
    "records", "values", "value", "items", "Items", "data", "results", "entries", "workflow_runs", "runs", "incidents",
  ]

  init(scanner: JSONScanner) { self.scanner = scanner }

  /// Gives the offset behind the value, nil if the rest of the file was given up. Puts nothing on the tape if nothing could be saved.
  mutating func value(_ bytes: borrowing Span<UInt8>, at start: Int) -> Int? {
    let checkpoint = scanner.checkpoint()
    do throws(Fault) {
      switch bytes[start] {
      case UInt8(ascii: "["): return try array(bytes, at: start)
      case UInt8(ascii: "{"): return try envelope(bytes, at: start)
      default: return nil
      }
    } catch {
      scanner.goBack(to: checkpoint)
      return nil
    }
  }

  // MARK: The envelope

  private mutating func envelope(_ bytes: borrowing Span<UInt8>, at start: Int) throws(Fault) -> Int? {
    let own = try scanner.open(.object, at: start)
    var whole = scanner.checkpoint()
    var place = skipSpace(bytes, start + 1)
    do throws(Fault) {
      while true {
        let key = place
        place = try scanner.key(bytes, at: place)
        if place < bytes.count, bytes[place] == UInt8(ascii: "["), isEnvelope(bytes, key) {
          guard let end = try array(bytes, at: place) else { return finish(own, bytes) }
          place = end
        } else {
          place = try scanner.value(bytes, at: place)
        }
        whole = scanner.checkpoint()
        place = skipSpace(bytes, place)
        if place < bytes.count, bytes[place] == UInt8(ascii: "}") {
          _ = finish(own, bytes)
          return place + 1
        }
        guard place < bytes.count, bytes[place] == UInt8(ascii: ",") else { throw Fault(.memberEnd, at: place) }
        let comma = place
        place = skipSpace(bytes, place + 1)
        if place < bytes.count, bytes[place] == UInt8(ascii: "}") { throw Fault(.trailingComma, at: comma) }
      }
    } catch {
      guard isPage else { throw error }
      scanner.goBack(to: whole)
      return giveUp(error, bytes, own)
    }
  }

  private mutating func finish(_ object: Int, _ bytes: borrowing Span<UInt8>) -> Int? {
    scanner.finishKeys(of: object, bytes)
    _ = scanner.close(object, at: 0)
    return nil
  }

  private mutating func giveUp(_ fault: Fault, _ bytes: borrowing Span<UInt8>, _ object: Int) -> Int? {
    faults.append(fault)
    if hasMore(bytes, behindLineOf: fault.offset) { unreadFrom = fault.offset }
    return finish(object, bytes)
  }

  private func isEnvelope(_ bytes: borrowing Span<UInt8>, _ key: Int) -> Bool {
    for word in JSONRecovery.envelopes {
      let end = key + 1 + word.utf8CodeUnitCount
      if end < bytes.count, bytes[end] == UInt8(ascii: "\""), holds(word, bytes, at: key + 1) { return true }
    }
    return false
  }

  // MARK: The array

  /// Reads an array element by element. nil: the rest of the file was given up, what was read before is kept.
  private mutating func array(_ bytes: borrowing Span<UInt8>, at start: Int) throws(Fault) -> Int? {
    isPage = true
    let own = try scanner.open(.array, at: start)
    var place = skipSpace(bytes, start + 1)
    if place < bytes.count, bytes[place] == UInt8(ascii: "]") { return scanner.close(own, at: place) }
    while faults.count < JSONReader.maximumFaults {
      guard let end = element(bytes, at: place) else {
        _ = scanner.close(own, at: 0)
        return nil
      }
      if bytes[end] == UInt8(ascii: "]") { return scanner.close(own, at: end) }
      place = bytes[end] == UInt8(ascii: ",") ? skipSpace(bytes, end + 1) : end
      if place < bytes.count, bytes[place] == UInt8(ascii: "]") {
        faults.append(Fault(.trailingComma, at: end))
        return scanner.close(own, at: place)
      }
    }
    unreadFrom = place
    _ = scanner.close(own, at: 0)
    return nil
  }

  /// Reads the element that begins at `start`, or loses it. Gives the offset of the comma or bracket behind it, or that of the next
  /// element where there is no comma; nil where neither can be found.
  private mutating func element(_ bytes: borrowing Span<UInt8>, at start: Int) -> Int? {
    let checkpoint = scanner.checkpoint()
    do throws(Fault) {
      let end = skipSpace(bytes, try scanner.value(bytes, at: start))
      guard end < bytes.count, bytes[end] == UInt8(ascii: ",") || bytes[end] == UInt8(ascii: "]") else {
        return lose(Fault(.elementEnd, at: end), bytes, end, checkpoint)
      }
      return end
    } catch {
      scanner.goBack(to: checkpoint)
      faults.append(error)
      return elementEnd(bytes, from: start) ?? nextElement(bytes, like: start, from: error.offset)
    }
  }

  /// Text that does not belong behind an element: a next element without its comma is lost alone, anything else costs the element.
  private mutating func lose(
    _ fault: Fault, _ bytes: borrowing Span<UInt8>, _ start: Int, _ element: JSONScanner.Checkpoint
  ) -> Int? {
    faults.append(fault)
    guard start < bytes.count else { return nil }
    if !beginsValue(bytes[start]) { scanner.goBack(to: element) }
    var place = start
    while place < bytes.count, bytes[place] == UInt8(ascii: "}") || isSpace(bytes[place]) { place += 1 }
    return elementEnd(bytes, from: place) ?? nextElement(bytes, like: start, from: start)
  }

  private func beginsValue(_ byte: UInt8) -> Bool {
    closer(of: byte) != nil || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "-") || isWordByte(byte)
  }

  /// The next line, not before that of the fault, that begins as the element's own line does: the same indentation and bracket.
  private mutating func nextElement(_ bytes: borrowing Span<UInt8>, like element: Int, from fault: Int) -> Int? {
    let opener = element < bytes.count && closer(of: bytes[element]) != nil ? bytes[element] : UInt8(ascii: "{")
    let indentation = indentation(bytes, of: element)
    var place = max(lineStart(bytes, fault), lineEnd(bytes, element))
    while place < bytes.count {
      let first = skipSpace(bytes, place)
      guard first < bytes.count else { break }
      let isAlike = indentation.map { $0 == first - lineStart(bytes, first) } ?? isAfterComma(bytes, first)
      if bytes[first] == opener, isAlike { return first }
      place = lineEnd(bytes, first)
    }
    if hasMore(bytes, behindLineOf: fault) { unreadFrom = fault }
    return nil
  }

  /// The number of blanks before an element that begins its line; nil for one that does not.
  private func indentation(_ bytes: borrowing Span<UInt8>, of element: Int) -> Int? {
    let start = lineStart(bytes, element)
    for place in start..<element where !isSpace(bytes[place]) { return nil }
    return element - start
  }

  private func isAfterComma(_ bytes: borrowing Span<UInt8>, _ start: Int) -> Bool {
    var place = start - 1
    while place > 0, isSpace(bytes[place]) { place -= 1 }
    return place >= 0 && bytes[place] == UInt8(ascii: ",")
  }
}
