// A stand-in until Zone and Timestamp have these themselves: whoever writes them deletes this file.
extension Zone {
  package func civil(_ time: Timestamp) -> CivilTime {
    CivilTime(
      date: CivilDate(year: 2026, month: 1, day: 1)!,
      hour: 0, minute: 0, second: 0, weekday: 1, offset: 0, abbreviation: "UTC")
  }
}

extension Timestamp: CustomStringConvertible {
  package var description: String { String(seconds) }
}

extension Timestamp {
  package init?(rfc3339: String) { return nil }
}
