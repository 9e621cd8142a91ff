package import Diagnostics
import Documents
package import Records
package import Time

/// What one file of `content/runs/` holds: whole canonical records, and pieces of providers that only make sense together.
package struct RecordFile: Sendable {
  /// The name that diagnostics print; files are joined in its order.
  package var file = ""
  /// Where it lies in the folder that was given, or its name where it was given itself; nil in a build.
  package var givenPath: String?
  package var diagnostics: [Diagnostic] = []
  var runs: [Located<RunRecord>] = []
  var deployments: [Located<DeploymentRecord>] = []
  var incidents: [Located<IncidentRecord>] = []
  var pieces: [Piece] = []
  /// Envelopes that say how long their list is.
  var pages: [AnswerPage] = []
  /// Objects that no reader knows, or that say nothing a page shows.
  var skipped: [Account.Skipped] = []
  /// Objects that were lost to a fault.
  var lost = 0
  /// Every object that was taken, for who asks; empty in a build.
  package var found: [FoundRecord] = []

  /// Text that holds no object at all.
  package fileprivate(set) var isGarbage = false
  /// Nothing but blanks.
  package fileprivate(set) var isEmpty = false
  /// How many of those that were skipped nobody knows.
  var strangers = 0

  package init() {}

  var isNothingTaken: Bool { pieces.isEmpty && runs.isEmpty && deployments.isEmpty && incidents.isEmpty && lost == 0 }

  /// Why the first thing in it was left out, where nobody knows anything that is in it: what a command prints when it fails.
  package var whyNothingIsKnown: String? {
    isNothingTaken && strangers == skipped.count ? skipped.first?.reason : nil
  }
}

/// The providers whose payloads are read, by their keys.
package let knownProviders: [String] = Format.all.map(\.provider)

/// Reads one file: YAML by the name `.yml` or `.yaml`, else JSON or JSON Lines. Pure, so that many files can be read at once.
///
/// `provider`: one of `knownProviders`, whose payload it is said to be; its objects are offered to that one first. `stories`: who said so,
/// in words, where each record shall keep its story.
package func readRecords(_ source: Source, provider: String? = nil, stories: StoryTelling = .none) -> RecordFile {
  var reader = FileReader(source, provider: provider, stories: stories)
  if firstByte(of: source) == UInt8(ascii: "<") {
    reader.loseToSyntax([source.diagnostic(.error, .markup, at: 0)])
  } else if isYAML(source) {
    let parsed = readYAML(source)
    reader.loseToSyntax(parsed.diagnostics)
    for value in [parsed.value].compactMap(\.self).withCutOffsAbsent { reader.takeDocument(value) }
    reader.file.isGarbage = isGarbage([parsed.value].compactMap(\.self))
  } else {
    let parsed = readJSON(source)
    reader.loseToSyntax(parsed.diagnostics)
    for value in parsed.value.withCutOffsAbsent { reader.takeDocument(value) }
    reader.file.isGarbage = isGarbage(parsed.value)
  }
  reader.file.isEmpty = firstByte(of: source) == nil
  reader.finish()
  return reader.file
}

private func isGarbage(_ values: [Node]) -> Bool {
  values.contains { !$0.isNull } && values.allSatisfy { $0.kind != .object && $0.kind != .array }
}

private func firstByte(of source: Source) -> UInt8? {
  source.bytes.first { ![0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }
}

/// The standard input has no name to tell by: JSON begins with a brace or a bracket.
private func isYAML(_ source: Source) -> Bool {
  let name = source.file.lowercased()
  guard name == Source.standardInput else { return name.hasSuffix(".yml") || name.hasSuffix(".yaml") }
  return firstByte(of: source).map { $0 != UInt8(ascii: "{") && $0 != UInt8(ascii: "[") } ?? false
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
  /// Where those stand that are a provider's: without a repository nothing tells whose they are.
  var ofProviders: Set<RecordPlace> = []
  /// `records` and `skipped` only: every object that was read is rendered, skipped with a reason, or an error.
  package var account = Account()
  /// By name, where files lie in what was given.
  var givenPaths: [String: String] = [:]
  /// By name, files of which nothing is used, since others that they need are not there.
  var idle: [String: IdleFile] = [:]
  /// What only the join can see; those of the files are in the files.
  package var diagnostics: [Diagnostic] = []

  package init() {}

  /// How many records the rules of the configuration are asked about.
  package var countOfAsked: Int { runs.count + deployments.count + unplaced.count + releases.count }
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
  /// How it came about, where somebody asks.
  package var story = Story()

  package init(tag: String, markdown: String) {
    self.tag = tag
    self.markdown = markdown
  }
}
