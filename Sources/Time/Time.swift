/// Moments, days and clocks: RFC 3339, zones by the TZif files of the system (RFC 8536) and the rule in their footer.
///
/// **In:** text and bytes. **Out:** a `Timestamp` (UTC), a `CivilDate`, what a clock of a `Zone` shows.
///
/// ```swift
/// let time = Timestamp(rfc3339: "2026-03-26T09:31:00Z")!
/// berlin.civil(time)  // Thu 26 Mar 2026 10:31, offset +1 h
/// ```
///
/// **Never here:** the clock of the machine, its locale, a file of the system: bytes are handed in. It imports nothing.
