import Records
import Releases
import Support
import Testing
import Time

/// rules.md, Current: every row of the truth table, and rows that meet.
struct CurrentTests {
  struct Row: Sendable, CustomTestStringConvertible {
    var name: String
    /// `version state`, newest last; `!` after the state: without a start; `remove` as the version removes.
    var sequence: [String]
    var state: Cell.State
    var current: String?
    var lastAttempt: String?
    var previous: String?
    var flags: [Cell.Flag] = []
    var testDescription: String { name }
  }

  static let rows: [Row] = [
    Row(name: "nothing", sequence: [], state: .none),
    Row(name: "only failures", sequence: ["1.0.0 failed", "1.0.1 failed"], state: .none, lastAttempt: "1.0.1 failed"),
    Row(
      name: "failed", sequence: ["1.0.0 succeeded", "2.0.0 failed"], state: .current, current: "1.0.0",
      lastAttempt: "2.0.0 failed"),
    Row(
      name: "rolled back", sequence: ["1.0.0 succeeded", "2.0.0 succeeded", "1.0.0 succeeded"], state: .current,
      current: "1.0.0",
      previous: "2.0.0", flags: [.rolledBack]),
    Row(
      name: "running", sequence: ["1.0.0 succeeded", "2.0.0 running"], state: .current, current: "1.0.0",
      lastAttempt: "2.0.0 running"),
    Row(name: "waiting", sequence: ["1.0.0 succeeded", "2.0.0 waiting"], state: .current, current: "1.0.0"),
    Row(name: "queued", sequence: ["1.0.0 succeeded", "2.0.0 queued"], state: .current, current: "1.0.0"),
    Row(name: "skipped", sequence: ["1.0.0 succeeded", "2.0.0 skipped"], state: .current, current: "1.0.0"),
    Row(name: "superseded", sequence: ["1.0.0 succeeded", "2.0.0 superseded"], state: .current, current: "1.0.0"),
    Row(
      name: "cancelled before its start", sequence: ["1.0.0 succeeded", "2.0.0 cancelled!"], state: .current, current: "1.0.0"),
    Row(
      name: "cancelled after its start", sequence: ["1.0.0 succeeded", "2.0.0 cancelled"], state: .unknown, current: "1.0.0",
      lastAttempt: "2.0.0 cancelled", flags: [.partial]),
    Row(
      name: "previous is before what may still run", sequence: ["1.0.0 succeeded", "2.0.0 succeeded", "3.0.0 cancelled"],
      state: .unknown, current: "2.0.0", lastAttempt: "3.0.0 cancelled", previous: "1.0.0", flags: [.partial]),
    Row(
      name: "previous is not what runs when an unknown word follows",
      sequence: ["1.0.0 succeeded", "2.0.0 succeeded", "3.0.0 unknown"], state: .current, current: "2.0.0",
      lastAttempt: "3.0.0 unknown", previous: "1.0.0"),
    Row(
      name: "previous was bad", sequence: ["1.0.0 succeeded", "2.0.0 succeeded", "3.0.0 succeeded", "2.0.0 succeeded"],
      state: .current, current: "2.0.0", previous: "3.0.0", flags: [.rolledBack]),
    Row(
      name: "removed and then partial", sequence: ["1.0.0 succeeded", "remove succeeded", "2.0.0 cancelled"], state: .unknown,
      lastAttempt: "2.0.0 cancelled", previous: "1.0.0", flags: [.partial]),
    Row(
      name: "partial and then failed", sequence: ["1.0.0 succeeded", "2.0.0 cancelled", "3.0.0 failed"], state: .unknown,
      current: "1.0.0", lastAttempt: "3.0.0 failed", flags: [.partial]),
    Row(
      name: "partial and then a success", sequence: ["1.0.0 succeeded", "2.0.0 cancelled", "3.0.0 succeeded"], state: .current,
      current: "3.0.0", previous: "1.0.0"),
    Row(
      name: "partial before the first success", sequence: ["1.0.0 cancelled"], state: .unknown, lastAttempt: "1.0.0 cancelled",
      flags: [.partial]),
    Row(
      name: "a redeployment that was cancelled", sequence: ["1.0.0 succeeded", "1.0.0 cancelled"], state: .current,
      current: "1.0.0", lastAttempt: "1.0.0 cancelled"),
    Row(
      name: "a removal that was cancelled", sequence: ["1.0.0 succeeded", "remove cancelled"], state: .unknown,
      current: "1.0.0",
      lastAttempt: "remove cancelled", flags: [.partial]),
    Row(
      name: "unknown word", sequence: ["1.0.0 succeeded", "2.0.0 unknown"], state: .current, current: "1.0.0",
      lastAttempt: "2.0.0 unknown"),
    Row(
      name: "unknown word before the first success", sequence: ["1.0.0 unknown"], state: .unknown, lastAttempt: "1.0.0 unknown"),
    Row(
      name: "unknown word and then failed", sequence: ["1.0.0 unknown", "2.0.0 failed"], state: .unknown,
      lastAttempt: "2.0.0 failed"),
    Row(
      name: "a removal of unknown state before the first success", sequence: ["remove unknown"], state: .none,
      lastAttempt: "remove unknown"),
    Row(name: "removed", sequence: ["1.0.0 succeeded", "remove succeeded"], state: .removed, previous: "1.0.0"),
    Row(
      name: "a removal that failed", sequence: ["1.0.0 succeeded", "remove failed"], state: .current, current: "1.0.0",
      lastAttempt: "remove failed"),
    Row(
      name: "removed and then failed", sequence: ["1.0.0 succeeded", "remove succeeded", "2.0.0 failed"], state: .removed,
      lastAttempt: "2.0.0 failed", previous: "1.0.0"),
    Row(
      name: "removed and back", sequence: ["1.0.0 succeeded", "remove succeeded", "1.0.0 succeeded"], state: .current,
      current: "1.0.0"),
    Row(
      name: "redeployed", sequence: ["1.0.0 succeeded", "2.0.0 succeeded", "2.0.0 succeeded"], state: .current,
      current: "2.0.0",
      previous: "1.0.0"),
    Row(
      name: "rolled back and redeployed",
      sequence: ["1.0.0 succeeded", "2.0.0 succeeded", "1.0.0 succeeded", "1.0.0 succeeded"],
      state: .current, current: "1.0.0", previous: "2.0.0", flags: [.rolledBack]),
    Row(
      name: "rolled back and up again", sequence: ["1.0.0 succeeded", "2.0.0 succeeded", "1.0.0 succeeded", "2.0.0 succeeded"],
      state: .current, current: "2.0.0", previous: "1.0.0"),
  ]

