package import Diagnostics
package import Time

/// A deployment as it was read: inside a run, or alone. A missing field is taken from the run (record.md, Deployment).
package struct DeploymentRecord: Hashable, Sendable {
  /// The environment as the record names it.
  package struct EnvironmentReference: Hashable, Sendable {
    package enum Availability: String, Sendable, CaseIterable { case available, stopped }

    package var key: String?
    package var name: String
    package var tier: Tier?
    package var rank: Int?
    package var url: String?
    /// It ends when its work does, as a review environment; nil where the record does not say.
    package var isShortLived: Bool?
    /// Whether it still stands; nil where the record does not say.
    package var availability: Availability?
    /// When its provider takes it down by itself; nil where the record does not say.
    package var stopsAt: Timestamp?

    package init(name: String, key: String? = nil, tier: Tier? = nil, rank: Int? = nil, url: String? = nil) {
      self.name = name.asEnvironmentName
      self.key = key?.asEnvironmentName
      self.tier = tier
      self.rank = rank
      self.url = url
    }
  }

  package enum Promotion: String, Sendable, CaseIterable { case manual, automatic, unknown }
  package enum Action: String, Sendable, CaseIterable { case deploy, redeploy, rollback, remove }

  package var environment: EnvironmentReference
  /// Where it was read from a provider: what its service is found by, as for a run.
  package var provider: String?
  package var repository: String?
  /// The region, tenant, cluster or instance within the environment.
  package var target: String?
  package var id: String?
  /// Which attempt of its run's deployment to that environment and target it is, where its provider numbers them.
  package var attempt: Int?
  package var service: String?
  package var version: VersionLabel?
  package var commit: Change?
  package var changes: [Change] = []
  package var state: State?
  package var stateRaw: String?
  /// It was live, and the last word of its provider is that it is not any more (GitHub: `inactive`); nil where the record does not say.
  package var isInactive: Bool?
  /// Only a part of what makes up its version was deployed, and that succeeded: its state is `unknown`, since no version is live by it
  /// (Argo CD: chosen resources); nil where the record does not say.
  package var isPart: Bool?
  package var startedAt: Timestamp?
  package var finishedAt: Timestamp?
  package var actor: Actor?
  package var url: String?
  /// The id of the run, where the deployment stands alone.
  package var run: String?
  /// The `key` of the step that deploys.
  package var step: String?
  package var promotion: Promotion?
  /// The `key` of the gate before it.
  package var gate: String?
  package var action: Action?
  package var hotfix: Bool?
  package var rollbackOf: String?
  package var reason: String?
  /// Why a freeze was passed.
  package var override: String?
  package var inferred: [String] = []
  /// How it came about, where somebody asks.
  package var story = Story()

  package init(environment: EnvironmentReference) { self.environment = environment }

  /// Whether it may be of a run that has the id it names: nothing that both say of provider and repository differs.
  package func isOf(_ run: RunRecord) -> Bool { isOf(provider: run.provider, repository: run.repository) }

  package func isOf(provider other: String?, repository place: String?) -> Bool {
    (provider == nil || other == nil || provider == other) && (repository == nil || place == nil || repository == place)
  }
}

/// How near an environment is to customers (record.md, rule 1).
package enum Tier: String, Hashable, Sendable, CaseIterable {
  case development, test, staging, production, other
}
