import Diagnostics
package import Releases

/// Fills in what a format does not hold, by the `records:` rules of the configuration (site.md): the first rule that gives a value wins,
/// and what a record says itself stays.
///
/// A rule is asked where its `files`, `provider`, `repository` and `pipeline` fit the record; a `ref` or a parameter without a capture
/// is a condition, too. Values come from captures in these patterns, and from a rule's own words (`service: shop`) where all its patterns
/// fit. A step whose name fits `step` is a deployment: to the environment that the name gives, else to the rule's.
///
/// Providers' records that still tell of no project stand apart afterwards. The result says how much each rule matched, in their order.
@discardableResult
package func applyRules(_ rules: [Configuration.RecordRule], to set: inout RecordSet) -> [RuleUse] {
  let uses = rules.isEmpty ? [] : apply(rules.map(CompiledRule.init), to: &set)
  set.setStraysApart()
  return uses
}

private func apply(_ rules: [CompiledRule], to set: inout RecordSet) -> [RuleUse] {
  var uses = rules.map { _ in RuleUse() }
  for index in set.runs.indices {
    let details = set.details[set.runs[index].place] ?? RecordDetails()
    let run = set.runs[index].value
    let subject = CompiledRule.Subject(
      file: set.runs[index].file, provider: run.provider, repository: run.repository, pipeline: run.pipeline,
      ref: run.ref?.name,
      parameters: details.parameters)
    var findings = Findings(rules, subject)
    if run.deployments.isEmpty { findings.findSteps(rules, subject, run) }
    findings.complete(&set.runs[index].value, details)
    findings.count(in: &uses)
  }
  for index in set.deployments.indices {
    let details = set.details[set.deployments[index].place] ?? RecordDetails()
    let deployment = set.deployments[index].value
    let subject = CompiledRule.Subject(
      file: set.deployments[index].file, provider: deployment.provider, repository: deployment.repository,
      pipeline: details.pipeline, ref: nil, parameters: details.parameters)
    var findings = Findings(rules, subject)
    findings.complete(&set.deployments[index].value)
    findings.count(in: &uses)
  }
  place(&set, rules, &uses)
  for index in set.releases.indices {
    addVersion(rules, to: &set.releases[index].value, in: set.releases[index].file, &uses)
  }
  return uses
}

/// The provider that the rules say a file's payloads are of: that of the first rule with a pattern for files that fits.
package func saidProvider(of file: String, _ rules: [Configuration.RecordRule]) -> SaidProvider? {
  for rule in rules {
    guard let files = rule.files, let said = rule.values["provider"].map(plainWord) else { continue }
    if Pattern(files, .path).matches(file) {
      return knownProviders.first { plainWord($0) == said }.map { SaidProvider(name: $0, speaker: Remark.name(of: rule)) }
    }
  }
  return nil
}

/// Whose payloads a rule says that a file holds.
package struct SaidProvider: Hashable, Sendable {
  /// One of `knownProviders`.
  package let name: String
  /// The rule that says so, in words.
  package let speaker: String
}

/// Takes in the deployments that lack nothing but the name of their environment, if a rule has it.
private func place(_ set: inout RecordSet, _ rules: [CompiledRule], _ uses: inout [RuleUse]) {
  var taken: [Account.Skipped: Int] = [:]
  for unplaced in set.unplaced {
    var deployment = unplaced.deployment
    let subject = CompiledRule.Subject(
      file: deployment.file, provider: deployment.value.provider, repository: deployment.value.repository,
      pipeline: unplaced.pipeline, ref: nil, parameters: [:])
    var findings = Findings(rules, subject)
    findings.complete(&deployment.value)
    findings.count(in: &uses)
    guard !deployment.value.environment.name.isEmpty else { continue }
    set.deployments.append(deployment)
    taken[unplaced.skipped, default: 0] += 1
  }
  set.unplaced = []
  guard !taken.isEmpty else { return }
  set.deployments.sort(by: inPlaceOrder)
  set.account.takeBack(taken)
}

extension Account {
  /// What was skipped is rendered after all.
  fileprivate mutating func takeBack(_ taken: [Skipped: Int]) {
    var rest = taken
    skipped.removeAll { entry in
      guard let count = rest[entry], count > 0 else { return false }
      rest[entry] = count - 1
      return true
    }
    let count = taken.values.reduce(0, +)
    records.skipped -= count
    records.rendered += count
  }
}

