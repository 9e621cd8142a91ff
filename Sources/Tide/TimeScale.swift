import Report
package import Time

/// One scale for everything that a run did: where a moment stands between its beginning and its end, in per cent of the width.
///
/// A stretch without work that is longer than all work together is cut to a fixed width, since four days at a gate and four minutes of
/// tests do not share a scale. Steps overlap, so work is what at least one of them covers.
package struct TimeScale: Hashable {
  /// From the beginning of the scale, in seconds.
  struct Interval: Hashable {
    var start: Double
    var end: Double

    var length: Double { end - start }
  }

  /// A round length of time on the scale.
  package struct Tick: Hashable {
    /// In per cent.
    package let position: Double
    /// Seconds from the beginning, cut stretches left out.
    package let seconds: Double
  }

  private struct Stretch: Hashable {
    let interval: Interval
    let position: Double
    let width: Double
    let isCut: Bool
  }

  /// Where the last moment stands; the rest is room for what has no end yet and for what never ran.
  package static let full = 91.67

  private let origin: Timestamp
  private let stretches: [Stretch]
  package let ticks: [Tick]

  /// `work`: from and to of each step; `moments`: what else must fit. nil where nothing has a length.
  package init?(work: [(from: Timestamp, to: Timestamp)], moments: [Timestamp]) {
    let all = moments + work.flatMap { [$0.from, $0.to] }
    guard let first = all.min(), let last = all.max(), first < last else { return nil }
    origin = first
    let worked = TimeScale.union(work.map { Interval(start: $0.from.seconds(since: first), end: $0.to.seconds(since: first)) })
    let whole = Interval(start: 0, end: last.seconds(since: first))
    stretches = TimeScale.stretches(of: whole, worked: worked)
    ticks = TimeScale.ticks(on: stretches)
  }

  /// In per cent with the width of the scale as 100; what lies outside is moved to the edge.
  package func position(_ time: Timestamp) -> Double {
    let seconds = time.seconds(since: origin)
    guard let stretch = stretches.first(where: { seconds <= $0.interval.end }) else { return TimeScale.full }
    guard stretch.interval.length > 0 else { return stretch.position }
    let share = max(0, seconds - stretch.interval.start) / stretch.interval.length
    return stretch.position + min(1, share) * stretch.width
  }

  /// Where a bar from one moment to another is broken, in per cent: in the middle of its part of each cut that it covers for the most part.
  package func cuts(from start: Timestamp, to end: Timestamp) -> [Double] {
    let from = start.seconds(since: origin)
    let to = end.seconds(since: origin)
    return stretches.compactMap { stretch in
      let shared = min(to, stretch.interval.end) - max(from, stretch.interval.start)
      guard stretch.isCut, shared > stretch.interval.length / 2 else { return nil }
      let middle = max(from, stretch.interval.start) + shared / 2 - stretch.interval.start
      return stretch.position + stretch.width * middle / stretch.interval.length
    }
  }

  package var hasCuts: Bool { stretches.contains { $0.isCut } }

  /// The intervals without overlaps, in order.
  static func union(_ intervals: [Interval]) -> [Interval] {
    intervals.filter { $0.length > 0 }.sorted { ($0.start, $0.end) < ($1.start, $1.end) }.reduce(into: []) { merged, next in
      if let last = merged.last, next.start <= last.end {
        merged[merged.count - 1].end = max(last.end, next.end)
      } else {
        merged.append(next)
      }
    }
  }

  private static func stretches(of whole: Interval, worked: [Interval]) -> [Stretch] {
    let work = worked.reduce(0) { $0 + $1.length }
    var edge = 0.0
    var gaps: [Interval] = []
    for interval in worked + [Interval(start: whole.end, end: whole.end)] {
      if work > 0, interval.start - edge > work { gaps.append(Interval(start: edge, end: interval.start)) }
      edge = max(edge, interval.end)
    }
    return laidOut(whole, gaps: gaps)
  }

  /// Everything between the gaps on one scale; each gap with a fixed width, all of them together at most half of it.
  private static func laidOut(_ whole: Interval, gaps: [Interval]) -> [Stretch] {
    let share = gaps.isEmpty ? 0 : min(0.3, 0.5 / Double(gaps.count))
    let kept = whole.length - gaps.reduce(0) { $0 + $1.length }
    let rate = full * (1 - share * Double(gaps.count)) / max(kept, .leastNormalMagnitude)
    var stretches: [Stretch] = []
    var edge = 0.0
    var position = 0.0
    func add(until end: Double, width: Double, isCut: Bool) {
      stretches.append(Stretch(interval: Interval(start: edge, end: end), position: position, width: width, isCut: isCut))
      edge = end
      position += width
    }
    for gap in gaps {
      if gap.start > edge { add(until: gap.start, width: (gap.start - edge) * rate, isCut: false) }
      add(until: gap.end, width: full * share, isCut: true)
    }
    if whole.end > edge { add(until: whole.end, width: (whole.end - edge) * rate, isCut: false) }
    return stretches
  }

  private static let minute = 60.0
  private static let hour = 3_600.0
  private static let day = 86_400.0
  private static let steps = [
    1, 2, 5, 10, 15, 30, minute, 2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 3 * hour,
    6 * hour,
    12 * hour, day, 2 * day, 5 * day, 10 * day, 30 * day, 100 * day, 365 * day, 3_650 * day,
  ]

  /// At most six, at round lengths of the time that is not cut.
  private static func ticks(on stretches: [Stretch]) -> [Tick] {
    let kept = stretches.filter { !$0.isCut }
    let total = kept.reduce(0) { $0 + $1.interval.length }
    guard let step = steps.first(where: { total / $0 < 6 }) else { return [] }
    var ticks: [Tick] = []
    var passed = 0.0
    for stretch in kept {
      while Double(ticks.count) * step <= passed + stretch.interval.length, stretch.interval.length > 0 {
        let seconds = Double(ticks.count) * step
        let share = (seconds - passed) / stretch.interval.length
        ticks.append(Tick(position: stretch.position + share * stretch.width, seconds: seconds))
      }
      passed += stretch.interval.length
    }
    return ticks
  }
}

/// Numbers for attributes of a drawing.
package enum Figure {
  /// `22.73%`: two decimals, whatever the language of the machine.
  package static func percent(_ value: Double) -> String { decimal(value) + "%" }

  /// Two decimals; what is no number is 0.
  package static func decimal(_ value: Double) -> String {
    guard value.isFinite, abs(value) < 1e9 else { return "0.00" }
    let hundredths = Int((value * 100).rounded())
    let digits = Format.padded(Int(hundredths.magnitude), 3)
    return (hundredths < 0 ? "-" : "") + digits.dropLast(2) + "." + digits.suffix(2)
  }
}
