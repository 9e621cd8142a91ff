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
