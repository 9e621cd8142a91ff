/// The JSON Schemas that the program publishes: of the input (`records`, `config`) and of each file of `api/v1`.
package enum Schemas {
  private static let suffix = ".schema.json"

  /// Their names, as `tidemark schema NAME` takes them.
  package static var names: [String] {
    Embedded.schemas.filter { $0.path.hasSuffix(suffix) }.map { String($0.path.dropLast(suffix.count)) }.sorted()
  }

  /// The text of a schema; nil for an unknown name.
  package static func text(_ name: String) -> [UInt8]? { Embedded.schemas.first { $0.path == name + suffix }?.bytes }

  static var byName: [String: [UInt8]] {
    Dictionary(names.map { ($0, text($0) ?? []) }, uniquingKeysWith: { first, _ in first })
  }
}
