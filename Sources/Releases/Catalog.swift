package import Diagnostics
package import Records
package import Time

/// Everything the pages show: joined, sorted, derived and immutable. Entities refer to each other by index.
package struct Catalog: Sendable {
  package let configuration: Configuration
  /// The clock of this build; only pages about now may show it or an age.
  package let asOf: Timestamp
  /// The latest time that any record holds; nil without records.
  package let newestRecord: Timestamp?
  /// In promotion order; archived ones last.
  package let environments: [Environment]
  /// In the order of the configuration, then by key.
  package let services: [Service]
  /// `[service][environment]`: what happened there, for every pair.
  package let histories: [[History]]
  /// Newest first.
  package let incidents: [Incident]
  /// What was read, and what of it is shown nowhere.
  package let account: Account
  /// `index.md`: words for the dashboard.
  package let introduction: Prose?
  /// `pages/*.md`, in the order of their files.
  package let pages: [ExtraPage]
  /// Whether it tells of a time before as-of (`at`).
  package let isPast: Bool
  private let incidentsOfDeployments: [Incident.Link: [(incident: Int, isCause: Bool)]]
  private let incidentsOfVersions: [VersionKey: [(incident: Int, isCause: Bool)]]

  /// A version of a service, without a `v`.
  private struct VersionKey: Hashable {
    let service: Int
    let version: String
  }

  package init(
    configuration: Configuration, asOf: Timestamp, newestRecord: Timestamp?, environments: [Environment], services: [Service],
    histories: [[History]], incidents: [Incident], account: Account, introduction: Prose?, pages: [ExtraPage],
    isPast: Bool = false
  ) {
    self.configuration = configuration
    self.asOf = asOf
    self.newestRecord = newestRecord
    self.environments = environments
    self.services = services
    self.histories = histories
    self.incidents = incidents
    self.account = account
    self.introduction = introduction
    self.pages = pages
    self.isPast = isPast
    let version = { (link: Incident.Link) in
      VersionKey(service: link.service, version: Version.display(services[link.service].deployments[link.deployment].version))
    }
    var ofDeployments: [Incident.Link: [(incident: Int, isCause: Bool)]] = [:]
    var ofVersions: [VersionKey: [(incident: Int, isCause: Bool)]] = [:]
    for (number, incident) in incidents.enumerated() {
      for (links, isCause) in [(incident.causedBy, true), (incident.fixedBy, false)] {
        for link in Set(links) { ofDeployments[link, default: []].append((number, isCause)) }
        for key in Set(links.map(version)) { ofVersions[key, default: []].append((number, isCause)) }
      }
    }
    (incidentsOfDeployments, incidentsOfVersions) = (ofDeployments, ofVersions)
  }

  /// The incidents that a deployment caused, or fixed, in their order; of one that it did both to, that it caused it first.
  package func incidents(of deployment: Incident.Link) -> [(incident: Int, isCause: Bool)] {
    incidentsOfDeployments[deployment] ?? []
  }

  /// The same of a version of a service, which is written without a `v`: of all its deployments.
  package func incidents(of service: Int, version: String) -> [(incident: Int, isCause: Bool)] {
    incidentsOfVersions[VersionKey(service: service, version: version)] ?? []
  }

  /// Those that are not over, in their order.
  package var openIncidents: [Int] { incidents.indices.filter { !incidents[$0].record.state.isOver } }
}

/// A page of the site's own words beside what the records tell, such as a runbook.
package struct ExtraPage: Hashable, Sendable {
  /// Of its file, without the ending.
  package let name: String
  package let title: String
  package let body: Prose
  /// In the content folder; empty where it came from none.
  package let file: String

  package init(name: String, title: String, body: Prose, file: String = "") {
    self.name = name
    self.title = title
    self.body = body
    self.file = file
  }
}

/// What the join takes: everything that was read, in any order.
package struct CatalogInput: Sendable {
  package var runs: [Located<RunRecord>] = []
  /// Those that stand alone: each names its service, run, provider and repository itself, as far as it knows them.
  package var deployments: [Located<DeploymentRecord>] = []
  package var incidents: [Located<IncidentRecord>] = []
  package var notes: [Located<ReleaseNote>] = []
  /// `index.md`: words for the dashboard.
  package var introduction: Prose?
  /// `pages/*.md`, in the order of their files.
  package var pages: [ExtraPage] = []
  /// What became of all that was read so far: what the join takes, and what was left out before.
  package var account = Account()

  /// Without a record or a note.
  package var isEmpty: Bool { runs.isEmpty && deployments.isEmpty && incidents.isEmpty && notes.isEmpty }

  package init() {}
}

