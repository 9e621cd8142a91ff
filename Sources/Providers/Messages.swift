import Diagnostics
import Records

extension Diagnostic.Message {
  static func unknownState(_ found: String, provider: String, shown: String = "unknown") -> Self {
    .init(id: "unknown-provider-state", "\(provider) has no state \(quoted(found)) that is known here; it is shown as \(shown)")
  }

  static func missingVariable(_ name: String, system: String) -> Self {
    .init(
      id: "missing-variable", "the variable \(name) is not set, without which the run of \(system) has no identity",
      suggestion: "run this inside the pipeline; in a container, pass the variable on")
  }

  static func wrongVariable(_ name: String, value: String, expected: String) -> Self {
    .init(id: "wrong-variable", "the variable \(name) is \(quoted(value)); expected \(expected)")
  }

  static var missingWorkflowName: Self {
    .init(
      id: "missing-variable", "no variable of CircleCI has the name of the workflow, which is part of the run's identity",
      suggestion: "give it with --pipeline, or set CIRCLE_WORKFLOW_NAME")
  }

  static var missingPipelineNumber: Self {
    .init(
      id: "missing-variable",
      "the variable CIRCLE_PIPELINE_NUMBER is not set, without which the run of circleci has no identity",
      suggestion: "set it in the job: environment: {CIRCLE_PIPELINE_NUMBER: << pipeline.number >>}")
  }

  static func noSystem(markers: [String], known: [String]) -> Self {
    .init(
      id: "no-pipeline",
      "these are the variables of no pipeline that is known: none of \(markers.joined(separator: ", ")) is set",
      suggestion: "run this inside the pipeline, or say whose variables to read with --from: \(list(known))")
  }

  static func severalSystems(_ present: [String]) -> Self {
    .init(
      id: "several-pipelines", "there are variables of \(present.joined(separator: " and of "))",
      suggestion: "say which to read with --from \(present.first ?? "")")
  }

  static func unknownOption(_ option: String, _ found: String, among known: [String], near: [String]) -> Self {
    .init(
      id: "unknown-option-value", "\(option) takes \(list(known)), not \(quoted(found))",
      suggestion: nearMiss(found, among: near))
  }

  static func noStepsOfRun(_ id: String) -> Self {
    .init(
      id: "no-steps", "nothing in it is a step of the run \(cut(id))",
      suggestion: "give the answer of the provider that lists this run's steps or jobs, or a list of canonical steps")
  }

  /// `place`: what the provider calls it that has the state; `cure`: the request that gives it.
  static func noStatus(_ name: String, others: Int, place: String, cure: String?) -> Self {
    let whose = others == 0 ? name : "\(name) and \(others) more"
    return .init(
      id: "deployment-without-status",
      "\(whose): \(others == 0 ? "its" : "their") \(place) are not among the records, and the state is there; it is shown as unknown",
      suggestion: cure.map { "fetch them, too: \($0)" })
  }

  static func noState(_ name: String, others: Int) -> Self {
    let (whose, says) = others == 0 ? (cut(name), "says") : ("\(cut(name)) and \(others) more", "say")
    return .init(
      id: "deployment-without-status",
      "deployment \(whose) \(says) no state, and no run among the records has one for it; it is shown as unknown",
      suggestion: "add a state: \"state\": \"succeeded\"")
  }

  static func cutOff(_ text: String) -> Self {
    let writer = ObjectWriter(of: text)
    return .init(
      id: "cut-off", "an object was written as the text \(quoted(text)): \(writer.cause)",
      suggestion: "write the file again with \(writer.remedy)")
  }

  static func missingSteps(of run: String, held: Int, total: Int?, _ request: String?) -> Self {
    let some =
      total.map { "only \(held) of the \(number($0, "step")) of \(run) \(held == 1 ? "is" : "are") among the records" }
      ?? "the list of the steps of \(run) goes on in a page that is not among the records"
    return .init(id: "more-pages", "\(some), so what the others did is missing", suggestion: request)
  }

  /// `nouns`: what the list holds, in the plural.
  static func missingPages(_ nouns: String, held: Int, total: Int?, _ request: String?) -> Self {
    let some = total.map { "\(held) of its \($0) \(nouns) are here" } ?? "it has more \(nouns) than the \(held) that are here"
    return .init(
      id: "more-pages", "this list goes on: \(some)",
      suggestion: request.map { "if the others are to be shown, too: \($0)" })
  }

  static func nothingTaken(_ reason: String, others: Int) -> Self {
    let more = others == 0 ? "" : ", and \(others) more"
    return .init(id: "nothing-taken", "nothing of this file is shown: \(reason)\(more)")
  }

  /// Of a file that is imported without those it needs.
  static func nothingTaken(_ reason: SkipReason, others: Int) -> Self {
    let more = others == 0 ? "" : ", and \(others) more"
    return .init(
      id: "nothing-taken", "nothing of this file was taken: \(reason.text)\(more)",
      suggestion: "import all files of one collection at once: tidemark import FOLDER --into …")
  }

  static var markup: Self {
    .init(
      id: "markup", "this is a page of HTML or XML, no records: what a server says to a person who is not signed in",
      suggestion: "look at the address and the token of the request that wrote it")
  }

  static func noRepository(_ count: Int, file: String, service: String) -> Self {
    .init(
      id: "no-repository",
      "\(counted(count, "deployment")) of a project that nothing here names; \(count == 1 ? "it stands" : "they stand") apart under "
        + "the service '\(cut(service))'",
      suggestion: "say whose they are: records: [{files: \"\(cut(file))\", repository: OWNER/NAME}]")
  }

  static func contradictoryOutcome(deployment: String, job: String) -> Self {
    .init(
      id: "contradictory-outcome",
      "the deployment is \(quoted(deployment)) and its job \(quoted(job)); it is shown as unknown")
  }

  static func errorAnswer(_ text: String) -> Self {
    .init(id: "error-answer", "this is an error answer of an interface, no record: \(quoted(text))")
  }

  static func contradiction(_ name: String, here: String, there: String, at place: String) -> Self {
    .init(
      id: "contradiction",
      "\(name) is \(here) here and \(there) at \(place), and nothing tells which is newer; the later place is kept")
  }
}

extension Diagnostic.Message {
  static func unknownProvider(_ rule: String, _ provider: String) -> Self {
    Self(
      id: "unknown-provider",
      "'\(rule).provider' is '\(cut(provider))', which is none that is known, so the rule fits nothing; known are \(knownProviders.joined(separator: ", "))",
      suggestion: nearMiss(provider, among: knownProviders).map { "did you mean '\($0)'?" })
  }

  static func unusedRule(_ rule: String, records: Int) -> Self {
    Self(
      id: "unused-rule",
      "'\(rule)' fits none of the \(number(records, "record")) that could use it, so it does nothing",
      suggestion: "compare its patterns with the records: files, provider, repository, pipeline, ref and the names of steps")
  }

  /// Its other patterns do something all the same.
  static func unfitStep(_ rule: String, _ use: RuleUse, records: Int) -> Self {
    Self(
      id: "unused-rule",
      "the 'step' of '\(rule)' fits no step of the \(number(records, "record")) that could use it; its other patterns give \(number(use.gives, "record")) a value",
      suggestion: "compare it with the names of steps, or take it out")
  }

  static func ruleUse(_ rule: String, _ use: RuleUse, records: Int) -> Self {
    Self(
      id: "rule-use",
      "'\(rule)' fits \(use.fits) of \(number(records, "record")); \(use.gives) \(use.gives == 1 ? "has" : "have") a value of it"
    )
  }
}
