/// Several lists of one kind made one: which of their items are the same, and what all tell of each.
///
/// An item is known by its mark, and of equal marks in one list by how many came before it. The fullest list comes first, the weightier
/// one before the other. An item whose mark no list before had joins the item that fits it best, if that list has none of its own for
/// it; else it is one of its own. So items that stand beside each other in one list never become one, and nothing is lost.
package struct Union<Item: Mergeable, Mark: Hashable> {
  /// One of the marks of a list.
  private struct Key: Hashable {
    let mark: Mark
    let turn: Int
  }

  private struct Member {
    let list: Int
    let item: Int
  }

  private let lists: [[Item]]
  private let keys: [[Key]]
  /// The lists, the fullest first.
  private let order: [Int]
  private let match: (Mark, Mark) -> Int?
  private var clusters: [[Member]] = []
  private var keysOfClusters: [[Key]] = []
  private var numbers: [Key: Int] = [:]

  /// `lists`: those of the tellings, the weightiest first. `match`: how well two marks fit together; nil: they are of two things.
  init(_ lists: [[Item]], marks: [[Mark]], match: @escaping (Mark, Mark) -> Int?) {
    (self.lists, self.match) = (lists, match)
    keys = marks.map { marks in
      var turns: [Mark: Int] = [:]
      return marks.map { mark in
        let turn = turns[mark, default: 0]
        turns[mark] = turn + 1
        return Key(mark: mark, turn: turn)
      }
    }
    order = lists.indices.sorted { lists[$0].count != lists[$1].count ? lists[$0].count > lists[$1].count : $0 < $1 }
    for list in order { add(list) }
  }

  private mutating func add(_ list: Int) {
    var taken: Set<Int> = []
    for key in keys[list] { if let number = numbers[key] { taken.insert(number) } }
    for (item, key) in keys[list].enumerated() {
      let number = numbers[key] ?? best(key, besides: taken) ?? clusters.count
      if number == clusters.count {
        clusters.append([])
        keysOfClusters.append([])
      }
      taken.insert(number)
      clusters[number].append(Member(list: list, item: item))
      if numbers.updateValue(number, forKey: key) == nil { keysOfClusters[number].append(key) }
    }
  }

  /// The cluster that a new mark fits best.
  private func best(_ key: Key, besides taken: Set<Int>) -> Int? {
    guard taken.count < clusters.count else { return nil }
    var best: (number: Int, fit: Int)?
    for number in clusters.indices where !taken.contains(number) {
      var fit = 0
      let fitsAll = keysOfClusters[number].allSatisfy { other in
        guard let value = match(key.mark, other.mark) else { return false }
        fit = max(fit, value)
        return true
      }
      guard fitsAll, fit > best?.fit ?? .min, !areApart(key, keysOfClusters[number]) else { continue }
      best = (number, fit)
    }
    return best?.number
  }

  /// Whether one list holds two of them.
  private func areApart(_ key: Key, _ others: [Key]) -> Bool {
    keys.contains { list in list.contains(key) && list.contains { $0 != key && others.contains($0) } }
  }

  /// The items of one cluster, the weightiest first.
  private func sorted(_ members: [Member]) -> [Member] {
    members.sorted { left, right in
      let (mine, theirs) = (item(left).weight, item(right).weight)
      return mine != theirs ? theirs < mine : left.list < right.list
    }
  }

  private func item(_ member: Member) -> Item { lists[member.list][member.item] }

  /// What all lists hold, in the order of the fullest.
  var merged: [Item] { clusters.map { Item.merged(sorted($0).map(item)) } }

  /// The place in `merged` of each item of each list.
  var places: [[Int]] { keys.map { $0.compactMap { numbers[$0] } } }

  /// The items that `merged` has at one place, the weightiest first, with the numbers of their lists.
  package func members(_ place: Int) -> [(list: Int, item: Item)] { sorted(clusters[place]).map { ($0.list, item($0)) } }

  /// Whether the list at `index` adds nothing to those at `kept`: one of them that comes before it has all its marks, and of each item
  /// they say all it says, and better.
  func isCovered(_ index: Int, by kept: [Int]) -> Bool {
    guard !lists[index].isEmpty else { return true }
    let before = order.prefix { $0 != index }
    let own = Set(keys[index])
    guard before.contains(where: { kept.contains($0) && own.isSubset(of: keys[$0]) }) else { return false }
    return keys[index].allSatisfy { key in
      guard let number = numbers[key] else { return false }
      let like = sorted(clusters[number]).filter { keys[$0.list][$0.item] == key }
      guard let place = like.firstIndex(where: { $0.list == index }) else { return false }
      let others = like.indices.filter { kept.contains(like[$0].list) && $0 != place }
      return Item.isCovered(place, in: like.map(item), by: others)
    }
  }
}

/// A list in what is merged whose items tell themselves which they are.
package struct MergedList<Value>: Sendable {
  let unite: @Sendable (inout Value, [Value]) -> Void
  let isCovered: @Sendable (_ index: Int, _ tellings: [Value], _ kept: [Int]) -> Bool
  let words: @Sendable (Value) -> [String]

  init<Item: Mergeable, Mark: Hashable & Sendable>(
    _ path: any WritableKeyPath<Value, [Item]> & Sendable, mark: @escaping @Sendable (Item) -> Mark,
    match: @escaping @Sendable (Mark, Mark) -> Int?
  ) {
    let union = { @Sendable (tellings: [Value]) in
      let lists = tellings.map { $0[keyPath: path] }
      return Union(lists, marks: lists.map { $0.map(mark) }, match: match)
    }
    unite = { value, tellings in
      guard tellings.contains(where: { !$0[keyPath: path].isEmpty }) else { return }
      value[keyPath: path] = union(tellings).merged
    }
    isCovered = { index, tellings, kept in
      tellings[index][keyPath: path].isEmpty || union(tellings).isCovered(index, by: kept)
    }
    words = { value in value[keyPath: path].flatMap { [String(describing: mark($0))] + $0.words } }
  }
}

extension String: Mergeable {
  package static var fields: [MergedField<String>] { [] }
  package var weight: Weight { .none }
}
