import Records
package import Releases
import Time

/// What a service runs here, as the top of a changelog tells it.
package struct RunningText: Hashable, Sendable {
  package let service: LinkText
  package let isLive: Bool
  package let state: Sentence
  package let remarks: [Sentence]
}

extension Wording {
  /// `checkout 2.9.1 since …; a person approves; 2 behind staging`.
  package func running(_ service: Int, _ environment: Int) -> RunningText {
    let cell = catalog.histories[service][environment].cell
    let deployments = catalog.services[service].deployments
    let current = cell.current.map { deployments[$0] }
    let name = catalog.services[service].name
    let link: LinkText
    let state: Sentence
    switch cell.state {
    case .current:
      link = current.map { release(service, $0.version, named: true) } ?? self.service(service)
      state = current?.time.map { "since \(long($0))" } ?? "since when is not known"
    case .mixed:
      link = LinkText(text: name, to: .service(service))
      state = "mixed: \(cell.mixedWords)"
    case .unknown:
      link = LinkText(text: name, to: .service(service))
      state = "unknown which version"
    case .none:
      link = self.service(service)
      state = "never deployed"
    case .removed:
      link = self.service(service)
      state = "removed"
    }
    return RunningText(service: link, isLive: cell.state == .current, state: state, remarks: remarks(cell))
  }

  private func remarks(_ cell: Cell) -> [Sentence] {
    var remarks: [Sentence] = []
    if cell.way != .unknown { remarks.append("\(words: cell.way.words)") }
    if let upstream = cell.upstream {
      let name = catalog.environments[upstream].name
      if cell.behind > 0, cell.current != nil {
        remarks.append(cell.isUncertain ? "may be behind \(name)" : "\(cell.behind) behind \(name)")
      }
      if !cell.ahead.isEmpty {
        remarks.append("\(Format.count(cell.ahead.count, "fix", plural: "fixes")) ahead of \(name)")
      }
    }
    if let waiting = cell.waiting.first {
      let since: Sentence = waiting.since.map { " since \(long($0))" } ?? ""
      remarks.append("\(Mark(.waiting)) \(waiting.version) waits\(waiting.targetWords)\(since)")
    }
    return remarks
  }

  /// Which months a changelog holds, newest first.
  package func scope(ofChangelog months: [Period]) -> Sentence {
    let order: Sentence = "In the order of arrival here, newest on top."
    guard let newest = months.first, let oldest = months.last else { return order }
    if newest == .undated { return "\(order) When these arrived is not known." }
    return newest == oldest
      ? "\(order) \(newest.name)." : "\(order) \(oldest.name) to \(newest.name)."
  }
}
