import Documents
import Records

/// Stages, as the interface `wfapi` describes runs: the whole run with its stages, one stage of it, and the input that it waits for.
/// The approver of an input is told nowhere afterwards; how long it waited is.
extension Jenkins {
  static let stages = [
    Format.Shape(fits: { isDescribed($0) && $0.list("stages") != nil }, read: readRun),
    Format.Shape(fits: { isDescribed($0) && href($0)?.contains("/execution/node/") == true }, read: readStage),
    Format.Shape(fits: { ($0["proceedUrl"] ?? $0["redirectApprovalUrl"]) != nil && $0["id"] != nil }, read: readInput),
  ]

  private static func isDescribed(_ node: Node) -> Bool {
    node["status"] != nil && node["startTimeMillis"] != nil && href(node) != nil
  }

  private static func href(_ node: Node) -> String? { node["_links", "self"]?.text("href") }

  // MARK: Runs

  @Sendable private static func readRun(_ node: Node, _ reader: inout FileReader) {
    guard let address = href(node), let job = path(address), let number = number(address) ?? node.text("id").flatMap(Int.init)
    else {
      return reader.skip(node, "its address names no build")
    }
    let (state, raw) = state(node, &reader)
    // The stage that waits makes it wait; until then it is no other state than the build's own.
    var run = RunRecord(id: "\(job)-\(number)", state: state == .waiting ? .running : state)
    run.provider = "jenkins"
    run.stateRaw = raw
    run.warning = raw.map(plainWord) == "unstable"
    run.pipeline = job
    run.number = number
    run.startedAt = reader.milliseconds(node, "startTimeMillis")
    if state.isTerminal {
      let took = node.whole("durationMillis") ?? 0
      run.finishedAt = reader.milliseconds(node, "endTimeMillis")
      if run.finishedAt == nil, took > 0 { run.finishedAt = run.startedAt?.adding(milliseconds: took) }
      run.activeSeconds = active(node)
    }
    var piece = RunPiece(key: run.id, record: run, updatedAt: run.startedAt)
    piece.repositoryKey = job
    let stages = (node.list("stages")?.elements ?? []).filter { $0.kind == .object }
    piece.bringsSteps = !stages.isEmpty
    reader.add(.run(piece), provider: "jenkins", named: "build \(job) #\(number)", at: node)
    for stage in stages {
      addStage(stage, &reader, job: job, number: number, isImplied: true)
    }
    if state == .waiting { addWaiting(node, &reader, run: run.id) }
  }

  /// Nothing but the run itself may say that it waits.
  private static func addWaiting(_ node: Node, _ reader: inout FileReader, run: String) {
    let review = ReviewPiece(runKey: run, gates: [Gate(kind: .human, state: .waiting)])
    reader.add(.review(review), provider: "jenkins", named: "input of build \(run)", at: node, isImplied: true)
  }

  // MARK: Stages

  @Sendable private static func readStage(_ node: Node, _ reader: inout FileReader) {
    guard let address = href(node), let job = path(address), let number = number(address) else {
      return reader.skip(node, "its address names no build")
    }
    addStage(node, &reader, job: job, number: number, isImplied: false)
  }

  private static func addStage(_ node: Node, _ reader: inout FileReader, job: String, number: Int, isImplied: Bool) {
    guard let id = node.identifier("id") else {
      return isImplied ? () : reader.skip(node, "a stage without 'id'")
    }
    let run = "\(job)-\(number)"
    let (state, raw) = state(node, &reader)
    var step = Step(name: node.text("name") ?? "", state: state)
    // The numbers of stages repeat in every build.
    step.key = "\(run).\(id)"
    step.stateRaw = raw
    step.warning = raw.map(plainWord) == "unstable"
    step.error = node.object("error")?.text("message")
    let took = node.whole("durationMillis") ?? 0
    if state != .skipped {
      step.startedAt = reader.milliseconds(node, "startTimeMillis")
      // Stages that failed can say that they took no time at all (openshift.io #587).
      if state.isTerminal, took > 0 || state == .succeeded {
        step.finishedAt = step.startedAt?.adding(milliseconds: took)
        step.activeSeconds = active(node)
      }
    }
    var piece = StepPiece(runKey: run, step: step)
    piece.looseRunKey = looseKey(job, number)
    piece.order = Int(id) ?? 0
    piece.updatedAt = step.finishedAt ?? step.startedAt
    piece.gate = gate(node, step, &reader)
    if piece.gate == nil, node.whole("pauseDurationMillis") == 0 { piece.trigger = .automatic }
    reader.add(
      .step(piece), provider: "jenkins", named: "stage \(id) of build \(job) #\(number)", at: node, isImplied: isImplied)
  }

  /// A stage that waits for input, or has waited for some. What went on afterwards had been let go on; what was aborted may have been
  /// refused, left alone too long or stopped later.
  private static func gate(_ node: Node, _ step: Step, _ reader: inout FileReader) -> Gate? {
    let paused = node.whole("pauseDurationMillis") ?? 0
    let isInterrupted = node.object("error")?.text("type")?.hasSuffix("FlowInterruptedException") == true
    let state: Gate.State
    switch step.state {
    case .waiting: state = .waiting
    case .queued, .skipped: return nil
    case .running, .succeeded, .failed: state = isInterrupted && step.state != .succeeded ? .unknown : .approved
    case .cancelled, .superseded, .unknown: state = .unknown
    }
    guard paused > 0 || state == .waiting else { return nil }
    var gate = Gate(kind: .human, state: state)
    // Where in the stage it waited is not told: the length of the wait is right.
    gate.requestedAt = step.startedAt
    if state == .approved {
      gate.decisions = [Gate.Decision(at: step.startedAt?.adding(milliseconds: paused), decision: "approved")]
    }
    return gate
  }

  private static func state(_ node: Node, _ reader: inout FileReader) -> (State, raw: String?) {
    guard let word = node.text("status") else { return (.unknown, nil) }
    return (reader.state(word, states, of: "Jenkins", at: node["status"] ?? node), word)
  }

  /// Seconds at work: the waits for input are part of a duration.
  private static func active(_ node: Node) -> Double? {
    guard let took = node.whole("durationMillis") else { return nil }
    return Double(max(0, took - min(took, node.whole("pauseDurationMillis") ?? 0))) / 1000
  }

  /// An item of `…/pendingInputActions`: it names its build in its addresses only.
  @Sendable private static func readInput(_ node: Node, _ reader: inout FileReader) {
    let address = node.text("proceedUrl", "redirectApprovalUrl") ?? ""
    guard let job = path(address), let number = number(address) else { return reader.skip(node, "its address names no build") }
    let review = ReviewPiece(runKey: "\(job)-\(number)", gates: [Gate(kind: .human, state: .waiting)])
    reader.add(.review(review), provider: "jenkins", named: "input of build \(job) #\(number)", at: node)
  }
}
