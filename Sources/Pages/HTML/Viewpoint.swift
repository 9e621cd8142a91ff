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
  var map: SiteMap { edition.map }
  /// The language of the pages.
  var book: Phrasebook { edition.theme.phrasebook }

  /// The relative address of a page.
  func url(_ path: String) -> String { root + path }
  /// nil for an entity without a page.
  func url(_ path: String?) -> String? { path.map { root + $0 } }

  /// `Thu 26 Mar 2026 10:31`: the form for pages about the past.
  func long(_ time: Timestamp) -> TimeText { TimeText(time, .long(edition.civil(time))) }
  func long(_ time: Timestamp?) -> TimeText? { time.map { long($0) } }

  /// The time of something that happened; where no record says when, that.
  func when(_ time: Timestamp?) -> Sentence { time.map { "\(long($0))" } ?? "time not known" }

  /// `26 Mar 10:31`, with the year where it is not this one. Only for pages about now.
  func short(_ time: Timestamp) -> TimeText {
    let thisYear = edition.civil(catalog.asOf).date.year
    return TimeText(time, .short(edition.civil(time), thisYear: thisYear))
  }
  func short(_ time: Timestamp?) -> TimeText? { time.map { short($0) } }

  /// From `time` to as-of, in words; nil if it is in the future. Only for pages about now.
  func age(_ time: Timestamp?) -> String? {
    guard let time, time <= catalog.asOf else { return nil }
    return Format.duration(catalog.asOf.seconds(since: time))
  }
}
