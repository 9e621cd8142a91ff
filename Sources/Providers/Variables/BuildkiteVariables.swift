import Records

extension RunVariables {
  /// https://buildkite.com/docs/pipelines/configure/environment-variables: the exit status is there in hooks after the command only.
  static let buildkite = RunVariables(provider: "buildkite", markers: ["BUILDKITE"]) { reader in
    let number = reader.required("BUILDKITE_BUILD_NUMBER")
    let slug = reader.required("BUILDKITE_PIPELINE_SLUG")
    guard let number, let slug, reader.whole("BUILDKITE_BUILD_NUMBER") != nil else { return nil }
    var run = RunRecord(id: "\(slug)-\(number)", state: .running)
    run.provider = "buildkite"
    run.pipeline = slug
    run.number = Int(number)
    run.url = reader.text("BUILDKITE_BUILD_URL")
    run.repository = reader.text("BUILDKITE_REPO").flatMap(repositoryName)
    run.title = reader.text("BUILDKITE_MESSAGE").flatMap { $0.split(whereSeparator: \.isNewline).first.map(String.init) }
    run.commit = reader.text("BUILDKITE_COMMIT").flatMap { Buildkite.isHash($0) ? makeChange($0) : nil }
    run.commit?.author = reader.text("BUILDKITE_BUILD_AUTHOR")
    let branch = reader.text("BUILDKITE_BRANCH")
    if let tag = reader.text("BUILDKITE_TAG") {
      run.ref = Ref(name: tag, type: .tag)
    } else if let request = reader.text("BUILDKITE_PULL_REQUEST"), request != "false" {
      run.ref = Ref(name: branch ?? request, type: .pullRequest, pullRequest: request)
    } else {
      run.ref = branch.flatMap(Ref.init(written:))
    }
    if let source = reader.text("BUILDKITE_SOURCE") {
      let type = Buildkite.sources[source] ?? .unknown
      let isPush = type == .push
      run.trigger = Trigger(
        type: isPush && run.ref?.type == .tag ? .tag : isPush && run.ref?.type == .pullRequest ? .pullRequest : type,
        raw: source)
    }
    let kind: Actor.Kind = run.trigger?.type == .manual ? .human : .unknown
    run.actor = reader.text("BUILDKITE_BUILD_CREATOR").map {
      Actor(name: $0, id: reader.text("BUILDKITE_BUILD_CREATOR_ID"), kind: kind)
    }
    var facts = RunFacts(run, key: "\(reader.text("BUILDKITE_ORGANIZATION_SLUG") ?? "")/\(slug)-\(number)")
    if let key = reader.text("BUILDKITE_JOB_ID") {
      facts.job = Step(name: reader.text("BUILDKITE_LABEL") ?? "", state: .running)
      facts.job?.key = key
      facts.job?.attempt = 1 + min(reader.whole("BUILDKITE_RETRY_COUNT") ?? 0, 1000)
    }
    facts.outcome = reader.exitCode("BUILDKITE_COMMAND_EXIT_STATUS")
    // Who pressed the button before this job.
    if reader.text("BUILDKITE_UNBLOCKER") != nil { facts.promotion = .manual }
    return facts
  }
}
