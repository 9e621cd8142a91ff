import Diagnostics
package import Time

extension RunRecord: Told {
  var toldState: State? { state }
  package var start: Timestamp? { startedAt }
  package var weight: Weight {
    Weight(
      standing: .init(state, hasFinished: finishedAt != nil), snapshot: snapshot,
      time: finishedAt ?? startedAt ?? createdAt, news: state.isTerminal ? nil : newestTime)
  }

  private typealias Field = MergedField<RunRecord>

  package static let fields: [MergedField<RunRecord>] =
    outcome + place + Field.named("commit", \.commit) + Field.named("ref", \.ref)
    + Field.named("trigger", \.trigger) + Field.named("actor", \.actor) + Field.named("version", \.version)

  private static let outcome: [MergedField<RunRecord>] = [
    .word("state", \.state) { _ in Field.said }, .optional("stateRaw", \.stateRaw).ofState, .flag("warning", \.warning).ofState,
    .optional("finishedAt", \.finishedAt).ofState, .optional("activeSeconds", \.activeSeconds).ofState,
    .optional("createdAt", \.createdAt), .optional("startedAt", \.startedAt).ofStart,
  ]

  private static let place: [MergedField<RunRecord>] = [
    .optional("service", \.service), .optional("provider", \.provider), .optional("repository", \.repository),
    .optional("pipeline", \.pipeline), .optional("number", \.number), .optional("url", \.url), .optional("title", \.title),
    .optional("tests", \.tests), newestSnapshot,
    Field(
      name: "inferred", strength: { _ in Field.unsaid }, copy: { $0.inferred = $1.inferred },
      text: { $0.inferred.joined(separator: " ") }),
  ]

  /// Of several the newest, whichever telling is the weightiest.
  private static let newestSnapshot = MergedField<RunRecord>(
    name: "snapshot", strength: { $0.snapshot == nil ? Field.unsaid : Field.said }, copy: { $0.snapshot = $1.snapshot },
    text: { $0.snapshot.map { String(describing: $0) } ?? "" },
    isLike: { other, telling in
      guard let known = other.snapshot, let own = telling.snapshot else { return false }
      return own <= known
    })

  package static let lists: [MergedList<RunRecord>] = [
    MergedList(\.changes, mark: \.sha, match: { Change.isSame($0, $1) ? 1 : nil })
  ]

  package mutating func settle(_ tellings: [RunRecord]) {
    snapshot = tellings.compactMap(\.snapshot).max()
    inferred = RunRecord.inferred(of: tellings)
    for telling in tellings.dropFirst() { story.join(telling.story) }
    story.note(.tellings(tellings.count))
  }

  /// With steps, gates and deployments, which are united by `RunMerging`.
  package var words: [String] {
    RunRecord.fields.map { $0.text(self) } + changes.flatMap(\.words) + steps.flatMap(\.words) + gates.flatMap(\.words)
      + deployments.flatMap(\.words)
  }
}
