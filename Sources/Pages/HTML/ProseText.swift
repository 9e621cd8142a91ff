import Records
import Template

/// Words of a person for `partials/prose`: markup from Markdown, else text as it was written.
struct ProseText: Model {
  let markup: Markup?
  let text: String?

  static let fields = Fields<ProseText>(
    .markup("markup") { $0.markup },
    .text("text") { $0.text }
  )

  /// `headings`: the level of the highest heading, one below the heading that the words stand under. `ids`: what stands before every
  /// anchor of the words, so that no two notes of a page share one. `service`: whose releases the words may lead to.
  init?(_ prose: Prose?, headings: Int, ids: String, _ view: Viewpoint, service: Int? = nil) {
    switch prose {
    case nil: return nil
    case .text(let words):
      guard words.utf8.contains(where: { $0 > 0x20 }) else { return nil }
      text = words
      markup = nil
    case .markdown(let html, _):
      guard html.contains(where: { $0 > 0x20 }) else { return nil }
      text = nil
      markup = Markup(trusted: view.placed(html, headings: headings, ids: ids, service: service))
    }
  }

  /// About how many bytes it will take on a page.
  static func weight(_ prose: Prose) -> Int {
    switch prose {
    case .text(let words): words.utf8.count
    case .markdown(let html, _): html.count
    }
  }
}

extension Viewpoint {
  /// Rendered Markdown as it fits a page that holds more than it. `html` must come from the Markdown room: tags are well formed there, and
  /// `<` and `"` stand nowhere else.
  ///
  /// The first heading gets the level `headings` and none is more than one below the heading before it, so that the headings of the whole
  /// page are in order; nil: they stay. Anchors and the links to them get `ids` before them. Pictures and releases of `service` have their
  /// addresses from here. What the Markdown room said itself, as the title of an alert, is said in the language of the site.
  ///
  /// `page`: where the places of the text can be found, if not here: the address of a page and what stands before their names there.
  func placed(
    _ html: [UInt8], headings: Int? = nil, ids: String = "", service: Int?, page: String? = nil
  ) -> [UInt8] {
    var placer = MarkupPlacer(html: html, headings: headings, ids: Array(ids.utf8), root: Array(root.utf8)) { version in
      service.flatMap { release($0, version).url }
    }
    placer.book = book
    placer.page = page.map { page in
      var address: [UInt8] = []
      appendEscaped(page, to: &address)
      return address
    }
    placer.file = { path, place in map.page(ofFile: path, place: place).map(url) }
    placer.run()
    return placer.output
  }
}

/// Copies tag by tag. A scan and not a parse: the Markdown room wrote what is read here.
struct MarkupPlacer {
  let html: [UInt8]
  let headings: Int?
  let ids: [UInt8]
  let root: [UInt8]
  /// The address of a release by its version.
  let release: (String) -> String?
  /// The address of a file of the content folder, with a place in it behind `#`.
  var file: (_ path: String, _ place: String?) -> String? = { _, _ in nil }
  /// What stands before the names of places where links to them lead to another page.
  var page: [UInt8]?
  var book = Phrasebook.english
  private(set) var output: [UInt8] = []
  /// The levels, as written, of the headings that the next one can stand under.
  private var open: [UInt8] = []
  /// Two texts that were joined may have given one name to two places: the first keeps it.
  private var names: Set<[UInt8]> = []

  init(html: [UInt8], headings: Int?, ids: [UInt8], root: [UInt8], release: @escaping (String) -> String?) {
    self.html = html
    self.headings = headings
    self.ids = ids
    self.root = root
    self.release = release
    output.reserveCapacity(html.count + 64)
  }

  mutating func run() {
    var index = 0
    var isAlertTitle = false
    while let start = html[index...].firstIndex(of: UInt8(ascii: "<")) {
      if isAlertTitle { appendTranslated(html[index..<start]) } else { output += html[index..<start] }
      let end = html[start...].firstIndex(of: UInt8(ascii: ">")) ?? html.count - 1
      copyTag(html[start...end])
      isAlertTitle = !book.isEnglish && html[start...end].elementsEqual(MarkupPlacer.alertTitle)
      index = end + 1
    }
    output += html[index...]
  }

  private mutating func appendTranslated(_ words: ArraySlice<UInt8>) {
    let english = String(decoding: words, as: UTF8.self)
    let footnote = "Footnote "
    let number = english.hasPrefix(footnote) ? english.dropFirst(footnote.count) : ""
    let sentence: Sentence = number.isEmpty ? "\(words: english)" : "Footnote \(words: String(number))"
    appendEscaped(sentence.plain(in: book), to: &output)
  }

