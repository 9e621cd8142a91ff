package import Time

/// Texts from outside, brought into a form that a line can hold.
package enum Words {
  /// The first line of a message, cut where it is longer than anybody reads; nil if there is none. Only the beginning is looked at,
  /// since a message can be a file.
  package static func subject(_ message: String?, limit: Int = 240) -> String? {
    guard let head = message?.unicodeScalars.prefix(limit * 8 + 1) else { return nil }
    let line = Substring(head).drop(while: \.isWhitespace).prefix { !$0.isNewline }
    return line.isEmpty ? nil : cut(String(line), to: limit)
  }

  /// At most `limit` characters as people count them, with an ellipsis where something is missing. A character can be made of any number
  /// of code points, so these are counted too.
  package static func cut(_ text: String, to limit: Int) -> String {
    if text.utf8.count <= limit { return text }
    var scalars = 0
    for (count, character) in text.indices.enumerated() {
      scalars += text[character].unicodeScalars.count
      if count == limit { return text[..<character] + "…" }
      if scalars > limit * 8 { return String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit * 8))) + "…" }
    }
    return text
  }
}

/// From one moment to another, as far as the records tell.
package enum Span: Hashable, Sendable {
  case seconds(Double)
  /// The record ends before it begins.
  case backwards
  case unknown

  package init(from start: Timestamp?, to end: Timestamp?) {
    guard let start, let end else {
      self = .unknown
      return
    }
    self = end < start ? .backwards : .seconds(end.seconds(since: start))
  }

  package var seconds: Double? { if case .seconds(let seconds) = self { seconds } else { nil } }

  /// The length; where it is not known, that.
  package var words: String {
    switch self {
    case .seconds(let seconds): Format.duration(seconds)
    case .backwards: "unclear, it ends before it begins"
    case .unknown: "not recorded"
    }
  }
}
