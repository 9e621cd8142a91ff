import Records
package import Releases
import Time

/// How a release fared in one environment: a part of the strip on its page.
package struct ReleaseStop: Hashable, Sendable {
  /// One thing that happened there, its mark before it.
  package struct Line: Hashable, Sendable {
    package let mark: Mark?
    package let sentence: Sentence
    /// A leg of the way: quieter.
    package let isLeg: Bool
    /// It needs a person.
    package let isLoud: Bool

    init(_ sentence: Sentence, mark: State? = nil, isLeg: Bool = false, isLoud: Bool = false) {
      self.sentence = sentence
      self.mark = mark.map(Mark.init)
      self.isLeg = isLeg
      self.isLoud = isLoud
    }
  }

  package let environment: LinkText
  /// It was there, and may be still.
  package let isReached: Bool
  /// It waits to get there.
  package let isAtGate: Bool
  /// A gate stands before it.
  package let isGated: Bool
  package let lines: [Line]

  /// nil for an archived or short-lived environment that it never reached.
  package init?(_ wording: Wording, _ release: Release, service: Int, environment index: Int) {
    guard let version = release.version.map(Version.display) else { return nil }
    let cell = wording.catalog.histories[service][index].cell
    let arrivals = release.arrivals.filter { $0.environment == index }
    let waiting = cell.waiting.first { Version.display($0.version) == version }
    if arrivals.isEmpty, !wording.catalog.environments[index].isStage { return nil }
    environment = wording.environment(index)
    var lines = wording.lines(arrivals, of: release, service: service)
    if let waiting { lines += wording.lines(waiting, service: service, environment: index) }
    if lines.isEmpty { lines = wording.linesOfNeverArriving(version, service: service, environment: index) }
    self.lines = lines
    isReached = !arrivals.isEmpty
    isAtGate = waiting != nil
    isGated = cell.way == .gated
  }
}

extension Wording {
  private static let arrivalLimit = 3

  fileprivate func lines(_ arrivals: [Release.Arrival], of release: Release, service: Int) -> [ReleaseStop.Line] {
    var lines: [ReleaseStop.Line] = []
    if arrivals.count > Wording.arrivalLimit {
      lines.append(.init("\(Format.count(arrivals.count - Wording.arrivalLimit, "earlier arrival"))", isLeg: true))
    }
    for arrival in arrivals.suffix(Wording.arrivalLimit) {
      let deployment = catalog.services[service].deployments[arrival.deployment]
      let link = own("arrived", .deployment(service: service, arrival.deployment))
      lines.append(
        .init(arrival.arrivedAt.map { "\(link) \(long($0))" } ?? "\(link), time not known", mark: .succeeded))
      lines.append(.init(end(of: arrival, deployment.version, service: service)))
      if arrival.targets.count > 0 { lines.append(.init(targets(of: arrival), isLeg: true)) }
      if let wait = wait(of: deployment) { lines.append(.init(wait, isLeg: true)) }
      if let leg = leg(to: arrival.environment, at: arrival.arrivedAt, of: release, service: service) {
        lines.append(.init(leg, isLeg: true))
      }
    }
    return lines
  }

  /// `on Elm 1 Jun 09:00, Oak 1 Jun 08:00 to 2 Jun 08:00`.
  private func targets(of arrival: Release.Arrival) -> Sentence {
    var words = arrival.targets.prefix(12).map { target -> Sentence in
      let left: Sentence = target.leftAt.map { " to \(long($0))" } ?? ""
      return "\(target.name) \(when(target.arrivedAt))\(left)"
    }
    if arrival.targets.count > 12 { words.append("\(arrival.targets.count - 12) more") }
    return "on \(Sentence.joined(words, separator: ", "))"
  }

  /// `waited 4 d 4 h at the gate, Ines Rocha decided`, `waited 17 min for the lock`.
  private func wait(of deployment: Deployment) -> Sentence? {
    guard let gate = deployment.gate, let seconds = deployment.gateWait else { return nil }
    let length = Format.duration(seconds)
    guard gate.kind == .human else { return "waited \(words: length) for the \(words: gate.kind.word)" }
    return gate.decidedBy.map { "waited \(words: length) at the gate, \($0) decided" } ?? "waited \(words: length) at the gate"
  }

  /// `left … for 2.9.1`, `↓ rolled back … to 2.8.2`, `live now; 2.11.0 failed here`.
  private func end(of arrival: Release.Arrival, _ version: String, service: Int) -> Sentence {
    if arrival.isOver { return ended(arrival, service: service) }
    let cell = catalog.histories[service][arrival.environment].cell
    let onTargets = cell.state == .mixed ? cell.versions.first { Version.display($0.text) == Version.display(version) } : nil
    if let count = onTargets?.count { return "live on \(count) of \(cell.targets.count) targets" }
    guard let last = cell.lastAttempt else { return cell.state == .unknown ? "whether it is live is unknown" : "live now" }
    let attempt = catalog.services[service].deployments[last]
    let link = deployment(service, last, text: attempt.version, after: " \(words: attempt.stateWord)")
    return cell.state == .unknown ? "whether it is live is unknown: \(link) here" : "live now; \(link) here"
  }

  private func ended(_ arrival: Release.Arrival, service: Int) -> Sentence {
    let left = arrival.leftAt
    guard let next = arrival.replacedBy else { return left.map { "removed \(long($0))" } ?? "removed, time not known" }
    guard let successor = arrival.endedBy, catalog.services[service].deployments[successor].kind == .rollback else {
      let release = release(service, next)
      return left.map { "left \(long($0)) for \(release)" } ?? "left for \(release), time not known"
    }
    let link = own("rolled back", .deployment(service: service, successor))
    let release = release(service, next)
    return left.map { "↓ \(link) \(long($0)) to \(release)" } ?? "↓ \(link) to \(release), time not known"
  }

  fileprivate func lines(_ waiting: Waiting, service: Int, environment: Int) -> [ReleaseStop.Line] {
    let word = own("waits", .deployment(service: service, waiting.deployment))
    var lines: [ReleaseStop.Line] = [
      .init(
        waiting.since.map { "\(word) since \(long($0))" } ?? "\(word), since when is not recorded", mark: .waiting,
        isLoud: true
      )
    ]
    if !waiting.allowed.isEmpty { lines.append(.init("\(names(waiting.allowed, limit: 5)) may decide")) }
    let cell = catalog.histories[service][environment].cell
    if let current = cell.current, cell.state != .unknown {
      lines.append(
        .init("replaces \(release(service, catalog.services[service].deployments[current].version))", isLeg: true))
    }
    return lines
  }

  /// The last attempt to bring it; the later release that brought its changes; else that it never came.
  fileprivate func linesOfNeverArriving(_ version: String, service: Int, environment: Int) -> [ReleaseStop.Line] {
    let history = catalog.histories[service][environment]
    let all = catalog.services[service]
    var lines: [ReleaseStop.Line] = []
    if let last = all.lastDeployment(of: version, among: history.deployments) {
      let deployment = all.deployments[last]
      let link = own("\(words: deployment.stateWord)", .deployment(service: service, last))
      let time: Sentence = deployment.time.map { " \(long($0))" } ?? ""
      lines.append(.init("\(link)\(time)", mark: deployment.state))
    }
    if let carrier = history.changelog.carrier(of: version) {
      let link = deployment(service, carrier.deployment, text: carrier.to)
      lines.append(.init("its changes came with \(link), \(when(carrier.at))"))
    }
    return lines.isEmpty ? [.init("not reached")] : lines
  }
}
