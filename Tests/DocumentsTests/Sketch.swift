import Diagnostics

@testable import Documents

func json(_ text: String, file: String = "a.json") -> Parsed<[Node]> { readJSON(Source(file: file, bytes: Array(text.utf8))) }
func json(_ bytes: [UInt8], file: String = "a.json") -> Parsed<[Node]> { readJSON(Source(file: file, bytes: bytes)) }
func yaml(_ text: String) -> Parsed<Node?> { readYAML(Source(file: "a.yml", bytes: Array(text.utf8))) }
func yaml(_ bytes: [UInt8]) -> Parsed<Node?> { readYAML(Source(file: "a.yml", bytes: bytes)) }

extension Parsed {
  var errors: [Diagnostic] { diagnostics.filter { $0.severity == .error } }
  /// `line:column id` of each diagnostic.
  var places: [String] {
    diagnostics.map { "\($0.position.map { "\($0.line):\($0.column)" } ?? "-") \($0.message.id)" }
  }
}

/// A node as compact JSON again, escapes decoded: enough to compare whole trees at a glance.
func outline(_ node: Node) -> String {
  switch node.kind {
  case .null: return "null"
  case .bool: return node.bool == true ? "true" : "false"
  case .number: return node.numberText ?? "?"
  case .string: return "\"" + (node.string ?? "?") + "\""
  case .array: return "[" + node.elements.map(outline).joined(separator: ",") + "]"
  case .object: return "{" + node.members.map { "\"\($0.key)\":\(outline($0.value))" }.joined(separator: ",") + "}"
  }
}

func outline(_ parsed: Parsed<[Node]>) -> String { parsed.value.map(outline).joined(separator: " ") }

/// A text in which each `^` marks a place, and the text without them.
struct Marked {
  let text: String
  let positions: [Position]

  init(_ marked: String) {
    var text = ""
    var positions: [Position] = []
    var position = Position(line: 1, column: 1)
    for scalar in marked.unicodeScalars {
      if scalar == "^" {
        positions.append(position)
        continue
      }
      text.unicodeScalars.append(scalar)
      if scalar == "\n" { position = Position(line: position.line + 1, column: 1) } else { position.column += 1 }
      if text == "\u{FEFF}" { position.column = 1 }
    }
    self.text = text
    self.positions = positions
  }

  /// `places` of a reading that reports these identifiers at the marks.
  func places(_ ids: [String]) -> [String] { zip(positions, ids).map { "\($0.line):\($0.column) \($1)" } }
}
