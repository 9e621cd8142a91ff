import Releases

/// A calendar month in the site's zone; what histories and changelogs are paged by.
package struct Month: Hashable, Sendable, Comparable {
  package let year: Int
  /// 1 to 12.
  package let month: Int

  package init(year: Int, month: Int) {
    self.year = year
    self.month = month
  }

  package static func < (left: Month, right: Month) -> Bool { (left.year, left.month) < (right.year, right.month) }

  /// `2026-03`, as in paths.
  package var key: String { Format.padded(year, 4) + "-" + Format.padded(month, 2) }
  /// `March 2026`, as in headings.
  var name: Sentence { "\(words: Format.monthNames[month - 1]) \(words: String(year))" }
}

/// What histories, changelogs and the audit are paged by: a month, or that no record says when.
package enum Period: Hashable, Sendable, Comparable {
  /// What has no time stands before all that has one (rules.md, the order of deployments).
  case undated
  case month(Month)

  init(_ month: Month?) { self = month.map(Period.month) ?? .undated }

  /// nil where no time is known.
  var month: Month? {
    switch self {
    case .month(let month): month
    case .undated: nil
    }
  }

  /// `2026-03`, `undated`, as in paths.
  package var key: String { month?.key ?? "undated" }
  /// `March 2026`, `time not known`, as in headings.
  var name: Sentence { month?.name ?? "time not known" }
}
