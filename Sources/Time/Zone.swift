/// A time zone: the transitions of a TZif file (RFC 8536) and the rule in its footer. One zone a site.
package struct Zone: Hashable, Sendable {
  /// The name as configured, for example `Europe/Berlin`.
  package let name: String
  private let table: ZoneTable

  package static let utc = Zone(name: "UTC", table: .utc)

  private init(name: String, table: ZoneTable) {
    self.name = name
    self.table = table
  }

  /// The zone that the bytes of a TZif file describe, versions 1 to 4; nil if they are none, or count leap seconds as `right/` zones do.
  package init?(name: String, tzif bytes: [UInt8]) {
    guard let table = ZoneTable(tzif: bytes) else { return nil }
    self.init(name: name, table: table)
  }

  /// What a wall clock in this zone shows at that moment, within the years 1 to 9999.
  package func civil(_ time: Timestamp) -> CivilTime {
    let kind = table.kind(at: time.seconds)
    let (days, second, _) = time.adding(seconds: Int64(kind.offset)).clampedParts
    let date = CivilDate(daysSince1970: days)
    return CivilTime(
      date: date, hour: second / 3600, minute: second / 60 % 60, second: second % 60, weekday: date.weekday,
      offset: kind.offset, abbreviation: kind.abbreviation)
  }

  /// The first moment of that day, also where the clock skips midnight. For a day that the zone left out: the first moment behind it.
  package func startOfDay(_ date: CivilDate) -> Timestamp { timestamp(of: date, hour: 0, minute: 0, second: 0) }

  /// The first moment at which a clock shows that time or a later one: of two the earlier, and the end of the gap where the clock
  /// skips it.
  package func timestamp(of date: CivilDate, hour: Int, minute: Int, second: Int) -> Timestamp {
    let days = min(max(date.daysSince1970, CivilDate.firstDay), CivilDate.lastDay)
    let time = min(max(hour, 0), 24) * 3600 + min(max(minute, 0), 60) * 60 + min(max(second, 0), 60)
    let local = Int64(days) * 86_400 + Int64(time)
    // No offset is farther from UTC than 26 hours (RFC 8536, 3.2).
    var start = local - 27 * 3600
    while true {
      let candidate = max(start, local - Int64(table.kind(at: start).offset))
      guard let next = table.nextTransition(after: start), next <= candidate else { return Timestamp(seconds: candidate) }
      start = next
    }
  }
}
