import Records
package import Releases

/// A release at a gate: what waits, what pressing would bring, what holds it and who may decide. Ages are shown, so it stands only on
/// pages about now.
package struct GateRow: Sendable {
  package let service: Int
  package let environment: Int
  package let waiting: Waiting
  package let mark = Mark(.waiting)
  package let title: String
  /// Of the deployment, else of its run.
  package let destination: Destination?
  package let environmentName: String
  package let since: TimeText?
  package let age: String?
  package let brings: Sentence
  /// To what the environment before has and this one lacks.
  package let compared: LinkText?
  package let held: Sentence
  package let decide: Sentence
  /// Whether a person must act, and not a check, a lock or a timer.
  package var needsPerson: Bool { waiting.needsPerson }

  /// `isCompared`: the row stands on the page of the comparison itself.
  private init(_ wording: Wording, _ gate: WaitingGate, isCompared: Bool) {
    (service, environment, waiting) = (gate.service, gate.environment, gate.waiting)
    let link = wording.deployment(
      service, waiting.deployment, text: wording.catalog.services[service].name + " " + waiting.version)
    title = link.text
    destination = link.destination
    environmentName = wording.catalog.place(of: wording.catalog.services[service].deployments[waiting.deployment])
    since = waiting.since.map(wording.dated)
    age = wording.age(waiting.since)
    brings = wording.brings(waiting, service, environment)
    compared = isCompared ? nil : wording.compared(service, environment)
    held = wording.held(waiting, service, environment)
    decide = wording.decide(waiting)
  }

  /// What a list of them is called.
  package static func heading(_ rows: [GateRow]) -> String {
    rows.allSatisfy(\.needsPerson) ? "Waiting for a person" : "Waiting at a gate"
  }

  /// Every gate that waits, in the order of their urgency; those of archived and short-lived environments only where they are asked for.
  package static func all(_ wording: Wording, environment: Int? = nil, isCompared: Bool = false) -> [GateRow] {
    wording.catalog.waitingGates(in: environment).map { GateRow(wording, $0, isCompared: isCompared) }
  }

  /// What waits now, in a line. `rows`: every gate that waits.
  package static func headline(_ rows: [GateRow], _ facts: VerdictFacts) -> Sentence {
    let people = facts.waitingForPerson
    if people > 0 { return people == 1 ? "\(1) release waits for a person" : "\(people) releases wait for a person" }
    if !facts.isWaitKnown { return "What waits is not known" }
    return rows.isEmpty ? "Nothing waits at a gate" : "Nothing waits for a person"
  }
}
