/// The strict grammar of RFC 8259: reads values onto a tape in one forward pass and throws at the first fault.
///
/// The bytes are handed from function to function and not kept, so that they stay in registers.
struct JSONScanner {
  /// Deeper nesting is refused; no payload known comes near, and it bounds the recursion.
  static let maximumDepth = 128

  private(set) var tape: [Token] = []
  /// Offsets of keys that an object has already.
  private(set) var repeatedKeys: [Int] = []
  private var depth = 0
  private var keys = KeyCheck()

  init(capacity: Int = 0) { tape.reserveCapacity(capacity) }

  /// Reads the value that begins at `start` (no white space before it) and gives the offset behind it.
  mutating func value(_ bytes: borrowing Span<UInt8>, at start: Int) throws(Fault) -> Int {
    guard start < bytes.count else { throw Fault(.value, at: start) }
    switch bytes[start] {
    case UInt8(ascii: "\""): return try string(bytes, at: start)
    case UInt8(ascii: "{"): return try object(bytes, at: start)
    case UInt8(ascii: "["): return try array(bytes, at: start)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try number(bytes, at: start)
    case UInt8(ascii: "t"): return try word("true", .yes, bytes, at: start)
    case UInt8(ascii: "f"): return try word("false", .no, bytes, at: start)
    case UInt8(ascii: "n"): return try word("null", .null, bytes, at: start)
    default: throw Fault(.value, at: start)
    }
  }

  /// What stands on the tape, to come back to it when what follows has a fault.
  struct Checkpoint {
    fileprivate let tokens: Int
    fileprivate let repeatedKeys: Int
    fileprivate let depth: Int
  }

  func checkpoint() -> Checkpoint { Checkpoint(tokens: tape.count, repeatedKeys: repeatedKeys.count, depth: depth) }

  mutating func goBack(to checkpoint: Checkpoint) {
    tape.removeLast(tape.count - checkpoint.tokens)
    repeatedKeys.removeLast(repeatedKeys.count - checkpoint.repeatedKeys)
    depth = checkpoint.depth
  }

  // MARK: Containers

  private mutating func array(_ bytes: borrowing Span<UInt8>, at start: Int) throws(Fault) -> Int {
    let own = try open(.array, at: start)
    var place = skipSpace(bytes, start + 1)
    if place < bytes.count, bytes[place] == UInt8(ascii: "]") { return close(own, at: place) }
    while true {
      place = skipSpace(bytes, try value(bytes, at: place))
      guard place < bytes.count else { throw Fault(.elementEnd, at: place) }
      if bytes[place] == UInt8(ascii: "]") { return close(own, at: place) }
      guard bytes[place] == UInt8(ascii: ",") else { throw Fault(.elementEnd, at: place) }
      let comma = place
      place = skipSpace(bytes, place + 1)
      if place < bytes.count, bytes[place] == UInt8(ascii: "]") { throw Fault(.trailingComma, at: comma) }
    }
  }

  private mutating func object(_ bytes: borrowing Span<UInt8>, at start: Int) throws(Fault) -> Int {
    let own = try open(.object, at: start)
    var place = skipSpace(bytes, start + 1)
    if place < bytes.count, bytes[place] == UInt8(ascii: "}") { return close(own, at: place) }
    while true {
      place = skipSpace(bytes, try value(bytes, at: try key(bytes, at: place)))
      guard place < bytes.count else { throw Fault(.memberEnd, at: place) }
      if bytes[place] == UInt8(ascii: "}") {
        finishKeys(of: own, bytes)
        return close(own, at: place)
      }
      guard bytes[place] == UInt8(ascii: ",") else { throw Fault(.memberEnd, at: place) }
      let comma = place
      place = skipSpace(bytes, place + 1)
      if place < bytes.count, bytes[place] == UInt8(ascii: "}") { throw Fault(.trailingComma, at: comma) }
    }
  }

