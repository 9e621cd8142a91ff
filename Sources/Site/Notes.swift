package import Diagnostics
package import Pages
package import Releases

/// What `tidemark notes` is asked for.
package struct NotesOptions: Sendable {
  package enum Choice: Hashable, Sendable {
    /// The newest deployment of each service there.
    case environment(String)
    /// What waits for it, or has passed the environment before it.
    case pending(String)
    case range(from: String?, to: String)
  }

  package var content = "content"
  package var choice: Choice
  package var service: String?
  /// Of the configuration; nil: everybody.
  package var audience: String?
  package var format = BroughtNotes.Format.markdown
  package var asOf: Timestamp
  package var jobs: Int

  package init(_ choice: Choice, asOf: Timestamp, jobs: Int) {
    (self.choice, self.asOf, self.jobs) = (choice, asOf, jobs)
  }
}

package struct NotesResult: Sendable {
  package enum Status: Hashable, Sendable {
    case done
    /// A name that the content does not have.
    case usage
    /// The configuration or the content folder cannot be used.
    case configuration
  }

  package var status = Status.done
  package var diagnostics: [Diagnostic] = []
  package var text: [UInt8] = []
}

/// Prints what a deployment brought, or would bring, from the same catalog that the pages are made of.
package func notes(_ options: NotesOptions) async -> NotesResult {
  var result = NotesResult()
  guard FileSystem.kindFollowingLinks(options.content) == .folder else {
    result.status = .configuration
    result.diagnostics.append(Diagnostic(.error, .noContent(options.content)))
    return result
  }
  do throws(FileSystem.Failure) {
    let parsed = try ConfigurationFile.read(in: options.content)
    let faults = (parsed?.diagnostics ?? []).filter { $0.severity == .error }
    guard faults.isEmpty else {
      result.status = .configuration
      result.diagnostics = faults.map { $0.below(options.content) }
      return result
    }
    let configuration = (parsed?.value ?? Configuration()).forReaders(options.audience)
    let audiences = configuration.audiences.map(\.name)
    if let audience = options.audience, !audiences.contains(audience) {
      return NotesResult(
        status: .usage, diagnostics: [Diagnostic(.error, .unknownName("audience", audience, known: audiences))])
    }
    var reading = Reading()
    await reading.read(try ContentFolder.list(options.content), in: options.content, configuration, width: options.jobs)
    let input = reading.finish(configuration)
    let catalog = Catalog.join(input, configuration: configuration, asOf: options.asOf).catalog
    let choosing = Choosing(catalog: catalog, options: options)
    switch choosing.all() {
    case .success(let all): result.text = BroughtNotes.write(all, of: catalog, as: options.format)
    case .failure(let unknown):
      result.status = .usage
      result.diagnostics.append(Diagnostic(.error, unknown.message))
    }
    result.diagnostics += reading.diagnostics.filter { $0.severity == .error }.map { $0.below(options.content) }
  } catch {
    result.status = .configuration
    result.diagnostics.append(Diagnostic(.error, .unreadable(error.reason), file: error.path))
  }
  result.diagnostics.sort(by: Diagnostic.inPrintedOrder)
  return result
}

private struct UnknownName: Error {
  let message: Diagnostic.Message
}

private struct Choosing {
  let catalog: Catalog
  let options: NotesOptions

  func all() -> Result<[BroughtNotes], UnknownName> {
    do throws(UnknownName) {
      let services = try services()
      switch options.choice {
      case .environment(let name):
        let environment = try environment(name)
        return .success(services.compactMap { arrived($0, environment) })
      case .pending(let name):
        let environment = try environment(name)
        return .success(services.flatMap { pending($0, environment) })
      case .range(let from, let to): return .success([try range(services, from: from, to: to)])
      }
    } catch {
      return .failure(error)
    }
  }

  private func services() throws(UnknownName) -> [Int] {
    guard let name = options.service else { return Array(catalog.services.indices) }
    let found = catalog.services.firstIndex { $0.key == name } ?? catalog.services.firstIndex { $0.name == name }
    if let found { return [found] }
    throw UnknownName(message: .unknownName("service", name, known: catalog.services.map(\.key)))
  }

  private func environment(_ name: String) throws(UnknownName) -> Int {
    let found = catalog.environments.firstIndex { $0.key == name } ?? catalog.environments.firstIndex { $0.name == name }
    if let found { return found }
    throw UnknownName(message: .unknownName("environment", name, known: catalog.environments.map(\.key)))
  }

  private func arrived(_ service: Int, _ environment: Int) -> BroughtNotes? {
    guard let entry = catalog.histories[service][environment].changelog.entries.first else { return nil }
    var brought = BroughtNotes(
      service: service, environment: environment, from: entry.from, to: entry.to, releases: entry.includes + entry.missingNotes)
    brought.isRollback = entry.kind == .rollback
    (brought.removes, brought.again) = (entry.removes, entry.again)
    return brought
  }

  /// What waits at a gate; without that, what is live in the environment before.
  private func pending(_ service: Int, _ environment: Int) -> [BroughtNotes] {
    let cell = catalog.histories[service][environment].cell
    let live = cell.current.map { catalog.services[service].deployments[$0].version }
    var all = cell.waiting.map {
      BroughtNotes(service: service, environment: environment, from: live, to: $0.version, releases: $0.brings)
    }
    if all.isEmpty, let newest = cell.pending.first {
      all = [BroughtNotes(service: service, environment: environment, from: live, to: newest, releases: cell.pending)]
    }
    for index in all.indices { all[index].isPending = true }
    return all
  }

  private func range(_ services: [Int], from: String?, to: String) throws(UnknownName) -> BroughtNotes {
    var found: [BroughtNotes] = []
    for service in services {
      guard let range = catalog.services[service].range(from: from, to: to, catalog.configuration) else { continue }
      var brought = BroughtNotes(
        service: service, environment: nil, from: from, to: to, releases: range.isDown ? [] : range.releases)
      brought.isRollback = range.isDown
      brought.removes = range.isDown ? range.releases : []
      found.append(brought)
    }
    if found.count == 1 { return found[0] }
    if found.count > 1 { throw UnknownName(message: .severalServices(found.map { catalog.services[$0.service].key })) }
    let versions = services.flatMap { catalog.services[$0].releases.compactMap(\.version) }
    let missing = versions.contains { $0 == to } ? from ?? to : to
    throw UnknownName(message: .unknownName("version", missing, known: versions))
  }
}
