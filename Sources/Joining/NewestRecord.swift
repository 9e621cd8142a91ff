import Records
import Releases
import Time

/// The latest time that records hold, and how many records hold one later than as-of.
struct NewestRecord {
  private(set) var time: Timestamp?
  private(set) var later = 0

  private let asOf: Timestamp

  init(_ input: CatalogInput, asOf: Timestamp) {
    self.asOf = asOf
    for run in input.runs { add(run.value.newestTime) }
    for deployment in input.deployments { add(deployment.value.newestTime) }
    for incident in input.incidents { add(incident.value.newsAt) }
  }

  private mutating func add(_ newest: Timestamp?) {
    time = latest(time, newest)
    if let newest, newest > asOf { later += 1 }
  }
}
