import Content
package import Diagnostics
package import Time

/// What one build is asked to do.
package struct BuildOptions: Sendable {
  package var content = "content"
  /// May be missing; then the built-in theme is used whole.
  package var templates = BuildOptions.defaultTemplates
  static let defaultTemplates = "templates"
  package var output = "public"
  package var asOf: Timestamp
  /// How many pages and files are worked on at once.
  package var jobs: Int
  /// Publish nothing if there is any error or warning.
  package var isStrict = false

  package init(asOf: Timestamp, jobs: Int) {
    self.asOf = asOf
    self.jobs = jobs
  }
}

/// What became of a build.
package struct BuildResult: Sendable {
  /// What the executable turns into an exit code (api.md).
  package enum Status: Hashable, Sendable {
    case published
    /// Nothing was to be written.
    case checked
    /// Nothing was written: a template has a fault, or `--strict` and there is anything to complain about.
    case withheld
    /// The configuration or the content folder cannot be used.
    case configuration
    /// The output cannot be written.
    case output
    /// Another build works on the same output.
    case locked
  }

  package var status: Status
  /// In printed order.
  package var diagnostics: [Diagnostic]
  package var account = Account()
  /// Pages for people, and the other files beside them.
  package var pages = 0
  package var files = 0
  package var changed = 0
  package var removed = 0

  /// A note each: how much the rules of `records:` matched.
  package var rules: [Diagnostic] = []

  package var errors: Int { diagnostics.count { $0.severity == .error } }
  package var warnings: Int { diagnostics.count { $0.severity == .warning } }
}

/// Where a build is, for people who wait.
package enum BuildStage: String, Sendable {
  case reading, joining, rendering
}

/// Reads the content, joins it and publishes the site, and one more for each audience. `progress` is called from any thread with a stage, what is done and what there is.
package func build(
  _ options: BuildOptions, progress: @escaping @Sendable (BuildStage, _ done: Int, _ total: Int) -> Void = { _, _, _ in }
) async -> BuildResult {
  await Sites(options: options, progress: progress).build()
}

/// All stages of a build but the last: what it would say, and nothing is written.
package func check(_ options: BuildOptions) async -> BuildResult {
  await Sites(options: options, progress: { _, _, _ in }).check()
}
