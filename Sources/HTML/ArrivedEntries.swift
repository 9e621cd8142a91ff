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
    let facts = EntryFacts(view, environment: environment, arrival: arrival, fate: fates[arrival.entry])
    var entry = facts.written(notes: &notes)
    if saysWhatIsLive, facts.isLive {
      entry.isLive = true
      entry.rail = entry.rail == .fell ? .fell : .live
    }
    return entry
  }

  private mutating func fates(of service: Int) -> [Int: EntryFate] {
    if let known = fates[service] { return known }
    let new = EntryFate.all(in: view.catalog.histories[service][environment].changelog.entries)
    fates[service] = new
    return new
  }
}

private struct EntryFacts {
  let view: Viewpoint
  let environment: Int
  let service: Int
  let entries: [ChangelogEntry]
  let entry: ChangelogEntry
  let deployment: Deployment
  let fate: EntryFate?

  init(_ view: Viewpoint, environment: Int, arrival: MonthIndex.Arrival, fate: EntryFate?) {
    self.view = view
    self.environment = environment
    self.fate = fate
    service = arrival.service
    entries = view.catalog.histories[service][environment].changelog.entries
    entry = entries[arrival.entry]
    deployment = view.catalog.services[service].deployments[entry.deployment]
  }

  var isLive: Bool {
    let cell = view.catalog.histories[service][environment].cell
    return cell.state == .current && cell.current == entry.deployment
  }

  func written(notes: inout NoteWriter) -> LogEntry {
    var log = LogEntry(id: view.map.entryID(service, deployment: entry.deployment))
    log.time = view.wording.long(entry.at)
    log.isUndated = entry.at == nil
    log.permalink = view.address(of: permalink(entry))
    log.remark = view.wording.approval(of: deployment)
    log.heading = heading
    log.kind = kindWords
    log.isYanked = entry.yanked.contains { Version.display($0) == Version.display(entry.to) }
    log.why = why
    log.remarks = remarks
    log.isStruck = fate.map { !$0.isOnSomeTargets && $0.versions.contains(Version.display(entry.to)) } ?? false
    if entry.includes.count > 1 {
      log.lifted = Lifted.all(breaking: entry.breaking, security: entry.security, namesVersions: true)
    }
    if entry.kind == .rollback {
      log.rail = .fell
      log.classes.append("fell-back")
    }
    if log.isStruck { log.classes.append("struck") }
    log.notes = notes.sections(
      of: entry.includes, service, id: log.id, alone: entry.to, again: entry.again,
      struck: fate.flatMap { $0.isOnSomeTargets ? nil : $0.versions } ?? [])
    if entry.kind != .rollback, log.notes.count == 1, log.notes[0].heading == nil { log.badges = log.notes[0].badges }
    log.tell(of: entry.missingNotes, view, service)
    return log
  }

  private func permalink(_ other: ChangelogEntry) -> Destination {
    .changelogEntry(service: service, deployment: other.deployment, view.catalog.period(of: other.at))
  }

  private var heading: Sentence {
    entry.kind == .rollback
      ? "\(view.catalog.services[service].name) back to \(view.wording.release(service, entry.to))"
      : "\(view.wording.release(service, entry.to, named: true))"
  }

  private var kindWords: Sentence {
    switch entry.kind {
    case .first: return ", first deployment"
    case .rebuild: return ", rebuilt"
    case .rollback: return ", rollback"
    case .upgrade:
      let hotfix: Sentence = deployment.kind == .hotfix ? ", hotfix" : ""
      return deployment.isStraight ? hotfix + ", \(view.wording.straight(deployment))" : hotfix
    }
  }

