package import Diagnostics

/// Template sources by path (`run.mustache`, `partials/mark.mustache`); a name in `{{>partials/mark}}` is the path without `.mustache`.
package struct TemplateLibrary: Sendable {
  private let templates: [String: Template]
  private let phrasebook: Phrasebook

  /// `sources`: path relative to the templates folder, and the bytes under the name that diagnostics print.
  /// `phrasebook`: the language of the pages.
  package init(_ sources: [String: Source], phrasebook: Phrasebook = .english) {
    self.phrasebook = phrasebook
    templates = sources.mapValues { source in
      var parser = Parser(source)
      let syntax = parser.parse()
      return Template(source: source, syntax: syntax, diagnostics: parser.diagnostics)
    }
  }

  /// Compiles the template at `path` for pages that offer the fields of `Page`; nil if it, or one that it includes, has an error.
  package func compile<Page: Model>(_ path: String, for page: Page.Type) -> Parsed<CompiledTemplate<Page>?> {
    let parsed = compile(path, root: .shape(Page.fields.shape))
    return Parsed(parsed.value.map { CompiledTemplate(program: $0, phrasebook: phrasebook) }, parsed.diagnostics)
  }

  func compile(_ path: String, root: Compiler.Frame) -> Parsed<Program?> {
    var compiler = Compiler(templates: templates, phrasebook: phrasebook)
    let program = compiler.compile(path, root: root)
    return Parsed(compiler.diagnostics.isEmpty ? program : nil, compiler.diagnostics)
  }
}

/// A parsed template and the faults that parsing found.
struct Template: Sendable {
  let source: Source
  let syntax: [Syntax]
  let diagnostics: [Diagnostic]
}

/// A template whose every name is resolved, in a flat form.
package struct CompiledTemplate<Page: Model>: Sendable {
  let program: Program
  let phrasebook: Phrasebook

  /// Appends the page to `output`. It cannot fail.
  package func render(_ page: Page, addresses: Addresses = .none, into output: inout [UInt8]) {
    var arena = Arena(phrasebook: phrasebook, addresses: addresses)
    _ = Page.fields.lay([page], in: &arena)
    var renderer = Renderer(program, arena: arena.slots)
    renderer.run(into: &output)
  }
}
