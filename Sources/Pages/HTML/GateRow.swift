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
    let link = view.deployment(service, waiting.deployment, text: view.catalog.services[service].name + " " + waiting.version)
    title = link.text
    destination = link.destination
    environmentName = view.catalog.place(of: view.catalog.services[service].deployments[waiting.deployment])
    since = waiting.since.map(view.dated)
    age = view.age(waiting.since)
    brings = view.brings(waiting, service, environment)
    compared = isCompared ? nil : view.compared(service, environment)
    held = view.held(waiting, service, environment)
    decide = view.decide(waiting)
  }

  /// Every gate that waits, in the order of their urgency; those of archived and short-lived environments only where they are asked for.
  static func all(_ view: Viewpoint, environment: Int? = nil, isCompared: Bool = false) -> [GateRow] {
    view.catalog.waitingGates(in: environment).map { GateRow(view, $0, isCompared: isCompared) }
  }
}

extension Viewpoint {
  /// What pressing the button would change.
  func brings(_ waiting: Waiting, _ service: Int, _ environment: Int) -> Sentence {
    let cell = catalog.histories[service][environment].cell
    let changes: Sentence = waiting.changes.isEmpty ? "" : ", \(Format.count(waiting.changes.count, "change"))"
    if cell.state == .unknown, waiting.brings.isEmpty || cell.current == nil {
      return "\(release(service, waiting.version))\(changes); what runs now is unknown"
    }
    guard let current = cell.current else {
      return "the first deployment: \(release(service, waiting.version))\(changes)"
    }
    if waiting.brings.isEmpty {
      let live = catalog.services[service].deployments[current].version
      return Version.display(live) == Version.display(waiting.version)
        ? "\(release(service, waiting.version)) once more\(changes)"
        : "\(release(service, waiting.version)) instead of \(release(service, live))\(changes)"
    }
    let count: Sentence = "\(Format.count(waiting.brings.count, "release"))\(changes)"
    return "\(own(count, .pending(service: service, environment: environment))): \(releases(service, waiting.brings))"
  }

  /// What keeps the gate closed, and the freeze that is about to.
  func held(_ waiting: Waiting, _ service: Int, _ environment: Int) -> Sentence {
    let run = Destination.deployment(service: service, waiting.deployment)
    let holds = waiting.holds.map { hold -> Sentence in
      switch hold {
      case .freeze(let freeze): "\(words: freeze.kind.rawValue) until \(brief(freeze.to))\(reason(freeze))"
      case .gate(let kind, let key): named(kind, key, to: run)
      }
    }
    if !holds.isEmpty { return .list(holds) }
    let kind = waiting.gate?.kind ?? .human
    let own: Sentence = kind == .human ? "nothing" : named(kind, waiting.gate?.key, to: run)
    guard let next = catalog.nextFreeze(of: environment) else { return own }
    return own + "; \(words: next.kind.rawValue) from \(brief(next.from))"
  }

  private func named(_ kind: Gate.Kind, _ key: String?, to destination: Destination) -> Sentence {
    "\(LinkText(text: key ?? "", to: destination, before: key == nil ? "\(words: kind.word)" : "\(words: kind.word) "))"
  }

  private func reason(_ freeze: Configuration.Freeze) -> Sentence { freeze.reason.map { ": \($0)" } ?? "" }

  /// Who may decide, and who did the last time.
  func decide(_ waiting: Waiting) -> Sentence {
    guard waiting.needsPerson else { return "nobody: it waits for the \(words: waiting.gate?.kind.word ?? "gate")" }
    let people = waiting.allowed.map { name -> Sentence in "\(name)" }
    let required = waiting.gate?.required ?? 1
    var sentence: Sentence = people.isEmpty ? "who may is not recorded" : .joined(people, separator: ", ")
    if required > 1, !people.isEmpty { sentence = "\(required) of \(sentence)" }
    guard let last = waiting.lastDecision else { return sentence + "; never decided before" }
    let time: Sentence = last.at.map { " \(brief($0))" } ?? ""
    let by: Sentence = last.by.map { "\($0)" } ?? "by somebody"
    return sentence + "; last \(by)\(time)"
  }
}

extension SiteMap {
  /// The id of what waits or is behind, on the changelog of an environment.
  func pendingID(_ service: Int) -> String { "pending/" + services[service] }
}
