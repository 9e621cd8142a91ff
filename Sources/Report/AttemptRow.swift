package import Records
import Releases

/// One attempt in a table: of a month's history, or of the last ones in an environment.
package struct AttemptRow: Hashable, Sendable {
  package let time: TimeText?
  /// It ended, so that it has a time which no record holds.
  package let isOver: Bool
  package let service: LinkText
  package let mark: Mark
  /// The state's word, as a link to the deployment.
  package let state: LinkText
  package let version: LinkText
  package let kind: Sentence?
  /// `2.8.2 → 2.9.0`; nil where it is not known what ran before.
  package let change: Sentence?
  package let run: LinkText?
  package let by: Sentence
  package let duration: String?
  package let reason: String?

  /// `isAboutNow`: whether times may leave out the year that the clock stands in.
  package init(_ wording: Wording, service index: Int, deployment number: Int, isAboutNow: Bool) {
    let deployment = wording.catalog.services[index].deployments[number]
    let at = deployment.state.isTerminal ? deployment.time : deployment.startedAt
    time = isAboutNow ? at.map(wording.dated) : at.map { wording.long($0) }
    isOver = deployment.state.isTerminal
    service = wording.service(index)
    mark = Mark(deployment.state)
    state = wording.deployment(index, number, words: deployment.stateWord)
    version = wording.release(index, deployment.version)
    let target: Sentence? = deployment.target.map { "on \($0)" } ?? deployment.reachedWords
    let kinds = [wording.kind(of: deployment), target].compactMap { $0 }
    kind = kinds.isEmpty ? nil : .joined(kinds, separator: ", ")
    change = deployment.from.flatMap { from in
      deployment.state == .succeeded && Version.display(from) != Version.display(deployment.version)
        ? "\(wording.release(index, from)) → \(wording.release(index, deployment.version))" : nil
    }
    run = wording.run(of: deployment, index)
    by = wording.approval(of: deployment)
    duration = deployment.duration.map(Format.duration)
    reason = deployment.reason
  }
}

extension Sentence {
  /// How long attempts took, oldest first; nil: not recorded.
  package static func durations(_ attempts: [(seconds: Double?, state: State)]) -> Sentence {
    let durations = attempts.map { attempt -> Sentence in
      let length: Sentence = "\(words: attempt.seconds.map(Format.duration) ?? "not recorded")"
      return attempt.state == .succeeded ? length : "\(length) (\(words: attempt.state.rawValue))"
    }
    return "Durations of the last \(attempts.count) attempts, oldest first: \(Sentence.joined(durations, separator: ", "))"
  }

  /// `41 attempts: 38 succeeded, 3 failed`.
  package static func attempts(_ states: [State]) -> Sentence {
    let counts = State.allCases.compactMap { state -> Sentence? in
      let count = states.count { $0 == state }
      return count == 0 ? nil : "\(count) \(words: state.rawValue)"
    }
    return Format.count(states.count, "attempt") + (counts.isEmpty ? "" : ": " + .joined(counts, separator: ", "))
  }
}
