import Markdown
import Plan
import Records
import Releases
import Report
import Template
import Time

/// What the site holds, for a reader who types a word (site.md, `search.json`).
///
/// It stays small: the more important a kind the earlier it comes, within a kind the newest first, and it ends where the next entry no
/// longer fits. Then the further words of the entries are added, in the same order, as far as there is room.
struct SearchIndex: Sendable {
  struct Entry: Sendable {
    enum Kind: String, Sendable, CaseIterable {
      case service, environment, release, deployment, change, issue, incident, page
    }

    var title: String
    var kind: Kind
    /// Relative to the site's folder.
    var url: String
    var text: String
  }

  /// In bytes, as far as what must be escaped leaves it so.
  private static let limit = 1_000_000

  let entries: [Entry]

  init(_ catalog: Catalog, _ map: SiteMap, in book: Phrasebook = .english, limit: Int = SearchIndex.limit) {
    let source = SearchSource(catalog: catalog, map: map, book: book)
    var room = limit
    var entries: [Entry] = []
    for entry in source.all {
      let size = entry.title.utf8.count + entry.url.utf8.count + 50
      guard size <= room else { break }
      room -= size
      entries.append(entry)
    }
    for index in entries.indices {
      let size = entries[index].text.utf8.count
      if size <= room { room -= size } else { entries[index].text = "" }
    }
    self.entries = entries
  }
}

extension SearchIndex: InterfaceFile {
  static let name = "search"
  static let title = "The search index: what the site holds, by title and further words"
  static let description: String? =
    "Of about a megabyte at most: first come pages, services, environments and incidents, then releases, issues, changes and "
    + "deployments, newest first; what no longer fits is left out, and so are the further words of what still fits."
  static let shape = JSONShape<SearchIndex>([.list("entries", entry, \.entries)])

  private static let entry = JSONShape<Entry>([
    .text("title", \.title),
    .word("kind", \.kind),
    .text("url", \.url).described("Relative to the site's folder"),
    .text("text", \.text).described("Further words to match on; may be empty"),
  ])
}

/// All that can be found, the most important first.
private struct SearchSource {
  let catalog: Catalog
  let map: SiteMap
  let book: Phrasebook

  var all: [SearchIndex.Entry] { pages + services + environments + incidents + releases + issues + changes + deployments }

  private var pages: [SearchIndex.Entry] {
    map.plans.compactMap { plan in
      guard case .html(let page) = plan.page else { return nil }
      let text = if case .extra(let index) = page { [catalog.pages[index].body.plain] } else { [String]() }
      return page.searchTitle(in: catalog).map { entry($0.plain(in: book), .page, plan.path, text) }
    }
  }

  private var services: [SearchIndex.Entry] {
    catalog.services.enumerated().map { index, service in
      let words = [service.name == service.key ? nil : service.key, service.group, service.repository].compactMap { $0 }
      return entry(service.name, .service, map.service(index), words)
    }
  }

  private var environments: [SearchIndex.Entry] {
    catalog.environments.enumerated().map { index, environment in
      entry(environment.name, .environment, map.environment(index), [environment.key, book.text(environment.tier.rawValue)])
    }
  }

  private var incidents: [SearchIndex.Entry] {
    catalog.incidents.enumerated().map { index, incident in
      let words = [incident.record.id, incident.record.severity, incident.record.description?.plain].compactMap { $0 }
      return entry(incident.record.title ?? incident.record.id, .incident, map.incident(index), words)
    }
  }

  private var releases: [SearchIndex.Entry] {
    var found: [(time: Timestamp?, entry: SearchIndex.Entry)] = []
    for (index, service) in catalog.services.enumerated() {
      for (number, release) in service.releases.enumerated() {
        guard let version = release.version, let path = map.release(index, number) else { continue }
        let note = release.note?.value
        let title = "\(service.name) \(version)" + (note?.title.map { ": " + $0 } ?? "")
        let day = note?.date.map { catalog.configuration.zone.startOfDay($0) }
        found.append(
          (
            release.arrivals.compactMap(\.arrivedAt).max() ?? day,
            entry(title, .release, path, [note?.body.plain].compactMap { $0 })
          ))
      }
    }
    return newestFirst(found)
  }

