import Records
import Releases
import Report
import Template
import Time

/// Where a page stands: links and times as they read from there.
struct Viewpoint: Sendable {
  let edition: Edition
  /// The way to the site's folder: empty, `../`, `../../`; an address for the 404 page.
  let root: String

  init(edition: Edition, path: String) {
    self.edition = edition
    root = String(repeating: "../", count: path.utf8.count { $0 == UInt8(ascii: "/") })
  }

  /// For a page that is served at any depth.
  init(edition: Edition, base: String) {
    self.edition = edition
    root = base
  }

  /// Whether a list of services gets the script's filters: of three and fewer one sees all at once.
  static func isWorthFiltering(_ count: Int) -> Bool { count > 3 }

  var catalog: Catalog { edition.catalog }
  /// How the things of the catalog are worded.
  var wording: Wording { edition.wording }
  var map: SiteMap { edition.map }
  /// The language of the pages.
  var book: Phrasebook { edition.theme.phrasebook }

  /// The relative address of a page.
  func url(_ path: String) -> String { root + path }
  /// nil for an entity without a page.
  func url(_ path: String?) -> String? { path.map { root + $0 } }
}