/// The outcome of the join: the catalog, whose account counts what the join left out too, and what was wrong.
package struct Joined: Sendable {
  package let catalog: Catalog
  package let diagnostics: [Diagnostic]

  package init(catalog: Catalog, diagnostics: [Diagnostic]) {
    self.catalog = catalog
    self.diagnostics = diagnostics
  }
}

package struct Service: Sendable {
  package let key: String
  package let name: String
  package let group: String?
  /// Link to the repository, where one is configured.
  package let repository: String?
  /// Newest first (creation, else start, else finish; then number, then id).
  package let runs: [Run]
  /// Oldest first, in the order of rules.md: finish, start, run number, attempt, id.
  package let deployments: [Deployment]
  /// In the order of the file, then deployed versions without notes, newest arrival first.
  package let releases: [Release]
  /// Index of the release by version without a `v`: also of other spellings (`1.4.0+57`) that were deployed.
  package let releasesByVersion: [String: Int]
  private let deploymentsByID: [String: Int]
  private let preceding: Preceding
  /// What the join found out about versions.
  package let standing: Standing
  /// The one order of its versions.
  var shelf: Shelf { standing.shelf }

  /// `versions`: spellings beside those of the releases themselves; `names`: what deployments go by beside their ids.
  package init(
    key: String, name: String, group: String?, repository: String?, runs: [Run], deployments: [Deployment],
    releases: [Release], standing: Standing, versions: [String: Int] = [:], names: [String: Int] = [:]
  ) {
    let own = releases.indices.compactMap { index in releases[index].version.map { (Version.display($0), index) } }
    releasesByVersion = versions.merging(own) { first, _ in first }
    let ids = Dictionary(deployments.indices.map { (deployments[$0].id, $0) }) { first, _ in first }
    deploymentsByID = names.isEmpty ? ids : ids.merging(names) { id, _ in id }
    preceding = Preceding(deployments)
    self.key = key
    self.name = name
    self.group = group
    self.repository = repository
    self.runs = runs
    self.deployments = deployments
    self.releases = releases
    self.standing = standing
  }

  /// Index of the deployment with that id; also by what stood for it before its provider gave it one, `<run id>-<environment>`.
  package func deployment(id: String) -> Int? { deploymentsByID[id] }

  /// The success whose version was live when a deployment began or ended, where it went: what that stays on where it failed. nil: nothing was.
  package func liveBefore(_ deployment: Int) -> Int? { preceding.live[deployment] }

  /// The success before a deployment in its environment, to whichever target.
  package func successBefore(_ deployment: Int) -> Int? { preceding.success[deployment] }

  /// Index of the release that a version names, with or without `v`; also by a spelling that was deployed (`1.4.0+57`).
  package func release(version: String) -> Int? { releasesByVersion[Version.display(version)] }
}

/// A run under its identity: the highest attempt, the earlier ones beside it.
package struct Run: Sendable {
  package let record: RunRecord
  /// The other attempts, newest first.
  package let attempts: [RunRecord]
  /// The version it builds: the record's, else the tag, else 12 digits of the sha, else number or id.
  package let version: String
  /// Indices into the service's deployments, in their order; those of earlier attempts too.
  package let deployments: [Int]

  package init(record: RunRecord, attempts: [RunRecord], version: String, deployments: [Int]) {
    self.record = record
    self.attempts = attempts
    self.version = version
    self.deployments = deployments
  }
}

