import Plan
import Records
import Releases
import Time

/// `services/<service>/<env>/deployments.json`: newest first, those that have a page.
struct DeploymentsFile: InterfaceFile {
  let edition: Edition
  let service: Int
  let environment: Int

  static let name = "deployments"
  static let title = "The deployments of a service in an environment, newest first"
  static let shape = JSONShape<DeploymentsFile>([.list("deployments", Row.shape, \.rows)])

  fileprivate struct Row {
    let deployment: Deployment
    let entry: ChangelogEntry?
  }

  private var rows: [Row] {
    let history = edition.catalog.histories[service][environment]
    let shown = history.deployments.reversed().filter { edition.map.deployment(service, $0) != nil }
    return shown.map {
      Row(deployment: edition.catalog.services[service].deployments[$0], entry: history.changelog.entry(of: $0))
    }
  }
}

extension DeploymentsFile.Row {
  fileprivate static let shape = JSONShape<DeploymentsFile.Row>([
    .text("id", \.deployment.id),
    .text("run", orNull: \.deployment.runID),
    .text("version", \.deployment.version),
    .text("commit", orNull: \.deployment.commit?.sha),
    .word("state", \.deployment.state),
    .text("stateRaw", orNull: \.deployment.stateRaw),
    .word("kind", orNull: \.deployment.kind).described("null unless it succeeded and is no removal"),
    .word("action", \.deployment.action),
    .word("promotion", \.deployment.promotion),
    .time("startedAt", orNull: \.deployment.startedAt),
    .time("finishedAt", orNull: \.deployment.finishedAt),
    .seconds("waitSeconds", orNull: \.deployment.gate?.waitSeconds).described("from request to decision"),
    .text("actor", orNull: \.deployment.actor?.name),
    .text("from", orNull: \.deployment.from).described("the version live before it"),
    .texts("added") { $0.entry?.includes ?? [] },
    .texts("removed") { $0.entry?.removes ?? [] },
    .object("gate", gate, orNull: \.deployment.gate),
    .texts("inferred", \.deployment.inferred).described("names of the fields that a rule filled in"),
    .whole("attempt", \.deployment.attempt).atLeast(1)
      .described("Which attempt of its run's deployment to that environment and target it is."),
    .text("target", orNull: \.deployment.target)
      .described("The region, tenant, cluster or instance within the environment; null: every one."),
    .list("targets", part, \.deployment.targets)
      .described(
        "Where its run deploys to several targets that no record names: each of them, as it stood after this attempt. "
          + "carried: an earlier attempt left it so."),
  ])

  private static let gate = JSONShape<Gate>([
    .text("key", orNull: \.key),
    .word("kind", \.kind),
    .word("state", \.state),
    .time("requestedAt", orNull: \.requestedAt),
    .time("decidedAt", orNull: \.decidedAt),
    .text("by", orNull: \.decidedBy),
  ])

  private static let part = JSONShape<Deployment.Part>([
    .text("target", \.name),
    .word("state", \.state),
    .time("startedAt", orNull: \.startedAt),
    .time("finishedAt", orNull: \.finishedAt),
    .flag("carried", \.isCarried),
  ])
}
