package import Diagnostics
import Joining
import Plan
package import Providers
package import Records
import Releases
import TestReports

/// What `tidemark record` is asked to do.
package struct RecordOptions: Sendable {
  package var variables: [String: String]
  package var flags: RunFlags
  package var content = "content"
  /// The folder to store the record in; nil: it is only returned.
  package var folder: String?
  /// A file with the steps of the run, `-` for the standard input.
  package var steps: String?
  /// Test reports, or folders that are searched for them.
  package var tests: [String] = []
  /// The commit that ran there before; nil: the one that the records tell.
  package var since: String?
  /// The clone to ask for commits.
  package var repository = "."
  package var jobs: Int

  package init(variables: [String: String], flags: RunFlags, jobs: Int) {
    self.variables = variables
    self.flags = flags
    self.jobs = jobs
  }
}

package struct RecordResult: Sendable {
  /// What the executable turns into an exit code (api.md).
  package enum Status: Hashable, Sendable {
    case done
    /// A variable or a flag is missing or wrong.
    case usage
    /// The configuration cannot be used.
    case configuration
    /// The folder cannot be written.
    case output
  }

  package var status = Status.done
  package var diagnostics: [Diagnostic] = []
  package var record: CanonicalRecord?
  /// The file that holds it, with the folder.
  package var path: String?
  /// The address that the page of the run will have, if the site has one and the run a page.
  package var address: String?
}

/// Makes the record of the run whose variables these are, with the commits since the deployment before, and stores it.
package func recordRun(_ options: RecordOptions) async -> RecordResult {
  var recording = Recording(options)
  do throws(FileSystem.Failure) {
    try await recording.record()
  } catch {
    recording.result.status = .output
    recording.result.diagnostics.append(Diagnostic(.error, .unwritable(error.reason), file: error.path))
  }
  return recording.result
}

private struct Recording {
  let options: RecordOptions
  var result = RecordResult()

  init(_ options: RecordOptions) { self.options = options }

  mutating func record() async throws(FileSystem.Failure) {
    guard let configuration = try readConfiguration(), var run = makeRun(configuration) else { return }
    run.tests = countTests()
    warn(of: run, configuration)
    let catalog = await readCatalog(with: &run, configuration)
    await describe(&run, by: catalog)
    let record = CanonicalRecord(run, configuration)
    if let folder = options.folder {
      var store = RecordStore(folder: folder, configuration: configuration)
      for outcome in try store.store([record]) { result.path = folder + "/" + outcome.path }
    }
    result.record = record
    result.address = address(of: run, catalog)
  }

  private mutating func readConfiguration() throws(FileSystem.Failure) -> Configuration? {
    guard let parsed = try ConfigurationFile.read(in: options.content) else { return Configuration() }
    result.diagnostics += parsed.diagnostics.filter { $0.severity == .error }.map { $0.below(options.content) }
    if parsed.value.isUsable { return parsed.value }
    result.status = .configuration
    return nil
  }

  private mutating func makeRun(_ configuration: Configuration) -> RunRecord? {
    var steps: Source?
    if let path = options.steps {
      do throws(FileSystem.Failure) {
        let bytes = path == "-" ? try FileSystem.readStandardInput() : try FileSystem.read(path)
        steps = Source(file: path == "-" ? Source.standardInput : path, bytes: bytes)
      } catch {
        result.status = .usage
        result.diagnostics.append(Diagnostic(.error, .unreadable(error.reason), file: path))
        return nil
      }
    }
    let parsed = runRecord(of: options.variables, flags: options.flags, steps: steps)
    result.diagnostics += parsed.diagnostics
    guard let run = parsed.value else {
      result.status = .usage
      return nil
    }
    var set = RecordSet()
    set.runs = [Located(run, file: "", position: Position(line: 1, column: 1))]
    applyRules(configuration.records, to: &set)
    return set.runs.first?.value
  }

  /// What would be found out by nobody until the page is missing something.
  private mutating func warn(of run: RunRecord, _ configuration: Configuration) {
    if run.deployments.isEmpty { result.diagnostics.append(Diagnostic(.warning, .noEnvironment)) }
    let names = DeclaredEnvironments(configuration)
    for name in run.deployments.map(\.environment.name) where !names.lists(name) {
      result.diagnostics.append(Diagnostic(.warning, configuration.unlisted(environment: name)))
    }
    for message in run.deployments.compactMap(configuration.unlistedTarget) {
      result.diagnostics.append(Diagnostic(.warning, message))
    }
  }

  /// What cannot be read is missing in the sum, and is told: the run ended as it did, whatever its reports are like.
  private mutating func countTests() -> TestCounts? {
    var sum: TestCounts?
    for path in options.tests {
      do throws(FileSystem.Failure) {
        let files = try TestReportFiles.list(path)
        if files.isEmpty { result.diagnostics.append(Diagnostic(.warning, .noReports, file: path)) }
        for file in files {
          let parsed = readTestReport(Source(file: file, bytes: try FileSystem.read(file)))
          result.diagnostics += parsed.diagnostics
          if let counts = parsed.value?.value { sum = sum.map { $0 + counts } ?? counts }
        }
      } catch {
        result.diagnostics.append(Diagnostic(.warning, .unreadable(error.reason), file: error.path))
      }
    }
    return sum
  }

