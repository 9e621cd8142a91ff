extension Node {
  /// The first text in it that a writer with a limit of depth put in the place of an object or a list: `@{id=61; name=Release-61}` and
  /// `System.Object[]` of PowerShell, `[object Object]` of JavaScript. nil where nothing was cut off.
  package var cutOff: Node? {
    (index..<document.next(after: index)).lazy.first(where: isCutOff).map { Node(document: document, index: $0) }
  }

  /// All such texts in it, in their order.
  package func forEachCutOff(_ body: (Node) -> Void) {
    for place in index..<document.next(after: index) where isCutOff(place) { body(Node(document: document, index: place)) }
  }

  private func isCutOff(_ place: Int) -> Bool {
    let token = document.tape[place]
    guard token.kind == .string, token.extent >= 5 else { return false }
    switch document.text[document.textRange(of: place).lowerBound] {
    case UInt8(ascii: "@"), UInt8(ascii: "S"), UInt8(ascii: "["): return isCutOffText(document.string(at: place))
    default: return false
    }
  }
}

private func isCutOffText(_ text: String) -> Bool {
  if text.hasPrefix("@{") { return text.hasSuffix("}") && text.contains("=") }
  if text.hasPrefix("System.") {
    return text.hasSuffix("[]") || text.hasPrefix("System.Collections.") || text.hasPrefix("System.Management.Automation.PS")
  }
  return text == "[object Object]" || text == "[Object]"
}
