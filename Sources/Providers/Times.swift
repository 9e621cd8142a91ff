import Documents
import Records
import Time

// Times as the providers write them.
extension FileReader {
  /// A time of a provider. Blank text and sentinels are none; anything else that is no time is a warning.
  mutating func time(_ node: Node, _ keys: String...) -> Timestamp? {
    guard let value = first(keys, of: node) else { return nil }
    guard let text = value.string, let time = Timestamp(rfc3339: text) ?? Timestamp(spaced: text) else {
      return value.isNoTime ? nil : wrongTime(value, keys)
    }
    return time.isSentinel ? nil : time
  }

  /// Milliseconds since 1970 as a number, or as text of digits. Nothing and less than nothing is none.
  mutating func milliseconds(_ node: Node, _ keys: String...) -> Timestamp? {
    guard let value = first(keys, of: node) else { return nil }
    guard let number = value.int ?? value.string.flatMap(Int.init) else {
      return value.string?.isBlank == true ? nil : wrongTime(value, keys)
    }
    return number > 0 ? Timestamp(milliseconds: Int64(number)) : nil
  }

  /// That one was cut off has been told.
  private mutating func first(_ keys: [String], of node: Node) -> Node? {
    if let cut = keys.lazy.compactMap({ node[$0] }).first(where: \.isCutOff) { lastUnreadTime = cut.offset }
    return node.first(keys)
  }

  private mutating func wrongTime(_ value: Node, _ keys: [String]) -> Timestamp? {
    lastUnreadTime = value.offset
    warn(.wrongField(keys.first ?? "", found: describe(value), expected: .time), at: value)
    return nil
  }
}

extension Timestamp {
  /// The moment so many milliseconds later; none earlier.
  func adding(milliseconds more: Int) -> Timestamp {
    let (whole, rest) = max(0, more).quotientAndRemainder(dividingBy: 1000)
    let start = Timestamp(seconds: seconds, nanoseconds: nanoseconds + UInt32(rest) * 1_000_000)
    return start.adding(seconds: Int64(whole))
  }

  /// A time as webhooks and command lines write it: `2022-08-05 14:25:15 +0800`, `2013-09-03 13:24:38 UTC`, `2026-04-28 14:30 UTC`.
  init?(spaced text: String) {
    let parts = text.split(separator: " ")
    guard parts.count == 3 else { return nil }
    let time = parts[1].utf8.count == 5 ? parts[1] + ":00" : parts[1]
    let zone: String
    switch parts[2] {
    case "UTC", "GMT", "Z": zone = "Z"
    default:
      guard parts[2].utf8.count == 5, parts[2].first == "+" || parts[2].first == "-" else { return nil }
      zone = parts[2].prefix(3) + ":" + parts[2].suffix(2)
    }
    self.init(rfc3339: "\(parts[0])T\(time)\(zone)")
  }
}
