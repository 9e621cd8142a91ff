import Diagnostics
import Records

// Reviews: who is asked, who decided. Many of them name no run: it was in the address that was asked.
extension ProviderJoin {
  mutating func attachReviews() {
    let reviews = open(\.review)
    if reviews.isEmpty { return }
    let newest = Dictionary(grouping: drafts.indices.filter { attempts[drafts[$0].piece.key]?.last == $0 }) {
      drafts[$0].repository?.lowercased() ?? ""
    }
    var nameless: [(draft: Int, review: ReviewPiece)] = []
    for (index, review) in reviews {
      switch runs(of: review, in: entries[index].file, among: newest[review.repository?.lowercased() ?? ""] ?? []) {
      case .failure(let reason): entries[index].fate = .skipped(reason)
      case .success(let waiting):
        for draft in waiting {
          // One with a key is the newest of its kind already.
          if review.key == nil, let same = drafts[draft].reviews.first(where: { $0.piece == review }) {
            entries[index].fate = .skipped(.duplicate(of: entries[same.entry].place))
            continue
          }
          // That something waits, an older snapshot of a run that is over may have said; for what, another review may tell.
          if drafts[draft].piece.wasLive, drafts[draft].piece.record.state.isOver, review.isNameless {
            nameless.append((draft, review))
            entries[index].fate = .merged(into: drafts[draft].entry)
            continue
          }
          drafts[draft].reviews.append((review, index))
          drafts[draft].piece.record.story.join(placesOf: entries[index].piece.story)
          attach(review, to: draft)
          entries[index].fate = .rendered
        }
      }
    }
    for (draft, review) in nameless where !drafts[draft].gates.contains(where: { $0.kind == .human }) {
      attach(review, to: draft)
    }
  }

  private mutating func attach(_ review: ReviewPiece, to draft: Int) {
    drafts[draft].asked.formUnion(review.asked.lazy.map { $0.lowercased() })
    for gate in review.gates {
      var gate = gate
      if gate.state == .waiting, let environment = gate.environment { drafts[draft].asked.insert(environment.lowercased()) }
      gate.step = gate.step.flatMap(unfolded)
      merge(gate, into: draft, isOwn: review.key != nil)
    }
  }

  /// The attempts of the run that a review belongs to; `candidates` are the newest ones of its repository.
  private func runs(of review: ReviewPiece, in file: String, among candidates: [Int]) -> Result<[Int], SkipReason> {
    if let key = review.runKey {
      guard let all = attempts[key] else { return .failure(.absent(runName(key, attempt: nil))) }
      guard let attempt = review.runAttempt else { return .success(attempts(of: review, among: all)) }
      let own = all.first { drafts[$0].piece.record.attempt >= attempt } ?? all.last
      return .success(own.map { [$0] } ?? [])
    }
    // A file named after the run (`approvals-5453085689.json`) says which one was asked.
    let numbers = file.split { !$0.isASCII || !$0.isNumber }
    if let named = numbers.lazy.compactMap({ attempts[String($0)] }).first {
      return .success(attempts(of: review, among: named))
    }

    let isOpen = review.gates.contains { $0.state == .waiting }
    var fitting = candidates.filter { !isOpen || drafts[$0].piece.record.state == .waiting }
    let concerned = fitting.filter { index in review.gates.contains { drafts[index].concerns($0.environment ?? "") } }
    // Only a run that waits can be what is asked about without a sign that it goes to that environment.
    if !concerned.isEmpty || !isOpen { fitting = concerned }
    guard let only = fitting.first else { return .failure(.noWaitingRun) }
    return fitting.count == 1 ? .success([only]) : .failure(.severalRuns(fitting.count))
  }

  /// Of the attempts of a run those that a review without a number is of: what waits was asked of each that is known to have waited, else
  /// of the last one.
  private func attempts(of review: ReviewPiece, among attempts: [Int]) -> [Int] {
    let waiting = attempts.filter { drafts[$0].piece.hasWaited || drafts[$0].piece.record.state == .waiting }
    let isOpen = review.gates.contains { $0.state == .waiting }
    return isOpen && !waiting.isEmpty ? waiting : attempts.suffix(1)
  }

  /// One gate for each kind and environment of a run, or for each step where two of one environment are told apart. `isOwn`: only one
  /// with its key, or without any, is the same.
  mutating func merge(_ gate: Gate, into draft: Int, isOwn: Bool = false) {
    let gates = drafts[draft].gates
    let keyed = gate.key.flatMap { key in gates.firstIndex { $0.key == key } }
    let place = keyed ?? gates.firstIndex { (!isOwn || $0.key == nil) && $0.isOf(gate) }
    guard let place else {
      drafts[draft].gates.append(gate)
      return
    }
    let isOpen = isOwn || drafts[draft].piece.record.state == .waiting
    drafts[draft].gates[place].merge(gate, runWaits: isOpen)
  }
}

extension ReviewPiece {
  /// Whether it says that something waits, and not where.
  fileprivate var isNameless: Bool {
    key == nil && gates.allSatisfy { $0.state == .waiting && $0.key == nil && $0.environment == nil && $0.step == nil }
  }
}

extension Gate {
  fileprivate func isOf(_ other: Gate) -> Bool {
    kind == other.kind && environment?.lowercased() == other.environment?.lowercased()
      && (step == nil || other.step == nil || step == other.step)
      // Without an environment nothing tells that what waits is what was decided before.
      && (environment != nil || (state == .waiting) == (other.state == .waiting))
  }
}
