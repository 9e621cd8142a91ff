import Diagnostics
package import Formats
import Records
package import Releases
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
        let environment = try catalog.environment(called: name)
        return .success(services.compactMap { catalog.arrivedNotes(of: $0, in: environment) })
      case .pending(let name):
        let environment = try catalog.environment(called: name)
        return .success(services.flatMap { catalog.pendingNotes(of: $0, in: environment) })
      case .unreleased: return .success(services.compactMap(catalog.unreleasedNotes))
      case .range(let from, let to): return .success([try range(services, from: from, to: to)])
      }
    } catch {
      return .failure(error)
    }
  }

  private func services() throws(UnknownName) -> [Int] {
    guard let name = options.service else { return Array(catalog.services.indices) }
    return [try catalog.service(called: name)]
  }

  private func range(_ services: [Int], from: String?, to: String) throws(UnknownName) -> BroughtNotes {
    let found = services.compactMap { catalog.notes(of: $0, from: from, to: to) }
    if found.count == 1 { return found[0] }
    if found.count > 1 { throw UnknownName(message: .severalServices(found.map { catalog.services[$0.service].key })) }
    let versions = services.flatMap { catalog.services[$0].releases.compactMap(\.version) }
    let missing = versions.contains { $0 == to } ? from ?? to : to
    throw UnknownName(message: .unknownName("version", missing, known: versions))
  }
}
