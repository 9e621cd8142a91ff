import Plan
import Records
import Releases
import Report
import Template

/// A release at a gate: what waits, what pressing would bring, what holds it and who may decide. Ages are shown, so it stands only on
/// pages about now.
struct GateRow: Model {
  let service: Int
  let environment: Int
  let waiting: Waiting
  let mark = Mark(.waiting)
  let title: String
  /// Of the deployment, else of its run.
  let destination: Destination?
  let environmentName: String
  let since: TimeText?
  let age: String?
  let brings: Sentence
  /// To what the environment before has and this one lacks.
  let compared: LinkText?
  let held: Sentence
  let decide: Sentence
  /// Whether a person must act, and not a check, a lock or a timer.
  var needsPerson: Bool { waiting.needsPerson }

  static let fields = Fields<GateRow>(
    .object("mark") { $0.mark },
    .text("title") { $0.title },
    .url("url") { $0.destination.flatMap($1.address) },
    .text("environment") { $0.environmentName },
    .object("since") { $0.since },
    .words("age") { $0.age },
    .object("brings") { $0.brings },
    .object("compared") { $0.compared },
    .object("held") { $0.held },
    .object("decide") { $0.decide },
    .flag("needsPerson") { $0.needsPerson }
  )

  /// `isCompared`: the row stands on the page of the comparison itself.
  private init(_ view: Viewpoint, _ gate: WaitingGate, isCompared: Bool) {
    (service, environment, waiting) = (gate.service, gate.environment, gate.waiting)
    let link = view.wording.deployment(
      service, waiting.deployment, text: view.catalog.services[service].name + " " + waiting.version)
    title = link.text
    destination = link.destination
    environmentName = view.catalog.place(of: view.catalog.services[service].deployments[waiting.deployment])
    since = waiting.since.map(view.wording.dated)
    age = view.wording.age(waiting.since)
    brings = view.wording.brings(waiting, service, environment)
    compared = isCompared ? nil : view.wording.compared(service, environment)
    held = view.wording.held(waiting, service, environment)
    decide = view.wording.decide(waiting)
  }

  /// Every gate that waits, in the order of their urgency; those of archived and short-lived environments only where they are asked for.
  static func all(_ view: Viewpoint, environment: Int? = nil, isCompared: Bool = false) -> [GateRow] {
    view.catalog.waitingGates(in: environment).map { GateRow(view, $0, isCompared: isCompared) }
  }
}
