import Diagnostics
import Documents
import Time

/// One field of a canonical object (record.md): its name, what the schema says of it, how it is read and written, and how several
/// tellings of it are merged. What is known of a field is here alone.
struct RecordField<Root>: Sendable {
  /// Closures, since a key path costs more than the reading of a value.
  typealias Get<Value> = @Sendable (Root) -> Value
  typealias Put<Value> = @Sendable (inout Root, Value) -> Void

  let name: String
  let schema: JSONValue
  let read: @Sendable (inout RecordReader, Node.Member, inout Root) -> Void
  /// Writes nothing where it says nothing, or its default.
  let write: @Sendable (inout JSONWriter, Root) -> Void
  /// Empty: it takes no part, or a list of its own says which of its items are the same.
  var merged: [MergedField<Root>] = []

  /// The same, merged by another rule.
  func merging(_ change: (MergedField<Root>) -> MergedField<Root>) -> Self {
    var field = self
    field.merged = merged.map(change)
    return field
  }

  /// The same, of which the schema says something else.
  func described(_ schema: JSONValue) -> Self {
    Self(name: name, schema: schema, read: read, write: write, merged: merged)
  }
}

/// The fields of one canonical object, in the order in which they are written.
struct RecordFields<Root>: Sendable {
  let list: [RecordField<Root>]
  /// What messages call the object.
  let noun: String
  let words: [String]
  private let places: [String: Int]
  /// Beside the list: what is taken out of it is counted, field by field.
  fileprivate let readers: [@Sendable (inout RecordReader, Node.Member, inout Root) -> Void]
  private let writers: [@Sendable (inout JSONWriter, Root) -> Void]

  init(_ noun: String, _ list: [RecordField<Root>]) {
    (self.noun, self.list, words) = (noun, list, list.map(\.name))
    (readers, writers) = (list.map(\.read), list.map(\.write))
    places = Dictionary(zip(words, list.indices)) { first, _ in first }
  }

  func place(of name: String) -> Int? { places[name] }

  func write(_ root: Root, into json: inout JSONWriter) {
    for write in writers { write(&json, root) }
  }

  /// As they are merged: `first` before all others. Where two tellings weigh the same, the order decides between them.
  func merged(first: [String] = []) -> [MergedField<Root>] { merged(of: first) + merged(besides: first) }

  func merged(of names: [String]) -> [MergedField<Root>] {
    names.flatMap { name in places[name].map { list[$0].merged } ?? [] }
  }

  func merged(besides names: [String]) -> [MergedField<Root>] {
    list.filter { !names.contains($0.name) }.flatMap(\.merged)
  }
}

extension RecordReader {
  /// Reads what `node` says of `root`; a key that is none of its fields is noted.
  mutating func read<Root>(_ node: Node, _ fields: RecordFields<Root>, into root: inout Root) {
    for member in node.members {
      if let place = fields.place(of: member.key) {
        fields.readers[place](&self, member, &root)
      } else {
        noteUnknown(member, in: fields.noun, among: fields.words)
      }
    }
  }
}

extension RecordReader {
  /// Reads a record that has a story.
  mutating func read<Root>(
    _ node: Node, _ fields: RecordFields<Root>, into root: inout Root, story: WritableKeyPath<Root, Story>
  ) {
    let outer = hasUnreadTime
    hasUnreadTime = false
    read(node, fields, into: &root)
    if hasUnreadTime { root[keyPath: story].hasUnreadTime = true }
    hasUnreadTime = outer
  }
}

extension RecordField {
  static func text(_ name: String, _ get: @escaping Get<String?>, _ set: @escaping Put<String?>) -> Self {
    Self(
      name: name, schema: RecordSchema.text, read: { set(&$2, $0.text($1)) },
      write: { $0.text(name, get($1)) }, merged: [.optional(name, get, set)])
  }

  /// A text that is empty where nobody says it.
  static func text(_ name: String, orEmpty get: @escaping Get<String>, _ set: @escaping Put<String>) -> Self {
    Self(
      name: name, schema: RecordSchema.text, read: { set(&$2, $0.text($1) ?? "") },
      write: { $0.text(name, get($1)) }, merged: [.text(name, get, set)])
  }

  static func identifier(_ name: String, _ get: @escaping Get<String?>, _ set: @escaping Put<String?>) -> Self {
    Self(
      name: name, schema: RecordSchema.identifier, read: { set(&$2, $0.identifier($1)) },
      write: { $0.text(name, get($1)) }, merged: [.optional(name, get, set)])
  }

