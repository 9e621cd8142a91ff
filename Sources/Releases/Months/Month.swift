import Records
package import Time

/// A calendar month in the site's zone; what histories and changelogs are paged by.
package struct Month: Hashable, Sendable, Comparable {
  package let year: Int
  /// 1 to 12.
  package let month: Int

  package init(year: Int, month: Int) {
    self.year = year
    self.month = month
  }

  /// That of a day.
  package init(_ date: CivilDate) { self.init(year: date.year, month: date.month) }

  package static func < (left: Month, right: Month) -> Bool { (left.year, left.month) < (right.year, right.month) }

  /// `2026-03`, as in paths.
  package var key: String {
    var bytes: [UInt8] = []
    appendTwoDigits(year / 100, to: &bytes)
    appendTwoDigits(year, to: &bytes)
    bytes.append(UInt8(ascii: "-"))
    appendTwoDigits(month, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Its first day.
  package var firstDay: CivilDate { CivilDate(year: year, month: month, day: 1) ?? CivilDate(daysSince1970: 0) }

  /// The month so many months before.
  package func subtracting(months: Int) -> Month {
    let number = year * 12 + month - 1 - months
    return Month(year: number / 12, month: number % 12 + 1)
  }
}

/// What histories, changelogs and the audit are paged by: a month, or that no record says when.
package enum Period: Hashable, Sendable, Comparable {
  /// What has no time stands before all that has one (rules.md, the order of deployments).
  case undated
  case month(Month)

  package init(_ month: Month?) { self = month.map(Period.month) ?? .undated }

  /// nil where no time is known.
  package var month: Month? {
    switch self {
    case .month(let month): month
    case .undated: nil
    }
  }

  /// `2026-03`, `undated`, as in paths.
  package var key: String { month?.key ?? "undated" }
}

extension Catalog {
  package func period(of time: Timestamp?) -> Period { Period(time.map(month)) }

  /// The month of a moment in the site's zone.
  package func month(of time: Timestamp) -> Month { Month(configuration.zone.civil(time).date) }

  /// Whether the history of a month keeps one line a success and nothing else: those older than `history.months`, counted back from the
  /// newest record, do (site.md, Pages).
  package func isBrief(_ period: Period) -> Bool {
    guard let month = period.month, let newest = newestRecord.map(month(of:)) else { return false }
    return month <= newest.subtracting(months: configuration.historyMonths)
  }
}
