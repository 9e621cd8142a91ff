import Plan
import Records
import Releases
import Time

/// `runs/<service>.json`: the runs that have a page, newest first.
struct RunsFile: InterfaceFile {
  let edition: Edition
  let number: Int

  private var service: Service { edition.catalog.services[number] }

  private var runs: [Within<Run, [Deployment]>] {
    let service = service
    return service.runs.indices.filter { edition.map.run(number, $0) != nil }.map {
      Within(item: service.runs[$0], whole: service.deployments)
    }
  }

  static let name = "runs"
  static let title = "The runs of a service that have a page, newest first"
  static let shape = JSONShape<RunsFile>([.text("service", \.service.key), .list("runs", run, \.runs)])

  private static let run = JSONShape<Within<Run, [Deployment]>>([
    .text("id", \.item.record.id),
    .whole("number", orNull: \.item.record.number),
    .whole("attempt", \.item.record.attempt),
    .text("version", \.item.version),
    .word("state", \.item.record.state),
    .text("stateRaw", orNull: \.item.record.stateRaw),
    .flag("warning", \.item.record.warning),
    .text("title", orNull: \.item.record.title),
    .text("pipeline", orNull: \.item.record.pipeline),
    .text("url", orNull: \.item.record.url),
    .text("commit", orNull: \.item.record.commit?.sha),
    .object("ref", ref, orNull: \.item.record.ref),
    .text("trigger", orNull: \.item.record.trigger?.type.rawValue),
    .text("actor", orNull: \.item.record.actor?.name),
    .time("createdAt", orNull: \.item.record.createdAt),
    .time("startedAt", orNull: \.item.record.startedAt),
    .time("finishedAt", orNull: \.item.record.finishedAt),
    .seconds("activeSeconds", orNull: \.item.record.activeSeconds),
    .list("steps", step, \.item.record.steps),
    .texts("deployments") { row in row.item.deployments.map { row.whole[$0].id } },
    .object("tests", tests, orNull: \.item.record.tests),
    .list("attempts", attempt, \.item.attempts),
  ])

  private static let ref = JSONShape<Ref>([.text("name", \.name), .word("type", \.type)])

  private static let step = JSONShape<Step>([
    .text("name", \.name),
    .text("stage", orNull: \.stage),
    .word("state", \.state),
    .text("stateRaw", orNull: \.stateRaw),
    .time("startedAt", orNull: \.startedAt),
    .time("finishedAt", orNull: \.finishedAt),
    .text("error", orNull: \.error),
  ])

  private static let tests = JSONShape<TestCounts>([
    .whole("total", \.total),
    .whole("passed", \.passed),
    .whole("failed", \.failed),
    .whole("skipped", \.skipped),
    .whole("flaky", \.flaky),
    .seconds("seconds", orNull: \.seconds),
  ])

  private static let attempt = JSONShape<RunRecord>([
    .whole("attempt", \.attempt),
    .word("state", \.state),
    .time("startedAt", orNull: \.startedAt),
    .time("finishedAt", orNull: \.finishedAt),
  ])
}