  static func whole(_ name: String, _ get: @escaping Get<Int?>, _ set: @escaping Put<Int?>) -> Self {
    Self(
      name: name, schema: RecordSchema.whole, read: { set(&$2, $0.whole($1)) },
      write: { $0.whole(name, get($1)) }, merged: [.optional(name, get, set)])
  }

  /// A number of the attempt, 1 unless said otherwise.
  static func attempt(_ get: @escaping Get<Int>, _ set: @escaping Put<Int>) -> Self {
    Self(
      name: "attempt", schema: RecordSchema.whole, read: { set(&$2, $0.whole($1, from: 1) ?? 1) },
      write: { $0.whole("attempt", get($1) == 1 ? nil : get($1)) })
  }

  static func seconds(_ name: String, _ get: @escaping Get<Double?>, _ set: @escaping Put<Double?>) -> Self {
    Self(
      name: name, schema: RecordSchema.seconds, read: { set(&$2, $0.seconds($1)) },
      write: { $0.seconds(name, get($1)) }, merged: [.optional(name, get, set)])
  }

  static func time(_ name: String, _ get: @escaping Get<Timestamp?>, _ set: @escaping Put<Timestamp?>) -> Self {
    Self(
      name: name, schema: RecordSchema.time, read: { set(&$2, $0.time($1)) },
      write: { $0.time(name, get($1)) }, merged: [.optional(name, get, set)])
  }

  /// A start or a finish: the story of the record remembers where it cannot be read.
  static func span(_ name: String, _ get: @escaping Get<Timestamp?>, _ set: @escaping Put<Timestamp?>) -> Self {
    Self(
      name: name, schema: RecordSchema.time, read: { set(&$2, $0.timeOfSpan($1)) },
      write: { $0.time(name, get($1)) }, merged: [.optional(name, get, set)])
  }

  static func flag(_ name: String, _ get: @escaping Get<Bool?>, _ set: @escaping Put<Bool?>) -> Self {
    Self(
      name: name, schema: RecordSchema.flag, read: { set(&$2, $0.flag($1)) },
      write: { $0.flag(name, get($1)) }, merged: [.optional(name, get, set)])
  }

  /// False unless said otherwise.
  static func flag(_ name: String, whereTrue get: @escaping Get<Bool>, _ set: @escaping Put<Bool>) -> Self {
    Self(
      name: name, schema: RecordSchema.flag, read: { set(&$2, $0.flag($1) ?? false) },
      write: { $0.flag(name, get($1) ? true : nil) }, merged: [.flag(name, get, set)])
  }

  /// One of a few words.
  static func choice<Word: RawRepresentable<String> & Sendable>(
    _ name: String, _ get: @escaping Get<Word?>, _ words: Words<Word>, _ set: @escaping Put<Word?>
  ) -> Self {
    Self(
      name: name, schema: RecordSchema.choice(words.known), read: { set(&$2, $0.choice($1, words)) },
      write: { $0.text(name, get($1)?.rawValue) }, merged: [.optional(name, get, set)])
  }

  static func texts(_ name: String, _ get: @escaping Get<[String]>, _ set: @escaping Put<[String]>) -> Self {
    Self(
      name: name, schema: RecordSchema.texts, read: { set(&$2, $0.texts($1)) },
      write: { $0.texts(name, get($1)) }, merged: [.list(name, get, set)])
  }

  /// An object, which may have a short form.
  static func part<Part: Named>(
    _ name: String, _ get: @escaping Get<Part?>, _ set: @escaping Put<Part?>, _ schema: JSONValue,
    read: @escaping @Sendable (inout RecordReader, Node.Member) -> Part?,
    write: @escaping @Sendable (inout JSONWriter, Part) -> Void
  ) -> Self {
    Self(
      name: name, schema: schema, read: { set(&$2, read(&$0, $1)) },
      write: { $0.member(name, get($1), write) }, merged: MergedField.named(name, get, set))
  }

  /// A list of objects.
  static func list<Item>(
    _ name: String, _ get: @escaping Get<[Item]>, _ set: @escaping Put<[Item]>, _ item: JSONValue,
    read: @escaping @Sendable (inout RecordReader, Node.Member) -> [Item],
    write: @escaping @Sendable (inout JSONWriter, Item) -> Void
  ) -> Self {
    Self(
      name: name, schema: RecordSchema.list(item), read: { set(&$2, read(&$0, $1)) },
      write: { $0.list(name, get($1), write) })
  }

  /// What kind of record the object is.
  static func kind(_ word: String, _ schema: JSONValue) -> Self {
    Self(name: "kind", schema: schema, read: { _, _, _ in }, write: { json, _ in json.text("kind", word) })
  }
}
