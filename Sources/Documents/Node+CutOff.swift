extension Node {
  /// The first text in it that a writer with a limit of depth put in the place of an object or a list: `@{id=61; name=Release-61}` and
  /// `System.Object[]` of PowerShell, `[object Object]` of JavaScript. nil where nothing was cut off.
  package var cutOff: Node? {
    for place in index..<document.next(after: index) {
      let token = document.tape[place]
      guard token.kind == .string, token.extent >= 5 else { continue }
      switch document.text[document.textRange(of: place).lowerBound] {
      case UInt8(ascii: "@"), UInt8(ascii: "S"), UInt8(ascii: "["):
        if isCutOff(document.string(at: place)) { return Node(document: document, index: place) }
      default: break
      }
    }
    return nil
  }
}

private func isCutOff(_ text: String) -> Bool {
  if text.hasPrefix("@{") { return text.hasSuffix("}") && text.contains("=") }
  if text.hasPrefix("System.") {
    return text.hasSuffix("[]") || text.hasPrefix("System.Collections.") || text.hasPrefix("System.Management.Automation.PS")
  }
  return text == "[object Object]" || text == "[Object]"
}
