package import Diagnostics
package import Time

/// `tidemark.yml` as values; every key is optional (site.md, Input).
package struct Configuration: Sendable {
  package struct Site: Hashable, Sendable {
    package var name = "Releases"
    /// `site.id`, else the slug of the name.
    package var id: String?
    /// Absolute and ending in `/`; nil without one.
    package var url: String?
    package var description: String?
    package var language = "en"
    package var timezone = "UTC"

    package init() {}
  }

  package enum GateRule: String, Sendable, CaseIterable { case manual, none }
  package enum VersionOrder: String, Sendable { case semver, debian }

  package struct Environment: Hashable, Sendable {
    package var key: String
    package var name: String?
    package var tier: Tier?
    /// Patterns with `*`, compared without case.
    package var match: [String] = []
    /// nil: the promotion of the last success decides.
    package var gate: GateRule?
    package var after: String?
    package var archived = false
    package var isShortLived = false
    package var url: String?
    /// The targets that it has now, compared without case: what it does not list has ended. Empty: those that the records name.
    package var targets: [String] = []

    package init(key: String) { self.key = key }
  }

  package struct Service: Hashable, Sendable {
    package var key: String
    package var name: String?
    package var match: [String] = []
    package var repository: String?
    package var group: String?
    package var versions: VersionOrder?
    /// What is known of it is shown nowhere.
    package var isHidden = false
    package var position: Position?

    package init(key: String) { self.key = key }
  }

  /// What nobody wants to see: a record that fits all its patterns (with `*`, compared without case) is shown nowhere.
  package struct Ignore: Hashable, Sendable {
    package var service: String?
    package var repository: String?
    package var pipeline: String?
    package var environment: String?
    /// What the account calls it: `ignore[2]`, counted from 1.
    package var name: String
    package var position: Position?

    package init(
      service: String? = nil, repository: String? = nil, pipeline: String? = nil, environment: String? = nil,
      name: String = "ignore", position: Position? = nil
    ) {
      (self.service, self.repository, self.pipeline) = (service, repository, pipeline)
      (self.environment, self.name, self.position) = (environment, name, position)
    }
  }

  package struct IssuePattern: Hashable, Sendable {
    package var pattern: String
    package var url: String

    package init(pattern: String, url: String) {
      self.pattern = pattern
      self.url = url
    }
  }

  package struct Links: Hashable, Sendable {
    package var repository: String?
    package var base: String?
    /// With `{sha}`.
    package var commit: String?
    /// With `{name}`.
    package var user: String?
    package var issues: [IssuePattern] = []

    package init() {}
  }

  /// Readers who have a site of their own, with the parts of notes that are for them.
  package struct Audience: Hashable, Sendable {
    package var name: String
    /// The folder of their site.
    package var output: String

    package init(name: String, output: String) {
      self.name = name
      self.output = output
    }
  }

  package struct Freeze: Hashable, Sendable {
    package enum Kind: String, Sendable, CaseIterable { case freeze, maintenance }
    package var from: Timestamp
    /// The first moment after it.
    package var to: Timestamp
    /// Keys as written; empty: all.
    package var environments: [String]
    package var reason: String?
    package var kind: Kind
    /// Where its environments are named.
    package var position: Position?

    package init(from: Timestamp, to: Timestamp, environments: [String], reason: String?, kind: Kind) {
      self.from = from
      self.to = to
      self.environments = environments
      self.reason = reason
      self.kind = kind
    }
  }

  /// One of the `records:` rules, kept as written: what a format does not hold.
  package struct RecordRule: Hashable, Sendable {
    package var files: String?
    /// Every other key and its pattern, in the order of the file (`parameters:` as `parameters.NAME`).
    package var values: [String: String]
    /// What messages call it: `records[2]`, counted from 1.
    package var name: String
    package var position: Position?

    package init(files: String?, values: [String: String], name: String = "records", position: Position? = nil) {
      self.files = files
      self.values = values
      self.name = name
      self.position = position
    }
  }

  package var site = Site()
  package var zone = Zone.utc
  package var environments: [Environment] = []
  /// Patterns of entries without a key: what they match ends when its work does (site.md, `short-lived`).
  package var shortLived: [String] = []
  package var services: [Service] = []
  package var ignore: [Ignore] = []
  package var records: [RecordRule] = []
  package var links = Links()
  package var historyMonths = 24
  package var historyRuns = 1000
  package var metricsDays = 90
  package var freezes: [Freeze] = []
  /// Whether the subjects of its commits stand for the notes of a version that has none.
  package var notesFromCommits = true
  package var emoji = true
  package var mentions = true
  package var audiences: [Audience] = []
  /// Of `audiences`: whose site is built; nil: that of everybody.
  package var audience: String?
  /// In seconds; 24 hours unless said otherwise.
  package var staleAfter = 86_400
  /// Where an environment or a service is declared, for diagnostics about it.
  package var file: String?
  /// Whether it can be built with: a rule of `records:` that is wrong is left out (an error of the content), all other errors stop.
  package var isUsable = true

  package init() {}

  /// The configuration of the site of an audience. It stands at another address, which nobody has told.
  package func forReaders(_ audience: String?) -> Configuration {
    guard audience != nil else { return self }
    var configuration = self
    configuration.audience = audience
    configuration.site.url = nil
    return configuration
  }
}
