package import Diagnostics

/// A record and the place it was read from: what a contradiction or an unknown name is reported with.
package struct Located<Value> {
  package var value: Value
  package var file: String
  package var position: Position

  package init(_ value: Value, file: String, position: Position) {
    self.value = value
    self.file = file
    self.position = position
  }
}

extension Located: Sendable where Value: Sendable {}
extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}

extension Located {
  package var place: String { "\(file):\(position.line):\(position.column)" }

  package func isBefore(_ other: Located<Value>) -> Bool {
    (file, position.line, position.column) < (other.file, other.position.line, other.position.column)
  }

  package func diagnostic(_ severity: Diagnostic.Severity, _ message: Diagnostic.Message) -> Diagnostic {
    Diagnostic(severity, message, file: file, position: position)
  }

  package func diagnostic<Other>(
    _ severity: Diagnostic.Severity, _ message: Diagnostic.Message, other: Located<Other>
  ) -> Diagnostic {
    Diagnostic(severity, message, file: file, position: position, trail: ["the other one: \(other.place)"])
  }
}
