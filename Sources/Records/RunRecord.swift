package import Diagnostics
package import Time

/// A pipeline run as it was read, before anything is joined or derived. Fields, meaning and defaults: record.md, Run.
package struct RunRecord: Hashable, Sendable {
  /// The service as the record names it; nil where it must come from the configuration or the repository.
  package var service: String?
  package var provider: String?
  package var repository: String?
  package var pipeline: String?
  package var id: String
  package var number: Int?
  package var attempt = 1
  package var url: String?
  package var title: String?
  package var state: State
  package var stateRaw: String?
  package var warning = false
  package var createdAt: Timestamp?
  package var startedAt: Timestamp?
  package var finishedAt: Timestamp?
  package var activeSeconds: Double?
  package var commit: Change?
  package var changes: [Change] = []
  package var ref: Ref?
  package var trigger: Trigger?
  package var actor: Actor?
  package var version: VersionLabel?
  package var steps: [Step] = []
  package var gates: [Gate] = []
  package var deployments: [DeploymentRecord] = []
  package var tests: TestCounts?
  /// The answer about what it belongs to that tells it as of now; nil for what tells no more than what was.
  package var snapshot: Snapshot?
  /// Names of fields that are guessed: what another telling says outright outweighs them.
  package var inferred: [String] = []
  /// How it came about, where somebody asks.
  package var story = Story()

  package init(id: String, state: State) {
    self.id = id
    self.state = state
  }
}

/// A commit, alone or as one of the changes that a run brings.
package struct Change: Hashable, Sendable {
  package var sha: String
  package var message: String?
  package var author: String?
  package var committedAt: Timestamp?
  package var pullRequest: String?

  package init(sha: String) { self.sha = sha }
}

package struct Ref: Hashable, Sendable {
  package enum Kind: String, Sendable, CaseIterable { case branch, tag, pullRequest = "pull_request", other }
  package var name: String
  package var type: Kind
  package var pullRequest: String?

  package init(name: String, type: Kind, pullRequest: String? = nil) {
    self.name = name
    self.type = type
    self.pullRequest = pullRequest
  }
}

package struct Trigger: Hashable, Sendable {
  package enum Kind: String, Sendable {
    case push, tag, pullRequest = "pull_request", schedule, manual, api, upstream, redeploy, unknown
  }
  package var type: Kind
  package var raw: String?

  package init(type: Kind, raw: String? = nil) {
    self.type = type
    self.raw = raw
  }
}

package struct Actor: Hashable, Sendable {
  package enum Kind: String, Sendable, CaseIterable { case human, bot, system, unknown }
  package var name: String
  package var id: String?
  package var kind: Kind

  package init(name: String, id: String? = nil, kind: Kind = .unknown) {
    self.name = name
    self.id = id
    self.kind = kind
  }
}

/// What was built: the version as written, and the artifact if one is known.
package struct VersionLabel: Hashable, Sendable {
  package var name: String
  package var artifact: String?
  package var digest: String?

  package init(name: String, artifact: String? = nil, digest: String? = nil) {
    self.name = name
    self.artifact = artifact
    self.digest = digest
  }
}

/// One step of a run. Steps are flat and in order; `parent` makes the tree; names may repeat or be empty.
package struct Step: Hashable, Sendable {
  package var key: String?
  package var name: String
  package var stage: String?
  /// The `key` of the step that holds this one.
  package var parent: String?
  package var state: State
  package var stateRaw: String?
  package var warning = false
  package var optional = false
  package var attempt = 1
  package var startedAt: Timestamp?
  package var finishedAt: Timestamp?
  package var activeSeconds: Double?
  package var url: String?
  package var error: String?
  /// It tells how what was deployed is, and not how it went: what was told last counts, not an end.
  package var isCurrent = false

  package init(name: String, state: State) {
    self.name = name
    self.state = state
  }
}

/// A place where a run stops until somebody or something decides.
package struct Gate: Hashable, Sendable {
  package enum Kind: String, Sendable, CaseIterable { case human, timer, check, lock, policy }
  package enum State: String, Sendable, CaseIterable { case waiting, approved, rejected, expired, cancelled, skipped, unknown }
  package struct Decision: Hashable, Sendable {
    package var by: String?
    /// nil where the provider never says (GitHub's review log).
    package var at: Timestamp?
    package var decision: String?
    package var comment: String?

    package init(by: String? = nil, at: Timestamp? = nil, decision: String? = nil, comment: String? = nil) {
      self.by = by
      self.at = at
      self.decision = decision
      self.comment = comment
    }
  }

  package var key: String?
  package var kind: Kind
  package var state: State
  package var environment: String?
  /// The `key` of the step it holds.
  package var step: String?
  package var requestedBy: String?
  package var requestedAt: Timestamp?
  package var allowed: [String] = []
  package var required: Int?
  package var decisions: [Decision] = []

  package init(kind: Kind, state: State) {
    self.kind = kind
    self.state = state
  }
}

package struct TestCounts: Hashable, Sendable {
  package var total: Int
  package var passed: Int
  package var failed: Int
  package var skipped: Int
  package var flaky: Int
  package var seconds: Double?

  package init(total: Int, passed: Int, failed: Int, skipped: Int = 0, flaky: Int = 0, seconds: Double? = nil) {
    self.total = total
    self.passed = passed
    self.failed = failed
    self.skipped = skipped
    self.flaky = flaky
    self.seconds = seconds
  }
}
