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

  package static let fields = Canonical.run.merged(
    first: [
      "state", "stateRaw", "warning", "finishedAt", "activeSeconds", "createdAt", "startedAt", "service", "provider",
      "repository", "pipeline", "number", "url", "title", "tests", "snapshot", "inferred",
    ])

  /// Of several the newest, whichever telling is the weightiest.
  static let newestSnapshot = MergedField<RunRecord>(
    name: "snapshot", strength: { $0.snapshot == nil ? MergedField<RunRecord>.unsaid : MergedField<RunRecord>.said },
    copy: { $0.snapshot = $1.snapshot },
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
