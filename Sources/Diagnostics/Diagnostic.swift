/// One thing that is wrong with an input: where, what, and what would be right.
///
/// Diagnostics ride beside values and are printed once, by the executable.
package struct Diagnostic: Hashable, Sendable {
  package enum Severity: String, Sendable, CaseIterable, Comparable {
    case note, warning, error

    package static func < (left: Severity, right: Severity) -> Bool { left.rank < right.rank }
    private var rank: Int { self == .note ? 0 : self == .warning ? 1 : 2 }
  }

  /// The wording of one kind of fault. Each room declares its own as static functions in one file.
  package struct Message: Hashable, Sendable {
    /// Stable and machine readable, `kebab-case`; never reused for another fault.
    package var id: String
    /// What was found and what is allowed, without a final full stop.
    package var text: String
    /// What to write instead, where there is a near miss.
    package var suggestion: String?

    package init(id: String, _ text: String, suggestion: String? = nil) {
      self.id = id
      self.text = text
      self.suggestion = suggestion
    }
  }

  package var severity: Severity
  package var message: Message
  /// The path as the user gave it, for example `content/runs/42.json`; nil where no file is at fault.
  package var file: String?
  package var position: Position?
  /// The source line without its end, for the caret; nil where it would help nobody.
  package var sourceLine: String?
  /// Where the text came from, innermost first: the include chain of a template, the other place of a contradiction.
  package var trail: [String]

  package init(
    _ severity: Severity, _ message: Message, file: String? = nil, position: Position? = nil, sourceLine: String? = nil,
    trail: [String] = []
  ) {
    self.severity = severity
    self.message = message
    self.file = file
    self.position = position
    self.sourceLine = sourceLine
    self.trail = trail
  }

  /// By file, position, identifier and text: the order in which diagnostics are printed, whatever order they were found in. What is
  /// equal in all of these is told apart by the rest, the gravest first, so that every order of finding prints alike.
  package static func inPrintedOrder(_ left: Diagnostic, _ right: Diagnostic) -> Bool {
    if left.file != right.file { return (left.file ?? "") < (right.file ?? "") }
    if left.position != right.position { return (left.position ?? .unknown) < (right.position ?? .unknown) }
    if left.message.id != right.message.id { return left.message.id < right.message.id }
    if left.message.text != right.message.text { return left.message.text < right.message.text }
    if left.severity != right.severity { return left.severity > right.severity }
    if left.message.suggestion != right.message.suggestion {
      return (left.message.suggestion ?? "") < (right.message.suggestion ?? "")
    }
    if left.trail != right.trail { return left.trail.lexicographicallyPrecedes(right.trail) }
    return (left.sourceLine ?? "") < (right.sourceLine ?? "")
  }
}

/// A place in a text: line and column, both from 1. The column counts Unicode scalars, as editors do.
package struct Position: Hashable, Sendable, Comparable {
  package var line: Int
  package var column: Int

  package init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  /// Before every place.
  fileprivate static let unknown = Position(line: 0, column: 0)

  package static func < (left: Position, right: Position) -> Bool {
    (left.line, left.column) < (right.line, right.column)
  }
}

/// A value and everything that was wrong with its source.
package struct Parsed<Value> {
  package var value: Value
  package var diagnostics: [Diagnostic]

  package init(_ value: Value, _ diagnostics: [Diagnostic] = []) {
    self.value = value
    self.diagnostics = diagnostics
  }
}

extension Parsed: Sendable where Value: Sendable {}
