/// A value that a template can show: a closed list of named fields, each with its getter, so that the list and the values
/// cannot disagree. Names are resolved against it when a template is loaded.
package protocol Model: Sendable {
  /// Declared as `static let`.
  static var fields: Fields<Self> { get }
}

/// Markup that may enter a page as it is. Only code that makes it safe creates one.
package struct Markup: Hashable, Sendable {
  package let bytes: [UInt8]

  package init(trusted bytes: [UInt8]) { self.bytes = bytes }
}

/// The names that a model offers to templates, in the order in which they are listed to people.
package struct Fields<Root>: Sendable {
  private let all: [Field<Root>]
  let shape: Shape

  package init(_ fields: Field<Root>...) {
    all = fields
    shape = Shape(fields.map { Shape.Entry(name: $0.name, kind: $0.kind) })
  }

  /// How many slots one value takes.
  var count: Int { all.count }

  /// Lays a value out from `base` on; the arena holds that many slots already. What hangs below it is appended.
  func lay(_ value: Root, at base: Int, in arena: inout [Slot]) {
    for index in all.indices { arena[base + index] = all[index].slot(value, &arena) }
  }
}

/// One name that a model offers. In a template:
/// `text` is `{{name}}`, always escaped; an empty or absent one is false for sections and is `{{.}}` inside them otherwise;
/// `markup` is `{{{name}}}`, never escaped; `url` is `{{name}}`, escaped and held to the list of allowed schemes;
/// `flag` is for `{{#name}}` and `{{^name}}` only; `list` repeats its section, and `object` opens it, with the fields of another model.
package struct Field<Root>: Sendable {
  let name: String
  let kind: Shape.Kind
  let slot: @Sendable (Root, inout [Slot]) -> Slot

  package static func text(_ name: String, _ get: @escaping @Sendable (Root) -> String) -> Field {
    Field(name: name, kind: .text(isPlain: false)) { root, _ in .text(get(root)) }
  }

  package static func text(_ name: String, _ get: @escaping @Sendable (Root) -> String?) -> Field {
    Field(name: name, kind: .text(isPlain: false)) { root, _ in get(root).map { .text($0) } ?? .absent }
  }

  package static func texts(_ name: String, _ get: @escaping @Sendable (Root) -> [String]) -> Field {
    Field(name: name, kind: .list(.scalar(.text(isPlain: false)))) { root, arena in
      let texts = get(root)
      let start = arena.count
      for text in texts { arena.append(.text(text)) }
      return .list(start: start, count: texts.count, stride: 1)
    }
  }

  package static func markup(_ name: String, _ get: @escaping @Sendable (Root) -> Markup?) -> Field {
    Field(name: name, kind: .markup) { root, _ in get(root).map { .markup($0.bytes) } ?? .absent }
  }

  package static func url(_ name: String, _ get: @escaping @Sendable (Root) -> String?) -> Field {
    Field(name: name, kind: .url) { root, _ in get(root).map { .text($0) } ?? .absent }
  }

  package static func flag(_ name: String, _ get: @escaping @Sendable (Root) -> Bool) -> Field {
    Field(name: name, kind: .flag) { root, _ in .flag(get(root)) }
  }

  package static func list<Element: Model>(_ name: String, _ get: @escaping @Sendable (Root) -> [Element]) -> Field {
    Field(name: name, kind: .list(.shape { Element.fields.shape })) { root, arena in lay(get(root), in: &arena) }
  }

  package static func object<Element: Model>(_ name: String, _ get: @escaping @Sendable (Root) -> Element?) -> Field {
    Field(name: name, kind: .object(.shape { Element.fields.shape })) { root, arena in
      guard let value = get(root) else { return .absent }
      return lay(CollectionOfOne(value), in: &arena)
    }
  }

  private static func lay<Element: Model>(_ values: some Collection<Element>, in arena: inout [Slot]) -> Slot {
    let fields = Element.fields
    let (start, stride) = (arena.count, fields.count)
    arena.append(contentsOf: repeatElement(.absent, count: values.count * stride))
    var base = start
    for value in values {
      fields.lay(value, at: base, in: &arena)
      base += stride
    }
    return .list(start: start, count: values.count, stride: stride)
  }
}
