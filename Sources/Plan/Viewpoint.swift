import Records
package import Releases
package import Report
package import Template
import Time

/// Where a page stands: links and times as they read from there.
package struct Viewpoint: Sendable {
  package let edition: Edition
  /// The way to the site's folder: empty, `../`, `../../`; an address for the 404 page.
  package let root: String

  package init(edition: Edition, path: String) {
    self.edition = edition
    root = String(repeating: "../", count: path.utf8.count { $0 == UInt8(ascii: "/") })
  }

  /// For a page that is served at any depth.
  package init(edition: Edition, base: String) {
    self.edition = edition
    root = base
  }

  /// Whether a list of services gets the script's filters: of three and fewer one sees all at once.
  package static func isWorthFiltering(_ count: Int) -> Bool { count > 3 }

  package var catalog: Catalog { edition.catalog }
  /// How the things of the catalog are worded.
  package var wording: Wording { edition.wording }
  package var map: SiteMap { edition.map }
  /// The language of the pages.
  package var book: Phrasebook { edition.phrasebook }

  /// The relative address of a page.
  package func url(_ path: String) -> String { root + path }
  /// nil for an entity without a page.
  package func url(_ path: String?) -> String? { path.map { root + $0 } }
}