  /// `from 2.8.2 by run 874, waited 4 d 4 h; brings 2.9.1 and, again, 2.9.0`.
  private var why: Sentence {
    let by: Sentence = view.wording.run(of: deployment, service).map { "by \($0)" } ?? ""
    let stayed: Sentence = entry.kind == .rollback ? stay : ""
    let from: Sentence = entry.from.map { "from \(view.wording.release(service, $0))\(stayed)" } ?? ""
    let wait: Sentence = deployment.gateWait.map { "waited \(words: Format.duration($0))" } ?? ""
    let leg = deployment.gate == nil && entry.kind != .rollback ? view.wording.leg(of: deployment, service) : ""
    let way = Sentence.joined([from, onTargets, by, wait, leg].filter { !$0.isEmpty }, separator: ", ")
    return .joined([way, brings, folded, fateWords].filter { !$0.isEmpty }, separator: "; ")
  }

  /// `on Oak, then Elm 1 Jun 09:00`: its targets in the order in which it came to them.
  private var onTargets: Sentence {
    guard let first = entry.targets.first else { return "" }
    let rest = entry.targets.dropFirst().prefix(12).map { target -> Sentence in "\(target.name) \(view.wording.when(target.at))"
    }
    let more = entry.targets.count - 1 - rest.count
    let all = more > 0 ? rest + ["\(more) more"] : rest
    return all.isEmpty ? "on \(first.name)" : "on \(first.name), then \(Sentence.list(all))"
  }

  /// How long the version that a rollback left was live.
  private var stay: Sentence {
    view.catalog.services[service].stay(endedBy: deployment, at: entry.at).map { " after \(words: Format.duration($0))" } ?? ""
  }

  private var brings: Sentence {
    guard entry.includes.count > 1 || !entry.again.isEmpty else { return "" }
    let again = Set(entry.again)
    let versions = entry.includes.map { version -> Sentence in again.contains(version) ? "again \(version)" : "\(version)" }
    return "brings \(Sentence.list(versions))"
  }

  private var folded: Sentence {
    guard !entry.folded.isEmpty else { return "" }
    return
      entry.folded.count == 1
      ? "after the pre-release \(view.wording.releases(service, entry.folded))"
      : "after the pre-releases \(view.wording.releases(service, entry.folded))"
  }

  private var fateWords: Sentence {
    guard let fate else { return "" }
    let rollback = entries[fate.rollback]
    let link = view.wording.own(view.wording.when(rollback.at), permalink(rollback))
    let left = entry.includes.filter { fate.versions.contains(Version.display($0)) }
    let which: Sentence = left.count < entry.includes.count && !left.isEmpty ? "\(view.wording.releases(service, left)) " : ""
    if fate.isOnSomeTargets {
      return which + "rolled back \(link) on \(Sentence.list(rollback.targets.prefix(12).map { "\($0.name)" }))"
    }
    guard let again = fate.again else { return which + "rolled back \(link)" }
    let return_ = LinkText(text: entries[again].to, to: permalink(entries[again]))
    return which + "rolled back \(link), came again with \(return_)"
  }

  private var remarks: [Sentence] {
    var all: [Sentence] = []
    if let reason = deployment.reason { all.append("\(reason)") }
    if !entry.removes.isEmpty {
      let name = view.catalog.environments[environment].name
      // Others may run it still.
      let targets = view.catalog.histories[service][environment].cell.targets.isEmpty ? [] : entry.targets.map(\.name)
      let place = targets.isEmpty ? name : "\(name) (\(targets.prefix(12).joined(separator: ", ")))"
      all.append("Removed from \(place): \(view.wording.releases(service, entry.removes, limit: 20)).")
    }
    if !entry.missingFixes.isEmpty {
      all.append("It lacks fixes of the line it left: \(view.wording.releases(service, entry.missingFixes, limit: 20)).")
    }
    return all + incidents
  }

  private var incidents: [Sentence] {
    view.catalog.incidents(of: .init(service: service, deployment: entry.deployment)).map { number, isCause in
      isCause
        ? "It caused the incident \(view.wording.incident(number))." : "Made for the incident \(view.wording.incident(number))."
    }
  }
}
