import Diagnostics
package import Pages
import Records
import Releases
package import Time

/// What `tidemark notes` is asked for.
package struct NotesOptions: Sendable {
  package enum Choice: Hashable, Sendable {
    /// The newest deployment of each service there.
    case environment(String)
    /// What waits for it, or has passed the environment before it.
    case pending(String)
    /// What has no version yet.
    case unreleased
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

/// Prints what a deployment brought, or would bring, from the same catalog that the pages are made of.
package func notes(_ options: NotesOptions) async -> Answer {
  let content = CatalogOfContent(
    content: options.content, audience: options.audience, asOf: options.asOf, jobs: options.jobs)
  var isEmpty = false
  var answer = await content.answer { read in
    let chosen = Choosing(catalog: read.catalog, options: options).all()
    if case .success(let notes) = chosen { isEmpty = notes.isEmpty }
    return chosen.map { BroughtNotes.write($0, of: read.catalog, as: options.format) }
  }
  if isEmpty, options.choice == .unreleased { answer.remark = "nothing is unreleased: no note tells of what comes next" }
  return answer
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
      case .unreleased: return .success(services.compactMap(unreleased))
      case .range(let from, let to): return .success([try range(services, from: from, to: to)])
      }
    } catch {
      return .failure(error)
    }
  }

  private func services() throws(UnknownName) -> [Int] {
    guard let name = options.service else { return Array(catalog.services.indices) }
    return [try NameChoosing(catalog: catalog).service(name)]
  }

  private func environment(_ name: String) throws(UnknownName) -> Int {
    try NameChoosing(catalog: catalog).environment(name)
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

  private func unreleased(_ service: Int) -> BroughtNotes? {
    let notes = catalog.services[service].releases.filter(\.isUnreleased).compactMap { $0.note?.value }
      // A heading alone says nothing, unless it is that of a version.
      .filter { $0.version != nil || $0.markdown.contains { $0 > 0x20 } }
    return notes.isEmpty ? nil : BroughtNotes(service: service, unreleased: notes)
  }

  private func range(_ services: [Int], from: String?, to: String) throws(UnknownName) -> BroughtNotes {
    var found: [BroughtNotes] = []
    for service in services {
      guard let range = catalog.services[service].range(from: from, to: to) else { continue }
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
