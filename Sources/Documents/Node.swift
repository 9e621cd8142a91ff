package import Diagnostics

/// One parsed JSON or YAML document: a flat tape of nodes over its bytes, so that every node knows its place.
package final class Document: Sendable {
  package let source: Source

  init(source: Source) { self.source = source }
}

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

  init(document: Document) { self.document = document }

  package var kind: Kind { .null }
  package var isNull: Bool { kind == .null }
  /// The text of a string; nil for every other kind.
  package var string: String? { nil }
  package var bool: Bool? { nil }
  /// A number that is whole and fits; nil otherwise (also for 1.5 and 1e400).
  package var int: Int? { nil }
  package var double: Double? { nil }
  /// A number exactly as it was written, so that 64-bit identifiers survive; nil for other kinds.
  package var numberText: String? { nil }
  /// The elements of an array; empty for other kinds.
  package var elements: [Node] { [] }
  /// The members of an object in their order, duplicates left out (the last one wins); empty for other kinds.
  package var members: [Member] { [] }
  /// The member of that name; nil where there is none or this is no object. Does not allocate.
  package subscript(_ key: String) -> Node? { nil }
  /// Walks `keys` one after another.
  package subscript(_ first: String, _ rest: String...) -> Node? { nil }

  /// Where it begins in the source.
  package var offset: Int { 0 }
  package var position: Position { document.source.position(at: offset) }

  /// A diagnostic that points at this node.
  package func diagnostic(_ severity: Diagnostic.Severity, _ message: Diagnostic.Message) -> Diagnostic {
    document.source.diagnostic(severity, message, at: offset)
  }
}
