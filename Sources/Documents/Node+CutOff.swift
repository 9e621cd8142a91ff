// A writer with a limit of depth puts a text in the place of an object or a list: `@{id=61; name=Release-61}` and `System.Object[]` of
// PowerShell, `[object Object]` of JavaScript. What it was of is lost, and the text is no value.

extension Sequence<Node> {
  /// The same values, where each text that stands in the place of an object is read as null; `isCutOff` still knows it.
  package var withCutOffsAbsent: [Node] {
    var last: (old: Document, new: Document)?
    return map { node in
      if last?.old !== node.document { last = (node.document, node.document.withCutOffsAbsent) }
      return last.map { Node(document: $0.new, index: node.index) } ?? node
    }
  }
}

extension Node {
  /// Whether a writer put a text there in the place of an object or a list, which counts as absent.
  package var isCutOff: Bool { token.kind == .cutOff }

  /// That text; nil where nothing was cut off.
  package var cutOffText: String? { isCutOff ? document.string(at: index) : nil }

  /// All such texts in it, in their order.
  package var cutOffs: some Sequence<Node> {
    (index..<document.next(after: index)).lazy.filter { document.tape[$0].kind == .cutOff }.map {
      Node(document: document, index: $0)
    }
  }
}

extension Document {
  fileprivate var withCutOffsAbsent: Document {
    let places = tape.indices.filter(isCutOff)
    if places.isEmpty { return self }
    var tape = tape
    for place in places { tape[place].kind = .cutOff }
    return Document(source: source, tape: tape, text: text, textStarts: textStarts)
  }

  private func isCutOff(_ place: Int) -> Bool {
    let token = tape[place]
    guard token.kind == .string, token.extent >= 5 else { return false }
    switch text[textRange(of: place).lowerBound] {
    case UInt8(ascii: "@"), UInt8(ascii: "S"), UInt8(ascii: "["): return isCutOffText(string(at: place))
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
