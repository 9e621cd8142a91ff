import Plan
import Records
import Releases
import Report
import Template
import Tide
import Time

/// Stages, steps and gates of a run with their lengths as bars on one scale (mock: Run).
struct StageTable: Model {
  /// An upright line through all rows, and its words at the top.
  struct Tick: Model, Hashable {
    let position: String
    let anchor: String
    let label: String

    static let fields = Fields<Tick>(
      .text("x") { $0.position },
      .text("anchor") { $0.anchor },
      .words("label") { $0.label }
    )
  }

  let rows: [StageRow]
  let ticks: [Tick]
  let hasCuts: Bool
  /// How many rows were left out of a run that has more than a page can hold.
  let omitted: Sentence?

  static let fields = Fields<StageTable>(
    .list("rows") { $0.rows },
    .list("ticks") { $0.ticks },
    .flag("hasBars") { !$0.ticks.isEmpty },
    .flag("hasCuts") { $0.hasCuts },
    .words("omitted") { $0.omitted }
  )

  private static let limit = 300

  /// nil for a run whose record names neither steps nor gates.
  init?(_ view: Viewpoint, service: Int, run: Run) {
    let outline = RunOutline(run.record)
    guard !outline.rows.isEmpty else { return nil }
    let scale = TimeScale(run.record)
    let maker = StageRowMaker(
      words: RunStages(view.wording, service: service, run: run), service: view.catalog.services[service], run: run,
      outline: outline, scale: scale)
    rows = outline.rows.prefix(StageTable.limit).map(maker.row)
    ticks = (scale?.ticks ?? []).map { tick in
      Tick(
        position: Figure.percent(tick.position), anchor: tick.seconds == 0 ? "start" : "middle",
        label: tick.seconds == 0 ? "0" : Format.duration(tick.seconds))
    }
    hasCuts = scale?.hasCuts ?? false
    let rest = outline.rows.count - StageTable.limit
    omitted = rest > 0 ? Format.count(rest, "more row") : nil
  }
}

/// One row of the table.
struct StageRow: Model, Hashable {
  let text: StageText
  /// `stage` at the top, then `step`, `step deep`, `step deeper`.
  let level: String
  let isFailing: Bool
  let bar: Bar?

  static let fields = Fields<StageRow>(
    .object("name") { $0.text.name },
    .text("level") { $0.level },
    .flag("failing") { $0.isFailing },
    .object("mark") { $0.text.mark },
    .object("state") { $0.text.state },
    .list("remarks") { $0.text.remarks },
    .object("took") { $0.text.took },
    .object("bar") { $0.bar }
  )

  struct Bar: Model, Hashable {
    /// How it is drawn: `bar-ok`, `bar-bad`, `waited`, and so on.
    let look: String
    let isThin: Bool
    let position: Double
    let width: Double
    /// Where it is broken, since its true length does not fit the scale.
    let cuts: [Double]

    static let fields = Fields<Bar>(
      .text("look") { $0.look },
      .text("x") { Figure.percent($0.position) },
      .text("width") { Figure.percent($0.width) },
      .text("y") { $0.isThin ? "5" : "2" },
      .text("height") { $0.isThin ? "6" : "12" },
      .texts("cuts") { $0.cuts.map(Figure.percent) }
    )
  }
}

extension TimeScale {
  /// The scale of a run: its own times, those of its steps and of its gates.
  fileprivate init?(_ record: RunRecord) {
    let work = record.steps.compactMap { step -> (from: Timestamp, to: Timestamp)? in
      guard let start = step.startedAt, let end = step.finishedAt, start < end, step.state != .waiting else { return nil }
      return (start, end)
    }
    let steps = record.steps.flatMap { [$0.startedAt, $0.finishedAt] }
    let gates = record.gates.flatMap { [$0.requestedAt, $0.decidedAt] }
    self.init(work: work, moments: (steps + gates + [record.startedAt, record.finishedAt]).compactMap { $0 })
  }
}

/// Makes the rows of one run.
private struct StageRowMaker {
  let words: RunStages
  let service: Service
  let run: Run
  let outline: RunOutline
  let scale: TimeScale?

  func row(_ row: RunOutline.Row) -> StageRow {
    let text = words.text(of: row.subject)
    switch row.subject {
    case .step(let index):
      let step = run.record.steps[index]
      return StageRow(
        text: text, level: StageRowMaker.levels[min(row.depth, 3)],
        isFailing: run.record.state == .failed && outline.failing.contains(index),
        bar: bar(step.state, from: step.startedAt, to: step.finishedAt, isThin: row.depth > 0))
    case .stage(_, let indices):
      let steps = indices.map { run.record.steps[$0] }
      return StageRow(
        text: text, level: "stage", isFailing: false,
        bar: bar(steps.state, from: steps.startedAt, to: steps.finishedAt, isThin: false))
    case .gate(let index):
      let gate = run.record.gates[index]
      return StageRow(
        text: text, level: "stage", isFailing: false, bar: bar(gate, isSuperseded: service.isSuperseded(gate, of: run)))
    }
  }

  private static let levels = ["stage", "step", "step deep", "step deeper"]

  private func bar(_ gate: Gate, isSuperseded: Bool) -> StageRow.Bar? {
    switch gate.state {
    case .skipped: return StageRowMaker.notRun(isThin: false)
    case .waiting:
      return gate.requestedAt.flatMap { open(from: $0, look: isSuperseded ? "waited" : "wait", isThin: false) }
    case .approved, .rejected, .expired, .cancelled, .unknown:
      guard let start = gate.requestedAt, let end = gate.decidedAt else { return nil }
      return closed(from: start, to: end, look: "waited", isThin: false)
    }
  }

  private func bar(_ state: State, from start: Timestamp?, to end: Timestamp?, isThin: Bool) -> StageRow.Bar? {
    guard scale != nil else { return nil }
    let look: String
    switch state {
    case .succeeded, .superseded: look = "bar-ok"
    case .failed: look = "bar-bad"
    case .cancelled: look = "bar-stopped"
    case .unknown: look = "water-unknown"
    case .waiting: return start.flatMap { open(from: $0, look: "wait", isThin: isThin) }
    case .running: return start.flatMap { open(from: $0, look: "bar-run", isThin: isThin) }
    case .queued: return StageRowMaker.notRun(isThin: isThin)
    case .skipped: look = "bar-none"
    }
    if let start, let end {
      return start == end && state == .skipped
        ? StageRowMaker.notRun(isThin: isThin) : closed(from: start, to: end, look: look, isThin: isThin)
    }
    return start == nil && (state == .skipped || state == .cancelled) ? StageRowMaker.notRun(isThin: isThin) : nil
  }

  /// At least so wide that it can be seen.
  private func closed(from start: Timestamp, to end: Timestamp, look: String, isThin: Bool) -> StageRow.Bar? {
    guard let scale, start <= end else { return nil }
    let position = scale.position(start)
    let width = max(0.3, scale.position(end) - position)
    return StageRow.Bar(
      look: look, isThin: isThin, position: position, width: width,
      cuts: look == "waited" ? scale.cuts(from: start, to: end) : [])
  }

  /// To the edge: it has no end yet.
  private func open(from start: Timestamp, look: String, isThin: Bool) -> StageRow.Bar? {
    guard let scale else { return nil }
    let position = scale.position(start)
    return StageRow.Bar(look: look, isThin: isThin, position: position, width: 100 - position, cuts: [])
  }

  private static func notRun(isThin: Bool) -> StageRow.Bar {
    StageRow.Bar(look: "bar-none", isThin: isThin, position: TimeScale.full, width: 3.41, cuts: [])
  }
}
