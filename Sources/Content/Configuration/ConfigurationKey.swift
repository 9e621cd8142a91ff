import Diagnostics
import Documents

/// One key of an object of `tidemark.yml`: its name, what its value is and is for, and how it is read. What is known of a key is here
/// alone: from the list of an object's keys follow the keys that are known, near misses, the reading and the published schema.
struct ConfigurationKey<Object: Sendable>: Sendable {
  /// What becomes of the object once the key was read.
  enum Outcome {
    case read
    /// It is left out; what is wrong with its other keys is told all the same.
    case leftOut
    /// It is left out, and nothing else of it is read.
    case stopped
  }

  typealias Path<Value> = any WritableKeyPath<Object, Value> & Sendable
  typealias Reading<Result> = @Sendable (inout ConfigurationReader, Fields, inout Object) -> Result

  let name: String
  /// What the schema says of its value, given the object that says nothing: its values are the defaults.
  let schema: @Sendable (Object) -> JSONValue
  let read: Reading<Outcome>
}

/// What an object of `tidemark.yml` can hold.
struct ConfigurationObject<Object: Sendable>: Sendable {
  /// What is taken where nothing is said.
  let initial: Object
  /// In the order of messages and of the schema; they are read in that order, too.
  let keys: [ConfigurationKey<Object>]
  /// What the schema says of the object besides its keys.
  let further: JSONValue

  init(_ initial: Object, _ keys: [ConfigurationKey<Object>], further: JSONValue = [:]) {
    (self.initial, self.keys, self.further) = (initial, keys, further)
  }

  var names: [String] { keys.map(\.name) }
}

extension ConfigurationKey {
  /// A key that says whether the object stands.
  static func deciding(_ name: String, _ schema: JSONValue, _ read: @escaping Reading<Outcome>) -> Self {
    Self(name: name, schema: { _ in schema }, read: read)
  }

  /// A key whose value needs a reading of its own.
  static func own(_ name: String, _ schema: JSONValue, _ read: @escaping Reading<Void>) -> Self {
    Self(name: name, schema: { _ in schema }) { reader, fields, object in
      read(&reader, fields, &object)
      return .read
    }
  }

  /// A value that stands at `path`, where nothing right is written as it was.
  private static func value<Value>(
    _ name: String, _ path: Path<Value>, _ schema: @escaping @Sendable (Object) -> JSONValue,
    _ read: @escaping @Sendable (inout FieldReader, Fields) -> Value?
  ) -> Self {
    Self(name: name, schema: schema) { reader, fields, object in
      if let value = read(&reader.reader, fields) { object[keyPath: path] = value }
      return .read
    }
  }

  static func text(
    _ name: String, _ path: Path<String?>, _ description: String, schema: JSONValue = ConfigurationSchema.textType,
    as clean: @escaping @Sendable (String) -> String = { $0 }
  ) -> Self {
    let schema = schema.with(["description": .string(description)])
    return value(name, path, { _ in schema }) { $0.text($1, name).map(clean) }
  }

  /// A text that has a default.
  static func text(_ name: String, withDefault path: Path<String>, _ description: String) -> Self {
    value(name, path, { ConfigurationSchema.text(description, default: $0[keyPath: path]) }) { $0.text($1, name) }
  }

  /// A text that has to be there: without it nothing else of the object is read.
  static func required(
    _ name: String, _ path: Path<String>, _ description: String, schema: JSONValue = ConfigurationSchema.someText
  ) -> Self {
    deciding(name, schema.with(["description": .string(description)])) { reader, fields, object in
      guard let text = reader.reader.required(fields, name) else { return .stopped }
      object[keyPath: path] = text
      return .read
    }
  }

  /// The key that an element of a list is called by, unlike all others of the list.
  static func key(
    _ path: Path<String>, _ description: String, as clean: @escaping @Sendable (String) -> String = { $0 }
  ) -> Self {
    deciding("key", ConfigurationSchema.someText.with(["description": .string(description)])) { reader, fields, object in
      guard let key = reader.key(fields, as: clean) else { return .stopped }
      object[keyPath: path] = key
      return .read
    }
  }

  static func flag(_ name: String, _ path: Path<Bool>, _ description: String, tellsDefault: Bool = true) -> Self {
    value(name, path, { ConfigurationSchema.flag(description, default: tellsDefault ? $0[keyPath: path] : nil) }) {
      $0.flag($1, name)
    }
  }

  static func whole(_ name: String, _ path: Path<Int>, in range: ClosedRange<Int>, _ description: String) -> Self {
    value(name, path, { ConfigurationSchema.whole(range, description, default: $0[keyPath: path]) }) {
      $0.whole($1, name, in: range)
    }
  }

  /// A text or a list of texts.
  static func texts(
    _ name: String, _ path: Path<[String]>, _ description: String,
    as clean: @escaping @Sendable (String) -> String = { $0 }
  ) -> Self {
    value(name, path, { _ in ConfigurationSchema.texts(description) }) { $0.texts($1, name)?.map(clean) }
  }

  /// One of a few words.
  static func word<Word: RawRepresentable<String> & Sendable>(
    _ name: String, _ path: Path<Word?>, of words: [Word], _ description: String
  ) -> Self {
    value(name, path, { _ in ConfigurationSchema.word(words.map(\.rawValue), description) }) { $0.word($1, name, of: words) }
  }

  /// One of a few words, with a default; without a word that is known the object is left out.
  static func word<Word: RawRepresentable<String> & Sendable>(
    _ name: String, withDefault path: Path<Word>, of words: [Word], _ description: String
  ) -> Self {
    let known = words.map(\.rawValue)
    return Self(
      name: name, schema: { ConfigurationSchema.word(known, description, default: $0[keyPath: path].rawValue) }
    ) { reader, fields, object in
      if fields[name] == nil { return .read }
      guard let word = reader.reader.word(fields, name, of: words) else { return .leftOut }
      object[keyPath: path] = word
      return .read
    }
  }

  /// A web address; `placeholder`: what it has to hold.
  static func url(
    _ name: String, _ path: Path<String?>, with placeholder: String? = nil, _ description: String, example: String? = nil
  ) -> Self {
    value(name, path, { _ in ConfigurationSchema.url(description, example: example) }) { reader, fields in
      guard let placeholder else { return reader.url(fields, name) }
      return reader.url(fields, name, with: placeholder)
    }
  }

  /// An object that stands at `path`.
  static func section<Part>(
    _ name: String, _ path: Path<Part>, _ object: ConfigurationObject<Part>, _ description: String
  ) -> Self {
    own(name, ConfigurationSchema.section(object, description)) { reader, fields, whole in
      guard let section = reader.reader.fields(fields, name, known: object.names) else { return }
      _ = reader.read(section, object.keys, into: &whole[keyPath: path])
    }
  }

  /// A list of objects, which `read` puts where they belong.
  static func list<Element>(
    _ name: String, of element: ConfigurationObject<Element>, _ description: String, _ read: @escaping Reading<Void>
  ) -> Self {
    own(name, ConfigurationSchema.list(of: element, description), read)
  }

  /// What would hide something and is not applied: whoever configures it must not believe that it is hidden.
  static func refused(_ name: String, _ description: String) -> Self {
    own(name, ConfigurationSchema.texts(description)) { reader, fields, _ in
      if let node = fields[name] { reader.reader.report(.error, .hidesNothing(fields.name(of: name)), at: node) }
    }
  }
}
