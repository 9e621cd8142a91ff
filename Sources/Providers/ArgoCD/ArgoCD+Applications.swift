import Records
import Time

/// One snapshot of an application: the synchronizations that it still tells of.
struct ApplicationPiece: Equatable, Sendable {
  struct Sync: Equatable, Sendable {
    var run: RunPiece
    var step: StepPiece
    var deployment: DeploymentPiece
    /// The revisions of its sources.
    var revisions: [String]
    /// What it waits for.
    var gate: Gate?
    /// It took a part of the resources only: what ran before runs on.
    var isPart = false
    /// Its commit and version are those that a hydrator made its revision of.
    var isFromDrySource = false
    /// The version is that of an image.
    var hasImage = false

    init(
      run: RunPiece, step: StepPiece, deployment: DeploymentPiece, revisions: [String], isFromDrySource: Bool = false
    ) {
      (self.run, self.step, self.deployment, self.revisions) = (run, step, deployment, revisions)
      self.isFromDrySource = isFromDrySource
    }
  }

  var key: String
  /// Oldest first.
  var syncs: [Sync]
  /// How it is now, beside the last synchronization, and how it was beside those before.
  var healths: [StepPiece]
  var updatedAt: Timestamp?
  /// How often its specification was changed.
  var generation: Int?
}

extension ApplicationPiece {
  /// Takes over what an older snapshot tells and the history does not any more. What waited then does not now, and how that ended which
  /// went on is not told: the history keeps successes only.
  mutating func fill(from older: ApplicationPiece) {
    var past: [Sync] = []
    for var sync in older.syncs where sync.gate == nil && !syncs.contains(where: { $0.run.key == sync.run.key }) {
      if !sync.run.record.state.isTerminal { sync.end(.unknown) }
      past.append(sync)
    }
    for index in syncs.indices {
      guard
        let known = older.syncs.first(where: { $0.run.key == syncs[index].run.key && $0.revisions == syncs[index].revisions })
      else { continue }
      syncs[index].fill(from: known)
    }
    syncs = past + syncs
    healths = older.healths.filter { known in !healths.contains { $0.runKey == known.runKey } } + healths
  }
}

extension ApplicationPiece.Sync {
  /// What only the snapshot of its time tells: which images ran then, and what its revision was made of.
  fileprivate mutating func fill(from older: ApplicationPiece.Sync) {
    if older.isFromDrySource, !isFromDrySource {
      run.record.commit = older.run.record.commit
      if !hasImage { run.record.version = older.run.record.version }
      isFromDrySource = true
    }
    if run.images.isEmpty { run.images = older.run.images }
    if older.hasImage, !hasImage { (run.record.version, hasImage) = (older.run.record.version, true) }
  }

  fileprivate mutating func end(_ state: State) {
    run.record.state = state
    step.step.state = state
    deployment.record.state = state
  }
}

extension ProviderJoin {
  /// Makes runs, steps, deployments and gates of the applications, which are then joined as those of any provider.
  mutating func unfoldApplications() {
    for (index, application) in open(\.application) {
      entries[index].fate = .rendered
      for sync in application.syncs {
        add(.run(sync.run), behind: index)
        add(.step(sync.step), behind: index)
        add(.deployment(sync.deployment), behind: index)
        guard let gate = sync.gate else { continue }
        add(.review(ReviewPiece(runKey: sync.run.key, gates: [gate])), behind: index)
      }
      for health in application.healths { add(.step(health), behind: index) }
    }
  }

  private mutating func add(_ body: Piece.Body, behind index: Int) {
    var piece = entries[index].piece
    piece.body = body
    piece.isImplied = true
    entries.append(Entry(piece: piece, file: entries[index].file, rank: entries.count))
  }
}
