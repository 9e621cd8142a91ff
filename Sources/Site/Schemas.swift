import Content
import Documents
import Formats
import Records

/// The JSON Schemas that the program publishes: of the input (`records`, `config`) and of each file of `api/v1`. All of them are written from
/// the lists of fields by which the files themselves are read and written.
package enum Schemas {
  /// Their names, as `tidemark schema NAME` takes them.
  package static var names: [String] { (["config", "records"] + Interface.names).sorted() }

  /// The text of a schema; nil for an unknown name.
  package static func text(_ name: String) -> [UInt8]? {
    switch name {
    case "config": configurationSchema.lines
    case "records": recordSchema.lines
    default: Interface.schema(name)
    }
  }

  static var byName: [String: [UInt8]] {
    Dictionary(names.map { ($0, text($0) ?? []) }, uniquingKeysWith: { first, _ in first })
  }
}
