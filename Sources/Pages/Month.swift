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
