import Records
package import Time

/// What no variable of a CI system holds: the flags of `tidemark record`.
package struct RunFlags: Sendable {
  /// Which system's variables to read, by its provider's key; nil: the one whose marker is set.
  package var provider: String?
  package var service: String?
  /// The name of the pipeline, where the system has no variable for it.
  package var pipeline: String?
  package var version: String?
  /// How the run ended, or that it goes on, in any word of the states or of the systems.
  package var state: String?
  /// Where it deploys; empty: where the system's variable says.
  package var environments: [String] = []
  /// The region, tenant, cluster or leg of a matrix within it.
  package var target: String?
  /// Which attempt it is, where the system does not count them.
  package var attempt: Int?
  package var actor: String?
  /// A word of `DeploymentRecord.Action`; why; and whether it is a hotfix.
  package var action: String?
  package var reason: String?
  package var isHotfix = false
  /// The finish of what has ended, and the start of what goes on and has no other.
  package var now: Timestamp

  package init(now: Timestamp) { self.now = now }

  /// With names as records have them, without the blanks around them: what a command prints ends in a line break.
  var trimmed: RunFlags {
    var flags = self
    for path in [\.service, \.pipeline, \.version, \.target, \.actor] as [WritableKeyPath<RunFlags, String?>] {
      flags[keyPath: path] = self[keyPath: path]?.unlessBlank
    }
    return flags
  }
}
