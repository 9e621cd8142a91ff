package import Time

/// What a chart of releases says, in its drawing and in the table of the same.
package enum TideWords {
  package static let remark = "A line rises when a release arrives; hatched is time at the gate."

  /// The right edge of a chart about now.
  package static func now(_ time: CivilTime) -> Sentence { "now \(words: Format.clock(time))" }

  /// Where people approve.
  package static func gate(before environments: [String]) -> Sentence {
    "gate before \(Sentence.list(environments.map { "\($0)" }))"
  }

  /// In the column of what runs, which has room for a word.
  package static var unknown: Sentence { "unknown\(context: "in a narrow column")" }
  /// What became of a version on the way to the next environment.
  package static let (waits, failed, deploying) = ("waits", "next failed", "next is deploying")

  // MARK: In the drawing

  /// A release at a gate, and for how many seconds; nil where that depends on a clock which the page has not.
  package static func wait(_ seconds: Double?, isOver: Bool) -> Sentence {
    guard let length = seconds.map(Format.duration) else { return "waits" }
    return isOver ? "waited \(words: length)" : "waits \(words: length)"
  }
  /// Where a rollback fell.
  package static func back(to version: String) -> Sentence { "back to \(version)" }
  /// Where a release came from outside of the way.
  package static func hotfix(_ version: String) -> Sentence { "hotfix \(version)" }
  /// At the highest level, while nothing has arrived there.
  package static func dry(_ environment: String) -> Sentence { "\(environment) not reached yet" }

  // MARK: In the table

  /// It was there when the chart begins.
  package static func arrival(before day: CivilDate) -> Sentence { "before \(TimeText(day))" }
  /// `words`: how long, as the drawing says it.
  package static func wait(_ words: Sentence, before environment: String) -> Sentence { "\(words) before \(environment)" }
  /// Of a release that skipped the environment before.
  package static func straight(to environment: String, isHotfix: Bool) -> Sentence {
    isHotfix ? "hotfix, straight to \(environment)" : "straight to \(environment)"
  }
  package static func rolledBack(in environment: String, _ time: TimeText) -> Sentence {
    "rolled back in \(environment) \(time)"
  }
  package static func failed(in environment: String, _ time: TimeText) -> Sentence { "failed in \(environment) \(time)" }
  package static func unknown(in environment: String, since time: TimeText) -> Sentence {
    "what \(environment) runs is unknown since \(time)"
  }
  /// How many releases the table leaves out.
  package static func omitted(_ count: Int) -> Sentence {
    "\(Format.count(count, "older release")) of this time: on the pages of the services."
  }
  /// How many releases a description leaves out.
  package static func before(_ count: Int) -> Sentence { "Before that, \(Format.count(count, "more release"))." }
}
