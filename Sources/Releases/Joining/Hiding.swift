import Diagnostics

/// Leaves out what the configuration hides: records and notes of hidden services, and what fits a pattern of `ignore:` (site.md). It is read
/// and accounted for, and nothing of it reaches the catalog.
struct Hiding {
  private struct Rule {
    let service: Pattern?
    let repository: Pattern?
    let pipeline: Pattern?
    let environment: Pattern?
    let reason: String
    let remedy: String

    init(_ ignore: Configuration.Ignore) {
      service = ignore.service.map { Pattern($0, .name) }
      repository = ignore.repository.map { Pattern($0, .name) }
      pipeline = ignore.pipeline.map { Pattern($0, .name) }
      environment = ignore.environment.map { Pattern($0, .name) }
      reason = "\(ignore.name) of tidemark.yml leaves it out"
      remedy = "take \(ignore.name) out of tidemark.yml, or narrow its patterns"
    }

    /// Whether all its patterns fit; one whose subject is not known does not.
    func fits(service: String?, repository: String?, pipeline: String?, environment: [String]) -> Bool {
      Rule.fits(self.service, [service]) && Rule.fits(self.repository, [repository]) && Rule.fits(self.pipeline, [pipeline])
        && Rule.fits(self.environment, environment)
    }

    private static func fits(_ pattern: Pattern?, _ texts: [String?]) -> Bool {
      guard let pattern else { return true }
      return texts.contains { $0.map(pattern.matches) ?? false }
    }
  }

  /// Why something is left out.
  private struct Verdict {
    let reason: String
    let remedy: String
  }

  private let rules: [Rule]
  private let hidden: Set<String>
  private let environments: EnvironmentNames
  private var services: ServiceNames
  private(set) var leftOut: [LeftOut] = []
  /// Deployments within runs that are shown: parts of a record, which are no record of their own.
  private(set) var parts: [Account.Skipped] = []

  /// `environments`: what records call them; a pattern fits the name as written and the key.
  init(_ configuration: Configuration, _ input: CatalogInput) {
    rules = configuration.ignore.map(Rule.init)
    hidden = Set(configuration.services.filter(\.isHidden).map(\.key))
    services = ServiceNames(configuration.services)
    environments =
      rules.contains { $0.environment != nil }
      ? EnvironmentNames(configuration, runs: input.runs, alone: input.deployments)
      : EnvironmentNames(Configuration(), runs: [], alone: [])
  }

  static func isNeeded(_ configuration: Configuration) -> Bool {
    !configuration.ignore.isEmpty || configuration.services.contains(where: \.isHidden)
  }

  mutating func apply(to input: inout CatalogInput) {
    var ignoredRuns: [String: [(run: RunRecord, verdict: Verdict)]] = [:]
    var runs: [Located<RunRecord>] = []
    for var located in input.runs {
      if let verdict = hide(&located) {
        ignoredRuns[located.value.id, default: []].append((located.value, verdict))
        leaveOut("run \(located.value.id)", located, verdict)
      } else {
        runs.append(located)
      }
    }
    input.runs = runs
    input.deployments = input.deployments.filter { located in
      let record = located.value
      let ofRun = record.run.flatMap { ignoredRuns[$0] }?.first { record.isOf($0.run) }?.verdict
      guard let verdict = ofRun ?? verdict(on: record, run: nil) else { return true }
      leaveOut("deployment \(record.id ?? record.environment.name)", located, verdict)
      return false
    }
    input.incidents = input.incidents.filter { located in
      let record = located.value
      guard record.service != nil || record.environment != nil else { return true }
      let service = record.service.map { services.key(named: $0, repository: nil) }
      let names = record.environment.map { [$0] + [environments.key(named: $0)].compactMap(\.self) } ?? []
      guard let verdict = verdict(service: service, repository: nil, pipeline: nil, environment: names) else { return true }
      leaveOut("incident \(record.id)", located, verdict)
      return false
    }
    input.notes = input.notes.filter { located in
      let note = located.value
      guard note.service != nil || note.repository != nil else { return true }
      let service = services.key(named: note.service, repository: note.repository)
      guard let verdict = verdict(service: service, repository: note.repository, pipeline: nil, environment: []) else {
        return true
      }
      leaveOut("note \(note.version ?? "unreleased")", located, verdict)
      return false
    }
  }

  private mutating func leaveOut<Value>(_ name: String, _ located: Located<Value>, _ verdict: Verdict) {
    leftOut.append(
      LeftOut(
        skipped: Account.Skipped(
          file: located.file, record: name, reason: verdict.reason, remedy: verdict.remedy, position: located.position)))
  }

  private func verdict(service: String?, repository: String?, pipeline: String?, environment: [String]) -> Verdict? {
    if let service, hidden.contains(service) {
      return Verdict(
        reason: "its service '\(service)' is hidden in tidemark.yml", remedy: "take hidden: true from that service")
    }
    return rules.first {
      $0.fits(service: service, repository: repository, pipeline: pipeline, environment: environment)
    }.map { Verdict(reason: $0.reason, remedy: $0.remedy) }
  }

  /// Takes from a run the deployments that are hidden; the verdict where nothing of it is left to show.
  private mutating func hide(_ located: inout Located<RunRecord>) -> Verdict? {
    let run = located.value
    let own = services.key(named: run.service, repository: run.repository)
    let ofRun = verdict(service: own, repository: run.repository, pipeline: run.pipeline, environment: [])
    var last = ofRun
    var kept: [DeploymentRecord] = []
    for deployment in run.deployments {
      if let verdict = verdict(on: deployment, run: run) {
        last = verdict
      } else {
        kept.append(deployment)
      }
    }
    if kept.isEmpty, ofRun != nil || !run.deployments.isEmpty { return last }
    // A gate that waits stands for a deployment that nobody has told of yet.
    located.value.gates.removeAll { gate in
      guard let name = gate.environment, !name.isEmpty else { return false }
      let names = [name] + [environments.key(named: name)].compactMap(\.self)
      return verdict(service: own, repository: run.repository, pipeline: run.pipeline, environment: names) != nil
    }
    guard kept.count < run.deployments.count || ofRun != nil else { return nil }
    // Gates of an environment that is not shown would bring it back.
    let gone = Set(run.deployments.map(\.environment.name)).subtracting(kept.map(\.environment.name))
    located.value.gates.removeAll { $0.environment.map(gone.contains) ?? false }
    located.value.deployments = kept
    if ofRun != nil { located.value.service = nil }
    if let last {
      let names = gone.sorted().joined(separator: ", ")
      parts.append(
        Account.Skipped(
          file: located.file, record: "deployments of run \(run.id): \(names)", reason: last.reason, remedy: last.remedy,
          position: located.position))
    }
    return nil
  }

  private mutating func verdict(on deployment: DeploymentRecord, run: RunRecord?) -> Verdict? {
    let repository = deployment.repository ?? run?.repository
    let service = services.key(named: deployment.service ?? run?.service, repository: repository)
    let scope = run.map { EnvironmentNames.scope($0) } ?? EnvironmentNames.scope(deployment)
    let key = rules.isEmpty ? nil : environments.key(of: deployment.environment, scope: scope)
    return verdict(
      service: service, repository: repository, pipeline: run?.pipeline,
      environment: [deployment.environment.name] + [key].compactMap(\.self))
  }
}
