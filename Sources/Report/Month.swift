import Releases
import Time

extension Month {
  /// `March 2026`, as in headings.
  package var name: Sentence { "\(words: Format.monthNames[month - 1]) \(words: String(year))" }
}

extension Period {
  /// `March 2026`, `time not known`, as in headings.
  package var name: Sentence { month?.name ?? "time not known" }
}

extension CommitIndex.Bucket {
  /// `March 2026`, `14 March 2026`, as in headings.
  package var name: Sentence {
    day.flatMap { CivilDate(year: month.year, month: month.month, day: $0) }.map { "\(TimeText($0))" } ?? month.name
  }
}
