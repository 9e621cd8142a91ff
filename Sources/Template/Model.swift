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
  private let getters: [Field<Root>.Getter]
  let shape: Shape

  package init(_ fields: Field<Root>...) {
    getters = fields.map(\.slot)
    shape = Shape(fields.map { Shape.Entry(name: $0.name, kind: $0.kind) })
  }

  /// Lays values out one behind the other at the end of the arena; what hangs below them follows.
  /// The loops stand here and go over spans: asking for a generic type's metadata again for each value cost as much as rendering it.
  func lay(_ values: [Root], in arena: inout Arena) -> Slot {
    let (start, stride) = (arena.slots.count, getters.count)
    arena.slots.append(contentsOf: repeatElement(.absent, count: values.count * stride))
    let (values, getters) = (values.span, getters.span)
    var place = start
    for index in 0..<values.count {
      for getter in 0..<stride {
        let slot = getters[getter](values[index], &arena)
        arena.slots[place] = slot
        place += 1
      }
    }
    return .list(start: start, count: values.count, stride: stride)
  }
}

/// One name that a model offers. In a template:
/// `text` is `{{name}}`, always escaped; an empty or absent one is false for sections and is `{{.}}` inside them otherwise;
/// `markup` is `{{{name}}}`, never escaped; `url` is `{{name}}`, escaped and held to the list of allowed schemes;
/// `flag` is for `{{#name}}` and `{{^name}}` only; `list` repeats its section, and `object` opens it, with the fields of another model.
package struct Field<Root>: Sendable {
  let name: String
  let kind: Shape.Kind
  typealias Getter = @Sendable (Root, inout Arena) -> Slot

  let slot: Getter

  package static func text(_ name: String, _ get: @escaping @Sendable (Root) -> String) -> Field {
    Field(name: name, kind: .text(isPlain: false)) { root, _ in .text(get(root)) }
  }

  package static func text(_ name: String, _ get: @escaping @Sendable (Root) -> String?) -> Field {
    Field(name: name, kind: .text(isPlain: false)) { root, _ in get(root).map { .text($0) } ?? .absent }
  }

  /// Words of the interface, written in the language of the page.
  package static func text(_ name: String, _ get: @escaping @Sendable (Root, Phrasebook) -> String?) -> Field {
    Field(name: name, kind: .text(isPlain: false)) { root, arena in get(root, arena.phrasebook).map { .text($0) } ?? .absent }
  }

  package static func texts(_ name: String, _ get: @escaping @Sendable (Root, Phrasebook) -> [String]) -> Field {
    Field(name: name, kind: .list(.scalar(.text(isPlain: false)))) { root, arena in
      let texts = get(root, arena.phrasebook)
      let start = arena.slots.count
      for text in texts { arena.slots.append(.text(text)) }
      return .list(start: start, count: texts.count, stride: 1)
    }
  }

  /// A list that depends on the language of the page.
  package static func list<Element: Model>(
    _ name: String, _ get: @escaping @Sendable (Root, Phrasebook) -> [Element]
  ) -> Field {
    Field(name: name, kind: .list(.shape { Element.fields.shape })) { root, arena in
      let values = get(root, arena.phrasebook)
      return values.isEmpty ? .list(start: 0, count: 0, stride: 0) : Element.fields.lay(values, in: &arena)
    }
  }

  package static func texts(_ name: String, _ get: @escaping @Sendable (Root) -> [String]) -> Field {
    texts(name) { root, _ in get(root) }
  }

  package static func markup(_ name: String, _ get: @escaping @Sendable (Root) -> Markup?) -> Field {
    Field(name: name, kind: .markup) { root, _ in get(root).map { .markup($0.bytes) } ?? .absent }
  }

  package static func url(_ name: String, _ get: @escaping @Sendable (Root) -> String?) -> Field {
    Field(name: name, kind: .url) { root, _ in get(root).map { .text($0) } ?? .absent }
  }

  /// The address of what a link leads to, as it reads from the page.
  package static func url(_ name: String, _ get: @escaping @Sendable (Root, Addresses) -> String?) -> Field {
    Field(name: name, kind: .url) { root, arena in get(root, arena.addresses).map { .text($0) } ?? .absent }
  }

  package static func flag(_ name: String, _ get: @escaping @Sendable (Root) -> Bool) -> Field {
    Field(name: name, kind: .flag) { root, _ in .flag(get(root)) }
  }

  package static func list<Element: Model>(_ name: String, _ get: @escaping @Sendable (Root) -> [Element]) -> Field {
    Field(name: name, kind: .list(.shape { Element.fields.shape })) { root, arena in
      let values = get(root)
      return values.isEmpty ? .list(start: 0, count: 0, stride: 0) : Element.fields.lay(values, in: &arena)
    }
  }

  package static func object<Element: Model>(_ name: String, _ get: @escaping @Sendable (Root) -> Element?) -> Field {
    Field(name: name, kind: .object(.shape { Element.fields.shape })) { root, arena in
      guard let value = get(root) else { return .absent }
      return Element.fields.lay([value], in: &arena)
    }
  }
}
