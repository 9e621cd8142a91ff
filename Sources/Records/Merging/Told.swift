import Diagnostics
package import Time

/// What has a state, to which its raw word, its warning and its end belong: they are never taken from a telling that says another state.
protocol Told: Mergeable {
  var toldState: State? { get }
}

extension MergedField where Value: Told {
  /// The same field, taken only from tellings of the state that the merged one has. An end without a state is the end of what is over.
  var ofState: Self {
    var field = self
    field.fits = { telling, merged in
      telling.toldState == merged.toldState || (telling.toldState == nil && merged.toldState?.isTerminal == true)
    }
    field.isLike = { $0.toldState == $1.toldState }
    // What is over does not go on again, so nobody asks for the words of what went on.
    field.isMoot = { $0.weight.standing < .over && $1.weight.standing == .over }
    return field
  }
}

extension Step: Told {
  var toldState: State? { state }
  package var start: Timestamp? { startedAt }
  package var weight: Weight {
    if isCurrent { return Weight(standing: .over) }
    return Weight(standing: .init(state, hasFinished: finishedAt != nil), time: finishedAt ?? startedAt, news: nil)
  }

  package static let fields = Canonical.step.merged(
    first: ["state", "stateRaw", "warning", "finishedAt", "activeSeconds", "error", "startedAt"])

  /// What a step is known by: its key, else its name.
  package struct Mark: Hashable, Sendable {
    let key: String?
    let name: String
    let parent: String?
    let attempt: Int

    /// A pipeline's own variables hold no more than a name, and know of no parent.
    static func match(_ left: Mark, _ right: Mark) -> Int? {
      guard left.attempt == right.attempt else { return nil }
      if let key = left.key, let other = right.key { return key == other ? 3 : nil }
      guard left.name == right.name, !left.name.isEmpty else { return nil }
      if left.parent == right.parent { return 2 }
      return left.parent == nil || right.parent == nil ? 1 : nil
    }
  }

  var mark: Mark { Mark(key: key, name: name, parent: parent, attempt: attempt) }
}

extension Gate: Mergeable {
  package static let fields = Canonical.gate.merged(first: ["state"])
  package static let lists: [MergedList<Gate>] = [MergedList(\.decisions, mark: { $0.mark }, match: Gate.Decision.match)]

  package var start: Timestamp? { requestedAt }
  package var weight: Weight {
    let standing: Weight.Standing =
      switch state {
      case .unknown: .silent
      case .waiting: .live
      case .approved, .rejected, .expired, .cancelled, .skipped: .over
      }
    return Weight(standing: standing, time: decisions.compactMap(\.at).max() ?? requestedAt, news: nil)
  }
}

extension Gate.Decision: Mergeable {
  package static let fields = Canonical.decision.merged()
  package var weight: Weight { .none }

  struct Mark: Hashable, Sendable {
    let by: String?
    let decision: String?
    let at: Timestamp?
  }

  fileprivate var mark: Mark { Mark(by: by, decision: decision, at: at) }

  /// GitHub's log of reviews has no times, its webhooks have; one of them may know that it was decided, the other by whom.
  fileprivate static func match(_ left: Mark, _ right: Mark) -> Int? {
    guard left.decision == right.decision else { return nil }
    let isSameTime = left.at == right.at
    if left.by == right.by { return isSameTime ? 3 : left.at == nil || right.at == nil ? 2 : nil }
    return isSameTime && left.at != nil && (left.by == nil || right.by == nil) ? 1 : nil
  }
}

extension IncidentRecord: Mergeable {
  package static let fields =
    Canonical.incident.merged(
      first: ["state", "type", "resolvedAt", "startedAt", "title", "severity", "environment", "service", "url"])
    + [.optional("description", \.description)]
  package static let lists: [MergedList<IncidentRecord>] = [
    MergedList(\.updates, mark: { UpdateMark(at: $0.at, text: $0.text.plain) }, match: { _, _ in nil }),
    MergedList(\.affects, mark: { $0 }, match: { _, _ in nil }),
    MergedList(\.causedBy, mark: { $0 }, match: { _, _ in nil }), MergedList(\.fixedBy, mark: { $0 }, match: { _, _ in nil }),
  ]

  private struct UpdateMark: Hashable, Sendable {
    let at: Timestamp
    let text: String
  }

  package var start: Timestamp? { startedAt }

  package mutating func settle(_ tellings: [IncidentRecord]) {
    updates.sort { ($0.at, $0.text.plain) < ($1.at, $1.text.plain) }
    for telling in tellings.dropFirst() { story.join(telling.story) }
    story.note(.tellings(tellings.count))
  }

  package var weight: Weight {
    let standing: Weight.Standing =
      switch state {
      case .detected: .silent
      case .acknowledged: .live
      case .resolved, .postmortem: .over
      }
    return Weight(standing: standing, time: newsAt, news: nil)
  }
}

extension MergedField where Value == IncidentRecord {
  var ofIncidentState: Self {
    var field = self
    field.fits = { $0.state.isOver == $1.state.isOver }
    field.isLike = { $0.state.isOver == $1.state.isOver }
    return field
  }
}

extension IncidentRecord.Update: Mergeable {
  package static let fields = Canonical.update.merged()
  package static let lists: [MergedList<IncidentRecord.Update>] = [MergedList(\.affects, mark: { $0 }, match: { _, _ in nil })]

  package var weight: Weight { .none }
}

/// Of two that differ both are kept.
extension IncidentRecord.Effect: Mergeable {
  package static var fields: [MergedField<IncidentRecord.Effect>] { [] }
  package var weight: Weight { .none }
}
