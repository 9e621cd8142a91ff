/// Raw HTML's text, or the value of an attribute, with its references to characters (`&lt;`, `&#58;`, `&colon;`) resolved as cmark
/// resolves them in Markdown.
///
/// cmark has no function for it, so the text is given to it as a paragraph in which nothing else means anything.
func resolvingReferences(_ text: [UInt8]) -> [UInt8] {
  guard text.contains(UInt8(ascii: "&")) else { return text }
  var markdown: [UInt8] = [UInt8(ascii: "a")]
  for byte in text {
    switch byte {
    case 0x0A: markdown += "&#10;".utf8
    case 0x0D: markdown += "&#13;".utf8
    case UInt8(ascii: "&"), UInt8(ascii: "#"), UInt8(ascii: ";"): markdown.append(byte)
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: markdown += [UInt8(ascii: "\\"), byte]
    default: markdown.append(byte)
    }
  }
  markdown.append(UInt8(ascii: "a"))
  let tree = MarkdownTree(markdown)
  let steps = tree.root.steps
  var resolved: [UInt8] = []
  while let step = steps.next() {
    if step.node.kind == .text { resolved += step.node.literal }
  }
  return repairedText(resolved.dropFirst().dropLast())
}
