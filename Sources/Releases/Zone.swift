/// A time zone: the transitions of a TZif file (RFC 8536) and the rule in its footer. One zone a site.
package struct Zone: Hashable, Sendable {
  /// The name as configured, for example `Europe/Berlin`.
  package let name: String

  package static let utc = Zone(name: "UTC")

  private init(name: String) { self.name = name }

  /// What a wall clock in this zone shows at that moment.
  package func civil(_ time: Timestamp) -> CivilTime {
    let (days, second, _) = time.clampedParts
    let date = CivilDate(daysSince1970: days)
    return CivilTime(
      date: date, hour: second / 3600, minute: second / 60 % 60, second: second % 60, weekday: date.weekday, offset: 0,
      abbreviation: "UTC")
  }

  /// The first moment of that day.
  package func startOfDay(_ date: CivilDate) -> Timestamp { Timestamp(date: date) }
}