  @Test(arguments: rows)
  func onlySuccessesChangeWhatIsCurrent(row: Row) {
    var story = Story()
    for entry in row.sequence {
      let words = entry.split(separator: " ").map(String.init)
      let state = State(rawValue: words[1].replacing("!", with: "")) ?? .unknown
      story.deploy(words[0], state) { _, deployment in
        if words[1].hasSuffix("!") { deployment.startedAt = nil }
        if words[0] == "remove" { deployment.action = .remove }
      }
    }
    let view = row.sequence.isEmpty ? Story.empty : story.view()
    #expect(view.cell.state == row.state)
    #expect(view.current == row.current)
    #expect(view.lastAttempt == row.lastAttempt)
    #expect(view.previous == row.previous)
    #expect(view.cell.flags == row.flags)
  }

  @Test
  func anOlderRunThatFinishesLaterIsOutOfOrderAndNoRollback() {
    var story = Story()
    story.deploy("2.0.0", run: 42, at: 10)
    story.deploy("1.0.0", run: 41, at: 15)
    let view = story.view()
    #expect(view.current == "1.0.0")
    #expect(view.cell.flags == [.outOfOrder])
    #expect(view.deployments.map(\.outOfOrder) == [false, true])
    #expect(view.deployments.last?.action == .deploy)
  }

  @Test
  func anOlderRunOfWhatWasHereBeforeIsARollback() {
    var story = Story()
    story.deploy("1.0.0", run: 41, at: 5)
    story.deploy("2.0.0", run: 42, at: 10)
    story.deploy("1.0.0", run: 40, at: 15)
    let view = story.view()
    #expect(view.cell.flags == [.rolledBack])
    #expect(view.deployments.last?.action == .rollback)
    #expect(view.deployments.last?.inferred == ["action"])
  }

  @Test
  func runNumbersOfAnotherPipelineSayNothing() {
    var story = Story()
    story.deploy("2.0.0", run: 42, at: 10)
    story.deploy("1.0.0", run: 41, at: 15, pipeline: "nightly")
    #expect(story.view().cell.flags == [.rolledBack])
  }

  @Test
  func equalFinishesAreDecidedByTheRunNumberAndNoted() {
    var story = Story()
    story.deploy("2.0.0", run: 42, started: 5, at: 10)
    story.deploy("1.0.0", run: 41, started: 5, at: 10)
    let view = story.view()
    #expect(view.current == "2.0.0")
    #expect(view.cell.flags == [.tie])
  }
}

extension Story {
  /// A service that exists but was never deployed.
  static var empty: View {
    var story = Story()
    story.configuration.services = [Configuration.Service(key: "shop")]
    return story.view()
  }
}
