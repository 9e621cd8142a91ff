import Plan

/// Puts pages into the output folder: writes only what changed, removes what was written before and is no longer planned, and
/// touches nothing else.
struct Publisher {
  struct Outcome: Sendable {
    var written = 0
    var unchanged = 0
    var removed = 0
  }

  enum Fault: Error {
    case file(FileSystem.Failure)
    case locked
    /// Files at planned paths that Tidemark did not write, and that hold something else.
    case foreign([String])
  }

  private enum PageOutcome: Sendable {
    case written, unchanged
    case failed(FileSystem.Failure)
  }

  let folder: String
  let width: Int
  /// Called now and then with the number of pages that are done.
  let progress: @Sendable (Int) -> Void

  func publish(_ site: PreparedSite) async -> Result<Outcome, Fault> {
    do throws(FileSystem.Failure) {
      try FileSystem.makeFolder(folder)
      guard let lock = try FolderLock(folder) else { return .failure(.locked) }
      let result = await publishLocked(site)
      lock.release()
      return result
    } catch {
      return .failure(.file(error))
    }
  }

  private func publishLocked(_ site: PreparedSite) async -> Result<Outcome, Fault> {
    do throws(FileSystem.Failure) {
      let before = try Manifest(folder: folder)
      let foreign = await foreignFiles(site, known: before.paths)
      guard foreign.isEmpty else { return .failure(.foreign(foreign)) }
      var manifest = before
      let planned = Set(site.plans.map(\.path))
      // First what will be written, so that a build that is killed leaves no file that the next one would call foreign.
      manifest.paths.formUnion(planned)
      if manifest.paths != before.paths { try manifest.write(to: folder) }
      try makeFolders(for: site.plans)
      var outcome = try await write(site)
      outcome.removed = try remove(before.paths.subtracting(planned).sorted())
      if manifest.paths != planned {
        manifest.paths = planned
        try manifest.write(to: folder)
      }
      return .success(outcome)
    } catch {
      return .failure(.file(error))
    }
  }

  /// Planned paths where something else stands that is not in the manifest. The same bytes are taken over in silence: a manifest can
  /// get lost on the way through a cache.
  private func foreignFiles(_ site: PreparedSite, known: Set<String>) async -> [String] {
    let candidates = site.plans.filter { !known.contains($0.path) && FileSystem.kind(folder + "/" + $0.path) != nil }
    return await parallelMap(candidates, width: width) { plans in
      var buffer: [UInt8] = []
      return plans.compactMap { plan in
        buffer.removeAll(keepingCapacity: true)
        site.render(plan, into: &buffer)
        return (try? FileSystem.read(folder + "/" + plan.path)) == buffer ? nil : plan.path
      }
    }
  }

  private func makeFolders(for plans: [PagePlan]) throws(FileSystem.Failure) {
    var made: Set<Substring> = []
    for plan in plans {
      guard let slash = plan.path.lastIndex(of: "/"), made.insert(plan.path[..<slash]).inserted else { continue }
      let path = folder + "/" + plan.path[..<slash]
      try FileSystem.makeFolder(path)
      guard FileSystem.kind(path) == .folder else { throw FileSystem.Failure(path: path, code: 20) }
    }
  }

  private func write(_ site: PreparedSite) async throws(FileSystem.Failure) -> Outcome {
    let outcomes = await parallelMap(site.plans, width: width) { plans in
      var buffer: [UInt8] = []
      let outcomes = plans.map { plan -> PageOutcome in
        buffer.removeAll(keepingCapacity: true)
        site.render(plan, into: &buffer)
        return replace(folder + "/" + plan.path, with: buffer)
      }
      progress(outcomes.count)
      return outcomes
    }
    var outcome = Outcome()
    for page in outcomes {
      switch page {
      case .written: outcome.written += 1
      case .unchanged: outcome.unchanged += 1
      case .failed(let failure): throw failure
      }
    }
    return outcome
  }

  private func replace(_ path: String, with bytes: [UInt8]) -> PageOutcome {
    if FileSystem.kind(path) == .file, (try? FileSystem.read(path)) == bytes { return .unchanged }
    do throws(FileSystem.Failure) {
      try FileSystem.replace(path, with: bytes)
      return .written
    } catch {
      return .failed(error)
    }
  }

  private func remove(_ paths: [String]) throws(FileSystem.Failure) -> Int {
    var removed = 0
    var folders: Set<String> = []
    for path in paths where FileSystem.kind(folder + "/" + path) == .file {
      try FileSystem.removeFile(folder + "/" + path)
      removed += 1
      var parent = path[...]
      while let slash = parent.lastIndex(of: "/") {
        parent = parent[..<slash]
        folders.insert(String(parent))
      }
    }
    // Deepest first; one that still holds something stays.
    for parent in folders.sorted(by: >) { _ = FileSystem.removeEmptyFolder(folder + "/" + parent) }
    return removed
  }
}
