import Plan
import Records
import Releases
import Report
import Time

/// Writes the entries of one environment's changelog as they stand on a page.
struct ArrivedEntries {
  let view: Viewpoint
  let environment: Int
  /// Whether the page says what is live: pages of a month do not, since that changes later.
  let saysWhatIsLive: Bool
  private var fates: [Int: [Int: EntryFate]] = [:]

  init(_ view: Viewpoint, environment: Int, saysWhatIsLive: Bool) {
    self.view = view
    self.environment = environment
    self.saysWhatIsLive = saysWhatIsLive
  }

  mutating func entry(_ arrival: MonthIndex.Arrival, notes: inout NoteWriter) -> LogEntry {
    let fates = fates(of: arrival.service)
    let text = ArrivalText(view.wording, environment: environment, arrival: arrival, fate: fates[arrival.entry])
    var entry = written(text, arrival.service, notes: &notes)
    if saysWhatIsLive, text.isLive {
      entry.isLive = true
      entry.rail = entry.rail == .fell ? .fell : .live
    }
    return entry
  }

  private func written(_ text: ArrivalText, _ service: Int, notes: inout NoteWriter) -> LogEntry {
    let entry = text.entry
    var log = LogEntry(id: view.map.entryID(service, deployment: entry.deployment))
    log.time = view.wording.long(entry.at)
    log.isUndated = entry.at == nil
    log.permalink = view.address(of: text.place)
    log.remark = view.wording.approval(of: text.deployment)
    (log.heading, log.kind, log.why, log.remarks) = (text.heading, text.kind, text.why, text.remarks)
    (log.isYanked, log.isStruck) = (text.isYanked, text.struck.contains(Version.display(entry.to)))
    if entry.includes.count > 1 {
      log.lifted = Lifted.all(breaking: entry.breaking, security: entry.security, namesVersions: true)
    }
    if entry.kind == .rollback {
      log.rail = .fell
      log.classes.append("fell-back")
    }
    if log.isStruck { log.classes.append("struck") }
    log.notes = notes.sections(
      of: entry.includes, service, id: log.id, alone: entry.to, again: entry.again, struck: text.struck)
    if entry.kind != .rollback, log.notes.count == 1, log.notes[0].heading == nil { log.badges = log.notes[0].badges }
    log.tell(of: entry.missingNotes, view, service)
    return log
  }

  private mutating func fates(of service: Int) -> [Int: EntryFate] {
    if let known = fates[service] { return known }
    let new = EntryFate.all(in: view.catalog.histories[service][environment].changelog.entries)
    fates[service] = new
    return new
  }
}
