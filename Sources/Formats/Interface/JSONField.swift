import Documents
import Report
import Time

/// A field of an object of the interface: its name, what it holds, and how to get that from the value that the object tells of. The bytes
/// and the schema both follow from it.
struct JSONField<Value>: Sendable {
  let name: String
  private(set) var schema: FieldSchema
  /// Whether its schema names it after the others, wherever it is written.
  private(set) var isListedLast = false
  private let key: JSONWriter.Key
  private let writeValue: @Sendable (Value, inout JSONWriter) -> Void

  private init(
    _ name: String, _ kind: FieldSchema.Kind, mayBeNull: Bool = false, format: String? = nil,
    _ write: @escaping @Sendable (Value, inout JSONWriter) -> Void
  ) {
    self.name = name
    key = JSONWriter.Key(name)
    schema = FieldSchema(kind: kind, absence: mayBeNull ? .inType : .never, format: format)
    writeValue = write
  }

  func write(of value: Value, _ json: inout JSONWriter) {
    json.key(key)
    writeValue(value, &json)
  }
}

/// What a field says of itself beyond its type. The last three keep schemas as they were published: the same could be said without them.
extension JSONField {
  private func with(_ change: (inout Self) -> Void) -> Self {
    var field = self
    change(&field)
    return field
  }

  func described(_ text: String) -> Self { with { $0.schema.description = text } }
  func atLeast(_ minimum: Int) -> Self { with { $0.schema.minimum = minimum } }
  func atMost(_ maximum: Int) -> Self { with { $0.schema.maximum = maximum } }
  func matching(_ pattern: String) -> Self { with { $0.schema.pattern = pattern } }
  /// Its schema names it behind the others.
  var listedLast: Self { with { $0.isListedLast = true } }
  /// How its schema says that there may be nothing, where not beside its type.
  func absent(_ absence: FieldSchema.Absence) -> Self { with { $0.schema.absence = absence } }
  /// Its schema names its words and not that they are text.
  var withoutType: Self { with { $0.schema.saysType = false } }
}

/// `orNull`: the value may be missing, and is null then.
extension JSONField {
  typealias Get<Part> = @Sendable (Value) -> Part

  static func text(_ name: String, _ get: @escaping Get<String>) -> Self { Self(name, .text) { $1.string(get($0)) } }
  static func text(_ name: String, orNull get: @escaping Get<String?>) -> Self {
    Self(name, .text, mayBeNull: true) { $1.string(get($0)) }
  }
  static func texts(_ name: String, _ get: @escaping Get<[String]>) -> Self {
    Self(name, .list(FieldSchema(kind: .text))) { $1.strings(get($0)) }
  }

  static func whole(_ name: String, _ get: @escaping Get<Int>) -> Self { Self(name, .whole) { $1.int(get($0)) } }
  static func whole(_ name: String, orNull get: @escaping Get<Int?>) -> Self {
    Self(name, .whole, mayBeNull: true) { $1.int(get($0)) }
  }

  static func flag(_ name: String, _ get: @escaping Get<Bool>) -> Self { Self(name, .flag) { $1.bool(get($0)) } }

  /// RFC 3339, UTC.
  static func time(_ name: String, _ get: @escaping Get<Timestamp>) -> Self {
    Self(name, .text, format: "date-time") { $1.string(get($0).description) }
  }
  static func time(_ name: String, orNull get: @escaping Get<Timestamp?>) -> Self {
    Self(name, .text, mayBeNull: true, format: "date-time") { $1.string(get($0)?.description) }
  }
  static func day(_ name: String, orNull get: @escaping Get<CivilDate?>) -> Self {
    Self(name, .text, mayBeNull: true, format: "date") { $1.string(get($0).map(Format.machineDay)) }
  }

  /// A length of time: to the thousandth.
  static func seconds(_ name: String, orNull get: @escaping Get<Double?>) -> Self {
    Self(name, .number, mayBeNull: true) { $1.double(get($0), parts: 1_000) }
  }
  /// A fraction, or how often something happens: six digits.
  static func rate(_ name: String, orNull get: @escaping Get<Double?>) -> Self {
    Self(name, .number, mayBeNull: true) { $1.double(get($0), parts: 1_000_000) }
  }
}

/// The words of an enumeration: the cases that it has are those that the schema allows.
extension JSONField {
  static func word<Word: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, among words: [Word] = Array(Word.allCases), _ get: @escaping Get<Word>
  ) -> Self {
    Self(name, .word(words.map(\.rawValue))) { $1.string(get($0).rawValue) }
  }
  static func word<Word: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, orNull get: @escaping Get<Word?>
  ) -> Self {
    Self(name, .word(Word.allCases.map(\.rawValue)), mayBeNull: true) { $1.string(get($0)?.rawValue) }
  }
  static func word(_ name: String, oneOf words: [String], _ get: @escaping Get<String>) -> Self {
    Self(name, .word(words)) { $1.string(get($0)) }
  }
  static func words<Word: RawRepresentable<String> & CaseIterable & Sendable>(
    _ name: String, _ get: @escaping Get<[Word]>
  ) -> Self {
    Self(name, .list(FieldSchema(kind: .word(Word.allCases.map(\.rawValue))))) { value, json in
      json.array(get(value)) { $0.string($1.rawValue) }
    }
  }
}

/// Objects and lists of objects.
extension JSONField {
  static func object<Part>(_ name: String, _ shape: JSONShape<Part>, _ get: @escaping Get<Part>) -> Self {
    Self(name, .object(shape.schema)) { shape.write(get($0), &$1) }
  }
  static func object<Part>(_ name: String, _ shape: JSONShape<Part>, orNull get: @escaping Get<Part?>) -> Self {
    Self(name, .object(shape.schema), mayBeNull: true) { value, json in
      if let part = get(value) { shape.write(part, &json) } else { json.null() }
    }
  }
  /// Fields of the same value, in an object of their own.
  static func group(_ name: String, _ shape: JSONShape<Value>) -> Self {
    Self(name, .object(shape.schema)) { shape.write($0, &$1) }
  }
  static func list<Items: Sequence & SendableMetatype>(
    _ name: String, _ shape: JSONShape<Items.Element>, _ get: @escaping Get<Items>
  ) -> Self {
    Self(name, .list(FieldSchema(kind: .object(shape.schema)))) { value, json in
      json.array(get(value)) { shape.write($1, &$0) }
    }
  }
  /// Counts by names that nobody knows beforehand.
  static func counts(_ name: String, _ get: @escaping Get<[(name: String, count: Int)]>) -> Self {
    Self(name, .members(FieldSchema(kind: .whole))) { value, json in
      json.object { json in
        for (name, count) in get(value) { json.member(name, count) }
      }
    }
  }
}
