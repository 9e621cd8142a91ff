package import Records
package import Releases

/// What is told of a run.
extension Wording {
  /// `checkout run 931 failed in test, step integration-tests`.
  package func title(of run: Run, service: Int) -> Sentence {
    let record = run.record
    return
      "\(catalog.services[service].name) run \(record.name) \(words(record, superseded: catalog.services[service].isSuperseded(run)))\(place(of: record))"
  }

  private func words(_ record: RunRecord, superseded: Bool) -> Sentence {
    if superseded { return "superseded: a newer run took its place" }
    switch record.state {
    case .queued: return "is queued"
    case .running: return "is running"
    case .waiting: return "waits"
    case .succeeded: return record.warning ? "succeeded with a warning" : "succeeded"
    case .failed: return "failed"
    case .cancelled: return "was cancelled"
    case .skipped: return "was skipped"
    case .superseded: return "was superseded"
    case .unknown: return record.stateRaw.map { "ended in an unknown state (\($0))" } ?? "ended in an unknown state"
    }
  }

  private func place(of record: RunRecord) -> Sentence {
    guard let step = record.failingStep else { return "" }
    switch (step.stage, step.name) {
    case (nil, ""): return ""
    case (nil, let name): return " in step \(name)"
    case (let stage?, let name): return name.isEmpty || name == stage ? " in \(stage)" : " in \(stage), step \(name)"
    }
  }

  /// The facts under its title: what it built, who began it and why, when, and where it is logged.
  package func facts(of run: Run, service: Int) -> [Fact] {
    let record = run.record
    var facts = [Fact("Version", "\(release(service, run.version))")]
    if let version = record.version, let build = version.digest ?? version.artifact {
      facts.append(Fact("Build", "", code: LinkText(text: build, to: nil)))
    }
    if let commit = record.commit { facts.append(fact(commit: commit)) }
    if let title = record.title, Words.subject(title) != Words.subject(record.commit?.message) {
      facts.append(Fact("Title", "\(Words.cut(title, to: 1_000))"))
    }
    if let ref = record.ref { facts.append(Fact(ref.noun, ref.words)) }
    if let pipeline = record.pipeline { facts.append(Fact("Pipeline", "\(pipeline)")) }
    if let actor = record.actor { facts.append(Fact("By", actor.words)) }
    if let trigger = record.trigger { facts.append(Fact("Started by", trigger.words)) }
    facts.append(fact("Began", record.startTime))
    facts.append(Fact("Took", took(record)))
    if record.attempt > 1 || !run.attempts.isEmpty { facts.append(Fact("Attempt", attempt(of: run))) }
    if let link = record.provider.map({ outside($0, record.url) })
      ?? record.url.map({ own("at its provider", .outside($0)) })
    {
      facts.append(Fact("Log", "\(link)"))
    }
    return facts
  }

  private func attempt(of run: Run) -> Sentence {
    let last = max(run.record.attempt, run.attempts.map(\.attempt).max() ?? 1)
    let numbers: Sentence = "\(run.record.attempt) of \(last)"
    if run.attempts.isEmpty { return numbers + "; the earlier ones are not recorded" }
    return numbers + "; \(own("all attempts", .here("attempts")))"
  }

  /// `40 min 20 s, of it 17 min 10 s waiting`.
  package func took(_ record: RunRecord) -> Sentence {
    guard record.state.isTerminal else { return "not finished" }
    guard let span = Span(from: record.startedAt, to: record.finishedAt).seconds else {
      if let active = record.activeSeconds, active.isFinite, active >= 0 { return "\(words: Format.duration(active)) active" }
      return "\(words: Span(from: record.startedAt, to: record.finishedAt).words)"
    }
    let waited = record.waitedSeconds
    let length = Format.duration(span)
    return waited >= 1 ? "\(words: length), of it \(words: Format.duration(waited)) waiting" : "\(words: length)"
  }
}
