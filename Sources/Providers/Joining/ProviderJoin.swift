import Diagnostics
import Records
import Time

/// Puts the pieces of one provider together: snapshots of one object into the newest, steps and deployments into their runs, statuses
/// and environments into their deployments, reviews into gates. Every piece ends with a fate. What one provider alone needs it does itself,
/// in its folder, at the moments of `Moment`.
struct ProviderJoin {
  /// When, in the course of the join, a provider may do what it alone needs. There are several since it must come before what needs it.
  enum Moment: Hashable, Sendable {
    /// All snapshots of every object are there.
    case beforeNewest
    /// One snapshot of each is open, and none of them is joined to another.
    case beforeRuns
    /// Steps and deployments are in their runs; reviews are not.
    case beforeReviews
    /// All gates are there, as they were told.
    case afterReviews
    /// Gates and what they hold agree; which runs wait for one is not decided.
    case afterGates
    /// The deployments are complete; the runs are not.
    case beforeEnds
  }

  enum Fate {
    case rendered
    case skipped(SkipReason)
    /// Another snapshot, which has another fate, took over what it tells.
    case merged(into: Int)
  }

  struct Entry {
    var piece: Piece
    let file: String
    /// Its place among all entries; of an object in several snapshots, that of the last one.
    var rank: Int
    /// nil until it is known what became of it.
    var fate: Fate?

    var place: String { "\(file):\(piece.position.line)" }
    var recordPlace: RecordPlace { RecordPlace(file: file, position: piece.position) }
  }

  /// A run with what was joined to it so far.
  struct Draft {
    var piece: RunPiece
    let entry: Int
    var steps: [StepPiece] = []
    var gates: [Gate] = []
    var deployments: [DeploymentRecord] = []
    /// Names of environments, in lower case, that nobody guarded when this run deployed to them.
    var open: Set<String> = []
    /// By the names of environments, in lower case, that a deployment of this run waits for: who may let it in, and since when it waits.
    var reviewers: [String: (names: [String], since: Timestamp?)] = [:]
    /// It is nothing but its deployment, and its gates are before that.
    var isDeployment = false
    /// Reviews that were taken, for their exact duplicates.
    var reviews: [(piece: ReviewPiece, entry: Int)] = []
    /// Names of environments, in lower case, that this run was told to wait for, however its gates stand now.
    var asked: Set<String> = []

    var repository: String? { piece.record.repository }
    /// Whether it deploys, or a gate or a step of it belongs, to `environment`.
    func concerns(_ environment: String) -> Bool {
      let name = environment.lowercased()
      return deployments.contains { $0.environment.name.lowercased() == name }
        || gates.contains { $0.environment?.lowercased() == name }
        || steps.contains { $0.environment?.lowercased() == name }
    }
  }

  let format: Format
  var entries: [Entry] = []
  private(set) var pages: [Page] = []
  var drafts: [Draft] = []
  /// The drafts of a run's attempts, lowest attempt first.
  var attempts: [String: [Int]] = [:]
  /// Where a step is: its draft (that of the highest attempt) and its place among that draft's steps.
  var stepPlaces: [String: (draft: Int, step: Int)] = [:]
  /// Of steps that are folded, what they are in.
  var folded: [String: String?] = [:]
  /// By key; the entry is nil for one that only deployments tell of.
  var environments: [String: (piece: EnvironmentPiece, entry: Int?)] = [:]
  /// The drafts of a commit.
  var draftsOfCommit: [String: [Int]] = [:]
  /// The drafts of a `RunPiece.looseKey`.
  var draftsOfLooseKey: [String: [Int]] = [:]
  var statuses: [String: [StatusPiece]] = [:]
  var releaseTags: Set<String> = []
  /// By key, with the entry that told it.
  var versions: [String: (name: String, entry: Int)] = [:]
  var names: [String: (name: String, entry: Int)] = [:]
  /// Deployments without a run among the records.
  var lone: [Located<DeploymentRecord>] = []
  /// Runs of which only a deployment that waits is known.
  var waitingRuns: [Located<RunRecord>] = []
  /// Steps whose runs were not read, by key.
  var aloneSteps: [String: Int] = [:]
  /// Those whose environment nothing names.
  var unplaced: [(piece: DeploymentPiece, entry: Int)] = []
  /// Of deployments that stand alone.
  var details: [RecordPlace: RecordDetails] = [:]
  var releases: [Located<ReleaseRecord>] = []
  /// Deployments whose state is told elsewhere, and that is not among the records.
  var withoutStatus: [(record: DeploymentRecord, entry: Int)] = []
  var incidents: [Located<IncidentRecord>] = []
  var diagnostics: [Diagnostic] = []

