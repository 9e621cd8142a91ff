package import Diagnostics

/// A node of a document: cheap to copy, found by walking, never by reflection.
package struct Node: Sendable {
  package enum Kind: String, Sendable { case null, bool, number, string, array, object }

  package struct Member: Sendable {
    package let key: String
    /// Offset of the key in the source.
    package let keyOffset: Int
    package let value: Node
  }

  package let document: Document
  let index: Int

  init(document: Document, index: Int) {
    self.document = document
    self.index = index
  }

  var token: Token { document.tape[index] }

  package var kind: Kind {
    switch token.kind {
    case .null, .cutOff: .null
    case .yes, .no: .bool
    case .number: .number
    case .string: .string
    case .array: .array
    case .object: .object
    }
  }

  package var isNull: Bool { token.kind == .null || isCutOff }

  /// The text of a string; nil for every other kind.
  package var string: String? { token.kind == .string ? document.string(at: index) : nil }

  package var bool: Bool? {
    switch token.kind {
    case .yes: true
    case .no: false
    case .null, .number, .string, .array, .object, .cutOff: nil
    }
  }

  /// A number that is whole and fits; nil otherwise (also for 1.5 and 1e400).
  package var int: Int? {
    guard token.kind == .number else { return nil }
    let text = document.string(at: index)
    if token.flags.contains(.whole) { return CoreSchema.int(text) }
    return double.flatMap(Int.init(exactly:))
  }

  /// A number as the nearest double; nil for other kinds and where it is too large for one.
  package var double: Double? {
    guard let text = numberText else { return nil }
    if token.flags.contains(.whole), let int = CoreSchema.int(text) { return Double(int) }
    guard let value = Double(text), value.isFinite else { return nil }
    return value
  }

  /// A number exactly as it was written, so that 64-bit identifiers survive; nil for other kinds.
  package var numberText: String? { token.kind == .number ? document.string(at: index) : nil }

  /// A string, or a number as it was written: what identifiers are read with. nil for other kinds.
  package var text: String? {
    switch token.kind {
    case .string, .number: document.string(at: index)
    case .null, .yes, .no, .array, .object, .cutOff: nil
    }
  }

  /// The elements of an array; empty for other kinds.
  package var elements: [Node] {
    var elements: [Node] = []
    forEachElement { elements.append($0) }
    return elements
  }

  /// The members of an object in their order, duplicates left out (the last one wins); empty for other kinds.
  package var members: [Member] {
    var members: [Member] = []
    forEachMember { key, value in members.append(Member(key: key.string, keyOffset: key.offset, value: value)) }
    return members
  }

  /// The member of that name; nil where there is none or this is no object. Does not allocate.
  package subscript(_ key: String) -> Node? {
    guard token.kind == .object else { return nil }
    let end = Int(token.extent)
    var place = index + 1
    while place < end {
      if !document.tape[place].flags.contains(.replaced), document.isKey(place, equalTo: key) {
        return Node(document: document, index: place + 1)
      }
      place = document.next(after: place + 1)
    }
    return nil
  }

  /// Walks `keys` one after another.
  package subscript(_ first: String, _ rest: String...) -> Node? {
    var node = self[first]
    for key in rest { node = node?[key] }
    return node
  }

  /// Where it begins in the source.
  package var offset: Int { Int(token.start) }
  package var position: Position { document.position(at: offset) }
  /// The line in which the last value in it begins.
  package var lastLine: Int {
    let last = token.isContainer ? max(index, Int(token.extent) - 1) : index
    return document.position(at: Int(document.tape[last].start)).line
  }

  /// A diagnostic that points at this node.
  package func diagnostic(_ severity: Diagnostic.Severity, _ message: Diagnostic.Message) -> Diagnostic {
    document.diagnostic(severity, message, at: offset)
  }
}

extension Document {
  /// Line and column of a byte offset, without reading the text from its start.
  package func position(at offset: Int) -> Position { lines.position(of: offset, in: source) }

  /// A diagnostic that points at a byte offset, for example at `Member.keyOffset`.
  package func diagnostic(_ severity: Diagnostic.Severity, _ message: Diagnostic.Message, at offset: Int) -> Diagnostic {
    source.diagnostic(severity, message, at: offset, position: position(at: offset))
  }
}
