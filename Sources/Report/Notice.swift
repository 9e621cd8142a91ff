package import Records
import Releases

/// A strip above the content: an open incident, a withdrawn release that is live, a freeze. Only on pages about now.
package struct Notice: Hashable, Sendable {
  /// How loud it is: `alarm` for a withdrawn release that is live; planned maintenance is a `freeze`.
  package enum Kind: String, Sendable { case incident, alarm, freeze, archived }
  package let kind: Kind
  /// `Incident`.
  package let label: String
  package let sentence: Sentence

  /// Of an environment that is archived.
  package static let archived = Notice(
    kind: .archived, label: "Archived", sentence: "Nothing is deployed here any more; this is what was.")

  /// What concerns the whole site, or one environment; the loudest first.
  package static func all(_ wording: Wording, environment: Int? = nil) -> [Notice] {
    incidents(wording, environment: environment) + yanked(wording, environment: environment)
      + wording.catalog.nearFreezes(of: environment).map { Notice($0, wording) }
  }

  private static func incidents(_ wording: Wording, environment: Int?) -> [Notice] {
    let open = wording.catalog.openIncidents.filter { index in
      environment.map(wording.catalog.incidents[index].environments.contains) ?? true
    }
    var notices = open.prefix(3).map { Notice(of: wording.catalog.incidents[$0].record, wording.words(openIncident: $0)) }
    if open.count > 3 {
      let rest = wording.own("\(Format.count(open.count - 3, "more incident")) open", .incidents)
      notices.append(Notice(kind: .incident, label: "Incidents", sentence: "\(rest)"))
    }
    return notices
  }

  /// The open incidents of a service, for a page that has no clock: since when, and not for how long.
  package static func incidents(_ wording: Wording, ofService service: Int) -> [Notice] {
    wording.catalog.openIncidents.filter { wording.catalog.incidents[$0].concerns(service: service) }.map { index in
      let incident = wording.catalog.incidents[index]
      let since: Sentence = incident.record.startedAt.map { ", open since \(wording.long($0))" } ?? ""
      return Notice(of: incident.record, "\(wording.incident(index)): \(words: incident.record.stateWord)\(since).")
    }
  }

  private static func yanked(_ wording: Wording, environment only: Int?) -> [Notice] {
    var notices: [Notice] = []
    for (service, histories) in wording.catalog.histories.enumerated() {
      for (environment, history) in histories.enumerated() where only == nil || only == environment {
        guard history.cell.flags.contains(.yanked), let current = history.cell.current,
          wording.catalog.environments[environment].isStage
        else { continue }
        let version = wording.catalog.services[service].deployments[current].version
        notices.append(
          Notice(
            kind: .alarm, label: "Withdrawn",
            sentence:
              "\(wording.environment(environment)) runs \(wording.release(service, version, named: true)), which was yanked."
          )
        )
      }
    }
    return notices
  }
}

extension Notice {
  /// Of a freeze that is or comes near.
  package init(_ freeze: Configuration.Freeze, _ wording: Wording) {
    self.init(kind: .freeze, label: freeze.kind.title, sentence: wording.words(freeze) + ".")
  }

  fileprivate init(of record: IncidentRecord, _ sentence: Sentence) {
    switch record.kind {
    case .incident: self.init(kind: .incident, label: "Incident", sentence: sentence)
    case .maintenance: self.init(kind: .freeze, label: "Maintenance", sentence: sentence)
    }
  }
}
