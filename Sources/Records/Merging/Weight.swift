package import Time

/// How much one telling of a record, or of an item in it, counts against another one (record.md, rule 5): what is over outweighs what
/// is live, then the newer answer does, then the later finish, else start, else creation. What is left equal is ordered by its words
/// (`Mergeable.words`).
package struct Weight: Comparable, Sendable {
  /// What a telling knows of the end.
  package enum Standing: Int, Comparable, Sendable {
    /// It says no state, or one that nobody knows, and no end.
    case silent
    case live
    /// It is over, and nothing says how it went: a success that was superseded since stays one (record.md, rule 6).
    case gone
    case over

    package static func < (left: Standing, right: Standing) -> Bool { left.rawValue < right.rawValue }
  }

  var standing: Standing
  /// Which answer of several about one object tells it.
  var snapshot: Snapshot?
  /// Finish, else start, else creation.
  var time: Timestamp?
  /// The latest time in it: of two that go on, the one that has more news.
  var news: Timestamp?

  package init(
    standing: Standing, snapshot: Snapshot? = nil, time: Timestamp? = nil, news: Timestamp? = nil
  ) {
    (self.standing, self.snapshot, self.time, self.news) = (standing, snapshot, time, news)
  }

  /// Of what has neither state nor time.
  static let none = Weight(standing: .silent)

  package static func < (left: Weight, right: Weight) -> Bool {
    if left.standing != right.standing { return left.standing < right.standing }
    if left.snapshot != right.snapshot {
      guard let mine = left.snapshot, let theirs = right.snapshot else { return left.snapshot == nil }
      return mine < theirs
    }
    if left.time != right.time { return latest(left.time, right.time) == right.time }
    return left.news != right.news && latest(left.news, right.news) == right.news
  }
}

extension Weight.Standing {
  package init(_ state: State?, hasFinished: Bool) {
    self =
      switch state {
      case .queued, .running, .waiting: .live
      case .succeeded, .failed, .cancelled, .skipped: .over
      case .superseded: .gone
      case .unknown: hasFinished ? .gone : .silent
      case nil: .silent
      }
  }
}

extension State {
  /// Whether two tellings of one attempt cannot both be true: two ends that are known, and differ.
  package func contradicts(_ other: State) -> Bool {
    self != other && isOver && other.isOver
  }
}
