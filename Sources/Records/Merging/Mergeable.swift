package import Time

/// What several tellings are made one of, field by field and list by list (record.md, rule 5). The result hangs on the set of the
/// tellings alone: not on their order, nor on which of them were merged first.
///
/// A telling that says nothing that another one does not say better can be left out for good (`isCovered`): whatever is told later, the
/// result is the same without it. So a store need not keep every telling, and still holds what a build makes of all.
package protocol Mergeable: Equatable, Sendable {
  /// What makes two of them tell of one thing is not among them where they are items of a list.
  static var fields: [MergedField<Self>] { get }
  static var lists: [MergedList<Self>] { get }
  var weight: Weight { get }
  /// When it began, where that is told: of two that are live, the earlier one is nearer.
  var start: Timestamp? { get }
  /// Names of fields that are guessed: what somebody says outright outweighs them.
  var inferred: [String] { get }
  /// All it says, for an order of those that weigh the same.
  var words: [String] { get }
  /// What hangs on more than one field, once all are merged.
  mutating func settle(_ tellings: [Self])
}

extension Mergeable {
  package static var lists: [MergedList<Self>] { [] }
  package var start: Timestamp? { nil }
  package var inferred: [String] { [] }
  package mutating func settle(_ tellings: [Self]) {}

  package var words: [String] { Self.fields.map { $0.text(self) } + Self.lists.flatMap { $0.words(self) } }

  /// Whether it is the weightier telling; total for all that differ.
  func outweighs(_ other: Self) -> Bool {
    let (mine, theirs) = (weight, other.weight)
    if mine != theirs { return theirs < mine }
    return self != other && other.words.lexicographicallyPrecedes(words)
  }

  /// `tellings`: the weightiest first, at least one.
  package static func merged(_ tellings: [Self]) -> Self {
    var merged = tellings[0]
    guard tellings.count > 1 else { return merged }
    let starts = startOrder(tellings)
    let all = Array(tellings.indices)
    for field in fields {
      let order = field.isStart ? starts : all
      var best: (index: Int, strength: Int)?
      for index in order where field.fits(tellings[index], merged) {
        let strength = field.strength(in: tellings[index])
        if strength > best?.strength ?? 0 { best = (index, strength) }
      }
      if let best { field.copy(&merged, tellings[best.index]) }
    }
    for list in lists { list.unite(&merged, tellings) }
    merged.settle(tellings)
    return merged
  }

  /// Which of the fields of the merged one are guessed: those that no telling says outright.
  static func inferred(of tellings: [Self]) -> [String] {
    var names: [String] = []
    for name in tellings.flatMap(\.inferred) where !names.contains(name) { names.append(name) }
    return names.filter { name in
      let said = fields.filter { $0.name == name }
      return !tellings.contains { telling in
        !telling.inferred.contains(name) && said.contains { $0.strength(in: telling) == MergedField<Self>.said }
      }
    }
  }

  /// For starts: what is over as by weight; of what is live, the earlier start first: a later one is when somebody asked.
  private static func startOrder(_ tellings: [Self]) -> [Int] {
    let firstOpen = tellings.firstIndex { $0.weight.standing <= .live } ?? tellings.count
    let open = tellings.indices[firstOpen...].sorted { left, right in
      guard let mine = tellings[left].start, let theirs = tellings[right].start, mine != theirs else { return left < right }
      return mine < theirs
    }
    return Array(tellings.indices[..<firstOpen]) + open
  }

  /// Whether the telling at `index` says nothing that those at `kept` do not say better, now and whatever comes.
  package static func isCovered(_ index: Int, in tellings: [Self], by kept: [Int]) -> Bool {
    let telling = tellings[index]
    let starts = startOrder(tellings)
    let areCovered = fields.allSatisfy { field in
      let strength = field.strength(in: telling)
      guard strength > 0 else { return true }
      let rank = { (place: Int) in field.isStart ? starts.firstIndex(of: place) ?? place : place }
      return kept.contains { other in
        guard other != index else { return false }
        if field.isMoot(telling, tellings[other]) { return true }
        guard field.isLike(tellings[other], telling) else { return false }
        let otherStrength = field.strength(in: tellings[other])
        return otherStrength > strength || (otherStrength == strength && rank(other) < rank(index))
      }
    }
    return areCovered && lists.allSatisfy { $0.isCovered(index, tellings, kept) }
  }

  /// Those that are needed of `tellings`, the weightiest first.
  package static func needed(of tellings: [Self], isCovered: (Int, [Int]) -> Bool) -> [Int] {
    var kept = Array(tellings.indices)
    for index in tellings.indices.reversed() where kept.count > 1 {
      if isCovered(index, kept.filter { $0 != index }) { kept.removeAll { $0 == index } }
    }
    return kept
  }
}

/// One field of what is merged.
package struct MergedField<Value>: Sendable {
  /// How firmly a telling says it: not at all, as a guess or a word that means nothing, outright.
  static var unsaid: Int { 0 }
  static var guessed: Int { 1 }
  static var said: Int { 2 }

  let name: String
  var isStart = false
  let strength: @Sendable (Value) -> Int
  let copy: @Sendable (inout Value, Value) -> Void
  let text: @Sendable (Value) -> String
  /// Whether what a telling says belongs to what the merged one has: the raw word of a state to that state.
  var fits: @Sendable (_ telling: Value, _ merged: Value) -> Bool = { _, _ in true }
  /// Whether two tellings fit the same.
  var isLike: @Sendable (Value, Value) -> Bool = { _, _ in true }
  /// Whether what a telling says can never be taken any more, since another one is there.
  var isMoot: @Sendable (_ telling: Value, _ other: Value) -> Bool = { _, _ in false }
}