  init(_ files: [RecordFile], _ format: Format) {
    self.format = format
    for file in files {
      let first = entries.count
      entries += file.pieces.lazy.filter { $0.provider == format.provider }.map {
        Entry(piece: $0, file: file.file, rank: 0)
      }
      for page in file.pages where page.provider == format.provider {
        let before = file.pieces[..<page.pieces.lowerBound].count { $0.provider == format.provider }
        let own = file.pieces[page.pieces].count { $0.provider == format.provider }
        pages.append(Page(told: page, file: file.file, entries: (first + before)..<(first + before + own)))
      }
    }
    for index in entries.indices { entries[index].rank = index }
  }

  mutating func run() {
    settle(.beforeNewest)
    keepNewest()
    adoptRepositories()
    settle(.beforeRuns)
    collectReleases()
    collectNames()
    draftRuns()
    attachSteps()
    collectEnvironments()
    attachDeployments()
    takeToldGates()
    settle(.beforeReviews)
    attachReviews()
    settle(.afterReviews)
    settleGates()
    settle(.afterGates)
    holdRuns()
    finishDeployments()
    settle(.beforeEnds)
    finishRuns()
    findMissingPages()
    collectIncidents()
  }

  private mutating func settle(_ moment: Moment) { format.joining[moment]?(&self) }

  mutating func deliver(to set: inout RecordSet) {
    for draft in drafts {
      let run = Located(draft.record, file: entries[draft.entry].file, position: entries[draft.entry].piece.position)
      let details = draft.details
      if !details.isEmpty { set.details[run.place] = details }
      set.ofProviders.insert(run.place)
      set.runs.append(run)
    }
    set.ofProviders.formUnion(waitingRuns.map(\.place))
    set.runs += waitingRuns
    set.deployments += lone
    set.ofProviders.formUnion(lone.map(\.place))
    set.details.merge(details) { first, _ in first }
    deliverUnplaced(to: &set)
    warnOfMissingStates(besides: set)
    set.releases += releases
    set.incidents += incidents
    set.diagnostics += diagnostics
    set.idle.merge(idleFiles()) { first, _ in first }
    for entry in entries where !entry.piece.isImplied {
      if let reason = reason(for: entry) {
        set.account.skip(entry.file, entry.piece.name, reason, at: entry.piece.position)
      } else {
        set.account.records.rendered += 1
      }
    }
  }

  /// Why it was left out; nil if it was not. A snapshot is merged into a newer one, and so on, never in a circle.
  func reason(for entry: Entry) -> SkipReason? {
    var entry = entry
    while case .merged(let other) = entry.fate { entry = entries[other] }
    switch entry.fate {
    case .rendered, .merged: return nil
    case .skipped(let reason): return reason
    case nil: return .unused
    }
  }

  mutating func warn(_ severity: Diagnostic.Severity, _ message: Diagnostic.Message, at entry: Int) {
    diagnostics.append(
      Diagnostic(severity, message, file: entries[entry].file, position: entries[entry].piece.position))
  }

  /// The entries that are still to be joined, with what `body` finds in them.
  func open<Body>(_ body: (Piece.Body) -> Body?) -> [(entry: Int, body: Body)] {
    entries.indices.compactMap { index in
      guard entries[index].fate == nil, let body = body(entries[index].piece.body) else { return nil }
      return (index, body)
    }
  }

  private mutating func collectReleases() {
    for (index, release) in open(\.release) {
      if release.isDeleted {
        entries[index].fate = .skipped(.deleted)
        continue
      }
      versions[release.key] = (release.record.tag, index)
      guard release.isNote else { continue }
      entries[index].fate = .rendered
      var record = release.record
      record.story = entries[index].piece.story
      releases.append(Located(record, file: entries[index].file, position: entries[index].piece.position))
      releaseTags.insert(tagKey(release.record.repository, release.record.tag))
    }
  }

  mutating func collectIncidents() {
    for (index, incident) in open(\.incident) {
      var record = incident.record
      record.story.join(entries[index].piece.story)
      if let key = incident.environmentKey, let known = environments[key], !known.piece.reference.name.isEmpty {
        record.environment = known.piece.reference.name
        if let entry = known.entry { entries[entry].fate = .rendered }
      }
      incidents.append(Located(record, file: entries[index].file, position: entries[index].piece.position))
      entries[index].fate = .rendered
    }
  }

  func tagKey(_ repository: String?, _ tag: String) -> String { (repository ?? "").lowercased() + "@" + tag }
}
