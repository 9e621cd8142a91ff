package import Diagnostics

package struct TemplateLibrary: Sendable {
  let sources: [String: Source]
  package init(_ sources: [String: Source]) { self.sources = sources }
  package func compile<Page: Model>(_ path: String, for page: Page.Type) -> Parsed<CompiledTemplate<Page>?> {
    var c = Compiler(sources: sources)
    let ops = c.template(path, [.shape(Page.fields.shape)], [:], nil)
    if c.errors.isEmpty { return Parsed(CompiledTemplate(ops: ops)) }
    return Parsed(nil, c.errors)
  }
}
package struct CompiledTemplate<Page: Model>: Sendable {
  let ops: [Op]
  package func render(_ page: Page, into output: inout [UInt8]) {
    var arena = [Slot](repeating: .none, count: Page.fields.all.count)
    Page.fields.fill(page, at: 0, &arena)
    run(ops, [0], arena, &output)
  }
}
package func isAllowedURL(_ u: String) -> Bool {
  let s = u.filter { $0 > " " }.lowercased()
  guard let colon = s.firstIndex(of: ":") else { return true }
  let head = s[..<colon]
  if head.contains("/") || head.contains("?") || head.contains("#") { return true }
  return ["http", "https", "mailto"].contains(String(head))
}
indirect enum Op: Sendable {
  case literal([UInt8]), text(Int, Int), url(Int, Int), markup(Int, Int), section(Int, Int, [Op]), inverted(Int, Int, [Op])
}
func escape(_ s: String, _ o: inout [UInt8]) {
  for u in s.unicodeScalars {
    switch u {
    case "&": o += "&amp;".utf8
    case "<": o += "&lt;".utf8
    case ">": o += "&gt;".utf8
    case "\"": o += "&quot;".utf8
    case "'": o += "&#39;".utf8
    case "\t", "\n", "\r": o.append(UInt8(u.value))
    case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}": o += "\u{FFFD}".utf8
    default: o += Array(String(u).utf8)
    }
  }
}
func run(_ ops: [Op], _ frames: [Int], _ arena: [Slot], _ o: inout [UInt8]) {
  for op in ops {
    switch op {
    case .literal(let b): o += b
    case .text(let f, let s): if case .text(let t) = arena[frames[f] + s] { escape(t, &o) }
    case .url(let f, let s): if case .text(let t) = arena[frames[f] + s], isAllowedURL(t) { escape(t, &o) }
    case .markup(let f, let s): if case .markup(let t) = arena[frames[f] + s] { o += t }
    case .section(let f, let s, let body):
      switch arena[frames[f] + s] {
      case .text(let t): if !t.isEmpty { run(body, frames + [frames[f] + s], arena, &o) }
      case .markup(let t): if !t.isEmpty { run(body, frames + [frames[f] + s], arena, &o) }
      case .flag(let b): if b { run(body, frames + [0], arena, &o) }
      case .list(let b, let n, let w): for i in 0..<n { run(body, frames + [b + i * w], arena, &o) }
      case .none: break
      }
    case .inverted(let f, let s, let body):
      let empty: Bool = switch arena[frames[f] + s] {
      case .text(let t): t.isEmpty
      case .markup(let t): t.isEmpty
      case .flag(let b): !b
      case .list(_, let n, _): n == 0
      case .none: true }
      if empty { run(body, frames, arena, &o) }
    }
  }
}
enum Frame { case shape(Shape), scalar(Shape.Kind), nothing }
indirect enum Node { case literal(String), name(String, Bool, Int), section(String, Bool, [Node], Int), partial(String, Int), parent(String, [Node], Int), block(String, [Node], Int) }
struct Compiler {
  let sources: [String: Source]
  var errors: [Diagnostic] = []
  var asts: [String: [Node]] = [:]
  typealias Blocks = [String: ([Node], Source)]
  mutating func fail(_ source: Source, _ at: Int, _ text: String) { errors.append(source.diagnostic(.error, .init(id: "template", text), at: at)) }
  mutating func template(_ path: String, _ stack: [Frame], _ blocks: Blocks, _ from: (Source, Int)?) -> [Op] {
    guard let source = sources[path] ?? sources[path + ".mustache"] else {
      if let from { fail(from.0, from.1, "no partial \(path)") } else { errors.append(Diagnostic(.error, .init(id: "template", "no template \(path)"))) }
      return []
    }
    return compile(parse(source), source, stack, blocks)
  }
  mutating func compile(_ nodes: [Node], _ source: Source, _ stack: [Frame], _ blocks: Blocks) -> [Op] {
    var ops: [Op] = []
    for node in nodes {
      switch node {
      case .literal(let t): ops.append(.literal(Array(t.utf8)))
      case .name(let n, _, let at):
        guard let (f, s, k) = resolve(n, stack) else { fail(source, at, "unknown name \(n)"); continue }
        switch k {
        case .text: ops.append(.text(f, s))
        case .url: ops.append(.url(f, s))
        case .markup: ops.append(.markup(f, s))
        default: fail(source, at, "\(n) cannot be printed") }
      case .section(let n, let inv, let body, let at):
        guard let (f, s, k) = resolve(n, stack) else { fail(source, at, "unknown name \(n)"); continue }
        if inv { ops.append(.inverted(f, s, compile(body, source, stack, blocks))); continue }
        let frame: Frame = switch k {
        case .text, .url, .markup: .scalar(k)
        case .texts: .scalar(.text)
        case .flag: .nothing
        case .list(let g), .object(let g): .shape(g()) }
        ops.append(.section(f, s, compile(body, source, stack + [frame], blocks)))
      case .partial(let p, let at): ops += template(p, stack, [:], (source, at))
      case .block(let n, let body, _):
        if let (over, src) = blocks[n] { ops += compile(over, src, stack, blocks) } else { ops += compile(body, source, stack, blocks) }
      case .parent(let p, let body, let at):
        var b = blocks
        for case .block(let n, let body, _) in body where b[n] == nil { b[n] = (body, source) }
        ops += template(p, stack, b, (source, at))
      }
    }
    return ops
  }
  func resolve(_ name: String, _ stack: [Frame]) -> (Int, Int, Shape.Kind)? {
    for (i, f) in stack.enumerated().reversed() {
      switch f {
      case .shape(let s): if let j = s.names.firstIndex(of: name) { return (i, j, s.kinds[j]) }
      case .scalar(let k): if name == "." { return (i, 0, k) }
      case .nothing: break
      }
    }
    return nil
  }
  mutating func parse(_ source: Source) -> [Node] {
    if let a = asts[source.file] { return a }
    var text = String(decoding: source.bytes, as: UTF8.self)
    // standalone tags
    text = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> String in
      let t = line.drop { $0 == " " }
      guard t.hasPrefix("{{"), let k = t.dropFirst(2).first, "#^/>!<$".contains(k), t.hasSuffix("}}"), t.components(of: "{{") == 1 else { return String(line) + "\n" }
      return String(t)
    }.joined()
    if text.hasSuffix("\n") { text.removeLast() }
    var stack: [(String, Character, [Node])] = [("", " ", [])]
    var rest = text[...]
    while let open = rest.range("{{") {
      stack[stack.count - 1].2.append(.literal(String(rest[..<open])))
      rest = rest[rest.index(open, offsetBy: 2)...]
      let triple = rest.first == "{"
      guard let close = rest.range(triple ? "}}}" : "}}") else { fail(source, 0, "unclosed tag"); break }
      var tag = rest[..<close].drop { $0 == "{" }
      rest = rest[rest.index(close, offsetBy: triple ? 3 : 2)...]
      let k = tag.first ?? " "
      if "#^/>!<$&=".contains(k) { tag = tag.dropFirst() }
      let name = tag.filter { $0 != " " }
      switch k {
      case "!": break
      case "#", "^", "<", "$": stack.append((String(name), k, []))
      case ">": stack[stack.count - 1].2.append(.partial(String(name), 0))
      case "/":
        let (n, k, body) = stack.removeLast()
        if n != name || stack.isEmpty { fail(source, 0, "closing \(name), open \(n)"); return [] }
        let node: Node = switch k { case "#": .section(n, false, body, 0); case "^": .section(n, true, body, 0); case "<": .parent(n, body, 0); default: .block(n, body, 0) }
        stack[stack.count - 1].2.append(node)
      default: stack[stack.count - 1].2.append(.name(String(name), triple, 0))
      }
    }
    stack[stack.count - 1].2.append(.literal(String(rest)))
    asts[source.file] = stack[0].2
    return stack[0].2
  }
}
extension Substring {
  func range(_ s: String) -> Index? {
    var i = startIndex
    while i < endIndex { if self[i...].hasPrefix(s) { return i }; i = index(after: i) }
    return nil
  }
  func components(of s: String) -> Int { var n = 0; var r = self; while let i = r.range(s) { n += 1; r = r[r.index(i, offsetBy: s.count)...] }; return n }
}
