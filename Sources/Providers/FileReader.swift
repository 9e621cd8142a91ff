import Diagnostics
import Documents
import Records

/// Walks the values of one file and hands each object to whoever knows its shape. Whatever it takes ends in a record, a piece, a
/// skip with a reason, or a loss.
struct FileReader {
  /// What the objects around a value say about it.
  struct Context {
    /// `owner/name`, where the envelope says it.
    var repository: String?
    /// The name of the pipeline, likewise.
    var pipeline: String?
    /// The number of the page in its envelope, so that pages in any files keep their order.
    var page = 0
    /// The envelope that its objects lie in, by its place: they are the answer to one question.
    var group: Int?
    /// The value at the top of the file, where it is a list or an envelope of several.
    var answer: Int?
    var depth = 0
  }

  /// How many lists and envelopes an object may lie in. `gh api --paginate --slurp` gives a list of pages, so some are fine.
  static let deepest = 4

  /// So many objects that were cut off are told each at its place; of more, how many they are.
  private static let mostCutOffs = 20

  /// Takes what is in our own form, and keeps what is said of the file.
  private var records: RecordReader
  var file = RecordFile()
  var context = Context()
  /// Where the last time of a payload stands that could not be read.
  var lastUnreadTime: Int?
  private var notedStates: Set<String> = []
  private var cutOffs = 0
  /// Which of the diagnostics is about the last of them that is told.
  private var lastCutOff = 0

  /// In the order in which an object is offered to them.
  private let formats: [Format]

  /// Whose payload the file is said to be.
  private let said: String?

  init(_ source: Source, provider: String? = nil, stories: StoryTelling = .none) {
    records = RecordReader(source, stories: stories)
    said = provider
    formats = Format.all(first: provider)
    file.file = source.file
  }

  /// Every error of the parser stands for one value that was lost.
  mutating func loseToSyntax(_ diagnostics: [Diagnostic]) {
    records.diagnostics += diagnostics
    records.lost += diagnostics.count { $0.severity == .error }
  }

  mutating func take(_ node: Node) {
    switch node.kind {
    case .object: takeObject(node)
    case .array:
      if context.depth > FileReader.deepest { return skip(node, .anArray) }
      takeElements(of: node)
    case .null, .bool, .number, .string: skip(node, .scalar(describe(node)))
    }
  }

  mutating func takeElements(of node: Node) {
    let outer = context.answer
    context.answer = outer ?? node.offset
    context.depth += 1
    for element in node.elements { take(element) }
    context.depth -= 1
    context.answer = outer
  }

  /// The elements of several lists of one envelope.
  mutating func takeLists(_ keys: [String], of node: Node) {
    guard context.depth <= FileReader.deepest else { return skip(node, .anArray) }
    for key in keys { if let list = node.list(key) { takeElements(of: list) } }
  }

  private mutating func takeObject(_ node: Node) {
    if records.take(node) { return }
    if let list = records.unnamedList(in: node) { return takeElements(of: list) }
    // An answer may hold data and say beside it that some is missing.
    let partial = node["errors"] != nil && node["data"]?.isNull == false ? errorAnswer(node) : nil
    if let partial { warn(.errorAnswer(partial), at: node) }
    for format in formats where format.take(node, &self) { return }
    if let text = partial ?? errorAnswer(node) {
      if partial == nil { warn(.errorAnswer(text), at: node) }
      return skip(node, .errorAnswer(text))
    }
    if let kind = foreignKind(node) {
      return skip(
        node, named: node["metadata", "name"]?.string.map { "\(node["kind"]?.string ?? "") \($0)" }, "\(kind) is not read")
    }
    if records.takeUndeclared(node) { return }
    if let text = node.cutOffs.first(where: \.isCutOff)?.cutOffText { return skip(node, .cutOff(text)) }
    skip(node, .unrecognised(node.members.map(\.key), mayBeEmptyAnswer: node.mayBeEmptyAnswer))
  }
}

extension Node {
  /// Whether it may be what an interface answers that has nothing to list: all lists in it are empty, and no text tells of a failure.
  fileprivate var mayBeEmptyAnswer: Bool {
    guard self["message"] == nil, self["error"] == nil, self["errors"] == nil else { return false }
    let lists = self.lists(depth: 0)
    return !lists.isEmpty && lists.allSatisfy(\.elements.isEmpty)
  }

  private func lists(depth: Int) -> [Node] {
    switch kind {
    case .array: [self]
    case .object: depth < FileReader.deepest ? members.flatMap { $0.value.lists(depth: depth + 1) } : []
    case .null, .bool, .number, .string: []
    }
  }
}

extension FileReader {
  /// A value at the top of a file.
  mutating func takeDocument(_ node: Node) {
    for cut in node.cutOffs {
      cutOffs += 1
      guard cutOffs <= FileReader.mostCutOffs else { continue }
      lastCutOff = records.diagnostics.count
      warn(.cutOff(cut.cutOffText ?? ""), at: cut)
    }
    take(node)
  }

  /// What can only be said when all of the file is read.
  mutating func finish() {
    let more = cutOffs - FileReader.mostCutOffs
    if more > 0 { records.diagnostics[lastCutOff].message.text += " (and at \(more == 1 ? "1 place" : "\(more) places") more)" }
    (file.runs, file.deployments, file.incidents) = (records.runs, records.deployments, records.incidents)
    (file.diagnostics, file.lost, file.found) = (records.diagnostics, records.lost, records.found)
    warnOfNothing()
  }

