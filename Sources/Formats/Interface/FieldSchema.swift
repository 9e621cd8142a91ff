import Documents

/// What a field of the interface holds, as its JSON Schema says it.
struct FieldSchema: Sendable {
  indirect enum Kind: Sendable {
    case text, whole, number, flag
    /// One of these words.
    case word([String])
    case object(ObjectSchema)
    case list(FieldSchema)
    /// Any number of members whose names nobody knows beforehand.
    case members(FieldSchema)
  }

  /// How it says that there may be nothing: the same in three ways, each published as it is.
  enum Absence: String, Sendable { case never, inType, oneOf, anyOf }

  let kind: Kind
  var absence = Absence.never
  /// Of text: `date-time`.
  var format: String?
  var minimum: Int?
  var maximum: Int?
  var pattern: String?
  var description: String?
  /// Of words: whether it also says that they are text.
  var saysType = true

  /// Its members, in the order in which schemas are written.
  func writeMembers(_ json: inout JSONWriter) {
    switch absence {
    case .never, .inType: writeOne(&json)
    case .oneOf, .anyOf:
      json.member(absence.rawValue, each: [true, false]) { json, isNothing in
        if isNothing { json.member("type", "null") } else { writeOne(&json) }
      }
    }
    if !describesFirst { writeDescription(&json) }
  }

  private func writeOne(_ json: inout JSONWriter) {
    if absence == .inType { json.member("type", [type, "null"]) } else if saysType { json.member("type", type) }
    if describesFirst { writeDescription(&json) }
    switch kind {
    case .text, .whole, .number, .flag: break
    case .word(let words):
      json.key("enum")
      json.array(words.map(Optional.some) + (absence == .inType ? [nil] : [])) { $0.string($1) }
    case .object(let object): object.writeMembers(&json)
    case .list(let item): json.member("items", item) { $1.writeMembers(&$0) }
    case .members(let member): json.member("additionalProperties", member) { $1.writeMembers(&$0) }
    }
    if let format { json.member("format", format) }
    if let minimum { json.member("minimum", minimum) }
    if let maximum { json.member("maximum", maximum) }
    if let pattern { json.member("pattern", pattern) }
  }

  private func writeDescription(_ json: inout JSONWriter) { if let description { json.member("description", description) } }

  private var type: String {
    switch kind {
    case .text, .word: "string"
    case .whole: "integer"
    case .number: "number"
    case .flag: "boolean"
    case .object, .members: "object"
    case .list: "array"
    }
  }

  /// What is long stands behind its description.
  private var describesFirst: Bool {
    switch kind {
    case .list(let item): if case .object = item.kind { true } else { false }
    case .object(let object): !object.saysOpen
    case .text, .whole, .number, .flag, .word, .members: false
    }
  }
}

/// What an object of the interface holds, as its JSON Schema says it: every field is always there.
struct ObjectSchema: Sendable {
  /// In the order of the schema, each name once.
  let fields: [(name: String, schema: FieldSchema)]
  /// Whether it says that further fields may come; one that does not means the same.
  let saysOpen: Bool

  /// `name`: of the file whose first member says so; nil for an object within one.
  func writeMembers(_ json: inout JSONWriter, of name: String? = nil) {
    let names = (name == nil ? [] : ["schema"]) + fields.map(\.name)
    if !saysOpen { json.member("required", names) }
    json.member("properties", self) { json, object in
      if let name { json.member("schema", name) { $0.member("const", $1) } }
      for field in object.fields { json.member(field.name, field.schema) { $1.writeMembers(&$0) } }
    }
    guard saysOpen else { return }
    json.member("required", names)
    json.member("additionalProperties", true)
  }
}
