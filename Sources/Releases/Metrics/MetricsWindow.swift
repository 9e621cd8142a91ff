/// Whole days in the site's zone, half-open: from the first midnight to the last, which is no part of it (rules.md, Metrics).
package struct MetricsWindow: Hashable, Sendable {
  package let from: Timestamp
  package let to: Timestamp
  package let days: Int

  /// So many days up to the first midnight at or after `asOf`.
  package init(days: Int, asOf: Timestamp, zone: Zone) {
    let today = zone.civil(asOf).date
    let last = zone.startOfDay(today) == asOf ? today : today.adding(days: 1)
    self.init(from: last.adding(days: -days), to: last, zone: zone)
  }

  /// From the start of one day to that of another.
  package init(from: CivilDate, to: CivilDate, zone: Zone) {
    self.from = zone.startOfDay(from)
    self.to = zone.startOfDay(to)
    days = to.daysSince1970 - from.daysSince1970
  }

  package func contains(_ time: Timestamp) -> Bool { from <= time && time < to }
}
