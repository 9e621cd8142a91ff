/// A pattern of the configuration, which a whole text must match (site.md, Input). `*` stands for any text, also for none.
package struct Pattern: Hashable, Sendable {
  package enum Kind: Sendable {
    /// Of a `match` list: compared without case, and braces are braces.
    case name
    /// Of a `records:` rule: `{name}` captures one or more characters, as few as will do.
    case text
    /// The same for files: `*` stops at `/`, `**` does not.
    case path
  }

  private struct Wildcard: Hashable {
    var capture: String?
    var stopsAtSlash = false
  }

  private enum Part: Hashable {
    case scalar(Unicode.Scalar)
    case wildcard(Wildcard)
  }

  private let parts: [Part]
  private let ignoresCase: Bool

  package init(_ text: String, _ kind: Kind = .text) {
    ignoresCase = kind == .name
    let scalars = Array((ignoresCase ? text.lowercased() : text).unicodeScalars)
    var parts: [Part] = []
    var index = 0
    while index < scalars.count {
      if scalars[index] == "*" {
        let isDouble = index + 1 < scalars.count && scalars[index + 1] == "*"
        parts.append(.wildcard(Wildcard(stopsAtSlash: kind == .path && !isDouble)))
        index += isDouble ? 2 : 1
      } else if kind != .name, scalars[index] == "{", let end = scalars[index...].firstIndex(of: "}") {
        parts.append(.wildcard(Wildcard(capture: String(String.UnicodeScalarView(scalars[(index + 1)..<end])))))
        index = end + 1
      } else {
        parts.append(.scalar(scalars[index]))
        index += 1
      }
    }
    self.parts = parts
  }

  /// The names in braces, in their order.
  package var captureNames: [String] { wildcards.compactMap(\.capture) }

  package func matches(_ text: String) -> Bool { spans(in: scalars(of: text)) != nil }

  /// The captures of a text that matches, of two with one name the first, without the blanks around them; nil if it does not match.
  package func captures(in text: String) -> [String: String]? {
    let scalars = scalars(of: text)
    guard let spans = spans(in: scalars) else { return nil }
    var captures: [String: String] = [:]
    var seen: Set<String> = []
    for (wildcard, span) in zip(wildcards, spans) {
      guard let name = wildcard.capture, seen.insert(name).inserted else { continue }
      let capture = String(String.UnicodeScalarView(scalars[span])).withoutOuterBlanks
      if !capture.isEmpty { captures[name] = capture }
    }
    return captures
  }

  private func scalars(of text: String) -> [Unicode.Scalar] {
    Array((ignoresCase ? text.lowercased() : text).unicodeScalars)
  }

  private var wildcards: [Wildcard] {
    parts.compactMap { part in
      if case .wildcard(let wildcard) = part { wildcard } else { nil }
    }
  }

  /// What each wildcard stands for; nil if the text does not match.
  private func spans(in text: [Unicode.Scalar]) -> [Range<Int>]? {
    var trial = Trial()
    while trial.part < parts.count || trial.index < text.count {
      let part = trial.part < parts.count ? parts[trial.part] : nil
      switch part {
      case .wildcard(let wildcard):
        guard trial.open(wildcard.stopsAtSlash, least: wildcard.capture == nil ? 0 : 1, of: text.count) else { return nil }
      case .scalar(let scalar) where trial.index < text.count && text[trial.index] == scalar:
        trial.part += 1
        trial.index += 1
      case .scalar, nil:
        guard trial.widen(in: text) else { return nil }
      }
    }
    return trial.spans
  }
}

/// How far a text matches. Every wildcard stands for as little as will do; where what follows does not fit, the last one takes one more.
/// An earlier one need never grow: what comes after it would only have less text left. The one that may cross a slash is the exception,
/// where a later one may not. So there is nothing to recurse into, and hostile texts cost no more than patient ones.
private struct Trial {
  var part = 0
  var index = 0
  private(set) var spans: [Range<Int>] = []
  private var retries: [(part: Int, span: Int, stopsAtSlash: Bool)] = []

  /// Begins the wildcard at hand; false if the text is too short for it.
  mutating func open(_ stopsAtSlash: Bool, least: Int, of length: Int) -> Bool {
    guard length - index >= least else { return false }
    if !stopsAtSlash { retries = [] } else if retries.last?.stopsAtSlash ?? false { retries.removeLast() }
    retries.append((part, spans.count, stopsAtSlash))
    spans.append(index..<(index + least))
    index += least
    part += 1
    return true
  }

  /// Lets the last wildcard that can stand for one scalar more do so; false if none can.
  mutating func widen(in text: [Unicode.Scalar]) -> Bool {
    while let retry = retries.last {
      let span = spans[retry.span]
      guard span.upperBound < text.count else { return false }
      if retry.stopsAtSlash, text[span.upperBound] == "/" {
        retries.removeLast()
        continue
      }
      spans.removeSubrange(retry.span...)
      spans.append(span.lowerBound..<(span.upperBound + 1))
      (part, index) = (retry.part + 1, span.upperBound + 1)
      return true
    }
    return false
  }
}
