package import Records

/// All releases of one service in one order: those that a note describes, and versions that were deployed without one.
/// Everything that compares versions asks it, by number.
package struct Shelf {
  package struct Item {
    /// Without a `v`, as the note or the first deployment writes it.
    package let text: String
    package let note: Located<ReleaseNote>?
    let line: VersionLine
    /// Its number without the words: what a pre-release and its final version share.
    let core: [Numeral]
    let isPrerelease: Bool
  }

  /// Those with a note first, in the order of the file.
  package private(set) var items: [Item] = []
  /// -1: cannot be compared.
  private var ranks: [Int] = []
  /// In the order of the file; without a note after all others.
  private var places: [Int] = []
  /// Every known version, without a `v`, and its number.
  package private(set) var names: [String: Int] = [:]
  /// Numbers of those that can be compared, lowest first.
  private var ascending: [Int] = []
  private var ofLine: [VersionLine: [Int]] = [:]

  /// `notes`: joined and in order. `deployed`: versions as deployed, those that succeeded first.
  package init(notes: [Located<ReleaseNote>], deployed: some Sequence<String>, scale: VersionScale) {
    var ofIdentity: [Int: Int] = [:]
    for note in notes {
      guard let version = note.value.version.map(Version.display), let index = scale.index(of: version) else { continue }
      names[version] = items.count
      if ofIdentity[scale.identities[index]] == nil { ofIdentity[scale.identities[index]] = items.count }
      add(version, note: note, scale: scale, index: index)
    }
    addOtherNames(scale, &ofIdentity)
    for written in deployed {
      let version = Version.display(written)
      guard names[version] == nil, let index = scale.index(of: version) else { continue }
      if let same = ofIdentity[scale.identities[index]] {
        names[version] = same
      } else {
        ofIdentity[scale.identities[index]] = items.count
        names[version] = items.count
        add(version, note: nil, scale: scale, index: index)
      }
    }
    ascending = items.indices.filter { ranks[$0] >= 0 }.sorted(by: isBelow)
    for index in ascending where items[index].note != nil { ofLine[items[index].line, default: []].append(index) }
  }

  /// None takes a version that has a note of its own (changelogs.md, 3, rule 6c).
  private mutating func addOtherNames(_ scale: VersionScale, _ ofIdentity: inout [Int: Int]) {
    for (number, item) in items.enumerated() {
      for version in item.note?.value.otherVersions.map(Version.display) ?? [] where names[version] == nil {
        guard let index = scale.index(of: version), ofIdentity[scale.identities[index]] == nil else { continue }
        names[version] = number
        ofIdentity[scale.identities[index]] = number
      }
    }
  }

  private mutating func add(_ text: String, note: Located<ReleaseNote>?, scale: VersionScale, index: Int) {
    let version = scale.versions[index]
    ranks.append(scale.ranks[index])
    places.append(note == nil ? .max : items.count)
    items.append(
      Item(
        text: text, note: note, line: version.line, core: version.words.core,
        isPrerelease: version.isPrerelease || note?.value.prerelease ?? false))
  }

  /// Later in the file is lower; what has no note is below what has one.
  private func isBelow(_ left: Int, _ right: Int) -> Bool {
    if ranks[left] != ranks[right] { return ranks[left] < ranks[right] }
    if places[left] != places[right] { return places[left] > places[right] }
    return items[left].text < items[right].text
  }

  func isComparable(_ item: Int) -> Bool { ranks[item] >= 0 }

  package func number(of version: String) -> Int? { names[Version.display(version)] }

  /// By version order; where that does not tell, by the order of the file; nil where neither does.
  package func compare(_ left: Int, _ right: Int) -> VersionComparison? {
    if left == right { return .same }
    let areComparable = ranks[left] >= 0 && ranks[right] >= 0
    if areComparable, ranks[left] != ranks[right] { return VersionComparison(ranks[left], ranks[right]) }
    guard places[left] != .max, places[right] != .max, areComparable || isOneFile(left, right) else { return nil }
    return VersionComparison(places[right], places[left])
  }

  private func isOneFile(_ left: Int, _ right: Int) -> Bool {
    guard let file = items[left].note?.file else { return false }
    return file == items[right].note?.file
  }

  /// Every release r with low < r <= high, lowest first; nil where the two cannot be compared.
  func between(_ low: Int, _ high: Int) -> [Int]? {
    guard let comparison = compare(low, high) else { return nil }
    guard comparison == .lower else { return [] }
    guard ranks[low] >= 0, ranks[high] >= 0 else { return betweenInFile(low, high) }
    let start = firstIndex(withRank: ranks[low])
    let end = firstIndex(withRank: ranks[high] + 1)
    return ascending[start..<max(start, end)].filter { compare($0, low) == .higher && isAtMost($0, high) }
  }

  func isAtMost(_ item: Int, _ high: Int) -> Bool {
    let comparison = compare(item, high)
    return comparison == .lower || comparison == .same
  }

  /// Versions that only the order of their file puts in order.
  private func betweenInFile(_ low: Int, _ high: Int) -> [Int] {
    guard high < low else { return [] }
    return (high..<low).reversed().filter { isOneFile($0, high) }
  }

  /// The first of `ascending` whose rank is at least `rank`.
  private func firstIndex(withRank rank: Int) -> Int {
    var (low, high) = (0, ascending.count)
    while low < high {
      let middle = (low + high) / 2
      if ranks[ascending[middle]] < rank { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// The described releases of a line, lowest first.
  func line(of item: Int) -> [Int] { ranks[item] >= 0 ? ofLine[items[item].line] ?? [] : [] }

  /// Highest first; what cannot be compared comes last, in the order of the file.
  func highestFirst(_ numbers: [Int]) -> [Int] { numbers.sorted { isBelow($1, $0) } }

  package func texts(_ numbers: [Int]) -> [String] { numbers.map { items[$0].text } }

  /// Whether both are dated and `item` is the later one.
  func isDated(_ item: Int, after other: Int) -> Bool {
    guard let date = items[item].note?.value.date, let second = items[other].note?.value.date else { return false }
    return date > second
  }
}
