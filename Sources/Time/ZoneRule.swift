/// The rule in the footer of a TZif file: POSIX.1-2017, section 8.3, `TZ`, with the extended hours of RFC 8536, 3.3.1.
struct ZoneRule: Hashable, Sendable {
  /// When in a year the clocks change.
  struct Change: Hashable, Sendable {
    enum Day: Hashable, Sendable {
      /// `J1` to `J365`; the 29th of February is never counted.
      case julian(Int)
      /// `0` to `365`; the 29th of February is counted in leap years.
      case zeroBased(Int)
      /// `M3.5.0`: the last (5) Sunday (0) of March.
      case weekday(month: Int, week: Int, weekday: Int)
    }

    let day: Day
    /// Seconds from midnight, by the clock before the change; -167 to 167 hours.
    let time: Int
  }

  private struct Daylight: Hashable, Sendable {
    let kind: ZoneTable.Kind
    let start: Change
    let end: Change
  }

  private let standard: ZoneTable.Kind
  private let daylight: Daylight?

  func kind(at seconds: Int64) -> ZoneTable.Kind {
    guard let daylight else { return standard }
    let last = changes(around: seconds, daylight).last { $0.time <= seconds }
    return last?.isStart ?? false ? daylight.kind : standard
  }

  func nextTransition(after seconds: Int64) -> Int64? {
    guard let daylight else { return nil }
    return changes(around: seconds, daylight).first { $0.time > seconds }?.time
  }

  /// The changes of the year before to the year after, in order. Of two at one moment that of the later year stands last, so that a
  /// rule which begins daylight saving at the moment it ends never ends it.
  private func changes(around seconds: Int64, _ daylight: Daylight) -> [(time: Int64, isStart: Bool)] {
    let days = Timestamp(seconds: seconds).adding(seconds: Int64(standard.offset)).clampedParts.days
    let year = CivilDate(daysSince1970: days).year
    var changes: [(time: Int64, isStart: Bool)] = []
    for year in year - 1...year + 1 {
      let start = (time: daylight.start.seconds(in: year) - Int64(standard.offset), isStart: true)
      let end = (time: daylight.end.seconds(in: year) - Int64(daylight.kind.offset), isStart: false)
      changes += start.time <= end.time ? [start, end] : [end, start]
    }
    // Stable for the few entries there are: an insertion sort by time alone.
    for index in changes.indices.dropFirst() {
      var place = index
      while place > 0, changes[place].time < changes[place - 1].time {
        changes.swapAt(place, place - 1)
        place -= 1
      }
    }
    return changes
  }
}

extension ZoneRule.Change {
  /// The local moment of the change as seconds since 1970.
  fileprivate func seconds(in year: Int) -> Int64 { Int64(days(in: year)) * 86_400 + Int64(time) }

  private func days(in year: Int) -> Int {
    let isLeap = CivilDate.daysIn(month: 2, of: year) == 29
    switch day {
    case .zeroBased(let day): return firstDay(of: 1, year) + day
    case .julian(let day): return firstDay(of: 1, year) + day - (isLeap && day > 59 ? 0 : 1)
    case .weekday(let month, let week, let weekday):
      let first = firstDay(of: month, year)
      // 1970-01-01 was a Thursday, the fourth day behind Sunday.
      let firstWeekday = ((first + 4) % 7 + 7) % 7
      let day = (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
      return first + (day < CivilDate.daysIn(month: month, of: year) ? day : day - 7)
    }
  }

  private func firstDay(of month: Int, _ year: Int) -> Int {
    CivilDate(year: year, month: month, day: 1)?.daysSince1970 ?? 0
  }
}

// MARK: Reading the rule

extension ZoneRule {
  /// nil if the text is no rule.
  init?(_ text: ArraySlice<UInt8>) {
    var text = Text(rest: text)
    guard let name = text.name(), let west = text.time(upTo: 24) else { return nil }
    standard = ZoneTable.Kind(offset: -west, abbreviation: name)
    guard !text.isAtEnd else {
      daylight = nil
      return
    }
    guard let daylightName = text.name() else { return nil }
    var offset = standard.offset + 3600
    if !text.isAtEnd, text.rest.first != UInt8(ascii: ",") {
      guard let west = text.time(upTo: 24) else { return nil }
      offset = -west
    }
    let kind = ZoneTable.Kind(offset: offset, abbreviation: daylightName)
    // POSIX leaves it to the system which rule holds where none is written; RFC 8536 wants one.
    guard text.take(","), let start = text.change(), text.take(","), let end = text.change(), text.isAtEnd else { return nil }
    daylight = Daylight(kind: kind, start: start, end: end)
  }

  /// What is still to be read of a rule. Its functions give nil where the text is not what they read.
  private struct Text {
    var rest: ArraySlice<UInt8>

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard rest.first == UInt8(ascii: character) else { return false }
      rest.removeFirst()
      return true
    }

    /// `CET`, or `<+03>` in angle brackets.
    mutating func name() -> String? {
      let isQuoted = take("<")
      let name = rest.prefix { byte in
        let isLetter = (byte | 0x20) &- UInt8(ascii: "a") < 26
        let isOther = byte &- UInt8(ascii: "0") < 10 || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
        return isLetter || (isQuoted && isOther)
      }
      rest.removeFirst(name.count)
      guard name.count >= 3, !isQuoted || take(">") else { return nil }
      return String(decoding: name, as: UTF8.self)
    }

    /// `2`, `-2:30` or `26:00:00` as seconds.
    mutating func time(upTo hours: Int) -> Int? {
      let isNegative = take("-")
      if !isNegative { _ = take("+") }
      guard let hour = number(upTo: hours) else { return nil }
      var seconds = hour * 3600
      if take(":") {
        guard let minute = number(upTo: 59) else { return nil }
        seconds += minute * 60
        if take(":") {
          guard let second = number(upTo: 59) else { return nil }
          seconds += second
        }
      }
      return isNegative ? -seconds : seconds
    }

    mutating func number(upTo limit: Int) -> Int? {
      var value: Int?
      while let byte = rest.first, byte &- UInt8(ascii: "0") < 10 {
        let next = (value ?? 0) * 10 + Int(byte &- UInt8(ascii: "0"))
        guard next <= limit else { return nil }
        value = next
        rest.removeFirst()
      }
      return value
    }

    /// `M3.5.0/2`, `J60` or `59/-1`.
    mutating func change() -> Change? {
      guard let day = day() else { return nil }
      guard take("/") else { return Change(day: day, time: 2 * 3600) }
      guard let time = time(upTo: 167) else { return nil }
      return Change(day: day, time: time)
    }

    private mutating func day() -> Change.Day? {
      if take("J") {
        guard let day = number(upTo: 365), day > 0 else { return nil }
        return .julian(day)
      }
      guard take("M") else { return number(upTo: 365).map { .zeroBased($0) } }
      guard let month = number(upTo: 12), take("."), let week = number(upTo: 5), take("."), let weekday = number(upTo: 6),
        month > 0, week > 0
      else { return nil }
      return .weekday(month: month, week: week, weekday: weekday)
    }
  }
}
