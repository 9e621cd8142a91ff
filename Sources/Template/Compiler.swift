import Diagnostics

/// Resolves every name of a template, and of those it includes, against the shapes that the page offers, and lays the result flat.
struct Compiler {
  enum Frame {
    case shape(Shape)
    case scalar(Shape.Kind)

    /// Frames with the same identity hide each other completely, since shapes are closed.
    var identity: ObjectIdentifier? {
      switch self {
      case .shape(let shape): ObjectIdentifier(shape)
      case .scalar: nil
      }
    }
  }

  /// What replaces a block.
  struct Replacement {
    let block: Syntax.Block
    let source: Source
    let trail: [String]
    /// Bytes of indentation that its lines lose where they are written.
    var strip: Int { block.isStandalone ? block.body.firstIndentation?.count ?? 0 : 0 }
  }

  /// Where the compiler is: what names mean, and how lines begin.
  struct Scope {
    var frames: [Frame]
    var source: Source
    var trail: [String]
    var prefix: [UInt8] = []
    var strip = 0
    var replacements: [String: Replacement] = [:]
  }

  /// A partial that is being expanded; met again, it becomes a routine.
  private struct Expansion {
    /// The template and its contexts; not its indentation, which would grow without end: recursion keeps that of the first time.
    let key: String
    let scope: Scope
    let sections: Int
  }

  private static let deepest = 60
  /// Tags and pieces of text that a page is made of at most, each include counted anew: far more than a theme has, and few enough to
  /// end at once where templates include each other twice and twice again.
  private static let largest = 50_000

  private let templates: [String: Template]
  private var program = Program()
  private var code: [Program.Instruction] = []
  private var expansions: [Expansion] = []
  private var routines: [String: Int] = [:]
  private var waiting: [(routine: Int, path: String, scope: Scope)] = []
  /// How many sections that change the context are open.
  private var sections = 0
  private var usedBlocks: Set<String> = []
  private var emitted = 0
  private(set) var diagnostics: [Diagnostic] = []

  private let phrasebook: Phrasebook

  init(templates: [String: Template], phrasebook: Phrasebook) {
    self.templates = templates
    self.phrasebook = phrasebook
  }

  mutating func compile(_ path: String, root: Frame) -> Program {
    guard let template = templates[path] else {
      diagnostics.append(Diagnostic(.error, .missing(path)))
      return program
    }
    program.routines.append([])
    let scope = Scope(frames: [root], source: template.source, trail: [])
    take(template.diagnostics, trail: [])
    emit(template.syntax, scope)
    program.routines[0] = code
    compileWaiting()
    return program
  }

  private mutating func compileWaiting() {
    while let next = waiting.popLast() {
      guard let template = templates[next.path] else { continue }
      code = []
      barrier = 0
      expansions = [Expansion(key: key(next.path, next.scope), scope: next.scope, sections: -1)]
      emit(template.syntax, next.scope)
      program.routines[next.routine] = code
    }
  }

  private mutating func take(_ found: [Diagnostic], trail: [String]) {
    // Nobody reads more; the same fault has another trail at each place that it is included from.
    for var diagnostic in found where diagnostics.count < 500 {
      diagnostic.trail = trail
      if !diagnostics.contains(diagnostic) { diagnostics.append(diagnostic) }
    }
  }

  private mutating func report(_ message: Diagnostic.Message, _ scope: Scope, at offset: Int) {
    take([scope.source.diagnostic(.error, message, at: offset)], trail: scope.trail)
  }

  // MARK: Emitting

  private mutating func literal(_ bytes: some Collection<UInt8>) {
    guard !bytes.isEmpty else { return }
    let start = program.literals.count
    program.literals.append(contentsOf: bytes)
    // Literals that follow one another are one; not across the end of a section, which an instruction may jump to.
    if case .literal(let first, let count) = code.last, first + count == start, barrier < code.count {
      code[code.count - 1] = .literal(start: first, count: count + bytes.count)
    } else {
      code.append(.literal(start: start, count: bytes.count))
    }
  }

  /// The last index that something jumps to.
  private var barrier = 0

