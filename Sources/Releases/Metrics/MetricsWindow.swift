import Records
package import Time

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

  /// A month.
  package init(_ month: Month, zone: Zone) {
    let first = month.firstDay
    self.init(from: first, to: first.adding(days: CivilDate.daysIn(month: month.month, of: month.year)), zone: zone)
  }

  package func contains(_ time: Timestamp) -> Bool { from <= time && time < to }
}

extension MetricsWindow {
  /// The last `count` whole weeks up to its end, by their first days and the days behind them; the oldest first.
  package func weeks(_ count: Int, zone: Zone) -> [(from: CivilDate, to: CivilDate, window: MetricsWindow)] {
    let end = zone.civil(to).date
    return (0..<count).reversed().map { week in
      let (from, to) = (end.adding(days: -7 * week - 7), end.adding(days: -7 * week))
      return (from, to, MetricsWindow(from: from, to: to, zone: zone))
    }
  }

  /// The last `count` months up to that of its last day; the oldest first.
  package func months(_ count: Int, zone: Zone) -> [(month: Month, window: MetricsWindow)] {
    let newest = Month(zone.civil(to).date.adding(days: -1))
    return (0..<count).reversed().map { back in
      let month = newest.subtracting(months: back)
      return (month, MetricsWindow(month, zone: zone))
    }
  }
}

extension Catalog {
  /// The window of `metrics.days` up to as-of.
  package var metricsWindow: MetricsWindow {
    MetricsWindow(days: configuration.metricsDays, asOf: asOf, zone: configuration.zone)
  }
}
