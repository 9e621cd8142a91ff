import Diagnostics
import Testing

@testable import Providers
@testable import Records
@testable import Time

@Suite struct RecordRules {
  private func applied(_ rules: [Configuration.RecordRule], _ change: (inout RunRecord) -> Void) -> RunRecord {
    var run = RunRecord(id: "1", state: .succeeded)
    change(&run)
    var set = RecordSet()
    set.runs = [Located(run, file: "runs/a.json", position: Position(line: 1, column: 1))]
    applyRules(rules, to: &set)
    return set.runs[0].value
  }

  @Test func theFirstRuleThatGivesAValueWinsAndTheRecordsOwnStays() {
    let rules = [
      Configuration.RecordRule(files: "runs/b*", values: ["service": "b"]),
      Configuration.RecordRule(files: "runs/**", values: ["ref": "{service}-{version}"]),
      Configuration.RecordRule(files: nil, values: ["service": "late", "version": "9"]),
    ]
    let run = applied(rules) { $0.ref = Ref(name: "shop-1.4", type: .tag) }
    #expect(run.service == "shop" && run.version?.name == "1.4")
    let other = applied(rules) { $0.service = "own" }
    #expect(other.service == "own" && other.version?.name == "9")
  }

  @Test func aStepWhoseNameGivesAnEnvironmentIsADeployment() {
    let rules = [Configuration.RecordRule(files: nil, values: ["step": "Deploy to {environment}"])]
    let run = applied(rules) {
      $0.steps = [Step(name: "Build", state: .succeeded), Step(name: "Deploy to staging", state: .failed)]
    }
    #expect(run.deployments.map(\.environment.name) == ["staging"])
    #expect(run.deployments.map(\.state) == [.failed])
    #expect(run.deployments.map(\.inferred) == [["environment"]])
  }

