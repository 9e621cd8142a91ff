import Records
package import Releases
import Time

/// What is said of an entry of a changelog: how a release came to an environment, and what became of it there.
package struct ArrivalText {
  private let wording: Wording
  private let environment: Int
  private let service: Int
  private let entries: [ChangelogEntry]
  package let entry: ChangelogEntry
  package let deployment: Deployment
  private let fate: EntryFate?

  /// `fate`: what a rollback did to it, if one did.
  package init(_ wording: Wording, environment: Int, arrival: MonthIndex.Arrival, fate: EntryFate?) {
    (self.wording, self.environment, self.fate) = (wording, environment, fate)
    service = arrival.service
    entries = wording.catalog.histories[service][environment].changelog.entries
    entry = entries[arrival.entry]
    deployment = wording.catalog.services[service].deployments[entry.deployment]
  }

  /// It is what the environment runs.
  package var isLive: Bool {
    let cell = wording.catalog.histories[service][environment].cell
    return cell.state == .current && cell.current == entry.deployment
  }

  /// What a rollback took away again, and not of some targets only; empty where none did.
  package var struck: Set<String> { fate.flatMap { $0.isOnSomeTargets ? nil : $0.versions } ?? [] }
  package var isYanked: Bool { entry.yanked.contains { Version.display($0) == Version.display(entry.to) } }

  /// Where it stands for good.
  package var place: Destination { place(of: entry) }

  private func place(of other: ChangelogEntry) -> Destination {
    .changelogEntry(service: service, deployment: other.deployment, wording.catalog.period(of: other.at))
  }

  /// `2.10.0`, by its service; of a rollback what it went back to.
  package var heading: Sentence {
    entry.kind == .rollback
      ? "\(wording.catalog.services[service].name) back to \(wording.release(service, entry.to))"
      : "\(wording.release(service, entry.to, named: true))"
  }

  /// After the heading: `, rebuilt`, `, hotfix, straight to Production`; empty where it is an upgrade like others.
  package var kind: Sentence {
    switch entry.kind {
    case .first: return ", first deployment"
    case .rebuild: return ", rebuilt"
    case .rollback: return ", rollback"
    case .upgrade:
      let hotfix: Sentence = deployment.kind == .hotfix ? ", hotfix" : ""
      return deployment.isStraight ? hotfix + ", \(wording.straight(deployment))" : hotfix
    }
  }

  /// `from 2.8.2 by run 874, waited 4 d 4 h; brings 2.9.1 and, again, 2.9.0`.
  package var why: Sentence {
    let by: Sentence = wording.run(of: deployment, service).map { "by \($0)" } ?? ""
    let stayed: Sentence = entry.kind == .rollback ? stay : ""
    let from: Sentence = entry.from.map { "from \(wording.release(service, $0))\(stayed)" } ?? ""
    let wait: Sentence = deployment.gateWait.map { "waited \(words: Format.duration($0))" } ?? ""
    let leg = deployment.gate == nil && entry.kind != .rollback ? wording.leg(of: deployment, service) : ""
    let way = Sentence.joined([from, onTargets, by, wait, leg].filter { !$0.isEmpty }, separator: ", ")
    return .joined([way, brings, folded, fateWords].filter { !$0.isEmpty }, separator: "; ")
  }

  /// `on Oak, then Elm 1 Jun 09:00`: its targets in the order in which it came to them.
  private var onTargets: Sentence {
    guard let first = entry.targets.first else { return "" }
    let rest = entry.targets.dropFirst().prefix(12).map { target -> Sentence in
      "\(target.name) \(wording.when(target.at))"
    }
    let more = entry.targets.count - 1 - rest.count
    let all = more > 0 ? rest + ["\(more) more"] : rest
    return all.isEmpty ? "on \(first.name)" : "on \(first.name), then \(Sentence.list(all))"
  }

  /// How long the version that a rollback left was live.
  private var stay: Sentence {
    let stay = wording.catalog.services[service].stay(endedBy: deployment, at: entry.at)
    return stay.map { " after \(words: Format.duration($0))" } ?? ""
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
      ? "after the pre-release \(wording.releases(service, entry.folded))"
      : "after the pre-releases \(wording.releases(service, entry.folded))"
  }

  private var fateWords: Sentence {
    guard let fate else { return "" }
    let rollback = entries[fate.rollback]
    let link = wording.own(wording.when(rollback.at), place(of: rollback))
    let left = entry.includes.filter { fate.versions.contains(Version.display($0)) }
    let which: Sentence = left.count < entry.includes.count && !left.isEmpty ? "\(wording.releases(service, left)) " : ""
    if fate.isOnSomeTargets {
      return which + "rolled back \(link) on \(Sentence.list(rollback.targets.prefix(12).map { "\($0.name)" }))"
    }
    guard let again = fate.again else { return which + "rolled back \(link)" }
    let return_ = LinkText(text: entries[again].to, to: place(of: entries[again]))
    return which + "rolled back \(link), came again with \(return_)"
  }

  /// What a reader must not miss: reasons, removals, missing fixes, incidents.
  package var remarks: [Sentence] {
    var all: [Sentence] = []
    if let reason = deployment.reason { all.append("\(reason)") }
    if !entry.removes.isEmpty {
      let name = wording.catalog.environments[environment].name
      // Others may run it still.
      let targets = wording.catalog.histories[service][environment].cell.targets.isEmpty ? [] : entry.targets.map(\.name)
      let place = targets.isEmpty ? name : "\(name) (\(targets.prefix(12).joined(separator: ", ")))"
      all.append("Removed from \(place): \(wording.releases(service, entry.removes, limit: 20)).")
    }
    if !entry.missingFixes.isEmpty {
      all.append("It lacks fixes of the line it left: \(wording.releases(service, entry.missingFixes, limit: 20)).")
    }
    return all + incidents
  }

  private var incidents: [Sentence] {
    wording.catalog.incidents(of: .init(service: service, deployment: entry.deployment)).map { number, isCause in
      isCause
        ? "It caused the incident \(wording.incident(number))." : "Made for the incident \(wording.incident(number))."
    }
  }
}
