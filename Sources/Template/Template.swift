/// Templates in the manner of Mustache, compiled once against the fields that a model declares, so that a name which does not exist is an
/// error with its place before any page is made.
///
/// **In:** sources by path; a `Model` and its values. **Out:** bytes; text is escaped, a URL is checked, a phrase is translated.
///
/// ```swift
/// struct Item: Model { let name: String; static let fields = Fields<Item>(.text("name") { $0.name }) }
/// let template = TemplateLibrary(["a.mustache": source]).compile("a.mustache", for: Item.self).value
/// template?.render(Item(name: "A & B"), into: &output)  // <b>A &amp; B</b>
/// ```
///
/// **Never here:** a release, a page of this site, code that a template could run.
