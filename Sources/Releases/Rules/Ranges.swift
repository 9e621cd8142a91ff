import Records

/// What a step from one release to another brings (rules.md, Changelog, rules 1, 6 and 8). Lists are highest first.
package struct Brought {
  package var releases: [Int] = []
  /// Pre-releases that a final version of the range stands for.
  var folded: [Int] = []
  /// Versions of an `includes:` list that no note describes, as written.
  var unknown: [String] = []
}

extension Shelf {
  /// The releases in (low, high] that are described, or that `isCounted` counts; without `low` only `high`. Those dated after `high`
  /// are left out, since it cannot hold them; an `includes:` list of `high` replaces the rule. Where the two cannot be compared it is
  /// only the new one.
  package func brought(from low: Int?, to high: Int, isCounted: (Int) -> Bool = { _ in false }) -> Brought {
    func counts(_ item: Int) -> Bool { items[item].note != nil || isCounted(item) }
    guard let low else { return Brought(releases: [high].filter(counts)) }
    guard low != high, compare(low, high) != .higher else { return Brought() }
    if let list = items[high].note?.value.includes { return listed(list, by: high) }
    guard let range = between(low, high) else { return Brought(releases: [high].filter(counts)) }
    return folding(range.filter { counts($0) && ($0 == high || !isDated($0, after: high)) }, to: high)
  }

  private func listed(_ list: [String], by high: Int) -> Brought {
    var brought = Brought(releases: [high])
    var seen: Set<Int> = [high]
    for version in list {
      if let item = number(of: version), items[item].note != nil {
        if seen.insert(item).inserted { brought.releases.append(item) }
      } else {
        brought.unknown.append(version)
      }
    }
    brought.releases = highestFirst(brought.releases)
    return brought
  }

  /// A final version stands for every pre-release of its range; a candidate stands only for those of final versions before it.
  private func folding(_ ascending: [Int], to high: Int) -> Brought {
    var brought = Brought()
    var finalAbove = !items[high].isPrerelease
    for item in ascending.reversed() {
      if !items[item].isPrerelease { finalAbove = true }
      if items[item].isPrerelease, item != high, finalAbove {
        brought.folded.append(item)
      } else {
        brought.releases.append(item)
      }
    }
    return brought
  }

  /// Releases of the line of `left` dated after `item` (rule 4; rule 2 for what a line gained).
  func releases(ofLineOf left: Int, datedAfter item: Int) -> [Int] {
    line(of: left).reversed().filter { isDated($0, after: item) }
  }

  /// Whether the two belong to different maintained lines; unknown is not different.
  func isAcrossLines(_ left: Int, _ right: Int) -> Bool {
    isComparable(left) && isComparable(right) && items[left].line != items[right].line
  }
}
