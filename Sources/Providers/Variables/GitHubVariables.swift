import Records

extension RunVariables {
  /// https://docs.github.com/en/actions/reference/workflows-and-actions/variables: no variable has the environment or how the job ended.
  static let github = RunVariables(provider: "github", markers: ["GITHUB_ACTIONS"]) { reader in
    guard let id = reader.required("GITHUB_RUN_ID") else { return nil }
    var run = RunRecord(id: id, state: .running)
    run.provider = "github"
    run.repository = reader.required("GITHUB_REPOSITORY")
    run.number = reader.whole("GITHUB_RUN_NUMBER")
    run.attempt = max(1, reader.whole("GITHUB_RUN_ATTEMPT") ?? 1)
    run.pipeline = reader.text("GITHUB_WORKFLOW")
    if let repository = run.repository {
      run.url = "\(reader.text("GITHUB_SERVER_URL") ?? "https://github.com")/\(repository)/actions/runs/\(id)"
    }
    run.commit = reader.text("GITHUB_SHA").flatMap(makeChange)
    run.trigger = reader.text("GITHUB_EVENT_NAME").map { Trigger(type: GitHub.events[$0] ?? .unknown, raw: $0) }
    let written = reader.text("GITHUB_REF").flatMap(Ref.init(written:))
    if let written, written.type == .pullRequest {
      run.ref = Ref(name: reader.text("GITHUB_HEAD_REF") ?? written.name, type: .pullRequest, pullRequest: written.pullRequest)
    } else if let name = reader.text("GITHUB_REF_NAME") {
      run.ref = Ref(name: name, type: reader.text("GITHUB_REF_TYPE") == "tag" ? .tag : .branch)
    } else {
      run.ref = written
    }
    if run.trigger?.type == .push, run.ref?.type == .tag { run.trigger?.type = .tag }
    // Of another attempt, whoever started it again.
    let name = reader.text(run.attempt > 1 ? "GITHUB_TRIGGERING_ACTOR" : "GITHUB_ACTOR") ?? reader.text("GITHUB_ACTOR")
    run.actor = name.map { Actor(name: $0, kind: $0.hasSuffix("[bot]") ? .bot : .unknown) }
    var facts = RunFacts(run, key: id)
    facts.job = reader.text("GITHUB_JOB").map { Step(name: $0, state: .running) }
    return facts
  }
}
