import Documents

/// An object of the interface as the list of its fields.
struct JSONShape<Value>: Sendable {
  let fields: [JSONField<Value>]
  private let saysOpen: Bool

  /// The fields in the order in which they are written. `saysOpen`: whether the schema says that further ones may come.
  init(_ parts: [JSONField<Value>]..., saysOpen: Bool = true) {
    fields = parts.flatMap(\.self)
    self.saysOpen = saysOpen
  }

  func write(_ value: Value, _ json: inout JSONWriter) { json.object { writeMembers(of: value, &$0) } }

  func writeMembers(of value: Value, _ json: inout JSONWriter) {
    for field in fields { field.write(of: value, &json) }
  }

  var schema: ObjectSchema {
    var seen: Set<String> = []
    let listed = fields.filter { !$0.isListedLast } + fields.filter(\.isListedLast)
    return ObjectSchema(
      fields: listed.filter { seen.insert($0.name).inserted }.map { ($0.name, $0.schema) }, saysOpen: saysOpen)
  }
}

/// An item with the whole that it is a part of, for fields that need both.
struct Within<Item, Whole> {
  let item: Item
  let whole: Whole
}
