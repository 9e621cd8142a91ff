import Records
import Releases
import Support
import Testing
import Time

/// rules.md, Current: the kinds of a success, the first that fits.
struct KindTests {
  struct Row: Sendable, CustomTestStringConvertible {
    /// `version`, `version@sha`, with ` rollback`, ` hotfix` or ` remove` as a mark.
    var sequence: [String]
    var kinds: [Deployment.Kind?]
    var testDescription: String { sequence.joined(separator: ", ") }
  }

  static let rows: [Row] = [
    Row(sequence: ["1.0.0"], kinds: [.first]),
    Row(sequence: ["1.0.0", "1.1.0"], kinds: [.first, .upgrade]),
    Row(sequence: ["1.0.0", "x remove", "1.0.0"], kinds: [.first, nil, .first]),
    Row(sequence: ["1.0.0@aaaaaaa1", "1.0.0@aaaaaaa1"], kinds: [.first, .redeploy]),
    Row(sequence: ["1.0.0@aaaaaaa1", "1.0.0@bbbbbbb2"], kinds: [.first, .rebuild]),
    Row(sequence: ["1.0.0@aaaaaaa1", "1.0.0@aaaaaaa1ffff"], kinds: [.first, .redeploy]),
    Row(sequence: ["1.0.0", "1.0.0@aaaaaaa1"], kinds: [.first, .redeploy]),
    Row(sequence: ["1.0.0+1", "1.0.0+2"], kinds: [.first, .rebuild]),
    Row(sequence: ["v1.0.0", "1.0.0"], kinds: [.first, .redeploy]),
    Row(sequence: ["1.0", "1.0.0"], kinds: [.first, .redeploy]),
    Row(sequence: ["1.0.0", "1.1.0", "1.0.0"], kinds: [.first, .upgrade, .rollback]),
    Row(sequence: ["1.0.0", "1.1.0", "1.0.0", "1.1.0"], kinds: [.first, .upgrade, .rollback, .upgrade]),
    Row(sequence: ["1.1.0", "1.0.0"], kinds: [.first, .rollback]),
    Row(sequence: ["1.0.0", "1.1.0 rollback"], kinds: [.first, .rollback]),
    Row(sequence: ["1.0.0", "1.1.0 hotfix"], kinds: [.first, .hotfix]),
    Row(sequence: ["1.0.0 rollback"], kinds: [.first]),
    Row(sequence: ["1.0.0", "1.0.0 hotfix"], kinds: [.first, .hotfix]),
    Row(sequence: ["1.1.0", "1.0.0 hotfix"], kinds: [.first, .hotfix]),
    // Versions that cannot be compared.
    Row(sequence: ["aaaaaaa1", "bbbbbbb2"], kinds: [.first, .upgrade]),
    Row(sequence: ["aaaaaaa1", "bbbbbbb2", "aaaaaaa1"], kinds: [.first, .upgrade, .rollback]),
    Row(sequence: ["aaaaaaa1", "bbbbbbb2", "aaaaaaa1", "bbbbbbb2"], kinds: [.first, .upgrade, .rollback, .upgrade]),
    Row(
      sequence: ["aaaaaaa1", "bbbbbbb2", "ccccccc3", "aaaaaaa1", "ddddddd4", "aaaaaaa1"],
      kinds: [.first, .upgrade, .upgrade, .rollback, .upgrade, .rollback]),
    Row(sequence: ["aaaaaaa1", "aaaaaaa1"], kinds: [.first, .redeploy]),
    Row(sequence: ["blue@1111111", "green@2222222", "red@1111111"], kinds: [.first, .upgrade, .rollback]),
    Row(sequence: ["blue@1111111", "green@1111111"], kinds: [.first, .upgrade]),
    Row(sequence: ["1.0.0", "aaaaaaa1", "1.0.0"], kinds: [.first, .upgrade, .rollback]),
  ]

  @Test(arguments: rows)
  func everySuccessHasTheFirstKindThatFits(row: Row) {
    var story = Story(environments: ["production"])
    for entry in row.sequence {
      let words = entry.split(separator: " ").map(String.init)
      let parts = words[0].split(separator: "@").map(String.init)
      story.deploy(parts[0], sha: parts.count > 1 ? parts[1] : nil) { _, deployment in
        guard words.count > 1 else { return }
        deployment.action = words[1] == "rollback" ? .rollback : words[1] == "remove" ? .remove : nil
        deployment.hotfix = words[1] == "hotfix" ? true : nil
      }
    }
    #expect(story.view().kinds == row.kinds)
  }