  /// A file of which nothing was taken says so, once, unless something else was said of it.
  private mutating func warnOfNothing() {
    guard file.isNothingTaken, let first = file.skipped.first, !file.diagnostics.contains(where: { $0.severity != .note })
    else { return }
    let others = file.skipped.count { $0.reason != first.reason }
    file.diagnostics.append(
      Diagnostic(.warning, .nothingTaken(first.reason, others: others), file: file.file, position: Position(line: 1, column: 1))
    )
  }

  /// `Promotion of kargo.akuity.io`: a resource of Kubernetes that is another's.
  private func foreignKind(_ node: Node) -> String? {
    guard let kind = node["kind"]?.string, let version = node["apiVersion"]?.string, !kind.isBlank, !version.isBlank else {
      return nil
    }
    return "\(cut(kind)) of \(cut(String(version.prefix { $0 != "/" })))"
  }

  /// A dump of a request that failed: its data is missing, which nobody would notice otherwise.
  private func errorAnswer(_ node: Node) -> String? {
    guard node["id"] == nil, node["state"] == nil, node["environment"] == nil else { return nil }
    let error = node["error"] ?? node["errors"]?.elements.first ?? node["Errors"]?.elements.first
    let texts = ["message", "ErrorMessage", "error_description", "detail", "title"].lazy.compactMap { node[$0]?.string }
    guard let text = error?["message"]?.string ?? texts.first ?? error?.string ?? node["error"]?.string, !text.isBlank else {
      return nil
    }
    if error?.isNull == false || node["documentation_url"] != nil || node["typeKey"] != nil || node["ErrorMessage"] != nil {
      return text
    }
    if node["kind"]?.string == "Status", node["status"]?.string == "Failure" { return text }
    let code = ["code", "status", "statusCode"].lazy.compactMap { node[$0] }.compactMap {
      $0.int ?? $0.string.flatMap(Int.init)
    }.first
    return node.members.count == 1 || (400..<600).contains(code ?? 0) ? text : nil
  }
}

extension FileReader {
  /// Adds a piece of a record. `isImplied`: only another object tells of it, which is a piece too or was skipped.
  mutating func add(
    _ body: Piece.Body, provider: String, named name: String, at node: Node, chain: String? = nil, isImplied: Bool = false
  ) {
    var piece = Piece(
      provider: provider, name: cut(name), position: node.position, page: context.page, offset: node.offset,
      body: body.withoutImpossible, group: context.answer, chain: chain, isImplied: isImplied)
    piece.story = records.story(
      at: node,
      isImplied ? Remark.toldInPassing(by: cut(name)) : Remark.payload(cut(name), of: provider, saidBy: saidBy(provider)))
    if let lastUnreadTime, lastUnreadTime >= node.offset { piece.story.hasUnreadTime = true }
    if !isImplied { records.find(cut(name), at: node, .taken) }
    file.pieces.append(piece)
  }

  /// Who said that the file is a payload of that provider, if anybody did.
  private func saidBy(_ provider: String) -> String? {
    guard case .kept(let speaker) = records.stories, said == provider else { return nil }
    return speaker
  }

  mutating func skip(_ node: Node, named name: String? = nil, _ reason: SkipReason) {
    if reason.isStrange { file.strangers += 1 }
    let position = node.position
    let record = name.map(cut) ?? "line \(position.line), column \(position.column)"
    file.skipped.append(
      Account.Skipped(file: file.file, record: record, reason: reason.text, remedy: reason.remedy, position: position))
    records.find(record, at: node, .skipped(reason: reason.text))
  }

  mutating func note(_ message: Diagnostic.Message, at node: Node) { records.note(message, at: node) }

  mutating func warn(_ message: Diagnostic.Message, at node: Node) { records.warn(message, at: node) }

  /// Notes a state word of a provider that no table has, once a word and file.
  mutating func noteUnknownState(_ word: String, provider: String, shown: String = "unknown", at node: Node) {
    guard notedStates.count < RecordReader.mostNotes, notedStates.insert(word).inserted else { return }
    note(.unknownState(word, provider: provider, shown: shown), at: node)
  }
}

extension Piece.Body {
  /// What no canonical record can hold is as good as absent: an environment of no name, a number below 0.
  fileprivate var withoutImpossible: Piece.Body {
    switch self {
    case .run(var piece):
      if let number = piece.record.number, number < 0 { piece.record.number = nil }
      return .run(piece)
    case .deployment(var piece):
      piece.gates = piece.gates.map(\.withoutNamelessEnvironment)
      return .deployment(piece)
    case .review(var piece):
      piece.gates = piece.gates.map(\.withoutNamelessEnvironment)
      return .review(piece)
    case .step(var piece):
      piece.gate = piece.gate?.withoutNamelessEnvironment
      piece.environment = piece.environment.flatMap(environmentName)
      return .step(piece)
    case .incident(var piece):
      piece.record.environment = piece.record.environment.flatMap(environmentName)
      return .incident(piece)
    case .status, .environment, .release, .application, .name: return self
    }
  }
}

extension Gate {
  fileprivate var withoutNamelessEnvironment: Gate {
    var gate = self
    gate.environment = gate.environment.flatMap(environmentName)
    return gate
  }
}
