import Records
import Releases

@testable import Formats
@testable import HTML
@testable import Plan

extension CatalogSketch {
  /// A run behind the others; `change` fills in its record.
  @discardableResult
  mutating func run(
    _ id: String, number: Int? = nil, _ state: State = .succeeded, version: String? = nil, of service: Int = 0,
    deployments: [Int] = [], change: (inout RunRecord) -> Void = { _ in }
  ) -> Int {
    var record = RunRecord(id: id, state: state)
    record.number = number
    change(&record)
    let index = services[service].runs.count
    services[service].runs.append(Run(record: record, attempts: [], version: version ?? id, deployments: deployments))
    for deployment in deployments { services[service].deployments[deployment].run = index }
    return index
  }

  /// Ends the last arrival of a version in an environment.
  mutating func leave(_ version: String, _ environment: Int, at: String, for next: String?, of service: Int = 0) {
    guard let release = services[service].releases.firstIndex(where: { $0.version == version }),
      let arrival = services[service].releases[release].arrivals.lastIndex(where: { $0.environment == environment })
    else { return }
    services[service].releases[release].arrivals[arrival].leftAt = CatalogSketch.time(at)
    services[service].releases[release].arrivals[arrival].replacedBy = next
  }
}

extension Step {
  /// A step with its times: `10:00` of 26 March 2026.
  static func at(
    _ name: String, _ state: State = .succeeded, from: String? = nil, to: String? = nil, stage: String? = nil,
    key: String? = nil,
    parent: String? = nil, error: String? = nil
  ) -> Step {
    var step = Step(name: name, state: state)
    step.startedAt = from.map { CatalogSketch.time("2026-03-26 " + $0) }
    step.finishedAt = to.map { CatalogSketch.time("2026-03-26 " + $0) }
    step.stage = stage
    step.key = key
    step.parent = parent
    step.error = error
    return step
  }
}
