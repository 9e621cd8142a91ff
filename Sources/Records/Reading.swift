package import Diagnostics
import Documents
package import Releases

/// What one file of `content/runs/` holds: whole canonical records, and pieces of providers that only make sense together.
package struct RecordFile: Sendable {
  /// The name that diagnostics print; files are joined in its order.
  package var file = ""
  package var diagnostics: [Diagnostic] = []
  var runs: [Located<RunRecord>] = []
  var deployments: [Located<DeploymentRecord>] = []
  var incidents: [Located<IncidentRecord>] = []
  var pieces: [Piece] = []
  /// Objects that no reader knows, or that say nothing a page shows.
  var skipped: [Account.Skipped] = []
  /// Objects that were lost to a fault.
  var lost = 0

  package init() {}
}

/// Reads one file: YAML by the name `.yml` or `.yaml`, else JSON or JSON Lines. Pure, so that many files can be read at once.
package func readRecords(_ source: Source) -> RecordFile {
  var reader = FileReader(source)
  let name = source.file.lowercased()
  if name.hasSuffix(".yml") || name.hasSuffix(".yaml") {
    let parsed = readYAML(source)
    reader.loseToSyntax(parsed.diagnostics)
    if let value = parsed.value { reader.take(value) }
  } else {
    let parsed = readJSON(source)
    reader.loseToSyntax(parsed.diagnostics)
    for value in parsed.value { reader.take(value) }
  }
  return reader.file
}

/// Everything that all files hold, joined across files and independent of their order.
package struct RecordSet: Sendable, Equatable {
  package var runs: [Located<RunRecord>] = []
  package var deployments: [Located<DeploymentRecord>] = []
  package var incidents: [Located<IncidentRecord>] = []
  /// Releases of a provider (GitHub), with their notes as Markdown still to be rendered.
  package var releases: [Located<ReleaseRecord>] = []
  /// By the place of a run or a deployment, what only the rules of the configuration ask for.
  var details: [RecordPlace: RecordDetails] = [:]
  var unplaced: [UnplacedDeployment] = []
  /// `records` and `skipped` only: every object that was read is rendered, skipped with a reason, or an error.
  package var account = Account()
  /// What only the join can see; those of the files are in the files.
  package var diagnostics: [Diagnostic] = []

  package init() {}
}

/// A release as a provider describes it; its body becomes a note.
package struct ReleaseRecord: Hashable, Sendable {
  package var repository: String?
  package var tag: String
  /// Read from the tag by a rule of the configuration; nil: the tag is the version.
  package var version: String?
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
