/// A piece of raw HTML. Nothing of it is copied to a page: a tag that may stand there is written anew, from its name and attributes.
enum HTMLToken: Equatable {
  struct Tag: Equatable {
    /// In lower case.
    var name: String
    var attributes: [Attribute] = []
    var isSelfClosing = false
    /// As it was written.
    var source: [UInt8]

    /// The value of the first attribute of that name, references to characters resolved.
    subscript(name: String) -> [UInt8]? {
      attributes.first { $0.name == name }.map { resolvingReferences($0.value) }
    }

    func has(_ name: String) -> Bool { attributes.contains { $0.name == name } }
  }

  struct Attribute: Equatable {
    /// In lower case.
    var name: String
    /// As it was written.
    var value: [UInt8]
  }

  case open(Tag)
  case close(Tag)
  /// References to characters are not yet resolved.
  case text([UInt8])
  case comment
}

/// Reads raw HTML, token by token, about as a browser would.
struct HTMLTokens {
  /// What is longer, in bytes, is no tag.
  static let longestTag = 8192
  static let mostAttributes = 100

  private let html: [UInt8]
  /// Where the next token begins.
  private(set) var index = 0
  /// How often `<` may still turn out to begin no tag: each costs the time that the longest one takes.
  private var attempts = 1000
  /// Names whose end is nowhere behind this place.
  private var unended: Set<String> = []

  init(_ html: [UInt8]) { self.html = html }

  mutating func next() -> HTMLToken? {
    guard index < html.count else { return nil }
    if html[index] == UInt8(ascii: "<"), let token = markup() { return token }
    let start = index
    index += 1
    while index < html.count, html[index] != UInt8(ascii: "<") { index += 1 }
    return .text(Array(html[start..<index]))
  }

  /// What stands before `</name`, and goes on behind that tag. nil where there is none.
  mutating func skip(behind name: String) -> [UInt8]? {
    guard !unended.contains(name) else { return nil }
    let mark = Array("</\(name)".utf8)
    var next = index
    while let open = html[next...].firstIndex(of: UInt8(ascii: "<")) {
      let behind = open + mark.count
      if behind <= html.count, html[open..<behind].elementsEqual(mark, by: { $0 == $1 || $0 | 0x20 == $1 }),
        behind == html.count || !isWordByte(html[behind])
      {
        let text = Array(html[index..<open])
        index = html[behind...].firstIndex(of: UInt8(ascii: ">")).map { $0 + 1 } ?? html.count
        return text
      }
      next = open + 1
    }
    unended.insert(name)
    return nil
  }

  // MARK: Tags

  private mutating func markup() -> HTMLToken? {
    if html[index...].starts(with: "<!--".utf8) {
      // `<!-->` and `<!--->` are whole comments; one that is not closed runs to the end.
      index = html[(index + 2)...].firstRange(of: Array("-->".utf8))?.upperBound ?? html.count
      return .comment
    }
    let isClose = index + 1 < html.count && html[index + 1] == UInt8(ascii: "/")
    let name = index + (isClose ? 2 : 1)
    guard attempts > 0, name < html.count, isLetter(html[name]) else { return nil }
    guard let (tag, end) = tag(named: name) else {
      attempts -= 1
      return nil
    }
    index = end
    return isClose ? .close(tag) : .open(tag)
  }

  private func tag(named start: Int) -> (HTMLToken.Tag, end: Int)? {
    let limit = min(html.count, index + HTMLTokens.longestTag)
    var place = start
    let name = word(&place, limit) { !isBlank($0) && !"/>".utf8.contains($0) }
    // `Promise<boolean>`, `<a@b.example>`: what follows a name is a blank or an end.
    guard name.utf8.allSatisfy({ isWordByte($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":") }) else { return nil }
    var tag = HTMLToken.Tag(name: name, source: [])
    while place < limit {
      let byte = html[place]
      if byte == UInt8(ascii: ">") {
        tag.isSelfClosing = html[place - 1] == UInt8(ascii: "/")
        tag.source = Array(html[index...place])
        return (tag, place + 1)
      }
      if isBlank(byte) || byte == UInt8(ascii: "/") {
        place += 1
        continue
      }
      guard let attribute = attribute(&place, limit) else { return nil }
      if tag.attributes.count < HTMLTokens.mostAttributes { tag.attributes.append(attribute) }
    }
    return nil
  }

  private func attribute(_ place: inout Int, _ limit: Int) -> HTMLToken.Attribute? {
    // The first byte belongs to the name whatever it is.
    let name = word(&place, limit) { !isBlank($0) && !"/>=".utf8.contains($0) }
    var next = place
    while next < limit, isBlank(html[next]) { next += 1 }
    guard next < limit, html[next] == UInt8(ascii: "=") else { return HTMLToken.Attribute(name: name, value: []) }
    next += 1
    while next < limit, isBlank(html[next]) { next += 1 }
    guard next < limit else { return nil }
    let quote = html[next]
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      let end = html[next..<limit].firstIndex { isBlank($0) || $0 == UInt8(ascii: ">") } ?? limit
      place = end
      return HTMLToken.Attribute(name: name, value: Array(html[next..<end]))
    }
    guard let end = html[(next + 1)..<limit].firstIndex(of: quote) else { return nil }
    place = end + 1
    return HTMLToken.Attribute(name: name, value: Array(html[(next + 1)..<end]))
  }

  /// In lower case.
  private func word(_ place: inout Int, _ limit: Int, while belongs: (UInt8) -> Bool) -> String {
    let start = place
    while place < limit, belongs(html[place]) || place == start { place += 1 }
    return String(decoding: html[start..<place].map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }, as: UTF8.self)
  }

  private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0C || byte == 0x0D }
  private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }
}
