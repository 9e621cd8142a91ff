import Diagnostics
import Markdown
import Records

/// The Markdown part of a file, rendered.
struct Body {
  /// The first-level heading at its start, where it stands for the title and is left out.
  var title: String?
  /// Up to the first section.
  var text: RenderedMarkdown
  /// The headings that neither are the title nor open a section.
  var headings: [MarkdownHeading]
  /// All headings of the text, as they were written.
  var outline: [MarkdownHeading]
  var sections: [MarkdownSection]
}

extension Prose {
  init(_ text: RenderedMarkdown) { self = .markdown(text.fragment, plain: text.plain) }
}

extension Body {
  /// Notes and pages stand below a page's own first-level heading.
  static let headingBase = 2

  /// Renders `bytes`. All headings are seen before any is asked about. A heading for which `isTitle` is true is lifted out where the text begins with it; one for which `opens` is
  /// true begins a section of its own.
  static func render(
    _ bytes: [UInt8], _ links: MarkdownLinks, seeing: ([MarkdownHeading]) -> Void, isTitle: (String) -> Bool,
    opens: (MarkdownHeading) -> Bool = { _ in false }
  ) -> (body: Body, sections: [MarkdownSection]) {
    var title: String?
    var outline: [MarkdownHeading] = []
    let rendered = renderMarkdownSections(bytes, headingBase: headingBase, links: links) { headings in
      outline = headings
      seeing(headings)
      return headings.indices.filter { index in
        let heading = headings[index]
        guard heading.isFirst, heading.level == 1, isTitle(heading.text) else { return opens(heading) }
        title = heading.text
        return true
      }
    }
    // Nothing stands before a title.
    var sections = title == nil ? rendered : Array(rendered.dropFirst())
    let first = sections.removeFirst().body
    let headings = first.headings + sections.flatMap(\.body.headings)
    let body = Body(title: title, text: first, headings: headings, outline: outline, sections: sections)
    return (body, rendered)
  }

  /// Renders the body of a file, and says what could not be read of it.
  static func read(
    _ source: Source, _ links: MarkdownLinks, seeing: ([MarkdownHeading]) -> Void = { _ in }, isTitle: (String) -> Bool,
    opens: (MarkdownHeading) -> Bool = { _ in false }
  ) -> Parsed<Body> {
    let (body, sections) = render(source.bytes, links, seeing: seeing, isTitle: isTitle, opens: opens)
    return Parsed(body, faults(of: source, sections))
  }

  /// What could not be read of a text, and the links in it that lead nowhere.
  static func faults(of source: Source, _ sections: [MarkdownSection]) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    for section in sections {
      switch section.body.refusal {
      case .size: diagnostics.append(source.diagnostic(.warning, .tooMuchMarkdown, at: 0))
      case .nesting: diagnostics.append(source.diagnostic(.warning, .tooDeepMarkdown, at: 0))
      case nil: break
      }
    }
    if let offset = firstFault(in: source.bytes) { diagnostics.append(source.diagnostic(.warning, .notUTF8(), at: offset)) }
    return diagnostics + relativeLinks(in: sections, of: source)
  }

  /// Each address once, where it stands first; of very many the first.
  private static func relativeLinks(in sections: [MarkdownSection], of source: Source) -> [Diagnostic] {
    let most = 20
    var seen: Set<String> = []
    let links = sections.flatMap(\.body.relativeLinks).filter { seen.insert($0.address).inserted }
    return links.prefix(most).enumerated().map { index, link in
      let more = index == most - 1 ? links.count - most : 0
      let position = Position(line: max(link.line, 1) + source.precedingLines, column: 1)
      return Diagnostic(
        .warning, .lostLink(link.address, isImage: link.isImage, more: more), file: source.file, position: position)
    }
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
  /// `file`: of the text, in the content folder; nil for a text that is in none.
  init(_ configuration: Configuration, service: String? = nil, file: String? = nil, images: ContentImages = ContentImages()) {
    let links = configuration.links
    let own = configuration.services.first { $0.key == service }?.repository
    let isOwn = own?.contains("://") == true
    self.init(
      repository: isOwn ? own : links.repository, commit: links.commit, user: links.user, emoji: configuration.emoji,
      mentions: configuration.mentions)
    relative = links.base.map { .base($0) } ?? .words
    hasAnchors = true
    if let file { self.images = images.images(for: file) }
    keys = links.issues.compactMap { KeyPattern($0.pattern, address: $0.url) }
  }
}
