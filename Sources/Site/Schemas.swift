import Content
import Documents
import Records

/// The JSON Schemas that the program publishes: of the input (`records`, `config`) and of each file of `api/v1`.
package enum Schemas {
  private static let suffix = ".schema.json"
  /// Those that the readers write themselves.
  private static let written: [String: JSONValue] = ["config": configurationSchema, "records": recordSchema]

  /// Their names, as `tidemark schema NAME` takes them.
  package static var names: [String] {
    let embedded = Embedded.schemas.filter { $0.path.hasSuffix(suffix) }.map { String($0.path.dropLast(suffix.count)) }
    return (embedded + written.keys).sorted()
  }

  /// The text of a schema; nil for an unknown name.
  package static func text(_ name: String) -> [UInt8]? {
    written[name]?.lines ?? Embedded.schemas.first { $0.path == name + suffix }?.bytes
  }

  static var byName: [String: [UInt8]] {
    Dictionary(names.map { ($0, text($0) ?? []) }, uniquingKeysWith: { first, _ in first })
  }
}
