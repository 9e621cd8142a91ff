package import Template
package import Time

/// A moment.
package struct TimeText: Hashable, Sendable {
  /// How much of it is shown.
  package enum Form: Hashable, Sendable {
    case long(CivilTime)
    case short(CivilTime, thisYear: Int)
    case dated(CivilTime, thisYear: Int)
    case clock(CivilTime)
    case day(CivilDate)
    case dayOfMonth(CivilDate)
  }

  /// RFC 3339, for `datetime`, to the second: HTML knows no more than three digits of a fraction.
  package let machine: String
  package let form: Form

  package init(_ time: Timestamp, _ form: Form) {
    machine = Timestamp(seconds: time.seconds).description
    self.form = form
  }

  package init(_ date: CivilDate) {
    machine = Format.machineDay(date)
    form = .day(date)
  }

  /// Without the year.
  package init(dayOfMonth date: CivilDate) {
    machine = Format.machineDay(date)
    form = .dayOfMonth(date)
  }

  package func text(in book: Phrasebook) -> String {
    switch form {
    case .long(let time): Format.long(time, in: book)
    case .short(let time, let thisYear): Format.short(time, thisYear: thisYear, in: book)
    case .dated(let time, let thisYear): Format.dated(time, thisYear: thisYear, in: book)
    case .clock(let time): Format.clock(time)
    case .day(let date): Format.day(date, in: book)
    case .dayOfMonth(let date): Format.dayOfMonth(date, in: book)
    }
  }
}
