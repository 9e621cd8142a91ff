/// All versions that one service knows, in one order. Where every version of one number is semantic, SemVer's order holds among them;
/// where one is not, numbers and words order all of that number, so that the order stays total whatever the mix.
package struct VersionScale: Sendable {
  /// Index into the arrays below, by text without `v`.
  private let indices: [String: Int]
  package let versions: [Version]
  /// Equal for versions that nothing but the order of the file can tell apart; -1: cannot be compared.
  package let ranks: [Int]
  /// Equal for the same version: other build metadata, other zeros at the end.
  package let identities: [Int]

  /// `hashes`: texts that are known to be commits although they look like numbers.
  package init(_ texts: some Sequence<String>, order: Configuration.VersionOrder, hashes: Set<String> = []) {
    var indices: [String: Int] = [:]
    var versions: [Version] = []
    for text in texts where indices[text] == nil {
      indices[text] = versions.count
      versions.append(Version(text, order: order))
    }
    self.indices = indices
    self.versions = versions
    let comparable = versions.indices.filter { versions[$0].isComparable && !hashes.contains(versions[$0].text) }
    var ranking = Ranking(versions: versions)
    for group in order == .debian ? [comparable] : VersionScale.byNumber(comparable, of: versions) {
      ranking.add(group, order: order)
    }
    (ranks, identities) = (ranking.ranks, ranking.identities)
  }

  /// nil for a text that is not on the scale.
  package func index(of text: String) -> Int? { indices[text] }

  /// Indices with the same numbers together, lowest first.
  private static func byNumber(_ indices: [Int], of versions: [Version]) -> [[Int]] {
    let sorted = indices.sorted {
      let (left, right) = (versions[$0], versions[$1])
      if left.words.core != right.words.core { return left.words.core.lexicographicallyPrecedes(right.words.core) }
      return left.text < right.text
    }
    var groups: [[Int]] = []
    for index in sorted {
      if let last = groups.last?.first, versions[last].words.core == versions[index].words.core {
        groups[groups.count - 1].append(index)
      } else {
        groups.append([index])
      }
    }
    return groups
  }
}

/// Gives ranks and identities, lowest first.
private struct Ranking {
  let versions: [Version]
  private(set) var ranks: [Int]
  private(set) var identities: [Int]
  private var nextRank = 0

  init(versions: [Version]) {
    self.versions = versions
    ranks = versions.map { _ in -1 }
    identities = Array(versions.indices)
  }

  mutating func add(_ group: [Int], order: Configuration.VersionOrder) {
    let isSemantic = group.allSatisfy { versions[$0].semantic != nil }
    let precedes = { (left: Version, right: Version) -> Bool in
      if let left = left.debian, let right = right.debian { return left < right }
      if isSemantic, let left = left.semantic, let right = right.semantic { return left < right }
      return left.words.tailPrecedes(right.words)
    }
    let sorted = group.sorted {
      let (left, right) = (versions[$0], versions[$1])
      return precedes(left, right) || (!precedes(right, left) && left.text < right.text)
    }
    var before: Int?
    var identitiesOfRank: [[[UInt8]]: Int] = [:]
    for index in sorted {
      if let before, !precedes(versions[before], versions[index]) {
        ranks[index] = ranks[before]
      } else {
        ranks[index] = nextRank
        nextRank += 1
        identitiesOfRank = [:]
      }
      let others = isSemantic || order == .debian ? [] : versions[index].words.others
      identities[index] = identitiesOfRank[others] ?? index
      identitiesOfRank[others] = identities[index]
      before = index
    }
  }
}