  /// Opens a container: puts its token on the tape and gives the token's index.
  mutating func open(_ kind: Token.Kind, at start: Int) throws(Fault) -> Int {
    guard depth < JSONScanner.maximumDepth else { throw Fault(.depth, at: start) }
    depth += 1
    tape.append(Token(kind, start: start, extent: 0))
    return tape.count - 1
  }

  /// Closes the container that `open` gave and gives the offset behind its bracket.
  mutating func close(_ index: Int, at bracket: Int) -> Int {
    depth -= 1
    tape[index].extent = UInt32(truncatingIfNeeded: tape.count)
    return bracket + 1
  }

  /// Reads a key and its colon and gives the offset of the value.
  mutating func key(_ bytes: borrowing Span<UInt8>, at start: Int) throws(Fault) -> Int {
    guard start < bytes.count, bytes[start] == UInt8(ascii: "\"") else { throw Fault(.key, at: start) }
    let colon = skipSpace(bytes, try string(bytes, at: start))
    guard colon < bytes.count, bytes[colon] == UInt8(ascii: ":") else { throw Fault(.colon, at: colon) }
    return skipSpace(bytes, colon + 1)
  }

  /// Marks all but the last of equal keys.
  mutating func finishKeys(of object: Int, _ bytes: borrowing Span<UInt8>) {
    guard keys.mayRepeat(object, tape, bytes) else { return }
    for (earlier, later) in keys.repeated(object, tape, bytes) {
      tape[earlier].flags.insert(.replaced)
      repeatedKeys.append(Int(tape[later].start))
    }
  }

  // MARK: Scalars

  private mutating func word(
    _ word: StaticString, _ kind: Token.Kind, _ bytes: borrowing Span<UInt8>, at start: Int
  ) throws(Fault) -> Int {
    let end = start + word.utf8CodeUnitCount
    guard holds(word, bytes, at: start), end == bytes.count || !isWordByte(bytes[end]) else { throw Fault(.value, at: start) }
    tape.append(Token(kind, start: start, extent: end - start))
    return end
  }

  private mutating func number(_ bytes: borrowing Span<UInt8>, at start: Int) throws(Fault) -> Int {
    var place = bytes[start] == UInt8(ascii: "-") ? start + 1 : start
    var flags: Token.Flags = .whole
    if place < bytes.count, bytes[place] == UInt8(ascii: "0") {
      place += 1
      if place < bytes.count, isDigit(bytes[place]) { throw Fault(.leadingZero, at: start) }
    } else {
      place = try digits(bytes, at: place)
    }
    if place < bytes.count, bytes[place] == UInt8(ascii: ".") {
      flags = []
      place = try digits(bytes, at: place + 1)
    }
    if place < bytes.count, bytes[place] | 0x20 == UInt8(ascii: "e") {
      flags = []
      place += 1
      if place < bytes.count, bytes[place] == UInt8(ascii: "+") || bytes[place] == UInt8(ascii: "-") { place += 1 }
      place = try digits(bytes, at: place)
    }
    tape.append(Token(.number, start: start, extent: place - start, flags: flags))
    return place
  }

  /// Skips one digit or more.
  private func digits(_ bytes: borrowing Span<UInt8>, at start: Int) throws(Fault) -> Int {
    var place = start
    while place < bytes.count, isDigit(bytes[place]) { place += 1 }
    guard place > start else { throw Fault(.digit, at: start) }
    return place
  }

  private mutating func string(_ bytes: borrowing Span<UInt8>, at start: Int) throws(Fault) -> Int {
    var escaped = false
    let end = try endOfString(bytes, at: start + 1, escaped: &escaped)
    tape.append(Token(.string, start: start, extent: end - start - 1, flags: escaped ? .escaped : []))
    return end + 1
  }
}

/// Whether the bytes at `start` are that word.
func holds(_ word: StaticString, _ bytes: borrowing Span<UInt8>, at start: Int) -> Bool {
  guard start + word.utf8CodeUnitCount <= bytes.count else { return false }
  for index in 0..<word.utf8CodeUnitCount where bytes[start + index] != word.utf8Start[index] { return false }
  return true
}