/// A deployment with all that was missing taken from its run, and what the rules derive. The join writes it step by step, since each rule
/// asks what the rules before it found; those of a catalog stay as they are.
package struct Deployment: Sendable {
  /// The kinds of a success (rules.md), first that fits.
  package enum Kind: String, Sendable, CaseIterable { case first, rollback, hotfix, redeploy, rebuild, upgrade }

  /// One of several unnamed targets of a deployment (record.md, Targets and attempts).
  package struct Part: Hashable, Sendable {
    /// That of its step, else its id.
    package let name: String
    package let state: State
    package let startedAt: Timestamp?
    package let finishedAt: Timestamp?
    /// As an earlier attempt of the run left it; this one did not touch it.
    package let isCarried: Bool

    package init(
      name: String, state: State, startedAt: Timestamp? = nil, finishedAt: Timestamp? = nil, isCarried: Bool
    ) {
      (self.name, self.state, self.startedAt, self.finishedAt, self.isCarried) = (name, state, startedAt, finishedAt, isCarried)
    }
  }

  /// The run that brings one version to several named targets of one environment, and which of its attempts.
  package struct FanOut: Hashable, Sendable {
    /// The same for all deployments of it; unique in the catalog, never written anywhere.
    package let number: Int
    /// From 0.
    package let round: Int

    package init(
      number: Int, round: Int
    ) {
      (self.number, self.round) = (number, round)
    }
  }

  package var id: String
  /// The region, tenant, cluster or instance within the environment; nil: every one.
  package var target: String?
  /// What it deployed to where the run deploys to several at once and no record names them: all of them, by name. Else empty.
  package var targets: [Part] = []
  /// nil unless its run deploys to several named targets here.
  package var fanOut: FanOut?
  /// Why it is a target or an attempt of its own beside others of its run.
  package var reasons: [TargetReason] = []
  /// Index into the catalog's environments.
  package var environment: Int
  /// Index into the service's runs; nil if its run was not read.
  package var run: Int?
  package var runID: String?
  package var runNumber: Int?
  package var attempt: Int
  package var version: String
  package var digest: String?
  package var commit: Change?
  package var changes: [Change]
  package var state: State
  package var stateRaw: String?
  package var startedAt: Timestamp?
  package var finishedAt: Timestamp?
  package var actor: Actor?
  package var url: String?
  package var step: Step?
  package var promotion: DeploymentRecord.Promotion
  package var gate: Gate?
  /// Every gate of a person that is known to stand before it, in the order of its run.
  package var peopleGates: [Gate]
  package var action: DeploymentRecord.Action
  /// Whether a record says so outright: then no rule knows better.
  package var isActionTold = false
  /// As a record says it: `false` too, which wins over the rule that takes what skipped an environment for a hotfix.
  package var hotfix: Bool?
  /// An upgrade or a hotfix whose release had not been in the environment before this one when it came.
  package var isStraight: Bool
  package var rollbackOf: String?
  package var reason: String?
  /// Names of the fields that no record holds and a rule filled in.
  package var inferred: [String]
  /// How it came about, where somebody asks.
  package var story = Story()

  /// nil unless it succeeded and is no removal.
  package var kind: Kind?
  /// The version live just before it; nil before the first and after a removal.
  package var from: String?
  /// Index of the success that `from` names.
  package var fromDeployment: Int?
  /// Its run's number is lower than that of the success just before (rules.md).
  package var outOfOrder: Bool
  /// When its run was created: the last resort for a time (site.md, the month of an attempt).
  package var createdAt: Timestamp?
  /// Whether its environment still stood, as its record says.
  package var availability: DeploymentRecord.EnvironmentReference.Availability?
  /// When its environment is taken down by itself, as the record knew it.
  package var stopsAt: Timestamp?
  /// The last word of its provider is that it is not live any more.
  package var isInactive = false
  /// A part of what makes up its version was deployed, and no more.
  package var isPart = false
  /// Index into the service's releases; nil for a version without a note that never succeeded anywhere.
  package var release: Int?

  package init(id: String, environment: Int, version: String, state: State) {
    self.id = id
    self.environment = environment
    run = nil
    runID = nil
    runNumber = nil
    attempt = 1
    self.version = version
    digest = nil
    commit = nil
    changes = []
    self.state = state
    stateRaw = nil
    startedAt = nil
    finishedAt = nil
    actor = nil
    url = nil
    step = nil
    promotion = .unknown
    gate = nil
    peopleGates = []
    action = .deploy
    hotfix = nil
    isStraight = false
    rollbackOf = nil
    reason = nil
    inferred = []
    kind = nil
    from = nil
    fromDeployment = nil
    outOfOrder = false
  }

  /// Whether it started: running, succeeded, failed, unknown, or cancelled after its start (rules.md, Current). `superseded` is no
  /// attempt: it waited for a decision that a newer run made needless, or nobody knows that it ever succeeded.
  package var isAttempt: Bool {
    switch state {
    case .running, .succeeded, .failed, .unknown: true
    case .cancelled: startedAt != nil
    case .queued, .waiting, .skipped, .superseded: false
    }
  }

  /// The moment that it counts for: its finish, else its start; nil: no record says when.
  package var time: Timestamp? { finishedAt ?? startedAt }

  /// Where it stands among others, and in which month an attempt is listed: its time, else the creation of its run (site.md).
  package var orderTime: Timestamp? { time ?? createdAt }

  /// The person or thing that answers for it: who decided the last approved human gate, else the actor.
  package var by: String? {
    if let gate, gate.kind == .human, gate.state == .approved, let name = gate.decidedBy { return name }
    return actor?.name
  }
}

/// One service in one environment: everything that happened there and what follows from it.
package struct History: Sendable {
  /// Indices into the service's deployments, oldest first.
  package let deployments: [Int]
  package let cell: Cell
  package let changelog: Changelog

  package init(deployments: [Int], cell: Cell, changelog: Changelog) {
    self.deployments = deployments
    self.cell = cell
    self.changelog = changelog
  }
}
