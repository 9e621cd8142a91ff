/// A moment as a wall clock in some zone shows it.
package struct CivilTime: Hashable, Sendable {
  package var date: CivilDate
  package var hour: Int
  package var minute: Int
  package var second: Int
  /// 1 Monday to 7 Sunday (ISO 8601).
  package var weekday: Int
  /// Seconds east of UTC.
  package var offset: Int
  /// `UTC`, `CET`, `CEST`, or an offset such as `+0530` where the zone has no letters.
  package var abbreviation: String

  package init(date: CivilDate, hour: Int, minute: Int, second: Int, weekday: Int, offset: Int, abbreviation: String) {
    self.date = date
    self.hour = hour
    self.minute = minute
    self.second = second
    self.weekday = weekday
    self.offset = offset
    self.abbreviation = abbreviation
  }
}
