package import Diagnostics
import Providers
package import Records

/// What `tidemark import` is asked to do.
package struct ImportOptions: Sendable {
  /// Files and folders; `-` is the standard input.
  package var inputs: [String]
  /// Where `tidemark.yml` is sought, whose `records:` rules complete what a payload does not say.
  package var content = "content"
  /// One of `knownProviders`, whose payloads they are said to be.
  package var provider: String?
  /// The folder to store the records in; nil: they are only returned.
  package var folder: String?
  /// How many files are read at once.
  package var jobs: Int

  package init(inputs: [String], jobs: Int) {
    self.inputs = inputs
    self.jobs = jobs
  }
}

package struct ImportResult: Sendable {
  /// What the executable turns into an exit code (api.md).
  package enum Status: Hashable, Sendable {
    case done
    /// The configuration cannot be used.
    case configuration
    /// The folder cannot be written.
    case output
  }

  package var status = Status.done
  /// In printed order.
  package var diagnostics: [Diagnostic] = []
  package var account = Account()
  /// In the order of their times.
  package var records: [CanonicalRecord] = []
  /// The paths of the files that were written, with the folder.
  package var written: [String] = []
  /// Of those that were removed: what they waited for is waited for no more.
  package var removed: [String] = []
  /// How many records were stored as they are already.
  package var unchanged = 0

  package var errors: Int { diagnostics.count { $0.severity == .error } }
  package var warnings: Int { diagnostics.count { $0.severity == .warning } }
}

/// Reads payloads as a build does, and gives their records in canonical form. Nothing is lost in silence: what no record came of is in the
/// account with its reason.
package func importRecords(_ options: ImportOptions) async -> ImportResult {
  var result = ImportResult()
  do throws(FileSystem.Failure) {
    let parsed = try ConfigurationFile.read(in: options.content)
    result.diagnostics += (parsed?.diagnostics ?? []).map { $0.below(options.content) }
    let configuration = parsed?.value ?? Configuration()
    guard configuration.isUsable else {
      result.status = .configuration
      return result
    }
    var set = joinRecords(await read(options, configuration, into: &result))
    applyRules(configuration.records, to: &set)
    result.take(set)
    result.records = set.canonicalRecords(configuration)
    if let folder = options.folder {
      var store = RecordStore(folder: folder, configuration: configuration)
      result.take(try store.store(result.records), folder)
    }
  } catch {
    result.status = .output
    result.diagnostics.append(Diagnostic(.error, .unwritable(error.reason), file: error.path))
  }
  result.diagnostics.sort(by: Diagnostic.inPrintedOrder)
  return result
}

private func read(
  _ options: ImportOptions, _ configuration: Configuration, into result: inout ImportResult
) async -> [RecordFile] {
  var paths: [String] = []
  var named: Set<String> = []
  var given: [String: String] = [:]
  for input in options.inputs {
    do throws(FileSystem.Failure) {
      let found = try files(of: input, &result.account)
      let isNamed = found == [input]
      if isNamed { named.insert(input == "-" ? Source.standardInput : input) }
      if found.isEmpty { result.diagnostics.append(Diagnostic(.warning, .noPayloads, file: input)) }
      let folder = withoutEndingSlashes(input).count
      for path in found { given[path] = isNamed ? lastPart(of: path) : String(path.dropFirst(folder)) }
      paths += found
    } catch {
      result.fail(error)
    }
  }
  let provider = options.provider
  let files = await parallelMap(paths, width: options.jobs) { [given] paths in
    paths.map { path -> Result<RecordFile, FileSystem.Failure> in
      do throws(FileSystem.Failure) {
        let bytes = path == "-" ? try FileSystem.readStandardInput() : try FileSystem.read(path)
        let source = Source(file: path == "-" ? Source.standardInput : path, bytes: bytes)
        var file = readRecords(source, provider: provider ?? saidProvider(of: path, configuration.records)?.name)
        file.givenPath = given[path]
        return .success(file)
      } catch {
        return .failure(error)
      }
    }
  }
  return files.compactMap { file in
    switch file {
    case .success(let file):
      result.take(file, isNamed: named.contains(file.file))
      return file
    case .failure(let failure):
      result.fail(failure)
      return nil
    }
  }
}

