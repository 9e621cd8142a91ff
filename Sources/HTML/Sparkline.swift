import Plan
import Records
import Releases
import Report
import Template

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
    label = .durations(attempts)
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
