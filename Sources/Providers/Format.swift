import Diagnostics
import Documents
import Records

/// The payloads of one provider: which objects are its, and what each says in our words.
struct Format: Sendable {
  /// An object of the provider, told by its shape.
  struct Shape: Sendable {
    let fits: @Sendable (Node) -> Bool
    /// Adds pieces, or skips the object with a reason.
    let read: @Sendable (Node, inout FileReader) -> Void
  }

  /// Every provider that is read, in the order in which an object is offered to them: a provider is a file and a line here.
  static let all: [Format] = [
    Bitbucket.format,
    GitHub.format,
    Jenkins.format,
    GitLab.format,
    AzureDevOps.format,
    CircleCI.format,
    Buildkite.format,
    CDEvents.format,
    ArgoCD.format,
    Octopus.format,
    Bamboo.format,
    PagerDuty.format,
    Opsgenie.format,
    Statuspage.format,
  ]

  /// All of them, the one of `provider` before the others: what somebody said of a file outweighs the looks of an object.
  static func all(first provider: String?) -> [Format] {
    guard let provider, let said = all.first(where: { $0.provider == provider }) else { return all }
    return [said] + all.filter { $0.provider != provider }
  }

  /// Whether the runs of a provider may say what they were started with; those of nobody, or of one that is not read, may.
  static func tellsParameters(_ provider: String?) -> Bool {
    all.first { plainWord($0.provider) == provider.map(plainWord) }?.tellsParameters ?? true
  }

  /// Whether the steps of a provider have a start before they did anything.
  static func startsWhenMade(_ provider: String?) -> Bool {
    all.contains { $0.provider == provider && $0.startsWhenMade }
  }

  /// Where the state of a deployment is kept, if that is not in it.
  struct Status: Sendable {
    let name: String
    /// What gives them.
    let request: String?
  }

  let provider: String
  var status: Status?
  /// What the provider calls a run, for messages.
  var runNoun = "run"
  /// A run that has ended has no live steps: what seems live still was read before its end.
  var endsItsSteps = false
  /// Something may wait for a person in a run that has ended: an optional job, an approval that is told apart from the run.
  var waitsBeyondEnd = false
  /// A run that waits says so: one that runs goes on though a person could act.
  var tellsWaiting = false
  /// Its steps have a start from the moment they are made, before they did anything.
  var startsWhenMade = false
  /// Its runs say what they were started with.
  var tellsParameters = false
  /// The objects of a page, if the object is an envelope of this provider.
  var page: @Sendable (Node) -> Node? = { _ in nil }
  /// The member of the envelope that numbers the page, where there is one.
  var pageNumber: String?
  /// What an envelope says of the list that it is a page of.
  var extent: @Sendable (Node) -> ListExtent? = { _ in nil }
  /// How all pages of a list are asked for.
  var wholeList: String?
  /// The first that fits takes the object.
  let shapes: [Shape]
  /// Where the fields come from that its readers infer, by their names.
  var inferences: [String: String] = [:]
  /// What the provider alone needs of the join, by when it does it.
  var joining: [ProviderJoin.Moment: @Sendable (inout ProviderJoin) -> Void] = [:]
  /// Brings the steps of a run into the order in which they follow each other, where that is not the order of the answer.
  var inOrder: @Sendable ([StepPiece]) -> [StepPiece] = { $0 }

  /// Takes an object of this provider, or a page of them; false if it is another's.
  func take(_ node: Node, _ reader: inout FileReader) -> Bool {
    if let shape = shapes.first(where: { $0.fits(node) }) {
      shape.read(node, &reader)
      return true
    }
    guard reader.context.depth <= FileReader.deepest, let page = page(node), page.kind == .array else { return false }
    let context = reader.context
    reader.context.page = pageNumber.flatMap { node[$0]?.int } ?? context.page
    reader.context.group = node.offset
    takePage(of: node, count: page.elements.count, &reader) { $0.takeElements(of: page) }
    reader.context = context
    return true
  }