  /// What is there so far, with the new record in it: pages and deployments are told by the same rules as in a build.
  private func readCatalog(with run: inout RunRecord, _ configuration: Configuration) async -> Catalog {
    var reading = Reading()
    let paths = (try? ContentFolder.list(options.content)) ?? []
    let records = paths.filter { ContentFolder.role(of: $0) == .record }
    await reading.read(records, in: options.content, configuration, width: options.jobs)
    var input = reading.finish(configuration)
    run.countOn(from: input.runs.map(\.value))
    input.runs.append(Located(run, file: "", position: Position(line: 1, column: 1)))
    return Catalog.join(input, configuration: configuration, asOf: options.flags.now).catalog
  }

  // MARK: Commits

  /// Completes the commit, and adds what each deployment brings: the commits since the one that succeeded there before.
  private mutating func describe(_ run: inout RunRecord, by catalog: Catalog) async {
    guard let sha = run.commit?.sha else { return }
    let git = GitRepository(folder: options.repository)
    if run.commit?.message == nil || run.commit?.author == nil {
      do throws(GitRepository.Failure) {
        if let commit = try await git.commit(sha) { run.commit = run.commit.map { $0.merged(with: commit) } }
      } catch {
        result.diagnostics.append(Diagnostic(.note, .noCommits(error.reason)))
        return
      }
    }
    var told: [String: [Change]] = [:]
    for index in run.deployments.indices where run.deployments[index].action != .remove {
      guard let before = options.since ?? previousCommit(of: run, index, catalog), before != sha else { continue }
      if told[before] == nil { told[before] = await changes(git, from: before, to: sha) }
      run.deployments[index].changes = told[before] ?? []
    }
    if run.deployments.isEmpty, let since = options.since { run.changes = await changes(git, from: since, to: sha) }
  }

  private mutating func changes(_ git: GitRepository, from before: String, to sha: String) async -> [Change] {
    do throws(GitRepository.Failure) {
      return try await git.changes(from: before, to: sha)
    } catch {
      result.diagnostics.append(Diagnostic(.warning, .noChanges(since: before, error.reason)))
      return []
    }
  }

  /// Of the newest success of another run in the environment of that deployment.
  private func previousCommit(of run: RunRecord, _ deployment: Int, _ catalog: Catalog) -> String? {
    guard let (service, place) = place(of: run, catalog) else { return nil }
    let environment = catalog.environment(named: run.deployments[deployment].environment.name)
    let own = catalog.services[service].deployments.first {
      $0.run == place && ($0.environment == environment || environment == nil)
    }
    guard let environment = environment ?? own?.environment else { return nil }
    let successes = catalog.services[service].deployments.filter {
      $0.environment == environment && $0.state == .succeeded && $0.action != .remove && $0.run != place && $0.commit != nil
    }
    let newest = successes.max { left, right in
      guard let mine = left.finishedAt, let theirs = right.finishedAt else { return left.finishedAt == nil }
      return mine < theirs
    }
    return newest?.commit?.sha
  }

  // MARK: The page

  private func place(of run: RunRecord, _ catalog: Catalog) -> (service: Int, run: Int)? {
    for (index, service) in catalog.services.enumerated() {
      let place = service.runs.firstIndex { candidate in
        candidate.record.id == run.id && candidate.record.provider == run.provider
          && candidate.record.repository == run.repository
      }
      if let place { return (index, place) }
    }
    return nil
  }

  private func address(of run: RunRecord, _ catalog: Catalog) -> String? {
    guard let url = catalog.configuration.site.url, let (service, place) = place(of: run, catalog) else { return nil }
    let map = SiteMap.plan(catalog, assets: [], schemas: []).value
    return map.run(service, place).map { url + $0 }
  }
}

extension RunRecord {
  /// Where the system does not count how often a step was run: one that had failed and goes on, or succeeded, was run again.
  fileprivate mutating func countOn(from stored: [RunRecord]) {
    guard let job = steps.first, let key = job.key, job.attempt == 1, deployments.allSatisfy({ $0.attempt == nil }) else {
      return
    }
    let told = stored.filter { $0.id == id && $0.provider == provider && $0.repository == repository && $0.attempt == attempt }
    guard let last = told.flatMap(\.steps).filter({ $0.key == key }).max(by: { $0.attempt < $1.attempt }) else { return }
    let hasFailed = last.state == .failed || last.state == .cancelled
    let number = hasFailed && (job.state == .succeeded || !job.state.isTerminal) ? last.attempt + 1 : last.attempt
    guard number > 1 else { return }
    steps[0].attempt = number
    for index in deployments.indices where deployments[index].step == key { deployments[index].attempt = number }
  }
}

private enum TestReportFiles {
  /// The file, or the `.xml` files of the folder.
  static func list(_ path: String) throws(FileSystem.Failure) -> [String] {
    guard FileSystem.kindFollowingLinks(path) == .folder else { return [path] }
    return try ContentFolder.list(path).filter { $0.lowercased().hasSuffix(".xml") }.map { path + "/" + $0 }
  }
}