  @Test
  func aVersionThatWasNotUpstreamIsAHotfix() {
    var story = Story()
    story.deploy("1.0.0", to: "staging")
    story.deploy("1.0.0")
    story.deploy("1.1.0", to: "staging")
    story.deploy("1.0.1")
    story.deploy("1.1.0")
    let view = story.view()
    #expect(view.kinds == [.first, .hotfix, .upgrade])
    #expect(view.deployments.map(\.from) == [nil, "1.0.0", "1.0.1"])
  }

  /// What a person says outright wins over the rule; what the rule says is listed as inferred.
  @Test(
    arguments: [
      (nil, .hotfix, ["hotfix"]), (true, .hotfix, []), (false, .upgrade, []),
    ] as [(Bool?, Deployment.Kind, [String])])
  func aReleaseThatSkippedAnEnvironmentIsWhatItsRecordSays(said: Bool?, kind: Deployment.Kind, inferred: [String]) {
    var story = Story()
    story.deploy("1.0.0", to: "staging")
    story.deploy("1.0.0")
    story.deploy("1.0.1") { _, deployment in deployment.hotfix = said }
    let last = story.view().deployments.last
    #expect(last?.kind == kind && last?.inferred == inferred && last?.isStraight == true)
    #expect(story.view().deployments.first?.isStraight == false)
  }

  @Test
  func whatReachesUpstreamLaterDoesNotChangeThePast() {
    var story = Story()
    story.deploy("1.0.0")
    story.deploy("1.1.0")
    story.deploy("1.2.0", to: "staging")
    story.deploy("1.3.0")
    story.deploy("1.3.0", to: "staging")
    #expect(story.view().kinds == [.first, .upgrade, .hotfix])
  }

  @Test
  func whereNothingComesBeforeThereIsNoHotfix() {
    var story = Story()
    story.deploy("1.0.0", to: "staging")
    story.deploy("1.0.1", to: "staging")
    #expect(story.view("staging").kinds == [.first, .upgrade])
  }

  @Test
  func aRollbackNamedByItsDeploymentIsMarked() {
    var story = Story()
    story.deploy("1.0.0")
    story.deploy("1.1.0")
    story.deploy("1.2.0") { _, deployment in deployment.rollbackOf = "2-production" }
    let view = story.view()
    #expect(view.kinds.last == .rollback)
    #expect(view.deployments.last?.inferred == [])
  }

  @Test
  func theDigestTellsTwoBuildsApart() {
    var story = Story(environments: ["production"])
    for digest in ["sha256:1", "sha256:2", "sha256:2"] {
      story.deploy("1.0.0") { run, _ in run.version = VersionLabel(name: "1.0.0", digest: digest) }
    }
    #expect(story.view().kinds == [.first, .rebuild, .redeploy])
  }

  @Test func whatARecordCallsADeploymentOutrightIsNotInferredToBeARollback() {
    var story = Story()
    story.deploy("1.1.0", at: 10)
    story.deploy("1.0.0", at: 20) { _, deployment in deployment.action = .deploy }
    story.deploy("0.9.0", at: 30)
    let view = story.view()
    #expect(view.deployments.map(\.action) == [.deploy, .deploy, .rollback])
    #expect(view.deployments.map(\.inferred) == [[], [], ["action"]])
  }

  @Test func aTargetThatIsNotListedAnyMoreKeepsTheKindsOfItsPast() {
    var story = Story(environments: [])
    var production = Configuration.Environment(key: "production")
    production.targets = ["eu"]
    story.configuration.environments = [production]
    for (version, target, at) in [("1.0.0", "us", 10), ("1.0.0", "eu", 11), ("1.1.0", "us", 20), ("1.1.0", "eu", 21)] {
      story.deploy(version, at: at) { _, deployment in deployment.target = target }
    }
    let view = story.view()
    #expect(view.kinds == [.first, .first, .upgrade, .upgrade])
    #expect(view.cell.targets.isEmpty && view.current == "1.1.0")
  }
}
