import Report
import Template
import Time

/// Words in the drawing. Each stands where it fits at the narrowest width, else nowhere: the table has all of it.
package struct TideLabels {
  /// Words at a place of the drawing.
  package struct Label: Hashable, Sendable {
    package let position: Double
    /// From there, in px; negative: it ends there.
    package let offset: Int
    package let y: Int
    /// A class of the style sheet; empty for plain text.
    package let look: String
    package let text: String
  }

  /// What a px of the narrowest drawing, 46 rem, takes of its width in per cent.
  private static let px = 100 / 736.0

  private let strip: TideStrip
  private let drawing: TideDrawing
  /// The width of a label depends on the language.
  private let book: Phrasebook
  private let version: (Int) -> String
  /// Of each level, and last of the place above the highest, what has words already.
  private var taken: [[(from: Double, to: Double)]]
  private var named: Set<Int> = []
  package private(set) var all: [Label] = []

  /// `versions`: of the service's releases. `waits`: the words of a wait.
  init(
    _ strip: TideStrip, _ drawing: TideDrawing, in book: Phrasebook, version: @escaping (Int) -> String,
    waits: (TideStrip.Wait) -> Sentence, dry: Sentence
  ) {
    self.book = book
    self.strip = strip
    self.drawing = drawing
    self.version = version
    taken = Array(repeating: [], count: strip.levels.count + 1)
    // First what waits, then what somebody had to do, then names, newest first, then the waits that are over, the longest first; what is
    // written first keeps its place.
    let all = strip.levels.enumerated().flatMap { index, level in level.waits.map { (index: index, wait: $0) } }
    for (index, wait) in all where wait.to == nil { add(wait, words(waits(wait)), before: index) }
    for index in strip.levels.indices { addMoves(on: index) }
    for release in strip.releasesNewestFirst { addName(of: release) }
    let over = all.compactMap { index, wait in wait.to.map { (index, wait, $0.seconds(since: wait.from)) } }
    for (index, wait, _) in over.sorted(by: { $0.2 > $1.2 }) { add(wait, words(waits(wait)), before: index) }
    for index in strip.levels.indices { addCounts(on: index) }
    if let top = strip.levels.last, top.regions.isEmpty, !strip.isEmpty { addDry(words(dry)) }
  }

  private func words(_ sentence: Sentence) -> String { sentence.plain(in: book) }

  private static func width(_ text: String) -> Double { (7 * Double(text.count) + 8) * px }

  private func isFree(_ level: Int, _ from: Double, _ to: Double) -> Bool {
    to <= 100 && !taken[level].contains { $0.from < to && from < $0.to }
  }

  private mutating func put(_ text: String, at position: Double, offset: Int, on level: Int, until end: Double, look: String)
    -> Bool
  {
    let start = position + Double(offset) * TideLabels.px
    let width = TideLabels.width(text)
    guard start + width <= end, isFree(level, start, start + width) else { return false }
    taken[level].append((start, start + width))
    all.append(Label(position: position, offset: offset, y: drawing.tops[level] + 17, look: look, text: text))
    return true
  }

  /// Below the gate, where the release stands while it waits; behind its name where that fits.
  private mutating func add(_ wait: TideStrip.Wait, _ words: String, before index: Int) {
    let level = max(index - 1, 0)
    let position = strip.window.position(wait.from)
    let end = strip.window.position(wait.to ?? strip.window.to)
    // The place below it ends with the region, and the chart.
    let region = strip.levels[level].regions.first { $0.from <= wait.from && wait.from < $0.to }
    let limit = max(end, region.map { strip.window.position($0.to) } ?? 0)
    var offset = 5
    if index > 0, let region, let release = region.release, region.count == 1 {
      let name = version(release)
      let start = strip.window.position(region.from)
      let both = TideLabels.width(name) + TideLabels.width(words)
      if !named.contains(release), start + both <= limit, position - start < TideLabels.width(name),
        put(name, at: start, offset: 5, on: level, until: limit, look: "label-version")
      {
        named.insert(release)
        offset = Int((start + TideLabels.width(name) - position) / TideLabels.px) + 5
      }
    }
    _ = put(words, at: position, offset: max(offset, 5), on: level, until: limit, look: "")
  }

  private mutating func addMoves(on index: Int) {
    let regions = strip.levels[index].regions
    for (number, region) in regions.enumerated() {
      guard let release = region.release else { continue }
      let position = strip.window.position(region.from)
      let end = strip.window.position(region.to)
      let next = number + 1 < regions.count ? strip.window.position(regions[number + 1].to) : end
      switch region.way {
      case .fall:
        // Whole within its region, else the version alone, else over the one line behind it.
        let text = words(TideWords.back(to: version(release)))
        if put(text, at: position, offset: 9, on: index, until: end, look: "")
          || put(version(release), at: position, offset: 9, on: index, until: end, look: "label-version")
          || put(text, at: position, offset: 9, on: index, until: next, look: "")
        {
          named.insert(release)
        }
      case .outside: addHotfix(release, at: position, on: index, until: next)
      case .rise, .straight, .before: break
      }
    }
  }

  /// Above the highest level there is room for it.
  private mutating func addHotfix(_ release: Int, at position: Double, on index: Int, until end: Double) {
    let text = words(TideWords.hotfix(version(release)))
    let start = position - TideLabels.width(text) - 30 * TideLabels.px
    if index == strip.levels.count - 1, start > 0, isFree(strip.levels.count, start, position) {
      taken[strip.levels.count].append((start, position))
      all.append(
        Label(position: position, offset: -30, y: drawing.tops[index] - 6, look: "label-version", text: text))
      named.insert(release)
    } else if put(text, at: position, offset: 9, on: index, until: end, look: "") {
      named.insert(release)
    }
  }

  private mutating func addName(of release: Int) {
    guard !named.contains(release) else { return }
    for index in strip.levels.indices.reversed() {
      for region in strip.levels[index].regions.reversed() where region.release == release && region.count == 1 {
        let position = strip.window.position(region.from)
        if put(
          version(release), at: position, offset: region.way == .before ? 4 : 5, on: index,
          until: strip.window.position(region.to), look: "label-version")
        {
          named.insert(release)
          return
        }
      }
    }
  }

  /// How many arrivals one line stands for.
  private mutating func addCounts(on index: Int) {
    for region in strip.levels[index].regions where region.count > 1 {
      _ = put(
        "x \(region.count)", at: strip.window.position(region.from), offset: 5, on: index,
        until: strip.window.position(region.to), look: "label-soft")
    }
  }

  private mutating func addDry(_ words: String) {
    let top = strip.levels.count - 1
    let first = strip.levels.flatMap(\.regions).map { strip.window.position($0.from) }.min() ?? 0
    let start = min(first, max(0, 100 - TideLabels.width(words)))
    _ = put(words, at: start, offset: 5, on: top, until: 100 + 8 * TideLabels.px, look: "label-soft")
  }
}

extension TideStrip {
  /// Each release once, that which came last first.
  package var releasesNewestFirst: [Int] {
    var seen: Set<Int> = []
    return levels.flatMap(\.regions).sorted { ($1.from, $1.deployment) < ($0.from, $0.deployment) }
      .compactMap { region in region.release.flatMap { seen.insert($0).inserted ? $0 : nil } }
  }
}