  private mutating func emit(_ syntax: [Syntax], _ scope: Scope, skipsFirstLine: Bool = false) {
    for (index, item) in syntax.enumerated() {
      emitted += 1
      guard emitted <= Compiler.largest else { return reportSize(scope) }
      switch item {
      case .text(let bytes): literal(bytes)
      case .lineStart(let space):
        if index > 0 || !skipsFirstLine {
          literal(scope.prefix)
          literal(space.dropFirst(scope.strip))
        }
      case .phrase(let english): phrase(english)
      case .variable(let name, let isEscaped): variable(name, isEscaped, scope)
      case .section(let name, let isInverted, let body): section(name, isInverted, body, scope)
      case .partial(let name, let indentation): partial(name, indentation, scope)
      case .parent(let name, let blocks, let indentation): parent(name, blocks, indentation, scope)
      case .block(let block): self.block(block, scope)
      }
    }
  }

  private mutating func phrase(_ english: String) {
    var bytes: [UInt8] = []
    appendEscaped(phrasebook.text(english), to: &bytes)
    literal(bytes)
  }

  private mutating func reportSize(_ scope: Scope) {
    guard !diagnostics.contains(where: { $0.message == .tooManyIncludes }) else { return }
    diagnostics.append(scope.source.diagnostic(.error, .tooManyIncludes, at: 0))
  }

  private mutating func variable(_ name: Syntax.Name, _ isEscaped: Bool, _ scope: Scope) {
    guard let (address, kind) = resolve(name, scope) else { return }
    switch (kind, isEscaped) {
    case (.text, true): code.append(.text(address))
    case (.text(isPlain: true), false): code.append(.verbatim(address))
    case (.text(isPlain: false), false): report(.unescapedText(name.text), scope, at: name.offset)
    case (.url, true): code.append(.url(address))
    case (.url, false): report(.unescapedText(name.text), scope, at: name.offset)
    case (.markup, false): code.append(.verbatim(address))
    case (.markup, true): report(.escapedMarkup(name.text), scope, at: name.offset)
    case (.flag, _): report(.notPrintable(name.text, "flag"), scope, at: name.offset)
    case (.list, _): report(.notPrintable(name.text, "list"), scope, at: name.offset)
    case (.object, _): report(.notPrintable(name.text, "object"), scope, at: name.offset)
    }
  }

  private mutating func section(_ name: Syntax.Name, _ isInverted: Bool, _ body: [Syntax], _ scope: Scope) {
    guard let (address, kind) = resolve(name, scope) else { return }
    let start = code.count
    code.append(.inverted(address, end: start))
    if isInverted {
      emit(body, scope)
      code[start] = .inverted(address, end: code.count)
    } else {
      let (entry, frames) = enter(kind, scope.frames)
      var inner = scope
      inner.frames = frames
      let outer = sections
      if case .stay = entry {} else { sections += 1 }
      emit(body, inner)
      sections = outer
      code[start] = .section(address, entry, end: code.count)
    }
    barrier = code.count
  }

  private func enter(_ kind: Shape.Kind, _ frames: [Frame]) -> (Program.Entry, [Frame]) {
    let frame: Frame
    switch kind {
    case .flag: return (.stay, frames)
    case .text, .url, .markup: frame = .scalar(kind)
    case .list(.scalar(let element)), .object(.scalar(let element)): frame = .scalar(element)
    case .list(.shape(let shape)), .object(.shape(let shape)): frame = .shape(shape())
    }
    guard let hidden = frames.firstIndex(where: { $0.identity == frame.identity }) else { return (.push, frames + [frame]) }
    var frames = frames
    frames.remove(at: hidden)
    return (.replace(hidden), frames + [frame])
  }

  // MARK: Names

