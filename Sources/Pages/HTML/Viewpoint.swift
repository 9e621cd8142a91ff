import Records
import Releases
import Template
import Time

/// Where a page stands: links and times as they read from there.
struct Viewpoint: Sendable {
  let edition: Edition
  /// The way to the site's folder: empty, `../`, `../../`; an address for the 404 page.
  let root: String

  init(edition: Edition, path: String) {
    self.edition = edition
    root = String(repeating: "../", count: path.utf8.count { $0 == UInt8(ascii: "/") })
  }

  /// For a page that is served at any depth.
  init(edition: Edition, base: String) {
    self.edition = edition
    root = base
  }

  /// Whether a list of services gets the script's filters: of three and fewer one sees all at once.
  static func isWorthFiltering(_ count: Int) -> Bool { count > 3 }

  var catalog: Catalog { edition.catalog }
  var map: SiteMap { edition.map }
  /// The language of the pages.
  var book: Phrasebook { edition.theme.phrasebook }

  /// The relative address of a page.
  func url(_ path: String) -> String { root + path }
  /// nil for an entity without a page.
  func url(_ path: String?) -> String? { path.map { root + $0 } }

  /// `Thu 26 Mar 2026 10:31`: the form for pages about the past.
  func long(_ time: Timestamp) -> TimeText { TimeText(time, .long(edition.civil(time))) }
  func long(_ time: Timestamp?) -> TimeText? { time.map { long($0) } }

  /// The time of something that happened; where no record says when, that.
  func when(_ time: Timestamp?) -> Sentence { time.map { "\(long($0))" } ?? "time not known" }

  /// `26 Mar 10:31`, with the year where it is not this one. Only for pages about now.
  func short(_ time: Timestamp) -> TimeText {
    let thisYear = edition.civil(catalog.asOf).date.year
    return TimeText(time, .short(edition.civil(time), thisYear: thisYear))
  }
  func short(_ time: Timestamp?) -> TimeText? { time.map { short($0) } }

  /// From `time` to as-of, in words; nil if it is in the future. Only for pages about now.
  func age(_ time: Timestamp?) -> String? {
    guard let time, time <= catalog.asOf else { return nil }
    return Format.duration(catalog.asOf.seconds(since: time))
  }
}

/// A moment for `partials/time`.
struct TimeText: Model, Hashable {
  /// How much of it is shown.
  enum Form: Hashable {
    case long(CivilTime)
    case short(CivilTime, thisYear: Int)
    case dated(CivilTime, thisYear: Int)
    case clock(CivilTime)
    case day(CivilDate)
    case dayOfMonth(CivilDate)
  }

  /// RFC 3339, for `datetime`, to the second: HTML knows no more than three digits of a fraction.
  let machine: String
  let form: Form

  init(_ time: Timestamp, _ form: Form) {
    machine = Timestamp(seconds: time.seconds).description
    self.form = form
  }

  init(_ date: CivilDate) {
    machine = Format.machineDay(date)
    form = .day(date)
  }

  /// Without the year.
  init(dayOfMonth date: CivilDate) {
    machine = Format.machineDay(date)
    form = .dayOfMonth(date)
  }

  func text(in book: Phrasebook) -> String {
    switch form {
    case .long(let time): Format.long(time, in: book)
    case .short(let time, let thisYear): Format.short(time, thisYear: thisYear, in: book)
    case .dated(let time, let thisYear): Format.dated(time, thisYear: thisYear, in: book)
    case .clock(let time): Format.clock(time)
    case .day(let date): Format.day(date, in: book)
    case .dayOfMonth(let date): Format.dayOfMonth(date, in: book)
    }
  }

  static let fields = Fields<TimeText>(
    .text("machine") { $0.machine },
    .text("text") { $0.text(in: $1) }
  )
}

/// Words that lead somewhere, if there is a page, for `partials/link`.
struct LinkText: Model, Hashable {
  /// A text from outside, isolated from the words around it.
  let text: String
  let destination: Destination?
  /// Our own words within the link: `run ` before a number, ` waits` after a version.
  let before: Sentence
  let after: Sentence

  static let fields = Fields<LinkText>(
    .text("text") { $0.text },
    .url("url") { $0.destination.flatMap($1.address) },
    .words("before") { $0.before },
    .words("after") { $0.after }
  )

  init(text: String, to destination: Destination?, before: Sentence = "", after: Sentence = "") {
    (self.text, self.destination, self.before, self.after) = (text, destination, before, after)
  }

  var isEmpty: Bool { text.isEmpty && before.isEmpty && after.isEmpty }

  /// As it reads, without the link.
  func plain(in book: Phrasebook) -> String { before.plain(in: book) + text + after.plain(in: book) }
}

/// One of the six shapes and its word, for `partials/mark`.
struct Mark: Model, Hashable {
  /// Identifier of the symbol: `mark-succeeded`.
  let symbol: String
  let word: String

  static let fields = Fields<Mark>(
    .text("symbol") { $0.symbol },
    .words("word") { $0.word }
  )

  init(_ state: State) {
    word = state.rawValue
    symbol =
      switch state {
      case .succeeded: "mark-succeeded"
      case .failed: "mark-failed"
      case .running, .queued: "mark-running"
      case .waiting: "mark-waiting"
      case .cancelled, .skipped, .superseded: "mark-skipped"
      case .unknown: "mark-unknown"
      }
  }
}
