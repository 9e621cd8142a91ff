package import Diagnostics
package import Records

/// The record of the run whose variables these are, told to be of a system by its marker, or by `flags.provider`.
///
/// It is unfinished while it is made (record.md, rule 7): without a word of its end in the flags it goes on, unless its job has failed.
/// What the job did is decided by the flags, else by the system's variable, else it goes on; never is anything taken for a success.
///
/// `steps`: the provider's payload of this run's steps or jobs, or a canonical list of steps. nil, with errors, where a variable is missing
/// or a flag says nothing.
package func runRecord(of variables: [String: String], flags: RunFlags, steps: Source? = nil) -> Parsed<RunRecord?> {
  let flags = flags.trimmed
  guard let system = system(of: variables, flags) else {
    return Parsed(nil, [Diagnostic(.error, noSystem(variables, flags))])
  }
  var reader = VariableReader(variables, flags, system: system.provider)
  let facts = system.read(&reader)
  var diagnostics = reader.problems
  let outcome = flags.state.flatMap(JobOutcome.init(word:))
  if let state = flags.state, outcome == nil {
    let words = Array(JobOutcome.words.known.prefix(JobOutcome.canonicalCount))
    diagnostics.append(Diagnostic(.error, .unknownOption("--state", state, among: words, near: JobOutcome.words.known)))
  }
  let action = flags.action.flatMap { Vocabulary.actions[$0] }
  if let word = flags.action, action == nil {
    diagnostics.append(
      Diagnostic(.error, .unknownOption("--action", word, among: Vocabulary.actions.known, near: Vocabulary.actions.known)))
  }
  guard var facts, diagnostics.isEmpty else { return Parsed(nil, diagnostics) }
  facts.action = action ?? facts.action
  facts.run.service = flags.service
  facts.run.pipeline = flags.pipeline ?? facts.run.pipeline
  facts.run.version = flags.version.map { VersionLabel(name: $0) }
  if let attempt = flags.attempt { facts.run.attempt = max(1, attempt) }
  if let name = flags.actor { facts.run.actor = Actor(name: name) }
  facts.settle(said: outcome, flags)
  if let steps {
    let joined = facts.join(steps, provider: system.provider)
    diagnostics += joined.diagnostics
    facts.run = joined.value
  }
  return Parsed(facts.run, diagnostics)
}

private func system(of variables: [String: String], _ flags: RunFlags) -> RunVariables? {
  if let provider = flags.provider { return RunVariables.all.first { $0.provider == provider } }
  let present = RunVariables.all.filter { $0.isPresent(in: variables) }
  return present.count == 1 ? present[0] : nil
}

private func noSystem(_ variables: [String: String], _ flags: RunFlags) -> Diagnostic.Message {
  let known = RunVariables.all.map(\.provider)
  if let provider = flags.provider { return .unknownOption("--from", provider, among: known, near: known) }
  let present = RunVariables.all.filter { $0.isPresent(in: variables) }.map(\.provider)
  return present.isEmpty
    ? .noSystem(markers: RunVariables.all.compactMap(\.markers.first), known: known) : .severalSystems(present)
}

extension Diagnostic {
  fileprivate var asWarning: Diagnostic {
    var diagnostic = self
    if severity == .error { diagnostic.severity = .warning }
    return diagnostic
  }
}

extension RunVariables {
  fileprivate func isPresent(in variables: [String: String]) -> Bool {
    markers.contains { marker in variables[marker].map { !$0.isBlank && $0.lowercased() != "false" } ?? false }
  }
}

extension RunFacts {
  /// States and times of the run, its job and what the job deploys. `said`: by a flag.
  fileprivate mutating func settle(said: JobOutcome?, _ flags: RunFlags) {
    let told = said ?? outcome
    let state = told?.state ?? .running
    if let told, said != nil || told.state == .failed || told.state == .cancelled {
      (run.state, run.stateRaw, run.warning) = (told.state, told.raw, told.warning)
    }
    run.startedAt = run.startedAt ?? (run.createdAt == nil && !state.isTerminal ? flags.now : nil)
    if run.state.isTerminal { run.finishedAt = flags.now }
    if var job {
      // Legs of a matrix share the only name that a variable has.
      if let target = flags.target, job.key == nil, !job.name.contains(target) { job.name += " (\(target))" }
      (job.state, job.stateRaw, job.warning) = (state, told?.raw, told?.warning ?? false)
      if job.attempt == 1, let attempt { job.attempt = attempt }
      job.startedAt = job.startedAt ?? (state.isTerminal ? nil : flags.now)
      job.finishedAt = state.isTerminal ? flags.now : nil
      run.steps = [job]
    }
    let references = flags.environments.isEmpty ? [environment].compactMap { $0 } : flags.environments.map { .init(name: $0) }
    run.deployments = references.map { deployment(to: $0, state, told, flags) }
  }