/// A release's tag is read as a ref.
private func addVersion(
  _ rules: [CompiledRule], to release: inout ReleaseRecord, in file: String, _ uses: inout [RuleUse]
) {
  for (number, rule) in rules.enumerated() where rule.isFor(file: file) && release.version == nil {
    guard let version = rule.version(ofTag: release.tag) else { continue }
    release.version = version
    release.story.note(.byRule(rule.said, .version, version, isCaptured: true))
    uses[number].fits += 1
    uses[number].gives += 1
  }
}

/// What a rule may ask for and a canonical record has no place for.
struct RecordDetails: Equatable, Sendable {
  /// Of a deployment that stands alone: the provider's name for what deploys.
  var pipeline: String?
  /// What the run was started with.
  var parameters: [String: String] = [:]
  /// Keys of steps that started by themselves, and had no person to wait for.
  var automaticSteps: Set<String> = []
  /// The images that the run left running.
  var images: [ContainerImage] = []
  /// What the run checked out.
  var checkouts: [Checkout] = []

  var isEmpty: Bool { self == RecordDetails() }
}

extension Located {
  var place: RecordPlace { RecordPlace(file: file, position: position) }
}

private struct CompiledRule {
  /// What the patterns of a rule are held against.
  struct Subject {
    let file: String
    let provider: String?
    let repository: String?
    let pipeline: String?
    let ref: String?
    let parameters: [String: String]
  }

  /// A pattern and what it is held against.
  private struct Clause {
    let pattern: Pattern
    /// The rule is only for records that fit it; else it is only a place to find values.
    let isCondition: Bool
    let text: @Sendable (Subject) -> String?

    init(_ pattern: String, isCondition: Bool = false, _ text: @escaping @Sendable (Subject) -> String?) {
      self.pattern = Pattern(pattern)
      self.isCondition = isCondition || !pattern.contains("{")
      self.text = text
    }
  }

  /// What remarks call it.
  let said: String
  let step: Pattern?
  private let files: Pattern?
  private let provider: String?
  private let ref: Pattern?
  private let clauses: [Clause]
  private let values: [String: String]

  init(_ rule: Configuration.RecordRule) {
    said = Remark.name(of: rule)
    values = rule.values
    files = rule.files.map { Pattern($0, .path) }
    provider = rule.values["provider"].map(plainWord)
    ref = rule.values["ref"].map { Pattern($0) }
    step = rule.values["step"].map { Pattern($0) }
    var clauses: [Clause] = []
    // A plain repository is a value; the others are patterns always.
    if let text = rule.values["repository"], !CompiledRule.isPlain(text) {
      clauses.append(Clause(text, isCondition: true) { $0.repository })
    }
    if let text = rule.values["pipeline"] { clauses.append(Clause(text, isCondition: true) { $0.pipeline }) }
    if let text = rule.values["ref"] { clauses.append(Clause(text) { $0.ref }) }
    // By name, so that two of them that capture the same are always asked in one order.
    for (key, text) in rule.values.sorted(by: { $0.key < $1.key }) where key.hasPrefix(CompiledRule.parameterPrefix) {
      let name = String(key.dropFirst(CompiledRule.parameterPrefix.count))
      clauses.append(Clause(text) { $0.parameters[name] })
    }
    self.clauses = clauses
  }

  private static let parameterPrefix = "parameters."
  private static func isPlain(_ text: String) -> Bool { !text.contains { "{*".contains($0) } }

  func isFor(file: String) -> Bool { files.map { $0.matches(file) } ?? true }

  func version(ofTag tag: String) -> String? { ref?.captures(in: tag)?["version"] }

  /// The plain value of a key, where it is one.
  func plain(_ key: String) -> String? { values[key].flatMap { CompiledRule.isPlain($0) ? $0 : nil } }

  /// What its patterns capture, and whether all of them fit; nil if the rule is not for that record.
  func captures(_ subject: Subject) -> (captures: [String: String], allFit: Bool)? {
    guard isFor(file: subject.file), provider == nil || provider == subject.provider.map(plainWord) else { return nil }
    var captures: [String: String] = [:]
    var allFit = true
    for clause in clauses {
      if let found = clause.text(subject).flatMap(clause.pattern.captures(in:)) {
        captures.merge(found) { first, _ in first }
      } else if clause.isCondition {
        return nil
      } else {
        allFit = false
      }
    }
    return (captures, allFit)
  }
}

