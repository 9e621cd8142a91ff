import Diagnostics
package import Records

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
    var findings = RuleFindings(rules, subject)
    findings.findSteps(run, details)
    if !set.ofProviders.contains(set.runs[index].place) {
      for (number, rule) in rules.enumerated() where rule.mayHaveMade(subject, steps: run.steps) { uses[number].recorded += 1 }
    }
    findings.complete(&set.runs[index].value, details)
    // What a rule makes of a step may be what the gate of an environment held.
    if set.ofProviders.contains(set.runs[index].place) { set.runs[index].value.endRefused() }
    findings.count(in: &uses)
  }
  for index in set.deployments.indices {
    let details = set.details[set.deployments[index].place] ?? RecordDetails()
    let deployment = set.deployments[index].value
    let subject = CompiledRule.Subject(
      file: set.deployments[index].file, provider: deployment.provider, repository: deployment.repository,
      pipeline: details.pipeline, ref: nil, parameters: details.parameters)
    if !set.ofProviders.contains(set.deployments[index].place) {
      for (number, rule) in rules.enumerated() where rule.mayHaveMade(subject, steps: []) { uses[number].recorded += 1 }
    }
    var findings = RuleFindings(rules, subject)
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
    var findings = RuleFindings(rules, subject)
    findings.complete(&deployment.value)
    findings.count(in: &uses)
    guard !deployment.value.environment.name.isEmpty else { continue }
    set.deployments.append(deployment)
    set.idle[deployment.file] = nil
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
  for (number, rule) in rules.enumerated() where rule.isFor(file: file) {
    guard let version = rule.version(ofTag: release.tag) else { continue }
    uses[number].fits += 1
    guard release.version == nil else { continue }
    release.version = version
    release.story.note(.byRule(rule.said, .version, version, isCaptured: true))
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
  /// In which attempt of a run that was started again its steps ran, by their keys.
  var attemptsOfSteps: [String: Int] = [:]
  /// Keys of the steps that it took over from an earlier attempt among the records.
  var carriedSteps: Set<String> = []
  /// The images that the run left running.
  var images: [ContainerImage] = []
  /// What the run checked out.
  var checkouts: [Checkout] = []

  var isEmpty: Bool { self == RecordDetails() }
}

extension Located {
  var place: RecordPlace { RecordPlace(file: file, position: position) }
}