  private func deployment(
    to reference: DeploymentRecord.EnvironmentReference, _ state: State, _ told: JobOutcome?, _ flags: RunFlags
  ) -> DeploymentRecord {
    var deployment = DeploymentRecord(environment: reference)
    // What the variable says of the environment besides its name holds where a flag names the same one.
    if let environment, environment.name.lowercased() == reference.name.lowercased() { deployment.environment = environment }
    deployment.target = flags.target
    (deployment.state, deployment.stateRaw) = (state, told?.raw)
    deployment.step = run.steps.first.map { $0.key ?? $0.name }
    deployment.startedAt = run.steps.first?.startedAt ?? (state.isTerminal ? nil : flags.now)
    // It stands in a job that had begun, so what was called off may have changed what runs (rules.md, Current).
    if state == .cancelled, deployment.startedAt == nil {
      deployment.startedAt = run.startedAt ?? flags.now
      deployment.inferred.append("startedAt")
    }
    deployment.finishedAt = state.isTerminal ? flags.now : nil
    deployment.attempt = attempt
    deployment.promotion = promotion
    deployment.action = action
    deployment.reason = flags.reason
    if flags.isHotfix { deployment.hotfix = true }
    return deployment
  }

  /// With the steps, gates and deployments that a payload tells of this run: the record stands among its pieces as the run they belong to.
  fileprivate func join(_ source: Source, provider: String) -> Parsed<RunRecord> {
    if let steps = canonicalSteps(source) {
      var told = run
      told.steps = steps.value
      return Parsed(merged([run, told], DeclaredEnvironments(Configuration())), steps.diagnostics)
    }
    var file = readRecords(source, provider: provider)
    // Without its steps it is a run still: what is not recorded now is lost.
    guard file.lost == 0 else { return Parsed(run, file.diagnostics.map(\.asWarning) + [noSteps(source)]) }
    settleOwnJob(in: &file)
    let identity = (run.id, run.attempt)
    let isOfOurs = { (record: RunRecord) in (record.id, record.attempt) == identity }
    // As one that goes on: in a run that is over, whatever has not been pressed was skipped.
    var open = run
    (open.state, open.stateRaw, open.finishedAt) = (.running, nil, nil)
    file.pieces.append(
      Piece(
        provider: provider, name: run.id, position: Position(line: 0, column: 0), page: 0, offset: -1,
        body: .run(RunPiece(key: key, record: open)), chain: nil, isImplied: false))
    let set = joinRecords([file])
    let told = (set.runs + file.runs).map(\.value).filter(isOfOurs)
    guard !told.isEmpty else { return Parsed(run, file.diagnostics + set.diagnostics) }
    var merged = merged([open] + told, DeclaredEnvironments(Configuration()))
    // How the run goes is for whoever calls to say: the payload was asked for while it went on. But what waits still is not over.
    let waits = run.state == .succeeded && merged.gates.contains { $0.state == .waiting }
    (merged.state, merged.stateRaw) = waits ? (.waiting, nil) : (run.state, run.stateRaw)
    (merged.warning, merged.finishedAt) = waits ? (false, nil) : (run.warning, run.finishedAt)
    var diagnostics = file.diagnostics + set.diagnostics
    if merged.steps.count <= run.steps.count, merged.gates.isEmpty {
      diagnostics.append(noSteps(source))
    }
    return Parsed(merged, diagnostics)
  }

  private func noSteps(_ source: Source) -> Diagnostic { Diagnostic(.warning, .noStepsOfRun(run.id), file: source.file) }

  /// The payload was asked for by the job itself, and says that it is under way: how it ended decides what comes next.
  private func settleOwnJob(in file: inout RecordFile) {
    guard let job = run.steps.first, job.state.isTerminal else { return }
    for index in file.pieces.indices {
      guard case .step(var piece) = file.pieces[index].body, !piece.step.state.isTerminal else { continue }
      guard job.key == nil ? piece.step.name == job.name : piece.step.key == job.key else { continue }
      (piece.step.state, piece.step.stateRaw, piece.step.finishedAt) = (job.state, job.stateRaw, job.finishedAt)
      file.pieces[index].body = .step(piece)
    }
  }

  /// A list of objects that say `name` and `state` and no more than a step does; nil for anything else.
  private func canonicalSteps(_ source: Source) -> Parsed<[Step]>? {
    var reader = RecordReader(source)
    return reader.canonicalSteps().map { Parsed($0, reader.diagnostics) }
  }
}
