package import Diagnostics
package import Releases

/// What one file of `content/runs/` holds: whole canonical records, and pieces of providers that only make sense together.
package struct RecordFile: Sendable {
  package var diagnostics: [Diagnostic] = []

  package init() {}
}

/// Reads one file. Pure, so that many files can be read at once; JSON now, YAML by the same recognisers later.
package func readRecords(_ source: Source) -> RecordFile { RecordFile() }

/// Everything that all files hold, joined across files and independent of their order.
package struct RecordSet: Sendable {
  package var runs: [Located<RunRecord>] = []
  package var deployments: [Located<DeploymentRecord>] = []
  package var incidents: [Located<IncidentRecord>] = []
  /// Releases of a provider (GitHub), with their notes as Markdown still to be rendered.
  package var releases: [Located<ReleaseRecord>] = []
  /// `records` and `skipped` only: every object that was read is rendered, skipped with a reason, or an error.
  package var account = Account()
  package var diagnostics: [Diagnostic] = []

  package init() {}
}

package func joinRecords(_ files: [RecordFile]) -> RecordSet { RecordSet() }

/// A release as a provider describes it; its body becomes a note.
package struct ReleaseRecord: Hashable, Sendable {
  package var repository: String?
  package var tag: String
  package var name: String?
  package var markdown: String
  package var draft = false
  package var prerelease = false
  package var publishedAt: Timestamp?
  package var author: String?
  package var url: String?

  package init(tag: String, markdown: String) {
    self.tag = tag
    self.markdown = markdown
  }
}
