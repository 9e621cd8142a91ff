/// A value that a template can show: a closed list of named fields, each with its getter, so that the list and the values
/// cannot disagree. Names are resolved against it when a template is loaded.
package protocol Model: Sendable {
  /// Declared as `static let`.
  static var fields: Fields<Self> { get }
}

/// The names that a model offers to templates, in the order in which they are listed to people.
package struct Fields<Root>: Sendable {
  let all: [Field<Root>]

  package init(_ fields: Field<Root>...) { all = fields }
}

/// Markup that may enter a page as it is. Only code that makes it safe creates one.
package struct Markup: Hashable, Sendable {
  package let bytes: [UInt8]

  package init(trusted bytes: [UInt8]) { self.bytes = bytes }
}

/// One name that a model offers. In a template:
/// `text` is `{{name}}`, always escaped; an empty or absent one is false for sections and pushes itself (`.`) otherwise;
/// `markup` is `{{{name}}}`, never escaped; `url` is `{{name}}`, escaped and held to the list of allowed schemes;
/// `flag` is for `{{#name}}` and `{{^name}}` only; `list` repeats its section, and `object` opens it, with the fields of another model.
package struct Field<Root>: Sendable {
  package static func text(_ name: String, _ get: @escaping @Sendable (Root) -> String) -> Field { Field() }
  package static func text(_ name: String, _ get: @escaping @Sendable (Root) -> String?) -> Field { Field() }
  package static func texts(_ name: String, _ get: @escaping @Sendable (Root) -> [String]) -> Field { Field() }
  package static func markup(_ name: String, _ get: @escaping @Sendable (Root) -> Markup?) -> Field { Field() }
  package static func url(_ name: String, _ get: @escaping @Sendable (Root) -> String?) -> Field { Field() }
  package static func flag(_ name: String, _ get: @escaping @Sendable (Root) -> Bool) -> Field { Field() }
  package static func list<Element: Model>(_ name: String, _ get: @escaping @Sendable (Root) -> [Element]) -> Field { Field() }
  package static func object<Element: Model>(_ name: String, _ get: @escaping @Sendable (Root) -> Element?) -> Field { Field() }
}
