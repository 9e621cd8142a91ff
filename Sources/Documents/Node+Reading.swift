// What the readers of records and of the configuration want besides the plain questions.

extension Node {
  /// The key of a member, read from the bytes only when asked.
  package struct Key: Sendable {
    let document: Document
    let index: Int

    package var string: String { document.string(at: index) }
    /// Offset of the key in the source.
    package var offset: Int { Int(document.tape[index].start) }

    /// Compares the bytes in place, so that keys can be told apart by `switch`. Does not allocate.
    package static func ~= (text: String, key: Key) -> Bool { key.document.isKey(key.index, equalTo: text) }
  }

  package func forEachElement(_ body: (Node) -> Void) {
    guard token.kind == .array else { return }
    let end = Int(token.extent)
    var place = index + 1
    while place < end {
      body(Node(document: document, index: place))
      place = document.next(after: place)
    }
  }

  /// Visits the members as `members` lists them, without making strings of their keys.
  package func forEachMember(_ body: (Key, Node) -> Void) {
    guard token.kind == .object else { return }
    let end = Int(token.extent)
    var place = index + 1
    while place < end {
      if !document.tape[place].flags.contains(.replaced) {
        body(Key(document: document, index: place), Node(document: document, index: place + 1))
      }
      place = document.next(after: place + 1)
    }
  }

  /// The keys of an object that are none of those, in their order.
  package func unknownKeys(besides known: [String]) -> [Key] {
    var unknown: [Key] = []
    forEachMember { key, _ in if !known.contains(where: { $0 ~= key }) { unknown.append(key) } }
    return unknown
  }

  /// Hands out the UTF-8 bytes of a string, or of a number as it was written, without making a string of them; nil for other kinds.
  package func withText<Result>(_ body: (borrowing Span<UInt8>) -> Result) -> Result? {
    guard token.kind == .string || token.kind == .number else { return nil }
    let range = document.textRange(of: index)
    let text = document.text
    if token.flags.contains(.escaped) {
      let decoded = Array(EscapedText(bytes: text, range: range))
      return body(decoded.span)
    }
    return body(text.span.extracting(range))
  }
}
