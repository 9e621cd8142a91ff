/// A pattern of a `records:` rule: `*` stands for any text (in a path, `*` stops at `/` and `**` does not), `{name}` captures one or
/// more characters, as few as will do. The whole text must match.
struct Pattern: Hashable, Sendable {
  private enum Part: Hashable {
    case character(Unicode.Scalar)
    /// `stopsAtSlash`: for files.
    case any(stopsAtSlash: Bool)
    case capture(String)
  }

  /// More than this many steps and a text is taken as not matching: patterns are short, and branch names can be hostile.
  private static let limit = 100_000

  private let parts: [Part]

  init(_ text: String, isPath: Bool = false) {
    let scalars = Array(text.unicodeScalars)
    var parts: [Part] = []
    var index = 0
    while index < scalars.count {
      if scalars[index] == "*" {
        let isDouble = index + 1 < scalars.count && scalars[index + 1] == "*"
        parts.append(.any(stopsAtSlash: isPath && !isDouble))
        index += isDouble ? 2 : 1
      } else if scalars[index] == "{", let end = scalars[index...].firstIndex(of: "}") {
        parts.append(.capture(String(String.UnicodeScalarView(scalars[(index + 1)..<end]))))
        index = end + 1
      } else {
        parts.append(.character(scalars[index]))
        index += 1
      }
    }
    self.parts = parts
  }

  /// The captures of a text that matches; nil if it does not.
  func match(_ text: String) -> [String: String]? {
    let scalars = Array(text.unicodeScalars)
    var steps = 0
    var captures: [String: String] = [:]
    return match(scalars, 0, 0, &captures, &steps) ? captures : nil
  }

  private func match(
    _ text: [Unicode.Scalar], _ at: Int, _ part: Int, _ captures: inout [String: String], _ steps: inout Int
  ) -> Bool {
    steps += 1
    guard steps < Pattern.limit else { return false }
    guard part < parts.count else { return at == text.count }
    switch parts[part] {
    case .character(let scalar):
      return at < text.count && text[at] == scalar && match(text, at + 1, part + 1, &captures, &steps)
    case .any(let stopsAtSlash):
      for end in at...text.count {
        if match(text, end, part + 1, &captures, &steps) { return true }
        if stopsAtSlash, end < text.count, text[end] == "/" { return false }
      }
      return false
    case .capture(let name):
      for end in stride(from: at + 1, through: text.count, by: 1) where match(text, end, part + 1, &captures, &steps) {
        captures[name] = String(String.UnicodeScalarView(text[at..<end]))
        return true
      }
      return false
    }
  }
}
