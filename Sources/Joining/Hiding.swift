import Diagnostics
import Records
import Releases

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
    let told: Configuration.Ignore
    /// Something was left out by it, or would be if nothing else did that before.
    var isUsed = false

    init(_ ignore: Configuration.Ignore) {
      service = ignore.service.map { Pattern($0, .name) }
      repository = ignore.repository.map { Pattern($0, .name) }
      pipeline = ignore.pipeline.map { Pattern($0, .name) }
      environment = ignore.environment.map { Pattern($0, .name) }
      reason = "\(ignore.name) of tidemark.yml leaves it out"
      remedy = "take \(ignore.name) out of tidemark.yml, or narrow its patterns"
      told = ignore
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

  private var rules: [Rule]
  /// What the patterns were held against, by their keys.
  private var subjects: [String: Set<String>] = [:]
  private let hidden: Set<String>
  /// Those of `hidden` that something was read of.
  private var foundHidden: Set<String> = []
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

  private mutating func verdict(
    service: String?, repository: String?, pipeline: String?, environment: [String]
  ) -> Verdict? {
    for index in rules.indices where !rules[index].isUsed {
      rules[index].isUsed = rules[index].fits(
        service: service, repository: repository, pipeline: pipeline, environment: environment)
    }
    note(["service": [service], "repository": [repository], "pipeline": [pipeline], "environment": environment])
    if let service, hidden.contains(service) {
      foundHidden.insert(service)
      return Verdict(
        reason: "its service '\(service)' is hidden in tidemark.yml", remedy: "take hidden: true from that service")
    }
    return rules.first {
      $0.fits(service: service, repository: repository, pipeline: pipeline, environment: environment)
    }.map { Verdict(reason: $0.reason, remedy: $0.remedy) }
  }

  /// For near misses, where some rule may need one.
  private mutating func note(_ names: [String: [String?]]) {
    guard foundHidden.count < hidden.count || rules.contains(where: { !$0.isUsed }) else { return }
    for (key, texts) in names { subjects[key, default: []].formUnion(texts.compactMap(\.self)) }
  }

  /// A warning for each entry of `ignore:` and each hidden service that left nothing out: a slip of the pen in it shows what was to be
  /// hidden. Asked once all has been read.
  func unused(_ configuration: Configuration) -> [Diagnostic] {
    let services = configuration.services.filter { $0.isHidden && !foundHidden.contains($0.key) }
    return unusedRules(file: configuration.file)
      + services.map { service in
        let near = nearMiss(service.key, among: subjects["service", default: []].sorted())
        return Diagnostic(
          .warning, .unusedHidden(service.key, near: near), file: configuration.file, position: service.position)
      }
  }

  private func unusedRules(file: String?) -> [Diagnostic] {
    rules.filter { !$0.isUsed }.map { rule in
      let told = rule.told
      let patterns = [
        ("service", told.service), ("repository", told.repository), ("pipeline", told.pipeline),
        ("environment", told.environment),
      ]
      let near = patterns.lazy.compactMap { key, text -> String? in
        guard let text, let known = subjects[key], !known.contains(where: Pattern(text, .name).matches) else { return nil }
        return nearMiss(text, among: known.sorted())
      }.first
      return Diagnostic(.warning, .unusedIgnore(told.name, near: near), file: file, position: told.position)
    }
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
