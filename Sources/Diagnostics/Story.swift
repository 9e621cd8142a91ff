/// Where a record begins: no two records of the content begin at one place.
package struct RecordPlace: Hashable, Comparable, Sendable {
  /// The path as diagnostics print it.
  package let file: String
  package let position: Position

  package init(file: String, position: Position) {
    self.file = file
    self.position = position
  }

  package static func < (left: RecordPlace, right: RecordPlace) -> Bool {
    (left.file, left.position) < (right.file, right.position)
  }
}

/// One judgement about a record or about what it became, in words that complete "environment production: …". Each room declares its own
/// as static functions beside its diagnostics.
package struct Remark: Hashable, Sendable {
  /// What was judged, in the order in which explanations tell it.
  package enum Topic: String, Sendable, CaseIterable {
    case reading, joining, repository, service, environment, target, version, commit, state, times, attempt, gate, promotion,
      action, kind
    case retention

    /// What a field of a record is about, by the name it has in `inferred`.
    package init(field: String) {
      switch field {
      case "startedAt", "finishedAt": self = .times
      case "rollbackOf": self = .action
      case "hotfix": self = .kind
      default: self = Topic(rawValue: field) ?? .reading
      }
    }
  }

  package var topic: Topic
  /// Without a full stop.
  package var text: String
  /// It is about a value that no record holds.
  package var isInference = false
  /// Of `reading`: where the record begins; else the other record that the judgement is about.
  package var place: RecordPlace?

  package init(_ topic: Topic, _ text: String, at place: RecordPlace? = nil) {
    (self.topic, self.text, self.place) = (topic, text, place)
  }

  /// About a value that no record holds.
  package static func inferred(_ topic: Topic, _ text: String) -> Remark {
    var remark = Remark(topic, "inferred: " + text)
    remark.isInference = true
    return remark
  }
}

/// How a value came about: the records that tell of it, and what was judged on the way, in the order of judging. It rides with the value
/// from the file to the catalog, and `tidemark explain` prints it.
///
/// It is kept only where somebody asks: else it is empty, and a note costs one comparison. It takes no part in comparing, since two
/// records that say the same are the same wherever they were read.
package struct Story: Hashable, Sendable {
  /// nil: nobody asks.
  private var told: [Remark]?
  /// A start or finish stands in a record and could not be read, which was told there: nobody needs to hear that it is missing, too. Kept
  /// always.
  package var hasUnreadTime = false

  package init() {}

  /// The story of a record that was read at `place`; `text` says as what, and why so.
  package init(at place: RecordPlace, _ text: String) { told = [Remark(.reading, text, at: place)] }

  package var isKept: Bool { told != nil }
  package var remarks: [Remark] { told ?? [] }

  /// Where the records begin that tell of it, the first one first.
  package var places: [RecordPlace] {
    remarks.compactMap { $0.topic == .reading ? $0.place : nil }
  }

  package mutating func note(_ remark: @autoclosure () -> Remark) {
    guard told != nil else { return }
    let remark = remark()
    if told?.contains(remark) == false { told?.append(remark) }
  }

  /// Takes over what was judged of another telling of the same.
  package mutating func join(_ other: Story) {
    if other.hasUnreadTime { hasUnreadTime = true }
    guard let theirs = other.told else { return }
    guard let mine = told else { return told = theirs }
    let known = Set(mine)
    told = mine + theirs.filter { !known.contains($0) }
  }

  /// Takes over where another record stands that tells of this one in passing, and nothing of what was judged of it.
  package mutating func join(placesOf other: Story) {
    var places = Story()
    places.hasUnreadTime = other.hasUnreadTime
    places.told = other.told.map { $0.filter { $0.topic == .reading } }
    join(places)
  }

  package static func == (left: Story, right: Story) -> Bool { true }
  package func hash(into hasher: inout Hasher) {}
}
