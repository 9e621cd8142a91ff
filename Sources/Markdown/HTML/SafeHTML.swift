/// What raw HTML may be on a page (changelogs.md, section 2): everything else is the text that it was.
enum SafeHTML {
  /// Left out with everything up to their ends.
  static let dropped: Set<String> = ["script", "style", "iframe", "object", "form"]

  /// Stand in a line of text, by the name that is written.
  static let inline: [String: String] = [
    "abbr": "abbr", "cite": "cite", "code": "code", "del": "del", "dfn": "dfn", "ins": "ins", "kbd": "kbd", "mark": "mark",
    "q": "q", "s": "s", "samp": "samp", "small": "small", "strike": "s", "sub": "sub", "sup": "sup", "tt": "code", "u": "u",
    "var": "var",
  ]

  /// Of these, whose words are code.
  static let code: Set<String> = ["code", "kbd", "samp", "var"]

  /// Mean nothing without their attributes, or where they stand: their words stay.
  static let bare: Set<String> = ["center", "font", "nobr", "picture", "span"]

  /// Have no end.
  static let void: Set<String> = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
  ]

  /// Stand between blocks of text, and what each may hold; nil: everything.
  static let block: [String: Set<String>?] = [
    "blockquote": nil, "center": nil, "dd": nil, "details": nil, "div": nil, "dl": ["dt", "dd"], "dt": nil, "h1": nil,
    "h2": nil,
    "h3": nil, "h4": nil, "h5": nil, "h6": nil, "li": nil, "ol": ["li"], "p": nil, "summary": nil,
    "table": ["thead", "tbody", "tfoot", "tr"], "tbody": ["tr"], "td": nil, "tfoot": ["tr"], "th": nil, "thead": ["tr"],
    "tr": ["td", "th"], "ul": ["li"],
  ]

  /// What a block must stand in; without it, it is no more than what it holds.
  static let parents: [String: Set<String>] = [
    "dd": ["dl"], "dt": ["dl"], "li": ["ol", "ul"], "summary": ["details"], "tbody": ["table"], "td": ["tr"],
    "tfoot": ["table"],
    "th": ["tr"], "thead": ["table"], "tr": ["table", "tbody", "tfoot", "thead"],
  ]

  /// A block that ends where one of these begins.
  static let endedBy: [String: Set<String>] = [
    "li": ["li"], "p": ["p", "div", "ul", "ol", "dl", "table", "details", "blockquote"],
    "dd": ["dd", "dt"], "dt": ["dd", "dt"], "td": ["td", "th", "tr", "tbody", "tfoot"],
    "th": ["td", "th", "tr", "tbody", "tfoot"], "tr": ["tr", "tbody", "tfoot"], "thead": ["tbody", "tfoot"],
    "tbody": ["tbody", "tfoot"],
  ]

  /// The start of an element, written anew.
  static func start(_ name: String, _ tag: HTMLToken.Tag) -> String {
    var html = "<\(name)"
    switch name {
    case "abbr": if let title = tag["title"] { html += " title=\"\(escaped(repairedText(title)))\"" }
    case "details": if tag.has("open") { html += " open" }
    case "ol": if let start = number(tag["start"], -99_999...99_999) { html += " start=\"\(start)\"" }
    case "td", "th":
      if let side = tag["align"].map({ String(decoding: $0, as: UTF8.self).lowercased() }),
        ["left", "center", "right"].contains(side)
      {
        html += " class=\"\(side)\""
      }
      for span in ["colspan", "rowspan"] {
        if let count = number(tag[span], 2...100) { html += " \(span)=\"\(count)\"" }
      }
    default: break
    }
    return html + ">"
  }

  /// An empty element that links can lead to; nil where the tag names no place.
  static func anchor(_ tag: HTMLToken.Tag) -> String? {
    guard let id = tag["id"] ?? tag["name"], !id.isEmpty, id.count <= 200, !id.contains(where: { $0 <= 0x20 }) else {
      return nil
    }
    return String(decoding: id, as: UTF8.self)
  }

  private static func number(_ text: [UInt8]?, _ range: ClosedRange<Int>) -> Int? {
    text.flatMap { Int(String(decoding: $0, as: UTF8.self)) }.flatMap { range.contains($0) ? $0 : nil }
  }
}
