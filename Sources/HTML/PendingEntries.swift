import Plan
import Records
import Releases
import Report

/// What is not here yet, on top of a changelog: what waits at the gate, and what is live upstream while nothing asks for it.
/// No ages and no freezes: the changelog carries no clock.
struct PendingEntries {
  let view: Viewpoint
  let environment: Int

  init(_ view: Viewpoint, environment: Int) {
    self.view = view
    self.environment = environment
  }

  /// At gates first, then the rest; each in the order of the services.
  func all(notes: inout NoteWriter) -> [LogEntry] {
    let services = view.catalog.services.indices
    var entries: [LogEntry] = []
    for service in services {
      let waiting = view.catalog.histories[service][environment].cell.waiting
      for (number, item) in waiting.enumerated() { entries.append(atGate(item, service, number: number, notes: &notes)) }
    }
    for service in services {
      let cell = view.catalog.histories[service][environment].cell
      if cell.isLagging, let upstream = cell.upstream {
        entries.append(behind(cell, upstream: upstream, service, notes: &notes))
      }
    }
    return entries
  }

  private func atGate(_ waiting: Waiting, _ service: Int, number: Int, notes: inout NoteWriter) -> LogEntry {
    let id = view.map.pendingID(service) + (number == 0 ? "" : "/\(number + 1)")
    var entry = LogEntry(id: id)
    entry.classes = ["pending"]
    entry.rail = .waiting
    entry.remark = waiting.since.map { "asked for \(view.wording.long($0))" } ?? ""
    entry.heading = "\(view.wording.deployment(service, waiting.deployment, text: name(service, waiting.version)))"
    entry.kind = " waits at the gate\(waiting.targetWords)"
    entry.why = Sentence.joined(
      [effect(waiting, service), holds(waiting, service), decision(waiting), compared(service)].filter { !$0.isEmpty },
      separator: " ")
    describe(&entry, waiting.brings, service, version: waiting.version, notes: &notes)
    return entry
  }

  private func behind(_ cell: Cell, upstream: Int, _ service: Int, notes: inout NoteWriter) -> LogEntry {
    var entry = LogEntry(id: view.map.pendingID(service))
    entry.classes = ["pending"]
    let name = view.catalog.environments[upstream].name
    entry.remark = cell.pendingSince.map { "in \(name) since \(view.wording.long($0))" } ?? "in \(name)"
    let newest = cell.pending.first ?? ""
    entry.heading = "\(view.wording.release(service, newest, named: true))"
    let candidates = cell.candidates.map { Version.display(view.catalog.services[service].deployments[$0].version) }
    if candidates.contains(Version.display(newest)) { entry.isDoubtful = true }
    entry.kind = view.catalog.services[service].delay(of: cell).remark
    if cell.state == .unknown {
      entry.why = "what runs here is unknown"
    } else {
      let live = cell.current.map { view.catalog.services[service].deployments[$0].version }
      let count = Format.count(cell.behind, "release")
      entry.why = live.map { "\(count) after \(view.wording.release(service, $0))" } ?? "would be the first deployment here"
    }
    if let link = view.wording.compared(service, environment) { entry.why += "; \(link)" }
    describe(&entry, cell.pending, service, version: newest, notes: &notes)
    return entry
  }

  private func describe(
    _ entry: inout LogEntry, _ versions: [String], _ service: Int, version: String, notes: inout NoteWriter
  ) {
    entry.notes = notes.sections(of: versions, service, id: entry.id, alone: version)
    entry.isFolded = !entry.notes.isEmpty
    if entry.notes.count == 1, entry.notes[0].heading == nil { entry.badges = entry.notes[0].badges }
    let undescribed = (versions.isEmpty ? [version] : versions).filter { view.note(of: $0, service: service) == nil }
    entry.tell(of: undescribed, view, service)
  }

  private func name(_ service: Int, _ version: String) -> String { view.catalog.services[service].name + " " + version }

  /// `Would replace 2.9.1 and bring 2 releases.`
  private func effect(_ waiting: Waiting, _ service: Int) -> Sentence {
    let cell = view.catalog.histories[service][environment].cell
    if cell.state == .mixed { return "Now here: \(cell.mixedWords)." }
    if cell.state == .unknown { return "What runs here is unknown." }
    guard let current = cell.current else {
      return "Would be the first deployment here."
    }
    let live = view.wording.release(service, view.catalog.services[service].deployments[current].version)
    guard waiting.brings.count > 1 else { return "Would replace \(live)." }
    return "Would replace \(live) and bring \(Format.count(waiting.brings.count, "release"))."
  }

  private func holds(_ waiting: Waiting, _ service: Int) -> Sentence {
    let gates = waiting.holds.compactMap { hold -> Sentence? in
      guard case .gate(let kind, let key) = hold else { return nil }
      let page = Destination.deployment(service: service, waiting.deployment)
      return "\(LinkText(text: key ?? "", to: page, before: key == nil ? "\(words: kind.word)" : "\(words: kind.word) "))"
    }
    return gates.isEmpty ? "" : "Held by the \(Sentence.list(gates))."
  }

  private func compared(_ service: Int) -> Sentence {
    view.wording.compared(service, environment, words: "Compared with ").map { "\($0)." } ?? ""
  }

  private func decision(_ waiting: Waiting) -> Sentence {
    guard waiting.needsPerson else { return "Waits for the \(words: waiting.gate?.kind.word ?? "gate"), not for a person." }
    guard !waiting.allowed.isEmpty else { return "" }
    return "\(Sentence.list(waiting.allowed.map { "\($0)" }, conjunction: .or)) may decide."
  }
}
