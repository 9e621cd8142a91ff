import Diagnostics
import Markdown
import Releases

/// The Markdown part of a file, rendered.
struct Body {
  /// The first-level heading at its start, where it stands for the title and is left out.
  var title: String?
  var prose: Prose
  var breaking: [String]
  /// The headings that neither are the title nor open a section.
  var headings: [MarkdownHeading]
  var sections: [MarkdownSection]
}

extension Body {
  /// Notes and pages stand below a page's own first-level heading.
  static let headingBase = 2

  /// Renders `bytes`. A heading for which `isTitle` is true is lifted out where the text begins with it; one for which `opens` is
  /// true begins a section of its own.
  static func render(
    _ bytes: [UInt8], _ links: MarkdownLinks, isTitle: (String) -> Bool, opens: (MarkdownHeading) -> Bool = { _ in false }
  ) -> (body: Body, refusal: RenderedMarkdown.Refusal?) {
    var title: String?
    var sections = renderMarkdownSections(bytes, headingBase: headingBase, links: links) { headings in
      headings.indices.filter { index in
        let heading = headings[index]
        guard heading.isFirst, heading.level == 1, isTitle(heading.text) else { return opens(heading) }
        title = heading.text
        return true
      }
    }
    // Nothing stands before a title.
    if title != nil { sections.removeFirst() }
    let first = sections.removeFirst().body
    let prose = Prose.markdown(html: first.html, plain: first.plain)
    let headings = first.headings + sections.flatMap(\.body.headings)
    return (Body(title: title, prose: prose, breaking: first.breaking, headings: headings, sections: sections), first.refusal)
  }

  /// Renders the body of a file, and says what could not be read of it.
  static func read(
    _ source: Source, _ links: MarkdownLinks, isTitle: (String) -> Bool, opens: (MarkdownHeading) -> Bool = { _ in false }
  ) -> Parsed<Body> {
    let (body, refusal) = render(source.bytes, links, isTitle: isTitle, opens: opens)
    return Parsed(body, faults(of: source, refusal: refusal))
  }

  /// What could not be read of a text.
  static func faults(of source: Source, refusal: RenderedMarkdown.Refusal?) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    switch refusal {
    case .size: diagnostics.append(source.diagnostic(.warning, .tooMuchMarkdown, at: 0))
    case .nesting: diagnostics.append(source.diagnostic(.warning, .tooDeepMarkdown, at: 0))
    case nil: break
    }
    if let offset = firstFault(in: source.bytes) { diagnostics.append(source.diagnostic(.warning, .notUTF8(), at: offset)) }
    return diagnostics
  }
}

/// Where the first byte stands that is no UTF-8; nil where all of it is.
private func firstFault(in bytes: [UInt8]) -> Int? {
  if String(validating: bytes, as: UTF8.self) != nil { return nil }
  var parser = Unicode.UTF8.ForwardParser()
  var iterator = bytes.makeIterator()
  var offset = 0
  while true {
    switch parser.parseScalar(from: &iterator) {
    case .valid(let scalar): offset += scalar.count
    case .error: return offset
    case .emptyInput: return nil
    }
  }
}

extension MarkdownLinks {
  /// Where the references of a text lead (site.md, `links` and `markdown`); those of a service to its own repository, if it has one.
  init(_ configuration: Configuration, service: String? = nil) {
    let links = configuration.links
    let own = configuration.services.first { $0.key == service }?.repository
    let isOwn = own?.contains("://") == true
    self.init(
      repository: isOwn ? own : links.repository, commit: links.commit, user: links.user, emoji: configuration.emoji,
      mentions: configuration.mentions)
    keys = links.issues.compactMap { KeyPattern($0.pattern, address: $0.url) }
  }
}