  /// Inner contexts first (specification, sections: the context stack); the parts behind a full stop in that value alone.
  private mutating func resolve(_ name: Syntax.Name, _ scope: Scope) -> (Program.Address, Shape.Kind)? {
    guard let first = name.parts.first else { return nil }
    if first == "." {
      if case .scalar(let kind) = scope.frames.last {
        return (Program.Address(frame: scope.frames.count - 1, slot: 0, path: -1), kind)
      }
      report(.notPrintable(".", "object"), scope, at: name.offset)
      return nil
    }
    for (index, frame) in scope.frames.enumerated().reversed() {
      guard case .shape(let shape) = frame, let slot = shape.index(of: first) else { continue }
      return follow(name, from: shape.entries[slot].kind, frame: index, slot: slot, scope)
    }
    report(.unknownName(name.text, offered: offered(scope)), scope, at: name.offset)
    return nil
  }

  private mutating func follow(
    _ name: Syntax.Name, from kind: Shape.Kind, frame: Int, slot: Int, _ scope: Scope
  ) -> (Program.Address, Shape.Kind)? {
    var (kind, path) = (kind, [Int]())
    for part in name.parts.dropFirst() {
      guard case .object(.shape(let shape)) = kind else {
        report(.unknownName(name.text, offered: []), scope, at: name.offset)
        return nil
      }
      guard let next = shape().index(of: part) else {
        report(.unknownName(name.text, offered: shape().entries.map(\.name)), scope, at: name.offset)
        return nil
      }
      path.append(next)
      kind = shape().entries[next].kind
    }
    if path.isEmpty { return (Program.Address(frame: frame, slot: slot, path: -1), kind) }
    program.paths.append(path)
    return (Program.Address(frame: frame, slot: slot, path: program.paths.count - 1), kind)
  }

  private func offered(_ scope: Scope) -> [String] {
    scope.frames.reversed().flatMap { frame -> [String] in
      if case .shape(let shape) = frame { return shape.entries.map(\.name) }
      return ["."]
    }
  }

  // MARK: Partials

  private func path(_ name: String) -> String { name + ".mustache" }

  private func included(_ scope: Scope, at offset: Int) -> [String] {
    let position = scope.source.position(at: offset)
    return ["included from \(scope.source.file):\(position.line):\(position.column)"] + scope.trail
  }

  /// nil, reported, where there is no such template.
  private mutating func template(_ name: Syntax.PartialName, _ scope: Scope) -> Template? {
    if let template = templates[path(name.text)] { return template }
    let known = templates.keys.filter { $0.hasSuffix(".mustache") }.map { String($0.dropLast(9)) }.sorted()
    report(.unknownPartial(name.text, known: known), scope, at: name.offset)
    return nil
  }

  private func inner(_ template: Template, _ indentation: [UInt8]?, _ scope: Scope, at offset: Int) -> Scope {
    var inner = scope
    inner.source = template.source
    inner.trail = included(scope, at: offset)
    inner.prefix = indentation.map { scope.prefix + $0.dropFirst(scope.strip) } ?? []
    inner.strip = 0
    inner.replacements = [:]
    return inner
  }

  /// The same template in the same contexts.
  private func key(_ path: String, _ scope: Scope) -> String {
    let frames = scope.frames.map { frame in
      switch frame {
      case .shape(let shape): "\(ObjectIdentifier(shape).hashValue)"
      case .scalar(let kind): "\(kind)"
      }
    }
    return "\(path)|\(frames)"
  }

  private mutating func partial(_ name: Syntax.PartialName, _ indentation: [UInt8]?, _ scope: Scope) {
    if name.isDynamic { return dynamicPartial(name, indentation, scope) }
    guard let template = template(name, scope) else { return }
    let inner = inner(template, indentation, scope, at: name.offset)
    expand(template, path(name.text), inner, from: scope, at: name)
  }

  private mutating func expand(
    _ template: Template, _ path: String, _ inner: Scope, from scope: Scope, at name: Syntax.PartialName
  ) {
    let key = key(path, inner)
    if let known = expansions.first(where: { $0.key == key }) {
      if known.sections == sections { return report(.endlessPartial(name.text), scope, at: name.offset) }
      code.append(.call(routine: routine(path, known.scope)))
      return
    }
    guard expansions.count < Compiler.deepest else { return report(.endlessPartial(name.text), scope, at: name.offset) }
    take(template.diagnostics, trail: inner.trail)
    expansions.append(Expansion(key: key, scope: inner, sections: sections))
    emit(template.syntax, inner)
    expansions.removeLast()
  }

