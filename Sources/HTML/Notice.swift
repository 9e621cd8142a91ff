import Plan
import Records
import Releases
import Report
import Template

/// A strip above the content: an open incident, a withdrawn release that is live, a freeze. Only on pages about now.
struct Notice: Model {
  enum Kind: String { case incident, alarm, freeze, archived }
  let kind: Kind
  /// `Incident`.
  let label: String
  let sentence: Sentence

  static let fields = Fields<Notice>(
    .text("kind") { $0.kind.rawValue },
    .words("label") { $0.label },
    .object("sentence") { $0.sentence }
  )

  /// What concerns the whole site, or one environment; the loudest first.
  static func all(_ view: Viewpoint, environment: Int? = nil) -> [Notice] {
    incidents(view, environment: environment) + yanked(view, environment: environment)
      + view.catalog.nearFreezes(of: environment).map(view.notice)
  }

  private static func incidents(_ view: Viewpoint, environment: Int?) -> [Notice] {
    let open = view.catalog.openIncidents.filter { index in
      environment.map(view.catalog.incidents[index].environments.contains) ?? true
    }
    var notices = open.prefix(3).map { Notice(of: view.catalog.incidents[$0].record, view.wording.words(openIncident: $0)) }
    if open.count > 3 {
      let rest = view.wording.own("\(Format.count(open.count - 3, "more incident")) open", .incidents)
      notices.append(Notice(kind: .incident, label: "Incidents", sentence: "\(rest)"))
    }
    return notices
  }

  /// The open incidents of a service, for a page that has no clock: since when, and not for how long.
  static func incidents(_ view: Viewpoint, ofService service: Int) -> [Notice] {
    view.catalog.openIncidents.filter { view.catalog.incidents[$0].concerns(service: service) }.map { index in
      let incident = view.catalog.incidents[index]
      let since: Sentence = incident.record.startedAt.map { ", open since \(view.wording.long($0))" } ?? ""
      return Notice(of: incident.record, "\(view.wording.incident(index)): \(words: incident.record.stateWord)\(since).")
    }
  }

  private static func yanked(_ view: Viewpoint, environment only: Int?) -> [Notice] {
    var notices: [Notice] = []
    for (service, histories) in view.catalog.histories.enumerated() {
      for (environment, history) in histories.enumerated() where only == nil || only == environment {
        guard history.cell.flags.contains(.yanked), let current = history.cell.current,
          view.catalog.environments[environment].isStage
        else { continue }
        let version = view.catalog.services[service].deployments[current].version
        notices.append(
          Notice(
            kind: .alarm, label: "Withdrawn",
            sentence:
              "\(view.wording.environment(environment)) runs \(view.wording.release(service, version, named: true)), which was yanked."
          )
        )
      }
    }
    return notices
  }
}

extension Notice {
  fileprivate init(of record: IncidentRecord, _ sentence: Sentence) {
    switch record.kind {
    case .incident: self.init(kind: .incident, label: "Incident", sentence: sentence)
    case .maintenance: self.init(kind: .freeze, label: "Maintenance", sentence: sentence)
    }
  }
}
