import Diagnostics
import Joining
import Records
import Releases
import Support
import Testing
import Time

import struct Support.Story

/// product.md, promise 3: any order of files gives the same catalog.
struct ShuffleTests {
  /// Two services, three environments under several names, re-runs, duplicates, contradictions, rollbacks, gates, notes and incidents;
  /// what happens is drawn by chance.
  static func story(seed: UInt64) -> Story {
    var chance = Chance(seed: seed)
    var story = Story(environments: chance.pick([[], ["staging", "production"]]))
    for number in 1...60 { addRun(number, to: &story, &chance) }
    for number in 1...12 { addAlone(number, to: &story, &chance) }
    for _ in 0..<12 {
      story.note(
        chance.pick(["1.0.0", "1.1.0", "1.1.0-rc.1", "1.2.0", "v1.2.0", "2.0.0"]),
        on: chance.pick([nil, "2026-01-01", "2026-01-02"]),
        service: chance.pick(["shop", "api"]), file: chance.pick(["releases/a.md", "releases/b.md"]),
        body: chance.pick(["words", "others"]))
    }
    for id in ["i1", "i2", "i1", "i3"] {
      var incident = IncidentRecord(id: id, state: chance.pick([.detected, .resolved]))
      incident.service = chance.pick([nil, "shop", "nowhere"])
      incident.startedAt = minute(chance.below(300))
      incident.causedBy = ["\(1 + chance.below(60))-production"]
      story.add(incident)
      story.input.incidents[story.input.incidents.count - 1].file = "incidents/\(story.input.incidents.count).md"
    }
    return story
  }

  private static func addRun(_ number: Int, to story: inout Story, _ chance: inout Chance) {
    // Ids repeat: attempts, duplicates and contradictions.
    let id = chance.pick([number, number, max(1, number - 1 - chance.below(3))])
    let service = chance.pick(["shop", "shop", "api"])
    let states: [State] = [.succeeded, .succeeded, .succeeded, .failed, .waiting, .running, .cancelled, .skipped, .queued]
    let attempt = chance.pick([1, 1, 2])
    let commit = chance.pick(["aaaaaaa1", "bbbbbbb2", "ccccccc3"])
    let decisive = chance.pick([nil, GateTests.gate("p", chance.pick([.waiting, .approved]), environment: "production")])
    let name = chance.pick([chance.version(), "1.1.0", "1.2.0", "2.0.0", "aaaaaaa1", "bbbbbbb2"])
    let environment = chance.pick(["staging", "production", "Production", "live", "qa"])
    let key = environment == "live" || environment == "production" ? chance.pick([nil, "17"]) : nil
    let finish = 5 * chance.below(80)
    let rank = chance.pick([nil, chance.below(3)])
    let named = chance.pick([nil, "d\(chance.below(9))"])
    let action = chance.pick([nil, nil, nil, DeploymentRecord.Action.rollback, .remove])
    let bare = chance.below(6) == 0
    let states2 = chance.pick([nil, chance.pick(states)])
    story.deploy(name, to: environment, chance.pick(states), run: id, at: finish, sha: commit, service: service) {
      run, deployment in
      run.attempt = attempt
      run.gates = [decisive].compactMap { $0 }
      if bare { run.service = nil }
      deployment.environment.key = key
      deployment.environment.rank = rank
      deployment.id = named
      deployment.action = action
      deployment.state = states2 ?? deployment.state
    }
    if chance.below(8) == 0, let last = story.input.runs.last?.value { story.add(last) }
  }

  private static func addAlone(_ number: Int, to story: inout Story, _ chance: inout Chance) {
    var deployment = DeploymentRecord(environment: .init(name: chance.pick(["production", "LIVE", "staging"])))
    deployment.id = chance.pick([nil, "d\(chance.below(9))"])
    deployment.run = chance.pick([nil, String(1 + chance.below(60))])
    deployment.service = chance.pick([nil, "shop", "api"])
    deployment.state = chance.pick([nil, .succeeded, .failed, .superseded, .waiting])
    deployment.finishedAt = chance.pick([nil, minute(5 * chance.below(80))])
    deployment.version = VersionLabel(name: chance.pick(["1.1.0", "1.2.0"]))
    story.add(deployment)
  }

