import Support
import Testing

@testable import Records
@testable import Releases
@testable import Time

/// record.md, rule 5, over tellings that are drawn: each knows a part of what happened, at some time on the way.
@Suite struct TellingProperties {
  private let names = DeclaredEnvironments(Configuration())

  /// One run as it went: three jobs, each with a deployment, the last behind a gate.
  private static func truth(_ chance: inout Chance) -> RunRecord {
    var run = RunRecord(id: "7", state: chance.pick([.succeeded, .failed]))
    (run.provider, run.repository, run.pipeline) = ("github", "acme/shop", "Deploy")
    (run.number, run.title, run.url) = (12, "Faster", "https://ci.example.com/7")
    (run.createdAt, run.startedAt, run.finishedAt) = (minute(0), minute(1), minute(40))
    run.stateRaw = run.state.rawValue
    run.commit = Change(sha: "0123456789abcdef")
    run.commit?.author = "Kim"
    run.changes = ["0123456789abcdef", "fedcba9876543210"].map { Change(sha: $0) }
    run.actor = Actor(name: "kim", id: "3", kind: .human)
    for (index, place) in ["staging", "eu", "us"].enumerated() {
      var step = Step(name: "deploy \(place)", state: .succeeded)
      (step.key, step.startedAt, step.finishedAt) = ("s\(index)", minute(index * 10 + 2), minute(index * 10 + 9))
      run.steps.append(step)
      var deployment = DeploymentRecord(environment: .init(name: index == 0 ? "staging" : "production"))
      deployment.target = index == 0 ? nil : place
      (deployment.state, deployment.step, deployment.id) = (.succeeded, step.key, "d\(index)")
      (deployment.startedAt, deployment.finishedAt) = (step.startedAt, step.finishedAt)
      (deployment.reason, deployment.url) = ("because", "https://\(place).example.com/")
      run.deployments.append(deployment)
    }
    var gate = Gate(kind: .human, state: .approved)
    (gate.key, gate.environment, gate.requestedAt, gate.allowed) = ("g", "production", minute(9), ["Ana"])
    gate.decisions = [.init(by: "Ana", at: minute(11), decision: "approved")]
    run.gates = [gate]
    return run
  }

  /// What somebody knows of it at `now`: some fields, some items, as they were then.
  private static func telling(of truth: RunRecord, at now: Int, _ chance: inout Chance) -> RunRecord {
    var run = truth
    if (truth.finishedAt ?? minute(0)) > minute(now) {
      (run.state, run.stateRaw, run.finishedAt) = (.running, "in_progress", nil)
    }
    if chance.below(2) == 0 { run.title = nil }
    if chance.below(2) == 0 { run.number = nil }
    if chance.below(2) == 0 { run.commit?.author = nil }
    if chance.below(3) == 0 { run.commit = nil }
    if chance.below(2) == 0 { (run.createdAt, run.startedAt) = (nil, nil) }
    if chance.below(2) == 0 { run.actor = Actor(name: "kim") }
    if chance.below(3) == 0 { run.changes.removeLast(1 + chance.below(2)) }
    let knowsIDs = chance.below(2) == 0
    run.steps = truth.steps.compactMap { step in
      guard chance.below(4) > 0, let start = step.startedAt, start <= minute(now) else { return nil }
      var step = step
      if (step.finishedAt ?? start) > minute(now) { (step.state, step.finishedAt) = (.running, nil) }
      return step
    }
    run.deployments = truth.deployments.compactMap { deployment in
      guard chance.below(4) > 0, let start = deployment.startedAt, start <= minute(now) else { return nil }
      var deployment = deployment
      if (deployment.finishedAt ?? start) > minute(now) { (deployment.state, deployment.finishedAt) = (.running, nil) }
      if !knowsIDs { deployment.id = nil }
      if chance.below(2) == 0 { deployment.reason = nil }
      if chance.below(2) == 0 { deployment.url = nil }
      return deployment
    }
    if let index = run.gates.indices.first, now < 11 {
      (run.gates[index].state, run.gates[index].decisions) = (.waiting, [])
    }
    if chance.below(3) == 0 || now < 9 { run.gates = [] }
    return run
  }

  private static func tellings(seed: UInt64) -> [RunRecord] {
    var chance = Chance(seed: seed)
    let truth = truth(&chance)
    return (0..<(2 + chance.below(4))).map { _ in telling(of: truth, at: chance.below(60), &chance) }
  }

  private static let seeds: ClosedRange<UInt64> = 1...80

