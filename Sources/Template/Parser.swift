import Diagnostics

/// Builds the syntax of one template from its tokens, line by line, since a tag that is alone on its line takes the line with it.
struct Parser {
  /// A section, parent or block whose end has not come yet.
  private struct Open {
    let token: Token
    var body: [Syntax] = []
    var blocks: [Syntax.Block] = []
    let indentation: [UInt8]?
  }

  private static let deepest = 100

  private let source: Source
  private var stack: [Open]
  private(set) var diagnostics: [Diagnostic]
  private let tokens: [Token]

  init(_ source: Source) {
    var tokenizer = Tokenizer(source)
    tokenizer.tokenize()
    self.source = source
    tokens = tokenizer.tokens
    diagnostics = tokenizer.diagnostics
    stack = [Open(token: Token(kind: .text, range: 0..<0, name: ""), indentation: nil)]
  }

  mutating func parse() -> [Syntax] {
    var first = 0
    while first < tokens.count {
      var end = first
      while end < tokens.count, !endsLine(tokens[end]) { end += 1 }
      end = min(end + 1, tokens.count)
      line(Array(tokens[first..<end]))
      first = end
    }
    while stack.count > 1 {
      let open = stack.removeLast()
      report(.unclosed(open.token.name), open.token)
      stack[stack.count - 1].body += open.body
    }
    return stack[0].body
  }

  private func endsLine(_ token: Token) -> Bool {
    token.kind == .text && source.bytes[token.range].last == UInt8(ascii: "\n")
  }

  private mutating func report(_ message: Diagnostic.Message, _ token: Token) {
    diagnostics.append(source.diagnostic(.error, message, at: token.range.lowerBound))
  }

  // MARK: Lines

  private mutating func line(_ tokens: [Token]) {
    let tags = tokens.filter { $0.kind != .text }
    let indentation = leadingSpace(tokens)
    guard !tags.isEmpty, isBlank(tokens), isAlone(tags) else {
      append(.lineStart(indentation))
      var tokens = tokens
      // The white space stands in the beginning of the line.
      if let text = tokens.first, text.kind == .text {
        tokens[0] = Token(kind: .text, range: (text.range.lowerBound + indentation.count)..<text.range.upperBound, name: "")
      }
      for (index, token) in tokens.enumerated() {
        let isFirst = index == 0 || (index == 1 && tokens[0].range.isEmpty)
        take(token, indentation: nil, isFirst: isFirst, space: indentation)
      }
      return
    }
    for tag in tags { take(tag, indentation: indentation, isFirst: true, space: indentation) }
  }

  private func leadingSpace(_ tokens: [Token]) -> [UInt8] {
    guard let text = tokens.first, text.kind == .text else { return [] }
    return Array(source.bytes[text.range].prefix { $0 == 0x20 || $0 == 0x09 })
  }

  private func isBlank(_ tokens: [Token]) -> Bool {
    tokens.allSatisfy { token in
      token.kind != .text || source.bytes[token.range].allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) }
    }
  }

  /// One tag, or several of inheritance (specification, inheritance: their opening and closing tags need no lines of their own);
  /// but a block that opens and closes on one line keeps its line, since what replaces it brings none.
  private func isAlone(_ tags: [Token]) -> Bool {
    if tags.count == 1 { return tags[0].canStandAlone }
    var open = stack.map(\.token.kind)
    var isBlockOnly = true
    for tag in tags {
      switch tag.kind {
      case .parent:
        isBlockOnly = false
        open.append(.parent)
      case .block: open.append(.block)
      case .close:
        guard let kind = open.popLast(), kind == .parent || kind == .block else { return false }
        if kind == .parent { isBlockOnly = false }
      default: return false
      }
    }
    return !isBlockOnly || open.count != stack.count
  }

  // MARK: Tags

  private mutating func append(_ syntax: Syntax) { stack[stack.count - 1].body.append(syntax) }

  private mutating func take(_ token: Token, indentation: [UInt8]?, isFirst: Bool, space: [UInt8]) {
    switch token.kind {
    case .text: if !token.range.isEmpty { append(.text(Array(source.bytes[token.range]))) }
    case .variable(isEscaped: true) where token.name.hasPrefix("\""): if let phrase = phrase(token) { append(.phrase(phrase)) }
    case .variable(let isEscaped): if let name = name(token) { append(.variable(name, isEscaped: isEscaped)) }
    case .open, .parent: push(Open(token: token, indentation: indentation))
    // Inline, the lines after the first are indented as the tag's own line is, if nothing stands before it.
    case .block: push(Open(token: token, indentation: indentation ?? (isFirst ? space : nil)), isStandalone: indentation != nil)
    case .close: close(token)
    case .partial: if let name = partialName(token) { append(.partial(name, indentation: indentation)) }
    case .comment, .delimiters: break
    }
  }

  private var standaloneBlocks: Set<Int> = []

  private mutating func push(_ open: Open, isStandalone: Bool = false) {
    // Reported once; what is deeper is read flat, so that nothing recurses into it.
    if stack.count == Parser.deepest { report(.tooDeep(Parser.deepest), open.token) }
    if isStandalone { standaloneBlocks.insert(open.token.range.lowerBound) }
    stack.append(open)
  }

  private mutating func close(_ token: Token) {
    guard stack.count > 1 else { return report(.unexpectedClose(token.name), token) }
    let open = stack.removeLast()
    if open.token.name != token.name { report(.wrongClose(token.name, open: open.token.name), token) }
    switch open.token.kind {
    case .open where stack.count >= Parser.deepest: stack[stack.count - 1].body += open.body
    case .open(let isInverted):
      if let name = name(open.token) { append(.section(name, isInverted: isInverted, open.body)) }
    case .parent:
      guard let name = partialName(open.token) else { return }
      append(.parent(name, open.blocks, indentation: open.indentation))
    default:
      let offset = open.token.range.lowerBound
      let isStandalone = standaloneBlocks.contains(offset)
      let indentation = (isStandalone ? open.body.firstIndentation : nil) ?? open.indentation ?? []
      let block = Syntax.Block(
        name: open.token.name, body: open.body, offset: offset, isStandalone: isStandalone, indentation: indentation)
      if stack.last?.token.kind == .parent { stack[stack.count - 1].blocks.append(block) } else { append(.block(block)) }
    }
  }

  private mutating func name(_ token: Token) -> Syntax.Name? {
    if token.name == "." { return Syntax.Name(parts: ["."], offset: token.range.lowerBound) }
    let parts = token.name.split(separator: ".", omittingEmptySubsequences: false)
    guard !token.name.isEmpty, parts.allSatisfy({ !$0.isEmpty && !$0.contains { $0.isWhitespace } }) else {
      report(.badName(token.name), token)
      return nil
    }
    return Syntax.Name(parts: parts, offset: token.range.lowerBound)
  }

  /// The words between the quotes.
  private mutating func phrase(_ token: Token) -> String? {
    guard token.name.utf8.count > 2, token.name.hasSuffix("\"") else {
      report(.badPhrase(token.name), token)
      return nil
    }
    return String(token.name.dropFirst().dropLast())
  }

  private mutating func partialName(_ token: Token) -> Syntax.PartialName? {
    var text = token.name[...]
    let isDynamic = text.hasPrefix("*")
    if isDynamic { text = text.dropFirst().drop { $0.isWhitespace } }
    guard !text.isEmpty, !text.contains(where: \.isWhitespace) else {
      report(.badName(token.name), token)
      return nil
    }
    return Syntax.PartialName(text: String(text), isDynamic: isDynamic, offset: token.range.lowerBound)
  }
}
