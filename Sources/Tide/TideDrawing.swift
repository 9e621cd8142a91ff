import Time

/// A strip in figures: `x` in per cent of the width, `y` in px, so that the chart stretches and its text does not.
///
/// Areas and lines are paths on a width of 10,000, one for each look: a tenth of the bytes of an element each.
package struct TideDrawing: Hashable, Sendable {
  /// Room above the highest level: a hotfix comes from there.
  static let top = 16
  /// A level, and one that has a gate below.
  private static let height = 24
  static let gatedHeight = 34

  /// Everything of one look, as one path.
  package struct Shape: Hashable, Sendable {
    /// A class of the style sheet.
    package let look: String
    package let path: String
  }

  /// Hatched time at a gate; dots where it is unknown what runs.
  package struct Bar: Hashable, Sendable {
    package let look: String
    package let position: Double
    package let width: Double
    package let y: Int
    package var height = 8
  }

  /// A sign at a moment.
  package struct Event: Hashable, Sendable {
    package enum Sign: Hashable, Sendable { case fall(height: Int), hotfix, arrival, failure }
    package let sign: Sign
    package let position: Double
    package let y: Int
  }

  package private(set) var tops: [Int] = []
  package let bottom: Int
  package private(set) var areas: [Shape] = []
  /// Upright at the ticks of the scale, level between the environments, double where there is a gate.
  package private(set) var rules: [Shape] = []
  package private(set) var lines: [Shape] = []
  package private(set) var bars: [Bar] = []
  package private(set) var events: [Event] = []
  /// `newest`: the releases that count as the newest (the matrix shades the same). `ticks`: of the scale, in per cent.
  init(_ strip: TideStrip, newest: Set<Int>, ticks: [Double]) {
    var y = TideDrawing.top
    for level in strip.levels.reversed() {
      tops.insert(y, at: 0)
      y += level.isGated ? TideDrawing.gatedHeight : TideDrawing.height
    }
    bottom = y
    drawRules(strip, ticks)
    let order = TideDrawing.tints(strip)
    for index in strip.levels.indices { drawAreas(strip, index, order, newest) }
    for index in strip.levels.indices { drawLines(strip, index) }
    for index in strip.levels.indices { drawSigns(strip, index) }
  }

  func bottomOf(_ level: Int) -> Int { level == 0 ? bottom : tops[level - 1] }

  /// Of each release its place in the order of arrival, wherever that was.
  private static func tints(_ strip: TideStrip) -> [Int: Int] {
    var first: [Int: Timestamp] = [:]
    for region in strip.levels.flatMap(\.regions) {
      guard let release = region.release else { continue }
      first[release] = min(first[release] ?? region.from, region.from)
    }
    let order = first.sorted { ($0.value, $0.key) < ($1.value, $1.key) }
    return Dictionary(uniqueKeysWithValues: order.enumerated().map { ($1.key, $0) })
  }

  private mutating func drawRules(_ strip: TideStrip, _ ticks: [Double]) {
    for tick in ticks { add("M\(TideDrawing.x(tick)) \(TideDrawing.top)V\(bottom)", "week", to: &rules) }
    for top in tops.dropLast() { add("M0 \(top)H10000", "level", to: &rules) }
    for index in strip.levels.indices where strip.levels[index].isGated {
      for y in [bottomOf(index) - 10, bottomOf(index) - 7] { add("M0 \(y)H10000", "gate-line", to: &rules) }
    }
  }

  // MARK: Water

  private mutating func drawAreas(_ strip: TideStrip, _ index: Int, _ order: [Int: Int], _ newest: Set<Int>) {
    for region in strip.levels[index].regions {
      let (from, to) = (strip.window.position(region.from), strip.window.position(region.to))
      guard let release = region.release else {
        bars.append(
          Bar(
            look: "water-unknown", position: from, width: to - from, y: tops[index], height: bottomOf(index) - tops[index]))
        continue
      }
      let look = newest.contains(release) ? "water-new" : order[release, default: 0] % 2 == 0 ? "water-1" : "water-2"
      let (x, end) = (TideDrawing.x(from), TideDrawing.x(to))
      add("M\(x) \(tops[index])H\(end)V\(bottomOf(index))H\(x)z", look, to: &areas)
    }
  }

  private static func x(_ percent: Double) -> Int { Int((percent * 100).rounded()) }

  private func add(_ path: String, _ look: String, to shapes: inout [Shape]) {
    guard let index = shapes.firstIndex(where: { $0.look == look }) else { return shapes.append(Shape(look: look, path: path)) }
    shapes[index] = Shape(look: look, path: shapes[index].path + path)
  }

  // MARK: Lines

  /// The line of a release is its high water: where it is current on no higher level.
  private mutating func drawLines(_ strip: TideStrip, _ index: Int) {
    let live = Set(strip.levels.flatMap(\.regions).filter(\.isOpen).compactMap(\.release))
    let above = strip.levels[(index + 1)...].flatMap(\.regions)
    for (place, region) in strip.levels[index].regions.enumerated() {
      guard let release = region.release else { continue }
      let look = region.count == 1 && live.contains(release) ? "front" : "front-past"
      let start = TideDrawing.x(strip.window.position(region.from))
      if region.way == .rise { add("M\(start) \(bottomOf(index))V\(tops[index])", look, to: &lines) }
      let higher = above.filter { $0.release == release || ($0.count > 1 && region.count > 1) }
      for part in TideDrawing.uncovered(region, by: higher) {
        let (x, end) = (TideDrawing.x(strip.window.position(part.from)), TideDrawing.x(strip.window.position(part.to)))
        if x < end { add("M\(x) \(tops[index])H\(end)", look, to: &lines) }
      }
      let next = strip.levels[index].regions.dropFirst(place + 1).first
      if !region.isOpen, next?.way != .fall { drawLoss(of: release, at: region.to, from: index, strip) }
    }
  }

  /// The stretches of a region that no higher one covers.
  private static func uncovered(
    _ region: TideStrip.Region, by higher: [TideStrip.Region]
  ) -> [(from: Timestamp, to: Timestamp)] {
    var parts: [(from: Timestamp, to: Timestamp)] = []
    var edge = region.from
    for cover in higher.sorted(by: { ($0.from, $0.to) < ($1.from, $1.to) }) where cover.to > edge && cover.from < region.to {
      if cover.from > edge { parts.append((edge, min(cover.from, region.to))) }
      edge = max(edge, cover.to)
    }
    if edge < region.to { parts.append((edge, region.to)) }
    return parts
  }

  /// A release that something from outside replaced, and that is still current on a lower level, falls to that.
  private mutating func drawLoss(of release: Int, at time: Timestamp, from index: Int, _ strip: TideStrip) {
    let isThere: (TideStrip.Region) -> Bool = {
      $0.release == release && $0.from < time && ($0.to > time || ($0.isOpen && $0.to >= time))
    }
    guard !strip.levels[(index + 1)...].contains(where: { $0.regions.contains(where: isThere) }),
      let lower = strip.levels[..<index].lastIndex(where: { $0.regions.contains(where: isThere) })
    else { return }
    let x = TideDrawing.x(strip.window.position(time))
    add("M\(x) \(tops[index])V\(tops[lower])", "replaced", to: &lines)
  }

  // MARK: Signs

  private mutating func drawSigns(_ strip: TideStrip, _ index: Int) {
    let level = strip.levels[index]
    for wait in level.waits {
      let start = strip.window.position(wait.from)
      let width = strip.window.position(wait.to ?? strip.window.to) - start
      // Less than two pixels are no hatching.
      guard width > 0.3 else { continue }
      bars.append(
        Bar(look: wait.to == nil ? "wait" : "waited", position: start, width: width, y: bottomOf(index) - 7))
    }
    for region in level.regions {
      let position = strip.window.position(region.from)
      switch region.way {
      case .fall: events.append(Event(sign: .fall(height: bottomOf(index) - tops[index]), position: position, y: tops[index]))
      case .outside, .straight: events.append(Event(sign: .hotfix, position: position, y: tops[index]))
      case .rise where index == strip.levels.count - 1:
        events.append(Event(sign: .arrival, position: position, y: tops[index]))
      case .rise, .before: break
      }
    }
    drawFailures(strip, index)
  }

  /// On the surface that the release did not leave; those that touch are one.
  private mutating func drawFailures(_ strip: TideStrip, _ index: Int) {
    var last = -1.0
    for position in strip.levels[index].failureTimes.map(strip.window.position) where position - last > 1.3 {
      events.append(Event(sign: .failure, position: position, y: bottomOf(index)))
      last = position
    }
  }
}
