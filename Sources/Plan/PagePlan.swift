/// One file of the site: where it stands and what it shows. The list of all plans is the site map.
package struct PagePlan: Hashable, Sendable {
  /// Relative to the output folder, with forward slashes.
  package let path: String
  package let page: Page

  package init(path: String, page: Page) {
    self.path = path
    self.page = page
  }
}

/// What a file of the site is: each kind is written by one room, or stands there as it was read.
package enum Page: Hashable, Sendable {
  case html(HTMLPage)
  case machine(MachineFile)
  case verbatim(VerbatimFile)

  /// The kinds of page, by the words under which `build.json` counts them.
  package enum Kind: String, Sendable {
    case dashboard, pending, incident, skipped, page, environment, history, changelog, compare, service, release, source
    case deployment, run, changes, audit, metrics, status, sitemap, robots, calendar, search, clock, feed, badge, asset, media
    case api, schema
    case notFound = "404"
    case shortLived = "short-lived"
  }

  package var kind: Kind {
    switch self {
    case .html(let page): page.kind
    case .machine(let file): file.kind
    case .verbatim(let file): file.kind
    }
  }
}

/// A file whose bytes were there before the site was.
package enum VerbatimFile: Hashable, Sendable {
  /// Index into the theme's assets.
  case asset(Int)
  /// Index into the edition's pictures.
  case media(Int)
  /// The Markdown of a release as it was written.
  case releaseSource(service: Int, release: Int)

  var kind: Page.Kind {
    switch self {
    case .asset: .asset
    case .media: .media
    case .releaseSource: .source
    }
  }
}
