package import Report
package import Template

extension Failure: Model {
  package static let fields = Fields<Failure>(
    .object("headline") { $0.headline },
    .list("steps") { $0.steps }
  )
}

extension Failure.FailedStep: Model {
  package static let fields = Fields<Failure.FailedStep>(
    .object("name") { $0.name },
    .text("text") { $0.text },
    .words("omitted") { $0.omitted }
  )
}

extension RunDeployment: Model {
  package static let fields = Fields<RunDeployment>(
    .object("environment") { $0.environment },
    .object("version") { $0.version },
    .object("mark") { $0.mark },
    .object("state") { $0.state },
    .object("time") { $0.time },
    .object("page") { $0.page }
  )
}

extension RunAttempt: Model {
  package static let fields = Fields<RunAttempt>(
    .text("number") { $0.number },
    .object("mark") { $0.mark },
    .object("state") { $0.state },
    .object("began") { $0.began },
    .object("took") { $0.took },
    .object("story") { $0.story }
  )
}
