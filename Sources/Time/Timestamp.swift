/// A moment in UTC, to the nanosecond, without leap seconds.
package struct Timestamp: Hashable, Sendable, Comparable {
  /// Seconds since 1970-01-01T00:00:00Z.
  package let seconds: Int64
  /// 0 to 999,999,999.
  package let nanoseconds: UInt32

  /// A billion nanoseconds and more are carried over.
  package init(seconds: Int64, nanoseconds: UInt32 = 0) {
    self.seconds = seconds &+ Int64(nanoseconds / 1_000_000_000)
    self.nanoseconds = nanoseconds % 1_000_000_000
  }

  /// Milliseconds since 1970-01-01T00:00:00Z, as Jenkins, Bamboo and others count.
  package init(milliseconds: Int64) {
    let (whole, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
    let isBefore = rest < 0
    seconds = isBefore ? whole - 1 : whole
    nanoseconds = UInt32(isBefore ? rest + 1000 : rest) * 1_000_000
  }

  package static func < (left: Timestamp, right: Timestamp) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }

  /// Whole and fractional seconds from `earlier` to this moment; negative if it is later.
  package func seconds(since earlier: Timestamp) -> Double {
    Double(seconds) - Double(earlier.seconds) + (Double(nanoseconds) - Double(earlier.nanoseconds)) / 1_000_000_000
  }

  /// The moment so many seconds later.
  package func adding(seconds more: Int64) -> Timestamp {
    let (sum, overflow) = seconds.addingReportingOverflow(more)
    return Timestamp(seconds: overflow ? (more < 0 ? .min : .max) : sum, nanoseconds: nanoseconds)
  }

  /// Whether it stands for "no time": year 0001 and before, or 1970-01-01T00:00:00Z to the nanosecond (record.md: these become null).
  package var isSentinel: Bool {
    // 0002-01-01T00:00:00Z
    seconds < -62_104_060_800 || (seconds == 0 && nanoseconds == 0)
  }
}

/// The later of two moments; any moment is later than none.
package func latest(_ left: Timestamp?, _ right: Timestamp?) -> Timestamp? {
  guard let left else { return right }
  guard let right else { return left }
  return max(left, right)
}
