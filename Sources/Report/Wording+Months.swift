import Releases

extension Wording {
  /// Links to the pages of months, in a row.
  package func months<Time>(_ months: [Time], name: (Time) -> Sentence, to page: (Time) -> Destination) -> Sentence {
    .joined(months.map { "\(own(name($0), page($0)))" }, separator: " · ")
  }

  /// A link to the page of the month before one; `times`: of the months that have a page, newest first. A page about the past leads to
  /// older months only: a link to the next newer one would change it when that month begins.
  package func month<Time: Comparable>(
    before time: Time, among times: [Time], name: (Time) -> Sentence, to page: (Time) -> Destination
  ) -> LinkText? {
    times.first { $0 < time }.map { own(name($0), page($0)) }
  }
}