  @Test func nothingThatAnyTellingHoldsIsLost() {
    for seed in TellingProperties.seeds {
      let tellings = TellingProperties.tellings(seed: seed)
      let merged = merged(tellings, names)
      for telling in tellings {
        let places = Set(merged.deployments.map { "\($0.environment.name) \($0.target ?? "")" })
        #expect(places.isSuperset(of: telling.deployments.map { "\($0.environment.name) \($0.target ?? "")" }))
        #expect(Set(merged.deployments.compactMap(\.id)).isSuperset(of: telling.deployments.compactMap(\.id)))
        #expect(Set(merged.steps.map(\.name)).isSuperset(of: telling.steps.map(\.name)))
        #expect(Set(merged.changes.map(\.sha)).isSuperset(of: telling.changes.map(\.sha)))
        #expect(merged.gates.count >= telling.gates.count && merged.title ?? "" >= telling.title ?? "")
      }
      #expect(merged.deployments.count <= 3, "seed \(seed): none stands twice")
      let isOver = tellings.contains { $0.state.isTerminal }
      #expect(merged.state.isTerminal == isOver)
      let known = tellings.flatMap(\.deployments).filter { $0.state == .succeeded }.map { $0.target ?? "" }
      let succeeded = merged.deployments.filter { $0.state == .succeeded }
      #expect(Set(succeeded.map { $0.target ?? "" }).isSuperset(of: known))
      // One that was under way with its step, of which another telling knows that it succeeded, did so, too.
      let steps = Set(tellings.flatMap(\.steps).filter { $0.state == .succeeded }.flatMap { [$0.key, $0.name] })
      #expect(succeeded.allSatisfy { known.contains($0.target ?? "") || steps.contains($0.step) })
    }
  }

  /// As a store does: each is put beside what is kept of those before it, in any order and in any groups.
  @Test func whatIsKeptInAnyOrderMergesToWhatAllDo() {
    for seed in TellingProperties.seeds {
      let tellings = TellingProperties.tellings(seed: seed)
      let all = merged(tellings, names)
      var chance = Chance(seed: seed &+ 1_000)
      for _ in 0..<4 {
        let shuffled = chance.shuffled(tellings)
        #expect(merged(shuffled, names) == all, "seed \(seed): the order")
        var kept: [RunRecord] = []
        var rest = shuffled[...]
        while !rest.isEmpty {
          let group = rest.prefix(1 + chance.below(3))
          rest = rest.dropFirst(group.count)
          kept = neededTellings(kept + group, names)
        }
        #expect(kept.count <= Set(tellings).count)
        #expect(merged(kept, names) == all, "seed \(seed): a store that kept \(kept.count) of \(tellings.count)")
        #expect(Set(neededTellings(kept + tellings, names)) == Set(neededTellings(kept, names)), "seed \(seed): once more")
      }
    }
  }

  @Test func anAnswerThatSaysAllThatTheOneBeforeDidIsKeptAlone() {
    var chance = Chance(seed: 1)
    let truth = TellingProperties.truth(&chance)
    var live = truth
    (live.state, live.stateRaw, live.finishedAt) = (.running, "in_progress", nil)
    live.steps.removeLast()
    live.deployments.removeLast()
    live.deployments[1].state = .running
    live.deployments[1].finishedAt = nil
    #expect(neededTellings([live, truth], names) == [truth])
  }

  /// The same through the whole join: how the tellings lie in files, and in which order, changes nothing.
  @Test(arguments: 1...40 as ClosedRange<UInt64>)
  func theCatalogDoesNotDependOnFilesAndOrder(seed: UInt64) {
    var story = Story()
    for telling in TellingProperties.tellings(seed: seed) { story.add(telling) }
    var chance = Chance(seed: seed)
    for id in ["d1", "d9"] {
      var deployment = DeploymentRecord(environment: .init(name: "production"))
      (deployment.id, deployment.run, deployment.provider, deployment.repository) = (id, "7", "github", "acme/shop")
      (deployment.target, deployment.state) = (id == "d1" ? "eu" : "asia", chance.pick([.unknown, .succeeded]))
      story.add(deployment)
    }
    let expected = ShuffleTests.lines(story.joined())
    #expect(story.view().deployments.contains { $0.id == "d9" })
    for _ in 0..<3 {
      story.input.runs = chance.shuffled(story.input.runs)
      story.input.deployments = chance.shuffled(story.input.deployments)
      #expect(ShuffleTests.lines(story.joined()) == expected)
    }
  }
}
