import Diagnostics
import Records
import Time

/// One answer about an application: the synchronizations that it still tells of.
struct ApplicationPiece: Equatable, Sendable {
  struct Sync: Equatable, Sendable {
    var run: RunPiece
    var step: StepPiece
    var deployment: DeploymentPiece
    /// The revisions of its sources.
    var revisions: [String]
    /// What it waits for.
    var gate: Gate?
    /// How the application is, beside the last synchronization.
    var health: StepPiece?
    /// It took a part of the resources only: what ran before runs on.
    var isPart = false

    init(run: RunPiece, step: StepPiece, deployment: DeploymentPiece, revisions: [String]) {
      (self.run, self.step, self.deployment, self.revisions) = (run, step, deployment, revisions)
    }
  }

  var snapshot: Snapshot
  /// Oldest first.
  var syncs: [Sync]
}

/// What all answers about one application tell of it.
private struct Application {
  /// Oldest first.
  private(set) var syncs: [ApplicationPiece.Sync] = []
  /// The answers that told something which no other tells better, as numbers.
  private(set) var used: Set<Int> = []

  /// `answers`: the newest first. What only an older one says to be under way is so no more. Of what was synchronized last in one answer, that
  /// one knows more than the history of those after it: its images, and the source its revision was made of.
  init(_ answers: [ApplicationPiece]) {
    var tellings: [String: [(answer: Int, sync: ApplicationPiece.Sync)]] = [:]
    for (number, answer) in answers.enumerated() {
      var own: [ApplicationPiece.Sync] = []
      for var sync in answer.syncs {
        if number > 0 {
          guard let left = sync.telling.overtaken else { continue }
          sync.take(left)
        }
        if tellings[sync.run.key] == nil { own.append(sync) }
        tellings[sync.run.key, default: []].append((number, sync))
      }
      syncs = own + syncs
    }
    for index in syncs.indices { unite(tellings[syncs[index].run.key] ?? [], at: index) }
  }

  private mutating func unite(_ tellings: [(answer: Int, sync: ApplicationPiece.Sync)], at index: Int) {
    var seen: Set<RunRecord> = []
    // Most answers repeat what the one before told.
    let different = tellings.filter { seen.insert($0.sync.telling.withoutSnapshot).inserted }
    let names = DeclaredEnvironments(Configuration())
    let runs = different.map(\.sync.telling)
    let needed = Set(neededTellings(runs, names))
    used.formUnion(zip(different, runs).lazy.filter { needed.contains($1) }.map(\.0.answer))
    guard runs.count > 1 else { return }
    syncs[index].take(merged(runs, names))
    syncs[index].run.images = different.lazy.map(\.sync.run.images).first { !$0.isEmpty } ?? []
    syncs[index].health = syncs[index].health ?? different.lazy.compactMap(\.sync.health).first
  }
}

extension ApplicationPiece.Sync {
  /// The run as it would be recorded.
  fileprivate var telling: RunRecord {
    var run = run.record
    run.steps = [step.step] + [health?.step].compactMap { $0 }
    run.deployments = [deployment.record]
    run.gates = [gate].compactMap { $0 }
    return run
  }

  fileprivate mutating func take(_ telling: RunRecord) {
    let story = run.record.story
    run.record = telling
    run.record.story = story
    (run.record.steps, run.record.deployments, run.record.gates) = ([], [], [])
    for other in telling.steps {
      if other.key == step.step.key { step.step = other } else { health?.step = other }
    }
    if let first = telling.deployments.first { deployment.record = first }
    gate = telling.gates.first
  }
}

extension RunRecord {
  fileprivate var withoutSnapshot: RunRecord {
    var run = self
    run.snapshot = nil
    return run
  }
}

extension ProviderJoin {
  /// Makes runs, steps, deployments and gates of the applications, which are then joined as those of any provider.
  mutating func unfoldApplications() {
    let open = open(\.application)
    for (_, ofOne) in Dictionary(grouping: open, by: \.body.snapshot.of).sorted(by: { $0.value[0].entry < $1.value[0].entry }) {
      // Where nothing tells, the later place is the newer one: logs are appended to.
      let newest = dropDuplicates(ofOne.sorted { ($0.body.snapshot, $0.entry) > ($1.body.snapshot, $1.entry) })
      let application = Application(newest.map(\.body))
      settle(newest.map(\.entry), used: application.used)
      for sync in application.syncs { add(sync, behind: newest[0].entry) }
    }
  }

  /// Of answers that say the same, the first that was read stays.
  private mutating func dropDuplicates(
    _ answers: [(entry: Int, body: ApplicationPiece)]
  ) -> [(entry: Int, body: ApplicationPiece)] {
    var kept: [(entry: Int, body: ApplicationPiece)] = []
    for answer in answers {
      guard let last = kept.last, last.body == answer.body else {
        kept.append(answer)
        continue
      }
      kept[kept.count - 1] = answer
      entries[last.entry].fate = .skipped(.duplicate(of: entries[answer.entry].place))
      let story = entries[last.entry].piece.story
      entries[answer.entry].piece.story.join(placesOf: story)
    }
    return kept
  }

  /// `answers`: the newest first, as entries.
  private mutating func settle(_ answers: [Int], used: Set<Int>) {
    let newest = answers[0]
    entries[newest].fate = .rendered
    for (number, older) in answers.enumerated().dropFirst() {
      let isUsed = used.contains(number)
      let (story, place) = (entries[older].piece.story, entries[older].recordPlace)
      entries[newest].piece.story.join(placesOf: story)
      entries[newest].piece.story.note(.olderTelling(isUsed: isUsed, at: place))
      entries[older].fate = isUsed ? .merged(into: newest) : .skipped(.older(than: entries[newest].place))
    }
  }

  private mutating func add(_ sync: ApplicationPiece.Sync, behind index: Int) {
    add(.run(sync.run), behind: index)
    add(.step(sync.step), behind: index)
    if let health = sync.health { add(.step(health), behind: index) }
    add(.deployment(sync.deployment), behind: index)
    if let gate = sync.gate { add(.review(ReviewPiece(runKey: sync.run.key, gates: [gate])), behind: index) }
  }

  private mutating func add(_ body: Piece.Body, behind index: Int) {
    var piece = entries[index].piece
    piece.body = body
    piece.isImplied = true
    entries.append(Entry(piece: piece, file: entries[index].file, rank: entries.count))
  }
}
