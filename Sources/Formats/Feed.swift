import Documents
import Plan
import Records
import Releases
import Report
import Template
import Time

/// The newest entries of a feed, in a form that Atom and JSON Feed share, in the language of the site: people read them. Ids come from the records, never from host, path or build
/// (site.md), so that readers see no entry twice.
struct Feed {
  struct Entry {
    let id: String
    let title: String
    let url: String
    let date: Timestamp
    let author: String?
    let html: [UInt8]
  }

  private static let limit = 50

  let id: String
  let title: String
  let language: String
  /// The page that shows the same.
  let home: String
  /// The feed's own address; nil without `site.url`.
  let address: String?
  let updated: Timestamp
  let entries: [Entry]

  /// `path`: where the feed stands.
  init(_ what: MachineFile.FeedScope, at path: String, of edition: Edition) {
    let catalog = edition.catalog
    let site = catalog.configuration.site
    // Without the site's address links are relative to the feed's own place.
    let view = site.url.map { Viewpoint(edition: edition, base: $0) } ?? Viewpoint(edition: edition, path: path)
    language = site.language
    address = site.url.map { $0 + path }
    let scope: String
    switch what {
    case .incidents:
      scope = "incidents"
      title = ("\(site.name): incidents" as Sentence).plain(in: view.book)
      home = view.url("incidents.html")
      entries = Feed.incidents(view)
    case .environment(let index):
      scope = "environments/\(catalog.environments[index].key)"
      title = "\(site.name): \(catalog.environments[index].name)"
      home = view.url(edition.map.changelog(index))
      entries = Feed.changes(view, in: [index])
    case .all:
      scope = "all"
      title = site.name
      home = view.url("index.html")
      entries = Feed.changes(view, in: catalog.environments.indices.filter { !catalog.environments[$0].isShortLived })
    }
    id = Feed.tag(catalog, [scope])
    // RFC 4287 wants one of every feed: one without entries says what the newest record says.
    updated = entries.map(\.date).max() ?? catalog.newestRecord ?? catalog.asOf
  }

  /// `tag:tidemark.invalid,2026:<site.id>/…` (RFC 4151), each part with the characters of a URI.
  static func tag(_ catalog: Catalog, _ parts: [String]) -> String {
    let site = catalog.configuration.site
    return "tag:tidemark.invalid,2026:" + ([site.id ?? Slug.of(site.name)] + parts).map(percentEncoded).joined(separator: "/")
  }

  private static func changes(_ view: Viewpoint, in environments: [Int]) -> [Entry] {
    view.catalog.latestEntries(limit, in: environments).map { entry(view, $0.service, $0.environment, $0.entry, at: $0.at) }
  }

  private static func entry(
    _ view: Viewpoint, _ service: Int, _ environment: Int, _ entry: ChangelogEntry, at: Timestamp
  ) -> Entry {
    let catalog = view.catalog
    let deployment = catalog.services[service].deployments[entry.deployment]
    let place = catalog.environments[environment]
    let name = catalog.services[service].name
    let title: Sentence =
      entry.kind == .rollback
      ? "\(name) back to \(entry.to) in \(place.name)" : "\(name) \(entry.to) in \(place.name)"
    let page = view.map.deployment(service, entry.deployment) ?? view.map.changelog(environment, .month(catalog.month(of: at)))
    return Entry(
      id: tag(catalog, ["deployment", catalog.services[service].key, place.key, deployment.id]),
      title: title.plain(in: view.book),
      url: view.url(page), date: at, author: deployment.by,
      html: FeedContent.html(entry, service, view, environment: environment))
  }

  private static func incidents(_ view: Viewpoint) -> [Entry] {
    let catalog = view.catalog
    let entries = catalog.incidents.enumerated().lazy.compactMap { index, incident -> Entry? in
      let record = incident.record
      let service = incident.service.map { catalog.services[$0].key } ?? "-"
      let environment = incident.environment.map { catalog.environments[$0].key } ?? "-"
      let last = ([record.startedAt, record.resolvedAt] + record.updates.map(\.at)).compactMap { $0 }.max()
      guard let last else { return nil }
      return Entry(
        id: tag(catalog, ["incident", service, environment, record.id]),
        title: ("\(record.title ?? record.id) (\(words: record.stateWord))" as Sentence).plain(in: view.book),
        url: view.url(view.map.incident(index)), date: last, author: nil,
        html: FeedContent.html(record, index, view))
    }
    return Array(entries.prefix(limit))
  }
}

/// RFC 4287.
struct AtomFeed {
  private let feed: Feed

  init(_ feed: Feed) { self.feed = feed }

  func write(into output: inout [UInt8]) {
    var xml = XMLWriter(into: output)
    output = []
    xml.markup("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"")
    xml.text(feed.language)
    xml.markup("\">\n")
    xml.element("id", feed.id)
    xml.element("title", feed.title)
    xml.element("updated", feed.updated.description)
    link("alternate", "text/html", feed.home, &xml)
    if let address = feed.address { link("self", "application/atom+xml", address, &xml) }
    xml.markup("<generator>Tidemark</generator>\n<author>")
    xml.element("name", feed.title)
    xml.markup("</author>\n")
    for entry in feed.entries { write(entry, &xml) }
    xml.markup("</feed>\n")
    output = xml.bytes
  }

  private func write(_ entry: Feed.Entry, _ xml: inout XMLWriter) {
    xml.markup("<entry>\n")
    xml.element("id", entry.id)
    xml.element("title", entry.title)
    xml.element("updated", entry.date.description)
    xml.element("published", entry.date.description)
    link("alternate", "text/html", entry.url, &xml)
    if let author = entry.author {
      xml.markup("<author>")
      xml.element("name", author)
      xml.markup("</author>\n")
    }
    xml.markup("<content type=\"html\">")
    xml.text(entry.html)
    xml.markup("</content>\n</entry>\n")
  }

  private func link(_ relation: String, _ type: String, _ address: String, _ xml: inout XMLWriter) {
    xml.markup("<link rel=\"")
    xml.text(relation)
    xml.markup("\" type=\"")
    xml.text(type)
    xml.markup("\" href=\"")
    xml.text(address)
    xml.markup("\"/>\n")
  }
}

/// jsonfeed.org, version 1.1.
struct JSONFeed {
  private let feed: Feed

  init(_ feed: Feed) { self.feed = feed }

  func write(into output: inout [UInt8]) {
    var json = JSONWriter(into: output)
    output = []
    json.object { json in
      json.member("version", "https://jsonfeed.org/version/1.1")
      json.member("title", feed.title)
      json.member("home_page_url", feed.home)
      if let address = feed.address { json.member("feed_url", address) }
      json.member("language", feed.language)
      json.member("items", each: feed.entries) { json, entry in
        json.member("id", entry.id)
        json.member("url", entry.url)
        json.member("title", entry.title)
        json.member("content_html", String(decoding: entry.html, as: UTF8.self))
        json.member("date_published", entry.date)
        if let author = entry.author { json.member("authors", each: [author]) { $0.member("name", $1) } }
      }
    }
    output = json.bytes
    output.append(0x0A)
  }
}