  @Test(arguments: 1...12 as ClosedRange<UInt64>)
  func theOrderOfInputChangesNothing(seed: UInt64) {
    var story = ShuffleTests.story(seed: seed)
    var chance = Chance(seed: seed &+ 1_000)
    let expected = ShuffleTests.lines(story.joined())
    #expect(expected.count > 100)
    for _ in 0..<4 {
      story.input.runs = chance.shuffled(story.input.runs)
      story.input.deployments = chance.shuffled(story.input.deployments)
      story.input.notes = chance.shuffled(story.input.notes)
      story.input.incidents = chance.shuffled(story.input.incidents)
      let lines = ShuffleTests.lines(story.joined())
      #expect(lines.count == expected.count)
      #expect(ShuffleTests.difference(lines, expected) == nil)
    }
  }

  /// Whatever is drawn: every run has a page, every index leads somewhere, and every list keeps its promise.
  @Test(arguments: 20...40 as ClosedRange<UInt64>)
  func everyCatalogHoldsTogether(seed: UInt64) {
    let story = ShuffleTests.story(seed: seed)
    let catalog = story.joined().catalog
    let identities = Set(story.input.runs.map { "\($0.value.repository ?? "") \($0.value.id)" })
    let shown = Set(catalog.services.flatMap(\.runs).map { "\($0.record.repository ?? "") \($0.record.id)" })
    #expect(shown == identities)
    for (number, service) in catalog.services.enumerated() {
      #expect(Set(service.deployments.map(\.id)).count == service.deployments.count)
      let histories = catalog.histories[number]
      #expect(histories.flatMap(\.deployments).sorted() == Array(service.deployments.indices))
      for (run, index) in service.runs.enumerated().flatMap({ run in run.element.deployments.map { (run.offset, $0) } }) {
        #expect(service.deployments[index].run == run)
      }
      for (environment, history) in histories.enumerated() {
        check(history, service, environment)
      }
      for release in service.releases.indices {
        #expect(service.releases[release].version.map { service.release(version: $0) == release } ?? true)
      }
    }
  }

  private func check(_ history: History, _ service: Service, _ environment: Int) {
    let cell = history.cell
    let all = history.deployments.map { service.deployments[$0] }
    #expect(all.allSatisfy { $0.environment == environment })
    let last = history.deployments.last { service.deployments[$0].state == .succeeded }
    if let current = cell.current { #expect(current == last && cell.state != .removed) }
    let live = cell.current.flatMap { service.deployments[$0].release }
    if let previous = cell.previous, let live { #expect(service.deployments[previous].release != live) }
    if let attempt = cell.lastAttempt { #expect(service.deployments[attempt].isAttempt && attempt != cell.current) }
    #expect(cell.waiting.map(\.deployment).allSatisfy { service.deployments[$0].state == .waiting })
    #expect(cell.waiting.count == all.count { $0.state == .waiting })
    #expect(all.allSatisfy { ($0.kind == nil) == ($0.state != .succeeded || $0.action == .remove) })
    for entry in history.changelog.entries {
      #expect(Set(entry.includes).isDisjoint(with: entry.folded))
      #expect(Set(entry.again).isSubset(of: entry.includes))
      #expect(Set(entry.includes).isDisjoint(with: entry.removes))
    }
  }

  /// The first place where two lists of lines part, and a little before it.
  private static func difference(_ left: [String], _ right: [String]) -> String? {
    guard let (mine, theirs) = zip(left, right).first(where: { $0 != $1 }) else { return nil }
    let common = zip(mine, theirs).prefix { $0 == $1 }.count
    let start = max(0, common - 300)
    return "\(mine.prefix(60)) … \(mine.dropFirst(start).prefix(400)) || \(theirs.dropFirst(start).prefix(400))"
  }

  /// Everything that a page could show, one line each.
  static func lines(_ joined: Joined) -> [String] {
    let catalog = joined.catalog
    var lines = catalog.environments.map { "\($0)" }
    for (service, histories) in zip(catalog.services, catalog.histories) {
      lines.append("\(service.key) \(service.name)")
      lines += service.runs.map { "\($0)" }
      lines += service.deployments.map { "\($0)" }
      lines += service.releases.map { "\($0)" }
      lines += service.releasesByVersion.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
      lines += histories.map { "\($0)" }
    }
    lines += catalog.incidents.map { "\($0)" }
    lines += joined.diagnostics.map { "\($0)" }
    lines += catalog.account.skipped.map { "\($0)" }
    lines.append("\(catalog.account.records) \(String(describing: catalog.newestRecord))")
    return lines
  }
}