  /// Keeps in mind what an envelope says of its list, beside the pieces that `take` takes from it.
  func takePage(of node: Node, count: Int, _ reader: inout FileReader, _ take: (inout FileReader) -> Void) {
    let first = reader.file.pieces.count
    take(&reader)
    guard let extent = extent(node), first < reader.file.pieces.count else { return }
    reader.file.pages.append(
      AnswerPage(
        provider: provider, position: node.position, count: count, pieces: first..<reader.file.pieces.count, extent: extent))
  }
}

/// How long a list is of which an envelope holds a page, as far as the envelope says it.
struct ListExtent: Equatable, Sendable {
  /// How many objects the whole list has.
  var total: Int?
  /// Whether another page follows; nil where the format does not say.
  var goesOn: Bool?

  init(total: Int? = nil, goesOn: Bool? = nil) { (self.total, self.goesOn) = (total, goesOn) }

  /// Of an answer of GraphQL, by `pageInfo` of the lists of runs and deployments in it; nil where it was not asked for.
  init?(ofConnectionsIn node: Node) {
    let told = ListExtent.hasNextPages(in: node)
    if told.isEmpty { return nil }
    self.init(goesOn: told.contains(true))
  }

  private static func hasNextPages(in node: Node, depth: Int = 0) -> [Bool] {
    guard depth < 8, node.kind == .object else { return [] }
    let inner = ["data", "repository", "node", "organization", "viewer", "pipeline", "deployments", "builds"]
    let own = node.object("pageInfo")?["hasNextPage"]?.bool
    return [own].compactMap(\.self) + inner.compactMap { node.object($0) }.flatMap { hasNextPages(in: $0, depth: depth + 1) }
  }
}

/// An envelope in a file.
struct AnswerPage: Sendable {
  let provider: String
  let position: Position
  /// How many objects it holds.
  let count: Int
  /// Indices into the pieces of its file.
  let pieces: Range<Int>
  let extent: ListExtent
}

// Reading a provider's objects: a value of another kind than expected counts as absent, as the provider's own clients have it.
extension Node {
  /// The first of `keys` that is there and not null: payloads come in several spellings.
  func first(_ keys: [String]) -> Node? {
    for key in keys { if let node = self[key], !node.isNull { return node } }
    return nil
  }

  /// Without the blanks around it, if it is of one line; nil where it is nothing else.
  func text(_ keys: String...) -> String? {
    first(keys)?.string?.unlessBlank
  }

  func identifier(_ keys: String...) -> String? {
    first(keys)?.identifier?.unlessBlank
  }

  func whole(_ keys: String...) -> Int? { first(keys)?.int.flatMap { $0 >= 0 ? $0 : nil } }
  func seconds(_ keys: String...) -> Double? { first(keys)?.double.flatMap { $0.isFinite && $0 >= 0 ? $0 : nil } }
  func flag(_ key: String) -> Bool { self[key]?.bool ?? false }
  func object(_ keys: String...) -> Node? { first(keys).flatMap { $0.kind == .object ? $0 : nil } }
  func list(_ key: String) -> Node? { self[key].flatMap { $0.kind == .array ? $0 : nil } }
}

extension FileReader {
  /// The meaning of a provider's state word; `unknown`, with a note, for one its table does not have.
  mutating func state(_ word: String, _ table: Words<State>, of provider: String, at node: Node) -> State {
    if let state = table[word] { return state }
    noteUnknownState(word, provider: provider, at: node)
    return .unknown
  }

  /// The meaning of an incident's state word; `detected`, which keeps it open, with a note, for one its table does not have.
  mutating func incidentState(
    _ node: Node, _ key: String, _ table: Words<IncidentRecord.State>, of provider: String
  ) -> IncidentRecord.State {
    guard let word = node.text(key) else { return .detected }
    if let state = table[word] { return state }
    noteUnknownState(word, provider: provider, shown: "detected", at: node[key] ?? node)
    return .detected
  }
}