/// A file as it is named; of a folder, the files that may hold records.
private func files(of input: String, _ account: inout Account) throws(FileSystem.Failure) -> [String] {
  guard input != "-", FileSystem.kindFollowingLinks(input) == .folder else { return [input] }
  let folder = withoutEndingSlashes(input)
  var files: [String] = []
  for path in try ContentFolder.list(folder) {
    let role = ContentFolder.role(of: "runs/" + path)
    if role == .record {
      files.append(folder + "/" + path)
    } else {
      account.files.skipped += 1
      let reason = if case .skipped(let reason) = role { reason } else { "a test report stays beside the record of its run" }
      account.skipped.append(Account.Skipped(file: folder + "/" + path, record: nil, reason: reason))
    }
  }
  return files
}

private func withoutEndingSlashes(_ folder: String) -> String {
  var folder = folder
  while folder.count > 1, folder.hasSuffix("/") { folder.removeLast() }
  return folder
}

private func lastPart(of path: String) -> String { path.split(separator: "/").last.map(String.init) ?? path }

extension ImportResult {
  /// What is fetched and imported in one line has nobody to look at it: an answer that says what went wrong, text that holds no record, and
  /// a file of which nobody knows anything are errors here. `isNamed`: it was given itself, and is not only one of a folder, which may
  /// hold files of other programs.
  fileprivate mutating func take(_ file: RecordFile, isNamed: Bool) {
    var told = file.diagnostics
    for index in told.indices where told[index].message.id == "error-answer" { told[index].severity = .error }
    if !told.contains(where: { $0.severity == .error }), let fault = ImportResult.fault(of: file, isNamed: isNamed) {
      // It says the same.
      told.removeAll { $0.message.id == "nothing-taken" || $0.message.id == "no-value" }
      told.append(Diagnostic(.error, fault, file: file.file))
    }
    diagnostics += told
    if told.contains(where: { $0.severity == .error }) {
      account.files.error += 1
    } else {
      account.files.rendered += 1
    }
  }

  private static func fault(of file: RecordFile, isNamed: Bool) -> Diagnostic.Message? {
    if file.isGarbage { return .garbage }
    // A command that failed printed nothing; a file may be an empty list in JSON Lines.
    if file.isEmpty, file.file == Source.standardInput { return .emptyInput }
    return isNamed ? file.whyNothingIsKnown.map(Diagnostic.Message.nothingKnown) : nil
  }

  fileprivate mutating func fail(_ failure: FileSystem.Failure) {
    account.files.error += 1
    diagnostics.append(Diagnostic(.error, .unreadable(failure.reason), file: failure.path))
  }

  fileprivate mutating func take(_ set: RecordSet) {
    diagnostics += set.diagnostics
    diagnostics += set.warningsOfIdleFiles.filter { idle in
      !diagnostics.contains { $0.file == idle.file && $0.severity != .note }
    }
    account += set.account
    // A release is a note and no record; its payload belongs into the content folder as it is.
    for release in set.releases {
      account.records.rendered -= 1
      account.records.skipped += 1
      account.skipped.append(
        Account.Skipped(file: release.file, record: "release \(release.value.tag)", reason: "a release is no record"))
      diagnostics.append(
        Diagnostic(.warning, .releaseImported(tag: release.value.tag), file: release.file, position: release.position))
    }
  }

  fileprivate mutating func take(_ outcomes: [RecordStore.Outcome], _ folder: String) {
    for outcome in outcomes {
      switch outcome {
      case .written(let path): written.append(folder + "/" + path)
      case .unchanged: unchanged += 1
      case .removed(let path): removed.append(folder + "/" + path)
      }
    }
  }
}

extension Diagnostic {
  /// With the file's name as the caller would write it.
  func below(_ folder: String) -> Diagnostic {
    var diagnostic = self
    diagnostic.file = file.map { folder + "/" + $0 }
    return diagnostic
  }
}