extension MergedField where Value: Mergeable {
  func strength(in telling: Value) -> Int {
    let strength = strength(telling)
    return strength == Self.said && telling.inferred.contains(name) ? Self.guessed : strength
  }
}

extension MergedField {
  typealias Path<Field> = any WritableKeyPath<Value, Field> & Sendable

  static func optional<Field: Sendable>(_ name: String, _ path: Path<Field?>) -> Self {
    optional(name, { $0[keyPath: path] }, { $0[keyPath: path] = $1 })
  }

  static func optional<Field: Sendable>(
    _ name: String, _ get: @escaping @Sendable (Value) -> Field?, _ set: @escaping @Sendable (inout Value, Field?) -> Void
  ) -> Self {
    Self(
      name: name, strength: { get($0) == nil ? unsaid : said }, copy: { set(&$0, get($1)) },
      text: { get($0).map { String(describing: $0) } ?? "" })
  }

  /// Said where it is true.
  static func flag(
    _ name: String, _ get: @escaping @Sendable (Value) -> Bool, _ set: @escaping @Sendable (inout Value, Bool) -> Void
  ) -> Self {
    Self(
      name: name, strength: { get($0) ? said : unsaid }, copy: { set(&$0, get($1)) }, text: { get($0) ? "true" : "" })
  }

  /// `strength`: nil values and those that mean nothing are not said.
  static func word<Field: Sendable>(
    _ name: String, _ path: Path<Field>, strength: @escaping @Sendable (Field) -> Int
  ) -> Self {
    word(name, { $0[keyPath: path] }, { $0[keyPath: path] = $1 }, strength: strength)
  }

  static func word<Field: Sendable>(
    _ name: String, _ get: @escaping @Sendable (Value) -> Field, _ set: @escaping @Sendable (inout Value, Field) -> Void,
    strength: @escaping @Sendable (Field) -> Int
  ) -> Self {
    Self(
      name: name, strength: { strength(get($0)) }, copy: { set(&$0, get($1)) }, text: { String(describing: get($0)) })
  }

  /// The same field, taken as a start is: of what is live, the earlier one.
  var ofStart: Self {
    var field = self
    field.isStart = true
    return field
  }

  /// The same field of an object that stands at `path` of another one.
  func within<Whole>(_ path: any WritableKeyPath<Whole, Value> & Sendable, _ prefix: String) -> MergedField<Whole> {
    MergedField<Whole>(
      name: prefix + name, isStart: isStart, strength: { strength($0[keyPath: path]) },
      copy: { copy(&$0[keyPath: path], $1[keyPath: path]) }, text: { text($0[keyPath: path]) },
      fits: { fits($0[keyPath: path], $1[keyPath: path]) }, isLike: { isLike($0[keyPath: path], $1[keyPath: path]) },
      isMoot: { isMoot($0[keyPath: path], $1[keyPath: path]) })
  }

  static func text(
    _ name: String, _ get: @escaping @Sendable (Value) -> String, _ set: @escaping @Sendable (inout Value, String) -> Void
  ) -> Self {
    word(name, get, set) { $0.isEmpty ? unsaid : said }
  }

  static func list<Item: Sendable>(
    _ name: String, _ get: @escaping @Sendable (Value) -> [Item], _ set: @escaping @Sendable (inout Value, [Item]) -> Void
  ) -> Self {
    word(name, get, set) { $0.isEmpty ? unsaid : said }
  }

  /// A value that is known by its name and completed by the tellings that mean the same one.
  static func named<Part: Named>(
    _ name: String, _ get: @escaping @Sendable (Value) -> Part?, _ set: @escaping @Sendable (inout Value, Part?) -> Void
  ) -> [Self] {
    let whole = Self(
      name: name, strength: { get($0).map(\.strength) ?? unsaid }, copy: { set(&$0, get($1)) },
      text: { get($0).map(\.key) ?? "" }, isLike: { get($0)?.key == get($1)?.key })
    return [whole]
      + Part.parts.map { part in
        Self(
          name: name + "." + part.name, strength: { get($0).map(part.strength) ?? unsaid },
          copy: { value, other in
            guard var own = get(value), let theirs = get(other) else { return }
            part.copy(&own, theirs)
            set(&value, own)
          },
          text: { get($0).map(part.text) ?? "" },
          fits: { telling, merged in
            guard let theirs = get(telling), let own = get(merged) else { return false }
            return Part.isSame(theirs, own)
          },
          isLike: { get($0)?.key == get($1)?.key })
      }
  }
}

/// A part of a record that has a name and may be told in more or less words.
protocol Named: Sendable {
  var key: String { get }
  /// As of a field.
  var strength: Int { get }
  static var parts: [MergedField<Self>] { get }
  static func isSame(_ left: Self, _ right: Self) -> Bool
}

extension Named {
  var strength: Int { MergedField<Self>.said }
  static func isSame(_ left: Self, _ right: Self) -> Bool { left.key == right.key }
}
