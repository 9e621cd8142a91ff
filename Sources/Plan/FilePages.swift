import Records
import Releases

/// The page that a text of the content folder became, for links from one text to another.
struct FilePage: Hashable {
  let path: String
  /// What stands before the names of its places there; nil where the page does not hold them all.
  let ids: String?
}

extension SiteNames {
  /// By file. A changelog has the page of its service, since no page holds all of it.
  func filePages(_ catalog: Catalog) -> [String: FilePage] {
    var pages = ["index.md": FilePage(path: "index.html", ids: "introduction/")]
    for (index, page) in catalog.pages.enumerated() where !page.file.isEmpty {
      pages[page.file] = FilePage(path: "pages/\(extras[index]).html", ids: "page-")
    }
    for (index, incident) in catalog.incidents.enumerated() {
      pages[incident.file] = FilePage(path: "incidents/\(incidents[index]).html", ids: "description/")
    }
    for (index, service) in catalog.services.enumerated() {
      let page = FilePage(path: "services/\(services[index]).html", ids: nil)
      for (release, slug) in zip(service.releases, releases[index]) {
        guard let file = release.note?.file else { continue }
        let own = slug.map { FilePage(path: "releases/\(services[index])/\($0).html", ids: "note-") }
        pages[file] = pages[file] == nil ? own ?? page : page
      }
    }
    return pages
  }
}
