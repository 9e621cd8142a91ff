import Plan
import Records
import Releases
import Report
import Template

/// One attempt in a table: of a month's history, or of the last ones in an environment.
struct AttemptRow: Model {
  let time: TimeText?
  /// It ended, so that it has a time which no record holds.
  let isOver: Bool
  let service: LinkText
  let mark: Mark
  /// The state's word, as a link to the deployment.
  let state: LinkText
  let version: LinkText
  let kind: Sentence?
  /// `2.8.2 → 2.9.0`; nil where it is not known what ran before.
  let change: Sentence?
  let run: LinkText?
  let by: Sentence
  let duration: String?
  let reason: String?

  static let fields = Fields<AttemptRow>(
    .object("time") { $0.time },
    .flag("undated") { $0.time == nil && $0.isOver },
    .object("service") { $0.service },
    .object("mark") { $0.mark },
    .object("state") { $0.state },
    .object("version") { $0.version },
    .object("kind") { $0.kind },
    .object("change") { $0.change },
    .object("run") { $0.run },
    .object("by") { $0.by },
    .words("duration") { $0.duration },
    .text("reason") { $0.reason }
  )

  /// `isAboutNow`: whether times may leave out the year that the clock stands in.
  init(_ view: Viewpoint, service index: Int, deployment number: Int, isAboutNow: Bool) {
    let deployment = view.catalog.services[index].deployments[number]
    let at = deployment.state.isTerminal ? deployment.time : deployment.startedAt
    time = isAboutNow ? at.map(view.wording.dated) : at.map { view.wording.long($0) }
    isOver = deployment.state.isTerminal
    service = view.wording.service(index)
    mark = Mark(deployment.state)
    state = view.wording.deployment(index, number, words: deployment.stateWord)
    version = view.wording.release(index, deployment.version)
    let target: Sentence? = deployment.target.map { "on \($0)" } ?? deployment.reachedWords
    let kinds = [view.wording.kind(of: deployment), target].compactMap { $0 }
    kind = kinds.isEmpty ? nil : .joined(kinds, separator: ", ")
    change = deployment.from.flatMap { from in
      deployment.state == .succeeded && Version.display(from) != Version.display(deployment.version)
        ? "\(view.wording.release(index, from)) → \(view.wording.release(index, deployment.version))" : nil
    }
    run = view.wording.run(of: deployment, index)
    by = view.wording.approval(of: deployment)
    duration = deployment.duration.map(Format.duration)
    reason = deployment.reason
  }
}

/// The durations of the last attempts as bars, oldest first. The table beneath holds the same numbers.
struct Sparkline: Model {
  struct Bar: Model {
    /// Per cent of the width, two decimals.
    let x: String
    /// In px from the top.
    let y: String
    let height: String
    let kind: String

    static let fields = Fields<Bar>(
      .text("x") { $0.x },
      .text("y") { $0.y },
      .text("height") { $0.height },
      .text("class") { $0.kind }
    )
  }

  private static let height = 26.0

  let bars: [Bar]
  /// Per cent.
  let width: String
  /// All of it in a sentence.
  let label: Sentence

  static let fields = Fields<Sparkline>(
    .list("bars") { $0.bars },
    .text("width") { $0.width },
    .words("label") { $0.label }
  )

  /// `attempts`: oldest first; a missing duration is a gap. nil where fewer than two are known, which a picture says no better.
  init?(_ attempts: [(seconds: Double?, state: State)]) {
    let known = attempts.compactMap(\.seconds)
    guard known.count > 1, let longest = known.max(), longest > 0 else { return nil }
    let step = 100.0 / Double(attempts.count)
    width = Sparkline.decimal(step * 0.72)
    bars = attempts.enumerated().compactMap { index, attempt in
      guard let seconds = attempt.seconds else { return nil }
      let height = max(1, (seconds / longest * Sparkline.height).rounded())
      return Bar(
        x: Sparkline.decimal(step * Double(index)), y: String(Int(Sparkline.height - height)), height: String(Int(height)),
        kind: Sparkline.look(of: attempt.state, isLast: index == attempts.count - 1))
    }
    let durations = attempts.map { attempt -> Sentence in
      let length: Sentence = "\(words: attempt.seconds.map(Format.duration) ?? "not recorded")"
      return attempt.state == .succeeded ? length : "\(length) (\(words: attempt.state.rawValue))"
    }
    label = "Durations of the last \(attempts.count) attempts, oldest first: \(Sentence.joined(durations, separator: ", "))"
  }

  private static func look(of state: State, isLast: Bool) -> String {
    switch state {
    case .failed: "bar-bad"
    case .unknown: "bar-unknown"
    case .succeeded, .cancelled, .queued, .running, .waiting, .skipped, .superseded: isLast ? "bar-last" : "bar"
    }
  }

  /// `value`, 0 to 100, with two decimals and a `%`.
  private static func decimal(_ value: Double) -> String {
    let hundredths = Int((value * 100).rounded())
    return String(hundredths / 100) + "." + Format.padded(hundredths % 100, 2) + "%"
  }
}
