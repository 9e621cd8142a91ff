import Report
import Time

/// The stretch of time that a chart shows.
struct TideWindow: Hashable {
  let from: Timestamp
  let to: Timestamp

  /// From the start of the day so many days before the end.
  init(days: Int, to end: Timestamp, zone: Zone) {
    let first = zone.civil(end).date.adding(days: -days)
    from = zone.startOfDay(first)
    to = end
  }

  /// From the day of `first` on, at most a year.
  init(since first: Timestamp, to end: Timestamp, zone: Zone) {
    let days = zone.civil(end).date.daysSince1970 - zone.civil(first).date.daysSince1970
    self.init(days: min(max(days, 1), 365), to: end, zone: zone)
  }

  /// Where a moment stands, in per cent of the width; what lies outside is moved to the edge.
  func position(_ time: Timestamp) -> Double {
    let length = to.seconds(since: from)
    guard length > 0 else { return 100 }
    return min(max(time.seconds(since: from) / length, 0), 1) * 100
  }

  func contains(_ time: Timestamp) -> Bool { from <= time && time <= to }
}

extension TideWindow {
  struct Tick: Hashable {
    /// In per cent.
    let position: Double
    let label: Sentence
  }

  /// The beginnings of days, of weeks or of months, whatever is dense enough to read and no denser.
  func ticks(in zone: Zone) -> [Tick] {
    let (first, last) = (zone.civil(from).date, zone.civil(to).date)
    let days = last.daysSince1970 - first.daysSince1970
    let isTick: (CivilDate) -> Bool =
      days <= 9 ? { _ in true } : days <= 98 ? { $0.weekday == 1 } : { $0.day == 1 }
    guard days > 0 else { return [] }
    return (1...days).map { first.adding(days: $0) }.filter(isTick).map { day in
      let month = String(Format.monthNames[day.month - 1].prefix(3))
      let isNewYear = days > 98 && day.month == 1
      let label: Sentence =
        days > 98 ? "\(words: isNewYear ? String(day.year) : month)" : "\(TimeText(dayOfMonth: day))"
      return Tick(position: position(zone.startOfDay(day)), label: label)
    }
  }
}
