import Documents

/// A file of the JSON interface (api.md): one object that begins with its schema's name, and one line.
protocol InterfaceFile {
  /// Of its schema.
  static var name: String { get }
  /// What its schema says that it is.
  static var title: String { get }
  /// What its schema says beyond that.
  static var description: String? { get }
  static var shape: JSONShape<Self> { get }
}

extension InterfaceFile {
  static var description: String? { nil }

  func write(into output: inout [UInt8]) {
    writeObject(into: &output)
    output.append(0x0A)
  }

  /// Without an end of the line. The writer leaves nothing in a text that would end a script element or a line of one.
  func writeObject(into output: inout [UInt8]) {
    var json = JSONWriter(into: output)
    output = []
    json.object { json in
      json.member("schema", Self.identifier)
      Self.shape.writeMembers(of: self, &json)
    }
    output = json.bytes
  }

  private static var identifier: String { "tidemark/\(name)/1" }

  /// Its JSON Schema.
  static var schema: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("$schema", "https://json-schema.org/draft/2020-12/schema")
      json.member("$id", "https://tidemark.invalid/schemas/\(name)/1")
      json.member("title", title)
      if let description { json.member("description", description) }
      json.member("type", "object")
      shape.schema.writeMembers(&json, of: identifier)
    }
    return json.indented + [0x0A]
  }
}