  @Test func saysHowMuchEachRuleMatched() {
    var set = RecordSet()
    for (number, name) in ["deploy", "deploy", "nightly"].enumerated() {
      var run = RunRecord(id: String(number), state: .succeeded)
      run.pipeline = name
      if number == 0 { run.service = "own" }
      run.steps = [Step(name: "to live", state: .succeeded)]
      set.runs.append(Located(run, file: "runs/a.json", position: Position(line: number + 1, column: 1)))
    }
    let rules = [
      Configuration.RecordRule(files: nil, values: ["pipeline": "deploy", "service": "shop"], name: "records[1]"),
      Configuration.RecordRule(files: nil, values: ["pipeline": "night", "service": "shop"], name: "records[2]"),
      Configuration.RecordRule(files: nil, values: ["step": "to {environment}"], name: "records[3]"),
      Configuration.RecordRule(files: nil, values: ["step": "from {environment}"], name: "records[4]"),
      Configuration.RecordRule(files: nil, values: ["provider": "jenkin", "service": "shop"], name: "records[5]"),
    ]
    let uses = applyRules(rules, to: &set)
    #expect(uses.map(\.fits) == [2, 0, 3, 0, 0] && uses.map(\.gives) == [1, 0, 3, 0, 0])
    let told = warnings(about: rules, uses: uses, records: 3, file: "tidemark.yml")
    #expect(told.map(\.message.id) == ["unused-rule", "unused-rule", "unknown-provider"])
    #expect(told.map(\.severity) == [.warning, .warning, .error])
    #expect(told.map(\.message.suggestion).last == "did you mean 'jenkins'?")
    #expect(
      account(of: rules, uses: uses, records: 3, file: nil).map(\.message.text).prefix(2) == [
        "'records[1]' fits 2 of 3 records; 1 has a value of it", "'records[2]' fits 0 of 3 records; 0 have a value of it",
      ])
    // Nothing was read that a rule could fit.
    #expect(warnings(about: [rules[1]], uses: [RuleUse()], records: 0, file: nil).isEmpty)
  }

  /// What was recorded by a rule has all that it gives, and not all that it looks at.
  @Test func aRuleThatMadeTheRecordsIsNotUnused() {
    var run = RunRecord(id: "1", state: .succeeded)
    (run.provider, run.pipeline) = ("jenkins", "deploy")
    run.steps = [Step(name: "to live", state: .succeeded)]
    run.deployments = [DeploymentRecord(environment: .init(name: "live"))]
    var set = RecordSet()
    set.runs = [Located(run, file: "runs/a.json", position: Position(line: 1, column: 1))]
    let rules = [
      ["step": "to {environment}"], ["parameters.TARGET": "live", "environment": "live"],
      ["step": "up to {environment}"], ["provider": "gitlab", "step": "to {environment}"],
      ["pipeline": "other", "parameters.TARGET": "live"],
    ].enumerated().map { Configuration.RecordRule(files: nil, values: $1, name: "records[\($0)]") }
    let ofFile = Configuration.RecordRule(
      files: "jenkins/*", values: ["provider": "jenkins", "service": "shop"], name: "of file")
    let uses = applyRules(rules + [ofFile], to: &set)
    let told = warnings(about: rules + [ofFile], uses: uses, records: 1, file: nil)
    #expect(told.map { $0.message.text.prefix(13) } == ["'records[2]' ", "'records[3]' ", "'records[4]' "])
    #expect(uses[0].fits == 1 && uses[0].gives == 0)
    // A payload that is read now is in its file, with its parameters.
    set.ofProviders = [set.runs[0].place]
    #expect(warnings(about: [ofFile], uses: applyRules([ofFile], to: &set), records: 1, file: nil).count == 1)
  }

  @Test func ofARunThatWasCancelledOnItsWayTheDeploymentHadStarted() {
    let rules = [Configuration.RecordRule(files: nil, values: ["environment": "live"])]
    func start(_ change: (inout RunRecord) -> Void) -> [Timestamp?] {
      applied(rules) {
        ($0.state, $0.startedAt) = (.cancelled, time("2026-03-02T10:00:00Z"))
        change(&$0)
      }.deployments.map(\.startedAt)
    }
    #expect(start { _ in } == [time("2026-03-02T10:00:00Z")])
    #expect(start { $0.gates = [Gate(kind: .human, state: .rejected)] } == [nil])
    #expect(start { $0.state = .failed } == [nil])
  }

  struct Case: Sendable {
    let rule: [String: String]
    var environment: String?
    var version: String?
  }

  /// Held against a run of GitLab, `acme/shop` in pipeline `shop/main`, of branch `release/1.4`.
  static let cases: [Case] = [
    Case(rule: ["environment": "live"], environment: "live"),
    Case(rule: ["provider": "GitLab", "environment": "live"], environment: "live"),
    Case(rule: ["provider": "jenkins", "environment": "live"]),
    Case(rule: ["pipeline": "*/main", "environment": "live"], environment: "live"),
    Case(rule: ["pipeline": "*/dev", "environment": "live"]),
    Case(rule: ["repository": "acme/*", "environment": "live"], environment: "live"),
    Case(rule: ["repository": "other/*", "environment": "live"]),
    // A plain repository is a value, no condition.
    Case(rule: ["repository": "other/x", "environment": "live"], environment: "live"),
    Case(rule: ["ref": "release/*", "environment": "live"], environment: "live"),
    Case(rule: ["ref": "main", "environment": "live"]),
    Case(rule: ["ref": "release/{version}", "environment": "live"], environment: "live", version: "1.4"),
    // What is set as it is asks for all patterns of its rule; what a pattern captures only for that.
    Case(rule: ["ref": "tags/{version}", "environment": "live"]),
    Case(rule: ["ref": "tags/{version}", "pipeline": "{environment}/main"], environment: "shop"),
    Case(rule: ["ref": "release/{version}", "pipeline": "{service}/dev"]),
    Case(rule: ["parameters.TO": "live", "environment": "live"]),
    Case(rule: ["parameters.TO": "{environment}"], environment: nil),
  ]

  @Test(arguments: cases)
  func aRuleIsForTheRecordsThatItsPatternsFit(fact: Case) {
    let run = applied([Configuration.RecordRule(files: nil, values: fact.rule)]) {
      $0.provider = "gitlab"
      $0.repository = "acme/shop"
      $0.pipeline = "shop/main"
      $0.ref = Ref(name: "release/1.4", type: .branch)
    }
    #expect(run.deployments.map(\.environment.name) == [fact.environment].compactMap { $0 })
    #expect(run.version?.name == fact.version)
    #expect(run.repository == "acme/shop")
  }

  @Test func aRuleOfAProviderIsNotForRecordsWithoutOne() {
    let rule = Configuration.RecordRule(files: nil, values: ["provider": "jenkins", "service": "shop"])
    #expect(applied([rule]) { _ in }.service == nil)
  }

  @Test func eachAttemptOfAStepIsADeployment() {
    let run = applied([Configuration.RecordRule(files: nil, values: ["step": "Deploy", "environment": "live"])]) {
      var retried = Step(name: "Deploy", state: .succeeded)
      retried.attempt = 2
      $0.steps = [Step(name: "Deploy", state: .failed), retried]
    }
    #expect(run.deployments.map(\.state) == [.failed, .succeeded])
    #expect(run.deployments.map(\.attempt) == [nil, 2])
  }

  @Test func aRuleNamesTheTarget() {
    let captured = applied([Configuration.RecordRule(files: nil, values: ["step": "Deploy {target}", "environment": "live"])]) {
      $0.steps = [Step(name: "Deploy eu", state: .succeeded), Step(name: "Deploy us", state: .failed)]
    }
    #expect(captured.deployments.map(\.target) == ["eu", "us"])
    let plain = applied([Configuration.RecordRule(files: nil, values: ["environment": "live", "target": "eu"])]) { _ in }
    #expect(plain.deployments.map(\.target) == ["eu"])
    let own = applied([Configuration.RecordRule(files: nil, values: ["target": "eu"])]) {
      var deployment = DeploymentRecord(environment: .init(name: "live"))
      deployment.target = "us"
      $0.deployments = [deployment]
    }
    #expect(own.deployments.map(\.target) == ["us"])
  }

  private func rule(_ values: [String: String]) -> Configuration.RecordRule {
    Configuration.RecordRule(files: nil, values: values)
  }

  private func steps(_ names: String...) -> [Step] { names.map { Step(name: $0, state: .succeeded) } }

  @Test func theFirstRuleThatFitsAStepTellsThatItDeploys() {
    let rules = [
      rule(["step": "Ship to {environment}"]), rule(["step": "Deploy to {environment}"]),
      rule(["step": "Deploy *", "environment": "elsewhere"]), rule(["environment": "late"]),
    ]
    let run = applied(rules) { $0.steps = steps("Build", "Deploy to live", "Deploy all", "Ship to shore") }
    #expect(run.deployments.map(\.environment.name) == ["live", "elsewhere", "shore"])
    // Without such a step the rule for the whole run is the first that gives a value.
    let whole = applied([rules[0], rules[3]]) { $0.steps = steps("Build") }
    #expect(whole.deployments.map(\.environment.name) == ["late"])
    #expect(whole.deployments.map(\.state) == [nil])
  }

  @Test func eachOfSeveralRulesTellsItsOwnStep() {
    let rules = [
      rule(["step": "web", "environment": "live", "service": "web", "target": "eu"]),
      rule(["step": "api", "environment": "live", "service": "api"]),
      rule(["step": "stage", "environment": "staging", "target": "us"]),
    ]
    let run = applied(rules) { $0.steps = steps("stage", "api", "web") }
    #expect(run.service == "web")
    #expect(run.deployments.map(\.environment.name) == ["staging", "live", "live"])
    #expect(run.deployments.map { $0.service ?? run.service } == ["web", "api", "web"])
    #expect(run.deployments.map(\.target) == ["us", nil, "eu"])
    // What the record says itself stays.
    let own = applied(rules) { ($0.service, $0.steps) = ("own", steps("web", "api")) }
    #expect(own.deployments.map(\.service) == [nil, nil])
  }

  @Test func aDeploymentTakesTheGatesBackToTheOneBefore() {
    func gate(_ key: String, _ step: String, _ kind: Gate.Kind = .human) -> Gate {
      var gate = Gate(kind: kind, state: .approved)
      (gate.key, gate.step) = (key, step)
      return gate
    }
    func step(_ key: String, _ name: String) -> Step {
      var step = Step(name: name, state: .succeeded)
      step.key = key
      return step
    }
    let run = applied([Configuration.RecordRule(files: nil, values: ["step": "Deploy to {environment}"])]) {
      $0.steps = [step("a", "Deploy to staging"), step("b", "Smoke"), step("c", "Deploy to live"), step("d", "Clean")]
      $0.gates = [gate("one", "b"), gate("two", "c", .check), gate("three", "d"), gate("four", "nowhere")]
    }
    #expect(run.gates.map(\.environment) == ["live", "live", nil, nil])
    #expect(run.deployments.map(\.gate) == [nil, "one"])
    #expect(run.deployments.map(\.promotion) == [nil, nil])
  }

  @Test func whatIsSaidOfADeploymentStays() {
    let rule = Configuration.RecordRule(files: nil, values: ["service": "rule", "environment": "rule", "version": "9"])
    let run = applied([rule]) {
      var deployment = DeploymentRecord(environment: .init(name: "live", tier: .production))
      deployment.service = "own"
      $0.deployments = [deployment]
    }
    #expect(run.deployments.map(\.environment.name) == ["live"])
    #expect(run.deployments.map(\.service) == ["own"])
    #expect(run.version?.name == "9")
  }
}
