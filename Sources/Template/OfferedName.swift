/// A name that templates may use in a context: what a list of them tells people.
package struct OfferedName: Sendable {
  package let name: String
  /// What it is, in the word of `Field`: text, url, markup, flag, list, object.
  package let kind: String
  private let element: Shape.Element?
  /// The contexts that lead here.
  private let above: [ObjectIdentifier]

  fileprivate init(_ entry: Shape.Entry, above: [ObjectIdentifier]) {
    name = entry.name
    self.above = above
    switch entry.kind {
    case .text: (kind, element) = ("text", nil)
    case .markup: (kind, element) = ("markup", nil)
    case .url: (kind, element) = ("url", nil)
    case .flag: (kind, element) = ("flag", nil)
    case .list(let item): (kind, element) = ("list", item)
    case .object(let item): (kind, element) = ("object", item)
    }
  }

  /// The names within its section; none within a context that holds itself, where they are those of the outer one again.
  package var names: [OfferedName] {
    guard case .shape(let shape) = element else { return [] }
    return shape().offeredNames(above: above)
  }
}

extension Shape {
  fileprivate func offeredNames(above: [ObjectIdentifier]) -> [OfferedName] {
    let identity = ObjectIdentifier(self)
    return above.contains(identity) ? [] : entries.map { OfferedName($0, above: above + [identity]) }
  }
}

extension Model {
  /// The names that a template for this model may use, in the order in which it declares them.
  package static var offeredNames: [OfferedName] { fields.shape.offeredNames(above: []) }
}
