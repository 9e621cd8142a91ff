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
    entry.take(PendingText(view.wording, waiting, service: service, environment: environment))
    describe(&entry, waiting.brings, service, version: waiting.version, notes: &notes)
    return entry
  }

  private func behind(_ cell: Cell, upstream: Int, _ service: Int, notes: inout NoteWriter) -> LogEntry {
    var entry = LogEntry(id: view.map.pendingID(service))
    entry.classes = ["pending"]
    entry.take(PendingText(view.wording, behind: cell, upstream: upstream, service: service, environment: environment))
    describe(&entry, cell.pending, service, version: cell.pending.first ?? "", notes: &notes)
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
}

extension LogEntry {
  fileprivate mutating func take(_ text: PendingText) {
    (remark, heading, kind, why, isDoubtful) = (text.remark, text.heading, text.kind, text.why, text.isDoubtful)
  }
}
