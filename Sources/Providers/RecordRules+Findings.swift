import Diagnostics
import Records

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

  /// A rule with a pattern for steps, and what its other words give for those that fit it.
  private struct StepRule {
    let number: Int
    let said: String
    let pattern: Pattern
    let environment: Found?
    let service: Found?
    let version: Found?
    let target: Found?

    func fits(_ step: Step) -> Bool { pattern.matches(step.name) }
  }

  private var service: Found?
  private var repository: Found?
  private var version: Found?
  private var environment: Found?
  private var target: Found?
  /// Those that tell of steps, in their order.
  private var ofSteps: [StepRule] = []
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
      if let pattern = rule.step {
        // With a pattern for steps, the environment is that of the steps that fit it.
        ofSteps.append(
          StepRule(
            number: number, said: rule.said, pattern: pattern, environment: value("environment"), service: value("service"),
            version: value("version"), target: value("target")))
      } else {
        target = target ?? value("target")
        environment = environment ?? value("environment")
      }
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

  /// What the record names no step of may be of any.
  private mutating func giveTarget(to deployment: inout DeploymentRecord, in steps: [Step] = []) {
    let step = deployment.step.flatMap { key in steps.first { ($0.key ?? $0.name) == key } }
    let ofItsStep = ofSteps.filter { rule in step.map(rule.fits) ?? true }.compactMap(\.target)
    let first = ([target].compactMap(\.self) + ofItsStep).min { $0.rule < $1.rule }
    give(first, to: &deployment.target, &deployment.story, .target)
  }

  /// Of the rules whose pattern fits a step, the first that gives an environment tells that it deploys, where nothing else does.
  mutating func findSteps(_ run: RunRecord, _ details: RecordDetails) {
    for rule in ofSteps where run.steps.contains(where: rule.fits) { fitting.insert(rule.number) }
    guard run.deployments.isEmpty else { return }
    for step in run.steps {
      guard let (rule, found) = firstTelling(of: step, in: run) else { continue }
      var made = found
      if let key = step.key {
        if details.carriedSteps.contains(key) { continue }
        made.attempt = details.attemptsOfSteps[key] ?? made.attempt
      }
      made.story.join(placesOf: run.story)
      made.story.note(.deploymentByRule(rule.said, step: step.name))
      deployments.append(made)
      giving.insert(rule.number)
    }
  }

  private func firstTelling(of step: Step, in run: RunRecord) -> (StepRule, DeploymentRecord)? {
    for rule in ofSteps {
      if let deployment = deployment(by: step, rule, in: run) { return (rule, deployment) }
    }
    return nil
  }

  private func deployment(by step: Step, _ rule: StepRule, in run: RunRecord) -> DeploymentRecord? {
    guard let found = rule.pattern.captures(in: step.name), let name = found["environment"] ?? rule.environment?.text else {
      return nil
    }
    // What the run gets of an earlier rule is not of this step.
    func own(_ value: Found?, unless first: Found?, _ isSaid: Bool) -> String? {
      isSaid || value?.rule == first?.rule ? nil : value?.text
    }
    var deployment = DeploymentRecord(environment: .init(name: name))
    deployment.step = step.key ?? step.name
    deployment.state = step.state
    deployment.stateRaw = step.stateRaw
    deployment.startedAt = step.startedAt
    deployment.finishedAt = step.finishedAt
    let version = found["version"] ?? own(rule.version, unless: self.version, run.version != nil)
    deployment.version = version.map { VersionLabel(name: $0) }
    deployment.service = found["service"] ?? own(rule.service, unless: self.service, run.service != nil)
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
    for index in run.deployments.indices { giveTarget(to: &run.deployments[index], in: run.steps) }
    for index in run.deployments.indices {
      let before = run.deployments[index].environment.name
      replaceInferred(&run.deployments[index])
      let name = run.deployments[index].environment.name
      for gate in run.gates.indices where run.gates[gate].environment == before { run.gates[gate].environment = name }
    }
    guard run.deployments.isEmpty else { return }
    if !deployments.isEmpty {
      run.deployments = deployments
      for index in run.deployments.indices { giveTarget(to: &run.deployments[index], in: run.steps) }
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
