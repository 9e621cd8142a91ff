package import Records
import Releases
import Time

/// The facts of an incident, in the list and on its own page.
package struct IncidentRow: Hashable, Sendable {
  package let title: LinkText
  package let isOpen: Bool
  package let state: String
  package let mark: Mark
  package let severity: String?
  package let environment: LinkText?
  package let service: LinkText?
  /// What it touches, and how much.
  package let affects: Sentence
  package let started: TimeText?
  package let resolved: TimeText?
  /// From start to resolution; of an open one until now.
  package let length: String?
  package let causedBy: Sentence
  package let fixedBy: Sentence
  /// Where it is told elsewhere.
  package let url: String?

  /// `isAboutNow`: whether the page has a clock, so that an open incident may show its age.
  package init(_ wording: Wording, _ index: Int, isAboutNow: Bool) {
    let incident = wording.catalog.incidents[index]
    let record = incident.record
    title = wording.incident(index)
    isOpen = !record.state.isOver
    let isPlanned = record.kind == .maintenance
    state = record.stateWord
    mark = Mark(isOpen ? (isPlanned ? .running : .failed) : .succeeded)
    severity = record.severity
    environment = incident.environment.map(wording.environment)
    service = incident.service.map(wording.service)
    affects = .joined(incident.effects.compactMap(wording.words), separator: "; ")
    started = record.startedAt.map { wording.long($0) }
    resolved = record.resolvedAt.map { wording.long($0) }
    if let start = record.startedAt, let end = record.resolvedAt, end >= start {
      length = Format.duration(end.seconds(since: start))
    } else {
      length = isOpen && isAboutNow ? wording.age(record.startedAt) : nil
    }
    causedBy = .list(incident.causedBy.map { wording.words($0) })
    fixedBy = .list(incident.fixedBy.map { wording.words($0) })
    url = record.url
  }

  /// Maintenance is no incident, though it stands in the same list.
  package static func headline(_ open: [IncidentRecord]) -> Sentence {
    let incidents = open.count { $0.kind == .incident }
    let works = open.count - incidents
    let told: Sentence =
      incidents == 0 ? "No incident is open" : incidents == 1 ? "\(1) incident is open" : "\(incidents) incidents are open"
    guard works > 0 else { return told }
    return told + (works == 1 ? "; \(1) maintenance window is open" : "; \(works) maintenance windows are open")
  }
}