  private mutating func copyTag(_ tag: ArraySlice<UInt8>) {
    let isEnd = tag.dropFirst().first == UInt8(ascii: "/")
    let name = tag.startIndex + (isEnd ? 2 : 1)
    var rest = tag
    if let headings, let level = MarkupPlacer.headingLevel(tag[name...]) {
      if !isEnd { enter(level) }
      output += tag[..<(name + 1)]
      output.append(UInt8(ascii: "0") + UInt8(min(6, headings + max(0, open.count - 1))))
      rest = tag[(name + 2)...]
    }
    copyAttributes(rest)
  }

  private mutating func enter(_ level: UInt8) {
    while let last = open.last, last >= level { open.removeLast() }
    open.append(level)
  }

  /// The digit of `h1` to `h6`, if `name` begins with one of these.
  private static func headingLevel(_ name: ArraySlice<UInt8>) -> UInt8? {
    let start = name.startIndex
    guard name.count >= 3, name[start] == UInt8(ascii: "h"), (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(name[start + 1]),
      name[start + 2] == UInt8(ascii: ">") || name[start + 2] == UInt8(ascii: " ")
    else { return nil }
    return name[start + 1]
  }

  private static let source = Array(" src=\"".utf8)
  private static let release = Array(" href=\"\(Prose.releaseScheme)".utf8)
  private static let file = Array(" href=\"\(Prose.fileScheme)".utf8)
  private static let fragment = Array(" href=\"#".utf8)
  private static let label = Array(" aria-label=\"".utf8)
  private static let alertTitle = Array("<p class=\"alert-title\">".utf8)
  private static let anchors = [Array(" id=\"".utf8), Array(" href=\"#".utf8), Array(" name=\"".utf8)]

  /// The address of a release, of another file, or of a place of this text that stands elsewhere. Without a page the words are no link.
  private mutating func copyAddress(_ rest: inout ArraySlice<UInt8>) -> Bool {
    if rest.starts(with: MarkupPlacer.release) {
      let name = MarkupPlacer.takeAttribute(&rest, from: MarkupPlacer.release)
      link(release(String(decoding: name, as: UTF8.self)))
    } else if rest.starts(with: MarkupPlacer.file) {
      let parts = MarkupPlacer.takeAttribute(&rest, from: MarkupPlacer.file).split(
        separator: UInt8(ascii: "#"), maxSplits: 1, omittingEmptySubsequences: false)
      // The path as it is on disk; the place in it as it stands in the attribute.
      let place = parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : nil
      link(file(percentDecoded(String(decoding: parts[0], as: UTF8.self)), place))
    } else if let page, rest.starts(with: MarkupPlacer.fragment) {
      output += " href=\"".utf8
      output += page
      output += MarkupPlacer.takeAttribute(&rest, from: MarkupPlacer.fragment)
      output.append(UInt8(ascii: "\""))
    } else {
      return false
    }
    return true
  }

  /// The value of an attribute that begins with `start`; `rest` is then behind it.
  private static func takeAttribute(_ rest: inout ArraySlice<UInt8>, from start: [UInt8]) -> ArraySlice<UInt8> {
    let value = rest.dropFirst(start.count).prefix { $0 != UInt8(ascii: "\"") }
    rest = rest[value.endIndex...].dropFirst()
    return value
  }

  private mutating func link(_ address: String?) {
    guard let address else { return }
    output += " href=\"".utf8
    appendEscaped(address, to: &output)
    output.append(UInt8(ascii: "\""))
  }

  private mutating func copyAttributes(_ tag: ArraySlice<UInt8>) {
    var rest = tag
    while let space = rest.firstIndex(of: UInt8(ascii: " ")) {
      output += rest[..<space]
      rest = rest[space...]
      if rest.starts(with: MarkupPlacer.anchors[0]) {
        let name = rest.dropFirst(MarkupPlacer.anchors[0].count).prefix { $0 != UInt8(ascii: "\"") }
        guard names.insert(Array(name)).inserted else {
          rest = rest[name.endIndex...].dropFirst()
          continue
        }
      }
      if copyAddress(&rest) { continue }
      if !book.isEnglish, rest.starts(with: MarkupPlacer.label) {
        let words = rest.dropFirst(MarkupPlacer.label.count).prefix { $0 != UInt8(ascii: "\"") }
        output += MarkupPlacer.label
        appendTranslated(words)
        rest = rest[words.endIndex...]
        continue
      }
      if rest.starts(with: MarkupPlacer.source) {
        output += MarkupPlacer.source
        output += root
        rest = rest.dropFirst(MarkupPlacer.source.count)
        continue
      }
      if let anchor = MarkupPlacer.anchors.first(where: { rest.starts(with: $0) }) {
        output += anchor
        output += ids
        rest = rest.dropFirst(anchor.count)
      } else {
        output.append(UInt8(ascii: " "))
        rest = rest.dropFirst()
      }
    }
    output += rest
  }
}