/// What the rules give for one record.
private struct Findings {
  /// A value and the number of the rule that gives it.
  private struct Found {
    let text: String
    let rule: Int
    /// What remarks call the rule.
    let said: String
    let isCaptured: Bool

    func remark(_ topic: Remark.Topic) -> Remark { .byRule(said, topic, text, isCaptured: isCaptured) }
  }

  private var service: Found?
  private var repository: Found?
  private var version: Found?
  private var environment: Found?
  private var target: Found?
  private var deployments: [DeploymentRecord] = []
  /// Numbers of the rules that fit the record.
  private var fitting: Set<Int> = []
  /// Numbers of those whose values it has taken.
  private var giving: Set<Int> = []

  init(_ rules: [CompiledRule], _ subject: CompiledRule.Subject) {
    for (number, rule) in rules.enumerated() {
      guard let (captures, allFit) = rule.captures(subject) else { continue }
      if rule.step == nil, allFit || !captures.isEmpty { fitting.insert(number) }
      func value(_ key: String) -> Found? {
        (captures[key] ?? (allFit ? rule.plain(key) : nil)).map {
          Found(text: $0, rule: number, said: rule.said, isCaptured: captures[key] != nil)
        }
      }
      service = service ?? value("service")
      repository = repository ?? value("repository")
      version = version ?? value("version")
      target = target ?? value("target")
      // With a pattern for steps, the environment is that of the steps that fit it.
      if rule.step == nil { environment = environment ?? value("environment") }
    }
  }

  func count(in uses: inout [RuleUse]) {
    for number in fitting { uses[number].fits += 1 }
    for number in giving { uses[number].gives += 1 }
  }

  /// Fills a place that the record left empty.
  private mutating func give(_ found: Found?, to place: inout String?, _ story: inout Story, _ topic: Remark.Topic) {
    guard place == nil, let found else { return }
    place = found.text
    giving.insert(found.rule)
    story.note(found.remark(topic))
  }

  private mutating func give(_ found: Found?, to place: inout VersionLabel?, _ story: inout Story) {
    guard place == nil, let found else { return }
    place = VersionLabel(name: found.text)
    giving.insert(found.rule)
    story.note(found.remark(.version))
  }

  private mutating func giveTarget(to deployment: inout DeploymentRecord) {
    give(target, to: &deployment.target, &deployment.story, .target)
  }

  /// The first rule whose pattern fits a step tells all steps that deploy.
  mutating func findSteps(_ rules: [CompiledRule], _ subject: CompiledRule.Subject, _ run: RunRecord) {
    for (number, rule) in rules.enumerated() {
      guard let pattern = rule.step, let (captures, allFit) = rule.captures(subject) else { continue }
      let environment = captures["environment"] ?? (allFit ? rule.plain("environment") : nil)
      if run.steps.contains(where: { pattern.matches($0.name) }) { fitting.insert(number) }
      guard deployments.isEmpty else { continue }
      deployments = run.steps.compactMap { step in
        guard var made = deployment(by: step, pattern, elsewhere: environment) else { return nil }
        made.story.join(placesOf: run.story)
        made.story.note(.deploymentByRule(rule.said, step: step.name))
        return made
      }
      if !deployments.isEmpty { giving.insert(number) }
    }
  }

  private func deployment(by step: Step, _ pattern: Pattern, elsewhere: String?) -> DeploymentRecord? {
    guard let found = pattern.captures(in: step.name), let name = found["environment"] ?? elsewhere else { return nil }
    var deployment = DeploymentRecord(environment: .init(name: name))
    deployment.step = step.key ?? step.name
    deployment.state = step.state
    deployment.stateRaw = step.stateRaw
    deployment.startedAt = step.startedAt
    deployment.finishedAt = step.finishedAt
    deployment.version = found["version"].map { VersionLabel(name: $0) }
    deployment.service = found["service"]
    deployment.target = found["target"]
    if step.attempt > 1 { deployment.attempt = step.attempt }
    deployment.inferred = ["environment"]
    return deployment
  }

