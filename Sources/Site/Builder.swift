import Content
import Diagnostics
import HTML
import Joining
import Plan
import Records
import Releases
import Synchronization
import Template

/// The stages of the build of one site, in order: read in parallel, join once, render and write in parallel.
struct Builder {
  let options: BuildOptions
  /// Whose site it is; nil: that of everybody.
  let audience: String?
  let progress: @Sendable (BuildStage, Int, Int) -> Void
  /// About what the caller named: folders, templates, output.
  private var diagnostics: [Diagnostic] = []
  /// About files of the content folder, named relative to it: what pages and `build.json` say must not depend on where it lies.
  private var contentDiagnostics: [Diagnostic] = []
  private var account = Account()
  private var media: [MediaFile] = []
  private var rules: [Diagnostic] = []

  init(options: BuildOptions, audience: String?, progress: @escaping @Sendable (BuildStage, Int, Int) -> Void) {
    self.options = options
    self.audience = audience
    self.progress = progress
  }

  var isFaulty: Bool { (diagnostics + contentDiagnostics).contains { $0.severity >= .warning } }

  struct Stop: Error, Equatable {
    let status: BuildResult.Status
  }

  /// Everything but writing. With a fault in the theme the content is looked at all the same, unless that stops it.
  mutating func prepare(isStoppedByTheme: Bool) async -> Result<PreparedSite, Stop> {
    do throws(FileSystem.Failure) {
      guard let paths = try contentPaths() else { return .failure(Stop(status: .configuration)) }
      guard let configuration = try readConfiguration() else { return .failure(Stop(status: .configuration)) }
      let theme = Theme.load(
        try ThemeFiles.load(overriddenBy: options.templates), language: configuration.site.language)
      diagnostics += theme.diagnostics + (try templateMistakes())
      if theme.value == nil, isStoppedByTheme { return .failure(Stop(status: .withheld)) }
      contentDiagnostics += ContentFolder.mistakes(paths)
      let input = await readContent(paths, configuration: configuration)
      if account.records.total == 0, input.isEmpty {
        diagnostics.append(Diagnostic(.warning, .emptyContent, file: options.content))
      }
      return edition(input, configuration: configuration, theme: theme.value)
    } catch {
      diagnostics.append(Diagnostic(.error, .unreadable(error.reason), file: error.path))
      return .failure(Stop(status: .configuration))
    }
  }

  /// The result so far, with the names of files as the caller would write them.
  func stopped(_ status: BuildResult.Status) -> BuildResult {
    let prefix = options.content + "/"
    var all = diagnostics
    for var diagnostic in contentDiagnostics {
      diagnostic.file = diagnostic.file.map { prefix + $0 }
      all.append(diagnostic)
    }
    var account = account
    for index in account.skipped.indices { account.skipped[index].file = prefix + account.skipped[index].file }
    var result = BuildResult(status: status, diagnostics: all.sorted(by: Diagnostic.inPrintedOrder), account: account)
    result.rules = rules.map { $0.below(options.content) }
    return result
  }

  /// The files of the content folder; nil, with a diagnostic, where there is no such folder or the output lies in it.
  private mutating func contentPaths() throws(FileSystem.Failure) -> [String]? {
    guard FileSystem.kindFollowingLinks(options.content) == .folder else {
      diagnostics.append(Diagnostic(.error, .noContent(options.content)))
      return nil
    }
    if let content = FileSystem.resolved(options.content), let output = FileSystem.resolved(options.output),
      (output + "/").hasPrefix(content + "/") || (content + "/").hasPrefix(output + "/")
    {
      diagnostics.append(Diagnostic(.error, .outputInContent(options.output)))
      return nil
    }
    return try ContentFolder.list(options.content)
  }

  /// The default folder may be missing; one that somebody names may not.
  private func templateMistakes() throws(FileSystem.Failure) -> [Diagnostic] {
    let kind = FileSystem.kindFollowingLinks(options.templates)
    if kind == .folder { return try ThemeFiles.unused(options.templates) }
    let isDefault = options.templates == BuildOptions.defaultTemplates && kind == nil
    return isDefault ? [] : [Diagnostic(.warning, .noTemplates(options.templates))]
  }

  /// nil if the configuration has an error that is more than a rule which does not apply.
  private mutating func readConfiguration() throws(FileSystem.Failure) -> Configuration? {
    guard let parsed = try ConfigurationFile.read(in: options.content) else { return Configuration() }
    contentDiagnostics += parsed.diagnostics
    account.files.rendered += 1
    guard parsed.value.isUsable else { return nil }
    return parsed.value.forReaders(audience)
  }

  private mutating func readContent(_ paths: [String], configuration: Configuration) async -> CatalogInput {
    let (done, total, progress) = (Counter(), paths.count, progress)
    var reading = Reading(account: account, diagnostics: contentDiagnostics)
    await reading.read(paths, in: options.content, configuration, width: options.jobs) { count in
      progress(.reading, done.add(count), total)
    }
    let input = reading.finish(configuration)
    media = reading.media
    rules = reading.rules
    account = reading.account
    contentDiagnostics = reading.diagnostics
    return input
  }

  private mutating func edition(
    _ input: CatalogInput, configuration: Configuration, theme: Theme?
  ) -> Result<PreparedSite, Stop> {
    progress(.joining, 0, 1)
    let joined = Catalog.join(input, configuration: configuration, asOf: options.asOf)
    account = joined.catalog.account
    contentDiagnostics += joined.diagnostics
    let map = SiteMap.plan(
      joined.catalog, assets: theme?.assets.map(\.path) ?? [], schemas: Schemas.names, media: media.map(\.path))
    diagnostics += map.diagnostics
    contentDiagnostics.sort(by: Diagnostic.inPrintedOrder)
    guard let theme, !map.diagnostics.contains(where: { $0.severity == .error }) else {
      return .failure(Stop(status: .withheld))
    }
    return .success(
      PreparedSite(
        Edition(
          catalog: joined.catalog, map: map.value, phrasebook: theme.phrasebook, assets: theme.paths,
          diagnostics: contentDiagnostics, schemas: Schemas.byName, media: media),
        theme: theme))
  }

  mutating func publish(_ site: PreparedSite) async -> BuildResult {
    let (done, total, progress) = (Counter(), site.plans.count, progress)
    let publisher = Publisher(folder: options.output, width: options.jobs) { progress(.rendering, done.add($0), total) }
    switch await publisher.publish(site) {
    case .success(let outcome):
      var result = stopped(.published)
      result.pages = site.plans.count { $0.path.hasSuffix(".html") }
      result.files = total - result.pages
      result.changed = outcome.written
      result.removed = outcome.removed
      return result
    case .failure(.locked):
      diagnostics.append(Diagnostic(.error, .locked(options.output)))
      return stopped(.locked)
    case .failure(.file(let failure)):
      diagnostics.append(Diagnostic(.error, .unwritable(failure.reason), file: failure.path))
      return stopped(.output)
    case .failure(.foreign(let paths)):
      diagnostics += paths.map { Diagnostic(.error, .foreign, file: options.output + "/" + $0) }
      return stopped(.output)
    }
  }
}

/// A count that several threads add to, for the progress line alone.
private final class Counter: Sendable {
  private let value = Atomic(0)

  func add(_ amount: Int) -> Int { value.add(amount, ordering: .relaxed).newValue }
}
