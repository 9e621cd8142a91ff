import Records
import Releases

/// What is told of a service in an environment: what runs since when and by whom, and the gaps up and down the way to customers.
package struct PlaceFacts {
  private let wording: Wording
  private let service: Int
  private let environment: Int
  private let cell: Cell
  private let deployments: [Deployment]

  /// Both are indices into the catalog.
  package init(_ wording: Wording, service: Int, environment: Int) {
    self.wording = wording
    self.service = service
    self.environment = environment
    cell = wording.catalog.histories[service][environment].cell
    deployments = wording.catalog.services[service].deployments
  }

  /// In the order in which they are shown.
  package var all: [Fact] { (targets + live + [before, upstream, ahead] + downstream).compactMap { $0 } }

  private func fact(_ name: Sentence, _ sentence: Sentence?) -> Fact? {
    sentence.flatMap { $0.isEmpty ? nil : Fact(name, $0) }
  }

  private var targets: [Fact?] {
    wording.targets(of: cell, service: service, limit: 100).map { fact("Target", $0) }
  }

  /// Of what runs: since when, by whom, by which run and commit.
  private var live: [Fact?] {
    guard cell.state == .current, let index = cell.current else { return [] }
    let deployment = deployments[index]
    let since = deployment.time
    let age: Sentence = wording.age(since).map { ", \(words: $0)" } ?? ""
    let run: Sentence = wording.run(of: deployment, service).map { " in \($0)" } ?? ""
    return [
      fact(
        deployment.kind == .rollback ? "Back since" : "Live since",
        since.map { "\(wording.dated($0))\(age)" } ?? "time not known"),
      fact("Deployment", "\(wording.deployment(service, index, text: deployment.id))\(run)"),
      fact("Let in", wording.approval(of: deployment)),
      fact(
        "Waited",
        deployment.gateWait.map { wait -> Sentence in
          let kind = deployment.gate?.kind ?? .human
          return kind == .human
            ? "\(words: Format.duration(wait)) at the gate" : "\(words: Format.duration(wait)) for the \(words: kind.word)"
        }),
      fact("Started by", deployment.gate == nil ? nil : deployment.actor.map { "\($0.name)" }),
      fact("Commit", deployment.commit.map { "\(code: Format.shortSHA($0.sha))" }),
    ]
  }

  private var before: Fact? {
    guard let index = cell.previous else { return nil }
    let deployment = deployments[index]
    let since: Sentence =
      deployment.time.map { ", since \(wording.dated($0))" } ?? ", time not known"
    return fact("Previous", "\(wording.release(service, deployment.version))\(since)")
  }

  private var upstream: Fact? {
    guard let upstream = cell.upstream, wording.catalog.environments[environment].isStage,
      wording.catalog.histories[service][upstream].cell.state != .unknown || cell.behind > 0
    else { return nil }
    let place = wording.environment(upstream)
    guard cell.behind > 0 else {
      if cell.isUncertain { return fact("Upstream", "may be behind \(place)") }
      return cell.current == nil
        ? nil : fact("Upstream", cell.ahead.isEmpty ? "level with \(place)" : "not behind \(place)")
    }
    let since: Sentence = cell.pendingSince.map { "; the oldest since \(wording.dated($0))" } ?? ""
    let age: Sentence = wording.age(cell.pendingSince).map { ", \(words: $0)" } ?? ""
    let behind = wording.own(
      cell.isUncertain ? "may be behind" : "\(cell.behind) behind", wording.compared(service, environment)?.destination)
    let releases = wording.releases(service, cell.pending)
    return fact(
      "Upstream", "\(behind) \(place): \(releases)\(since)\(age)\(context: "releases behind an environment")")
  }

  private var ahead: Fact? {
    guard !cell.ahead.isEmpty, let upstream = cell.upstream else { return nil }
    return fact("Ahead", "\(wording.environment(upstream)) lacks \(wording.releases(service, cell.ahead))")
  }

  /// The environments that get their releases from here.
  private var downstream: [Fact?] {
    wording.catalog.histories[service].enumerated().filter { index, history in
      history.cell.upstream == environment && wording.catalog.environments[index].isStage
    }.map { index, history in
      let place = wording.environment(index)
      guard history.cell.behind > 0 else {
        return fact("Downstream", history.cell.current == nil || history.cell.isUncertain ? nil : "\(place) has all of it")
      }
      if history.cell.isUncertain {
        let behind = wording.own("may be behind", wording.compared(service, index)?.destination)
        return fact("Downstream", "\(place) \(behind): \(wording.releases(service, history.cell.pending))")
      }
      let behind = wording.own("\(history.cell.behind) behind", wording.compared(service, index)?.destination)
      return fact("Downstream", "\(place) is \(behind): \(wording.releases(service, history.cell.pending))")
    }
  }
}
