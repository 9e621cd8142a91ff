import Records
import Releases
import Time

/// A deployment that waits, as the files of the interface tell of it.
struct WaitingInPlace {
  let waiting: Waiting
  let place: CellInPlace

  var deployment: Deployment { place.service.deployments[waiting.deployment] }
}

extension CellInPlace {
  var waiting: [WaitingInPlace] { cell.waiting.map { WaitingInPlace(waiting: $0, place: self) } }
}

extension WaitingInPlace {
  static let shape = JSONShape<WaitingInPlace>(fields)

  static let fields: [JSONField<WaitingInPlace>] = [
    .text("version", \.waiting.version),
    .text("run", orNull: \.deployment.runID),
    .text("gate", orNull: \.waiting.gate?.key),
    .time("since", orNull: \.waiting.since),
    .texts("allowed", \.waiting.allowed),
    .text("target", orNull: \.waiting.target)
      .described("The region, tenant, cluster or instance within the environment; null: every one.").listedLast,
  ]

  /// What it would bring, and what holds it.
  static let gateFields: [JSONField<WaitingInPlace>] = [
    .text("deployment", \.deployment.id),
    .texts("brings", \.waiting.brings),
    .list("holds", Waiting.Hold.shape, \.waiting.holds),
    .object("lastDecision", Gate.Decision.shape, orNull: \.waiting.lastDecision),
  ]
}

extension Gate.Decision {
  static let shape = JSONShape<Gate.Decision>([
    .text("by", orNull: \.by), .time("at", orNull: \.at), .text("decision", orNull: \.decision),
  ])
}

extension Waiting.Hold {
  fileprivate static let shape = JSONShape<Waiting.Hold>([
    .word("kind", oneOf: Configuration.Freeze.Kind.allCases.map(\.rawValue) + Gate.Kind.allCases.map(\.rawValue), \.kind),
    .text("key", orNull: \.key),
    .text("reason", orNull: \.freeze?.reason),
    .time("until", orNull: \.freeze?.to),
  ])

  private var kind: String {
    switch self {
    case .freeze(let freeze): freeze.kind.rawValue
    case .gate(let kind, _): kind.rawValue
    }
  }

  private var key: String? { if case .gate(_, let key) = self { key } else { nil } }
  private var freeze: Configuration.Freeze? { if case .freeze(let freeze) = self { freeze } else { nil } }
}
