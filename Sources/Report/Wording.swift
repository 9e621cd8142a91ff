import Records
package import Releases
package import Time

/// How the things of one catalog are worded, the same on every page and in every file: its nouns as links, its moments, its facts.
package struct Wording: Sendable {
  package let catalog: Catalog

  package init(_ catalog: Catalog) { self.catalog = catalog }

  /// `time` as the site's zone shows it.
  package func civil(_ time: Timestamp) -> CivilTime { catalog.configuration.zone.civil(time) }

  /// `Thu 26 Mar 2026 10:31`: the form for pages about the past.
  package func long(_ time: Timestamp) -> TimeText { TimeText(time, .long(civil(time))) }
  package func long(_ time: Timestamp?) -> TimeText? { time.map { long($0) } }

  /// The time of something that happened; where no record says when, that.
  package func when(_ time: Timestamp?) -> Sentence { time.map { "\(long($0))" } ?? "time not known" }

  /// `26 Mar 10:31`, with the year where it is not this one. Only for pages about now.
  package func short(_ time: Timestamp) -> TimeText {
    let thisYear = civil(catalog.asOf).date.year
    return TimeText(time, .short(civil(time), thisYear: thisYear))
  }
  package func short(_ time: Timestamp?) -> TimeText? { time.map { short($0) } }

  /// From `time` to as-of, in words; nil if it is in the future. Only for pages about now.
  package func age(_ time: Timestamp?) -> String? {
    guard let time, time <= catalog.asOf else { return nil }
    return Format.duration(catalog.asOf.seconds(since: time))
  }
}
