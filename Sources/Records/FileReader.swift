import Diagnostics
import Documents
import Releases

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
    var depth = 0
  }

  /// How many lists and envelopes an object may lie in. `gh api --paginate --slurp` gives a list of pages, so some are fine.
  static let deepest = 4

  /// Nobody reads more notes on one file; a file of nothing but unknown keys must not fill the memory.
  private static let mostNotes = 500

  let source: Source
  var file = RecordFile()
  var context = Context()
  /// Set by a fault that costs the record at hand.
  var isFaulty = false
  /// Unknown keys are noted once a file.
  private var notedKeys: Set<String> = []
  private var notedStates: Set<String> = []

  /// In the order in which an object is offered to them.
  private let formats: [Format]

  init(_ source: Source, provider: String? = nil) {
    self.source = source
    formats = Format.all(first: provider)
    file.file = source.file
  }

  /// Every error of the parser stands for one value that was lost.
  mutating func loseToSyntax(_ diagnostics: [Diagnostic]) {
    file.diagnostics += diagnostics
    file.lost += diagnostics.count { $0.severity == .error }
  }

  mutating func take(_ node: Node) {
    switch node.kind {
    case .object: takeObject(node)
    case .array:
      if context.depth > FileReader.deepest { return skip(node, SkipReason.anArray) }
      takeElements(of: node)
    case .null, .bool, .number, .string: skip(node, SkipReason.scalar(describe(node)))
    }
  }

  mutating func takeElements(of node: Node) {
    context.depth += 1
    for element in node.elements { take(element) }
    context.depth -= 1
  }

  private mutating func takeObject(_ node: Node) {
    if takeEnvelope(node) || takeDeclared(node) || takePlain(node) { return }
    for format in formats where format.take(node, &self) { return }
    if let text = errorAnswer(node) {
      warn(.errorAnswer(text), at: node)
      return skip(node, SkipReason.errorAnswer(text))
    }
    if takeUndeclared(node) { return }
    skip(node, SkipReason.unrecognised(node.members.map(\.key)))
  }

  /// A dump of a request that failed: its data is missing, which nobody would notice otherwise.
  private func errorAnswer(_ node: Node) -> String? {
    if let message = node["message"]?.string, node["documentation_url"] != nil { return message }
    if let message = node["message"]?.string, node["typeKey"] != nil || node.members.count == 1 { return message }
    if let error = node["error"]?.string, node["error_description"] != nil || node.members.count == 1 { return error }
    if node["type"]?.string == "error", let message = node["error", "message"]?.string { return message }
    return nil
  }
}

extension FileReader {
  /// Adds a piece of a record. `isImplied`: only another object tells of it, which is a piece too or was skipped.
  mutating func add(
    _ body: Piece.Body, provider: String, named name: String, at node: Node, chain: String? = nil, isImplied: Bool = false
  ) {
    file.pieces.append(
      Piece(
        provider: provider, name: cut(name), position: node.position, page: context.page, offset: node.offset,
        body: body.withoutImpossible, chain: chain, isImplied: isImplied))
  }

  mutating func skip(_ node: Node, named name: String? = nil, _ reason: String) {
    let position = node.position
    let record = name.map(cut) ?? "line \(position.line), column \(position.column)"
    file.skipped.append(Account.Skipped(file: source.file, record: record, reason: reason))
  }

  mutating func note(_ message: Diagnostic.Message, at node: Node) {
    file.diagnostics.append(node.diagnostic(.note, message))
  }

  mutating func warn(_ message: Diagnostic.Message, at node: Node) {
    file.diagnostics.append(node.diagnostic(.warning, message))
  }

  /// A fault that costs the record at hand.
  mutating func fail(_ message: Diagnostic.Message, at node: Node) {
    isFaulty = true
    file.diagnostics.append(node.diagnostic(.error, message))
  }

  /// Notes a key nobody knows, once for its kind of object and this file.
  mutating func noteUnknown(_ member: Node.Member, in object: String, among known: [String]) {
    guard notedKeys.count < FileReader.mostNotes, notedKeys.insert(object + "." + member.key).inserted else { return }
    let message = Diagnostic.Message.unknownKey(member.key, in: object, among: known)
    file.diagnostics.append(member.value.document.diagnostic(.note, message, at: member.keyOffset))
  }

  /// Notes a state word of a provider that no table has, once a word and file.
  mutating func noteUnknownState(_ word: String, provider: String, shown: String = "unknown", at node: Node) {
    guard notedStates.count < FileReader.mostNotes, notedStates.insert(word).inserted else { return }
    note(.unknownState(word, provider: provider, shown: shown), at: node)
  }
}

/// What was found, for a message: the value itself where it is short.
func describe(_ node: Node) -> String {
  switch node.kind {
  case .null: "null"
  case .bool: node.bool == true ? "true" : "false"
  case .number: cut(node.numberText ?? "a number")
  case .string: quoted(node.string ?? "")
  case .array: "a list"
  case .object: "an object"
  }
}

extension Piece.Body {
  /// What no canonical record can hold is as good as absent: an environment of no name, a number below 0.
  fileprivate var withoutImpossible: Piece.Body {
    func named(_ gates: [Gate]) -> [Gate] {
      gates.map { gate in
        var gate = gate
        if gate.environment?.isBlank == true { gate.environment = nil }
        return gate
      }
    }
    switch self {
    case .run(var piece) where piece.record.number.map { $0 < 0 } == true:
      piece.record.number = nil
      return .run(piece)
    case .deployment(var piece) where !piece.gates.isEmpty:
      piece.gates = named(piece.gates)
      return .deployment(piece)
    case .review(var piece):
      piece.gates = named(piece.gates)
      return .review(piece)
    case .step(var piece) where piece.gate != nil || piece.environment?.isBlank == true:
      piece.gate = named(piece.gate.map { [$0] } ?? []).first
      if piece.environment?.isBlank == true { piece.environment = nil }
      return .step(piece)
    default: return self
    }
  }
}
