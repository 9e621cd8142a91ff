import Diagnostics
import Releases

/// What the rules give for one record.
struct RuleFindings {
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

  /// The first rule whose pattern fits a step tells all steps that deploy, where nothing else does.
  mutating func findSteps(_ rules: [CompiledRule], _ subject: CompiledRule.Subject, _ run: RunRecord, _ details: RecordDetails)
  {
    for (number, rule) in rules.enumerated() {
      guard let pattern = rule.step, let (captures, allFit) = rule.captures(subject) else { continue }
      let environment = captures["environment"] ?? (allFit ? rule.plain("environment") : nil)
      if run.steps.contains(where: { pattern.matches($0.name) }) { fitting.insert(number) }
      guard run.deployments.isEmpty, deployments.isEmpty else { continue }
      deployments = run.steps.compactMap { step in
        guard var made = deployment(by: step, pattern, elsewhere: environment) else { return nil }
        if let key = step.key {
          if details.carriedSteps.contains(key) { return nil }
          made.attempt = details.attemptsOfSteps[key] ?? made.attempt
        }
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
    if let repository { takeCheckout(of: repository, to: &run, details.checkouts) }
    give(repository, to: &run.repository, &run.story, .repository)
    // The image that has the name of the service by the rule.
    if version == nil, let service, let image = details.images.version(named: service.text) {
      run.version = image
      giving.insert(service.rule)
      run.story.note(.byRule(service.said, .version, image.name, isCaptured: service.isCaptured))
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

  /// Of what was checked out, that of the rule's repository is the product's. If none is, all of it is of others: libraries.
  private mutating func takeCheckout(of repository: Found, to run: inout RunRecord, _ checkouts: [Checkout]) {
    if let own = checkouts.only(of: repository.text) {
      run.take(own)
    } else if !checkouts.isEmpty, checkouts.allSatisfy({ $0.repository != nil }) {
      run.takeNothing(of: repository.text)
    } else {
      return
    }
    giving.insert(repository.rule)
    run.story.note(repository.remark(.repository))
  }

  /// Its state and times are the run's, and so are all its gates.
  private mutating func deployWhole(_ run: inout RunRecord, to environment: String, _ details: RecordDetails) {
    var deployment = DeploymentRecord(environment: .init(name: environment))
    giveTarget(to: &deployment)
    deployment.story.join(placesOf: run.story)
    deployment.story.note(.deploymentOfWholeRun)
    deployment.inferred = ["environment"]
    for gate in run.gates.indices where run.gates[gate].environment == nil { run.gates[gate].environment = environment }
    // Of a run that was cancelled on its way nobody knows how far that was, unless it never got past its gates.
    let isLetIn = run.gates.allSatisfy { $0.kind != .human || $0.state == .approved || $0.state == .skipped }
    if run.state == .cancelled, isLetIn { deployment.startedAt = run.startedAt }
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