  private mutating func routine(_ path: String, _ scope: Scope) -> Int {
    let key = "\(key(path, scope))|\(scope.prefix)"
    if let known = routines[key] { return known }
    program.routines.append([])
    let routine = program.routines.count - 1
    routines[key] = routine
    waiting.append((routine, path, scope))
    return routine
  }

  /// Offers every template that these contexts can fill, and chooses by the value when the page is made.
  private mutating func dynamicPartial(_ name: Syntax.PartialName, _ indentation: [UInt8]?, _ scope: Scope) {
    let parts = name.text.split(separator: ".", omittingEmptySubsequences: false)
    guard let (address, kind) = resolve(Syntax.Name(parts: parts, offset: name.offset), scope) else { return }
    guard case .text = kind else { return report(.notText(name.text), scope, at: name.offset) }
    var choices: [(name: String, routine: Int)] = []
    for (path, template) in templates.sorted(by: { $0.key < $1.key }) where template.diagnostics.isEmpty {
      let inner = inner(template, indentation, scope, at: name.offset)
      let known = expansions.first { $0.key == key(path, inner) }
      guard path.hasSuffix(".mustache") else { continue }
      guard known != nil || fits(template, path, inner) else { continue }
      choices.append((String(path.dropLast(9)), routine(path, known?.scope ?? inner)))
    }
    program.choices.append(choices)
    code.append(.choose(address, choices: program.choices.count - 1))
  }

  /// Whether a template compiles in these contexts, tried on a copy.
  private mutating func fits(_ template: Template, _ path: String, _ scope: Scope) -> Bool {
    guard expansions.count < Compiler.deepest else { return false }
    var trial = self
    trial.diagnostics = []
    trial.expansions.append(Expansion(key: key(path, scope), scope: scope, sections: -1))
    trial.emit(template.syntax, scope)
    emitted = trial.emitted
    return trial.diagnostics.isEmpty
  }

  // MARK: Inheritance

  private mutating func parent(
    _ name: Syntax.PartialName, _ blocks: [Syntax.Block], _ indentation: [UInt8]?, _ scope: Scope
  ) {
    guard !name.isDynamic, let template = template(name, scope) else {
      if name.isDynamic { report(.badName("*" + name.text), scope, at: name.offset) }
      return
    }
    guard expansions.count < Compiler.deepest else { return report(.endlessPartial(name.text), scope, at: name.offset) }
    var inner = inner(template, indentation, scope, at: name.offset)
    inner.replacements = scope.replacements
    // The outermost template has the last word (specification, inheritance: multi-level).
    for block in blocks where inner.replacements[block.name] == nil {
      inner.replacements[block.name] = Replacement(block: block, source: scope.source, trail: scope.trail)
    }
    take(template.diagnostics, trail: inner.trail)
    expansions.append(Expansion(key: "parent \(expansions.count)", scope: inner, sections: -1))
    let used = usedBlocks
    usedBlocks = []
    emit(template.syntax, inner)
    for block in blocks where !usedBlocks.contains(block.name) {
      report(.unknownBlock(block.name, parent: name.text), scope, at: block.offset)
    }
    usedBlocks.formUnion(used)
    expansions.removeLast()
  }

  private mutating func block(_ block: Syntax.Block, _ scope: Scope) {
    usedBlocks.insert(block.name)
    guard let replacement = scope.replacements[block.name] else { return emit(block.body, scope) }
    var inner = scope
    inner.source = replacement.source
    inner.trail = replacement.trail
    inner.prefix = scope.prefix + block.indentation.dropFirst(scope.strip)
    inner.strip = replacement.strip
    if block.isStandalone, replacement.block.body.firstIndentation == nil { literal(inner.prefix) }
    emit(replacement.block.body, inner, skipsFirstLine: !block.isStandalone)
  }
}

extension Diagnostic.Message {
  static func unknownBlock(_ name: String, parent: String) -> Self {
    Self(id: "template-unknown-block", "'\(parent)' has no block '\(name)' to replace")
  }
}