  private var changes: [SearchIndex.Entry] {
    var found: [(time: Timestamp?, entry: SearchIndex.Entry)] = []
    for (service, commits) in map.commits.enumerated() {
      for known in commits.changes {
        let change = known.change
        guard let path = map.whereabouts(service, sha: change.sha) else { continue }
        let title = [Format.shortSHA(change.sha), Words.subject(change.message, limit: 120)].compactMap { $0 }
        // As a reader sees it beneath the title: what names it to people first.
        let request: Sentence? = change.pullRequest.map { "pull request \($0)" }
        let words = [catalog.services[service].name, change.author, request?.plain(in: book), change.sha].compactMap { $0 }
        found.append((known.time, entry(title.joined(separator: " "), .change, path, words)))
      }
    }
    return newestFirst(found)
  }

  /// Each key of a service once, on the newest page that lists it.
  private var issues: [SearchIndex.Entry] {
    var found: [(time: Timestamp?, entry: SearchIndex.Entry)] = []
    for (index, commits) in map.commits.enumerated() where !map.issues.isEmpty {
      var seen: Set<IssueKey> = []
      for bucket in commits.buckets {
        guard let contents = commits.contents[bucket] else { continue }
        for mention in mentions(contents, commits, catalog.services[index]) {
          for key in IssueKey.all(in: mention.text, map.issues) where seen.insert(key).inserted {
            let path: String = map.changes(index, bucket)
            let url = path + "#" + SiteMap.rowID(ofIssue: key.key)
            found.append((mention.time, entry(key.key, .issue, url, [catalog.services[index].name, mention.title])))
          }
        }
      }
    }
    return newestFirst(found)
  }

  private func mentions(
    _ contents: CommitIndex.Contents, _ index: CommitIndex, _ service: Service
  ) -> [(text: String, title: String, time: Timestamp?)] {
    let commits = contents.changes.map { number in
      let known = index.changes[number]
      return (known.change.message ?? "", Words.subject(known.change.message, limit: 120) ?? "", known.time)
    }
    let notes = contents.notes.map { number in
      let release = service.releases[number]
      return (release.note?.value.body.plain ?? "", release.version ?? "", release.arrivals.compactMap(\.arrivedAt).max())
    }
    return commits + notes
  }

  private var deployments: [SearchIndex.Entry] {
    var found: [(time: Timestamp?, entry: SearchIndex.Entry)] = []
    for (index, service) in catalog.services.enumerated() {
      for (number, deployment) in service.deployments.enumerated() {
        guard let path = map.deployment(index, number) else { continue }
        let title: Sentence = "\(service.name) \(deployment.version) to \(catalog.environments[deployment.environment].name)"
        let words = [deployment.id, book.text(deployment.state.rawValue), deployment.by].compactMap { $0 }
        found.append((deployment.orderTime, entry(title.plain(in: book), .deployment, path, words)))
      }
    }
    return newestFirst(found)
  }

  /// What has no time comes last; of one moment what was found first.
  private func newestFirst(_ found: [(time: Timestamp?, entry: SearchIndex.Entry)]) -> [SearchIndex.Entry] {
    let oldest = Timestamp(seconds: .min)
    return found.enumerated().sorted { left, right in
      let (mine, theirs) = (left.element.time ?? oldest, right.element.time ?? oldest)
      return mine != theirs ? mine > theirs : left.offset < right.offset
    }.map(\.element.entry)
  }

  /// Words that only fill a line are left out, and a long text is cut.
  private func entry(_ title: String, _ kind: SearchIndex.Entry.Kind, _ url: String, _ words: [String]) -> SearchIndex.Entry {
    let text = words.joined(separator: " ").unicodeScalars.prefix(600).split(whereSeparator: \.properties.isWhitespace)
    return SearchIndex.Entry(
      title: Words.cut(title, to: 200), kind: kind, url: url, text: text.map { String($0) }.joined(separator: " "))
  }
}