  mutating func complete(_ run: inout RunRecord, _ details: RecordDetails) {
    give(service, to: &run.service, &run.story, .service)
    // Of several checkouts the one of the rule's repository is the product's.
    if let repository, let own = details.checkouts.only(of: repository.text) {
      run.take(own)
      giving.insert(repository.rule)
    }
    give(repository, to: &run.repository, &run.story, .repository)
    // The image that has the name of the service by the rule.
    if version == nil, let service, let image = details.images.version(named: service.text) {
      run.version = image
      giving.insert(service.rule)
    }
    give(version, to: &run.version, &run.story)
    for index in run.deployments.indices { giveTarget(to: &run.deployments[index]) }
    for index in run.deployments.indices {
      let before = run.deployments[index].environment.name
      replaceInferred(&run.deployments[index])
      let name = run.deployments[index].environment.name
      for gate in run.gates.indices where run.gates[gate].environment == before { run.gates[gate].environment = name }
    }
    guard run.deployments.isEmpty else { return }
    if !deployments.isEmpty {
      run.deployments = deployments
      for index in run.deployments.indices { giveTarget(to: &run.deployments[index]) }
      linkGates(of: &run, details)
    } else if let environment {
      giving.insert(environment.rule)
      deployWhole(&run, to: environment.text, details)
      for index in run.deployments.indices { run.deployments[index].story.note(environment.remark(.environment)) }
    }
  }

  /// Its state and times are the run's, and so are all its gates.
  private mutating func deployWhole(_ run: inout RunRecord, to environment: String, _ details: RecordDetails) {
    var deployment = DeploymentRecord(environment: .init(name: environment))
    giveTarget(to: &deployment)
    deployment.story.join(placesOf: run.story)
    deployment.story.note(.deploymentOfWholeRun)
    deployment.inferred = ["environment"]
    for gate in run.gates.indices where run.gates[gate].environment == nil { run.gates[gate].environment = environment }
    let person = run.gates.last { $0.kind == .human }
    deployment.gate = (person ?? run.gates.last)?.key
    let ran = run.steps.filter { $0.state != .skipped }
    let isAutomatic = !ran.isEmpty && ran.allSatisfy { details.automaticSteps.contains($0.key ?? "") }
    if person == nil, isAutomatic { deployment.promotion = .automatic }
    run.deployments = [deployment]
  }

  mutating func complete(_ deployment: inout DeploymentRecord) {
    give(service, to: &deployment.service, &deployment.story, .service)
    giveTarget(to: &deployment)
    give(repository, to: &deployment.repository, &deployment.story, .repository)
    give(version, to: &deployment.version, &deployment.story)
    replaceInferred(&deployment)
  }

  /// What a reader only took for the service or the environment, for want of anything better, gives way to a rule.
  private mutating func replaceInferred(_ deployment: inout DeploymentRecord) {
    if let service, deployment.inferred.contains("service") {
      deployment.service = service.text
      giving.insert(service.rule)
      deployment.story.note(service.remark(.service))
    }
    if let environment, deployment.inferred.contains("environment") {
      deployment.environment = .init(name: environment.text)
      giving.insert(environment.rule)
      deployment.story.note(environment.remark(.environment))
    }
  }

  /// The gates that a deployment passed are those of its step and of the steps before it, back to the deployment before. It was
  /// promoted automatically if its step says that nobody was waited for, and no person's gate is among them.
  private func linkGates(of run: inout RunRecord, _ details: RecordDetails) {
    let places = Dictionary(run.steps.enumerated().map { ($1.key ?? $1.name, $0) }) { first, _ in first }
    var passed = -1
    for index in run.deployments.indices {
      guard let step = run.deployments[index].step, let place = places[step] else { continue }
      let before = run.gates.indices.filter { gate in
        let held = run.gates[gate].step.flatMap { places[$0] }
        return run.gates[gate].environment == nil && held.map { $0 > passed && $0 <= place } ?? false
      }
      for gate in before { run.gates[gate].environment = run.deployments[index].environment.name }
      let own = before.last { run.gates[$0].kind == .human } ?? before.last
      run.deployments[index].gate = own.flatMap { run.gates[$0].key }
      let hasPerson = run.gates.contains { gate in
        gate.kind == .human && (gate.step.flatMap { places[$0] }.map { $0 <= place } ?? true)
      }
      if !hasPerson, details.automaticSteps.contains(step) { run.deployments[index].promotion = .automatic }
      passed = place
    }
  }
}
