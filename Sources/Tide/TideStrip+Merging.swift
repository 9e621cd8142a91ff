import Time

extension TideStrip {
  /// What can be told apart at the narrowest width that a chart is drawn at: 4 px of 46 rem, in per cent.
  private static let leastWidth = 4 / 7.36
  /// A wait that is longer is told, whatever else happens.
  private static let longWait = 86_400.0

  /// Arrivals that are too close to be told apart become one region with a count, coarser and coarser until all levels have no more than
  /// `limit` regions. Falls, hotfixes and long waits stay; what they part is never put together.
  func merged(limit: Int) -> TideStrip {
    var strip = self
    var width = TideStrip.leastWidth
    strip.levels = levels.map { merged($0, width) }
    while strip.levels.reduce(0, { $0 + $1.regions.count }) > limit, width < 100 {
      width *= 1.5
      strip.levels = levels.map { merged($0, width) }
    }
    return strip
  }

  private func merged(_ level: Level, _ width: Double) -> Level {
    var level = level
    let waited = Set(level.waits.filter { ($0.to ?? window.to).seconds(since: $0.from) > TideStrip.longWait }.map(\.deployment))
    level.regions = level.regions.reduce(into: []) { merged, region in
      guard let last = merged.last, last.to == region.from, isMergeable(last, waited), isMergeable(region, waited),
        window.position(region.to) - window.position(last.from) < width
      else { return merged.append(region) }
      merged[merged.count - 1].release = region.release
      merged[merged.count - 1].deployment = region.deployment
      merged[merged.count - 1].to = region.to
      merged[merged.count - 1].isOpen = region.isOpen
      merged[merged.count - 1].count += 1
    }
    return level
  }

  private func isMergeable(_ region: Region, _ waited: Set<Int>) -> Bool {
    region.way == .rise && region.release != nil && !waited.contains(region.deployment)
  }
}
