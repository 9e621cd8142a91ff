import ArgumentParser
import Diagnostics
import Providers
import Records
import Site

struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record",
    abstract: "Stores the record of the pipeline run that it stands in, from the variables of its CI system.",
    discussion: """
      EXAMPLES
        tidemark record --environment production --state succeeded        the last step of a deployment
        tidemark record                                                   in Bitbucket's after-script, GitLab's after_script
        tidemark record --environment staging --state "${{ job.status }}"   GitHub Actions, with if: always()
        tidemark record --environment production --target eu --state succeeded   a region, or a leg of a matrix
        tidemark record --environment live --state "$RESULT"              Jenkins, with currentBuild.currentResult in RESULT
        tidemark record --steps jobs.json                                 with the steps that the system's API tells
        tidemark record --tests target/surefire-reports/*.xml             with the sum of the test reports

      The systems are Bitbucket, GitHub, GitLab, Jenkins, Azure DevOps, CircleCI and Buildkite; no API is called. Each call completes what
      is stored of the run. What no variable says is not guessed: without --state a deployment is running, unless the system tells how its
      job ended. Where there is a Git clone, the record has the commits since the deployment before.
      Standard output is the path of the record, then, if tidemark.yml has site.url, the address that the run's page will have.
      """)

  @Option(
    help: ArgumentHelp(
      "Where the run deploys to; may be repeated (default: what the system's variable says).", valueName: "name"))
  var environment: [String] = []

  @Option(
    help: ArgumentHelp(
      "The region, tenant, cluster or leg of a matrix within the environment that it deploys to.", valueName: "name"))
  var target: String?

  @Option(
    help: ArgumentHelp(
      "How the run and its deployments go or ended: succeeded, failed, cancelled, running, waiting, or the system's own word for it.",
      valueName: "word"))
  var state: String?

  @Option(
    name: .customLong("version"),
    help: ArgumentHelp("The version that is deployed (default: the tag, else the commit).", valueName: "version"))
  var releaseVersion: String?

  @Option(
    help: ArgumentHelp(
      "The system's answer that lists this run's steps or jobs, or a list of canonical steps; - is the standard input.",
      valueName: "file"))
  var steps: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Test reports in the form of JUnit, or folders of them: the run has their sum.", valueName: "file"))
  var tests: [String] = []

  @Option(
    help: ArgumentHelp("What is deployed (default: by tidemark.yml, else the name of the repository).", valueName: "name"))
  var service: String?

  @Option(help: ArgumentHelp("The name of the pipeline or workflow, where no variable has it (CircleCI).", valueName: "name"))
  var pipeline: String?

  @Option(
    help: ArgumentHelp(
      "Which attempt of the run it is, where the system does not count (Bitbucket, Jenkins).", valueName: "number"))
  var attempt: Int?

  @Option(help: ArgumentHelp("Who started it, where no variable has a name (Bitbucket).", valueName: "name"))
  var actor: String?

  @Option(
    help: ArgumentHelp("deploy, redeploy, rollback or remove (default: it follows from the versions).", valueName: "word"))
  var action: String?

  @Option(help: ArgumentHelp("Why, for a rollback or a hotfix.", valueName: "text"))
  var reason: String?

  @Flag(help: "It is a hotfix.")
  var hotfix = false

  @Option(
    help: ArgumentHelp(
      "The commit that ran there before (default: that of the newest success in the records).", valueName: "commit"))
  var since: String?

  @Option(help: ArgumentHelp("Whose variables to read, where those of two systems are set.", valueName: "system"))
  var from: String?

  @Option(help: ArgumentHelp("The folder to store the record in.", valueName: "folder"))
  var into = "content/runs"

  @Option(help: "The folder with tidemark.yml and the records so far; may be missing.")
  var content = "content"

  @Flag(help: "Store nothing; print the record.")
  var print = false

  @Flag(help: "Print errors only.")
  var quiet = false

  func validate() throws {
    if let attempt, attempt < 1 { throw ValidationError("--attempt takes a number from 1, not \(attempt)") }
    if into.isEmpty { throw ValidationError("--into takes the path of a folder") }
    if let target, target.allSatisfy(\.isWhitespace) { throw ValidationError("--target takes the name of a target") }
    if environment.contains(where: { $0.allSatisfy(\.isWhitespace) }) {
      throw ValidationError("--environment takes the name of an environment")
    }
  }

  func run() throws {
    var flags = RunFlags(now: try System.time("--as-of", nil))
    (flags.provider, flags.service, flags.pipeline, flags.version) = (from, service, pipeline, releaseVersion)
    (flags.state, flags.environments, flags.target) = (state, environment, target)
    (flags.attempt, flags.actor) = (attempt, actor)
    (flags.action, flags.reason, flags.isHotfix) = (action, reason, hotfix)
    var options = RecordOptions(variables: System.environment, flags: flags, jobs: System.processors)
    options.content = System.trimmed(content)
    options.folder = print ? nil : System.trimmed(into)
    (options.steps, options.tests, options.since) = (steps, tests, since)
    let result = waiting { [options] in await recordRun(options) }
    Console(isQuiet: quiet, isVerbose: true).print(result.diagnostics, [], summary: nil)
    if print, let record = result.record { System.write(record.json + [0x0A], to: 1) }
    for line in [result.path, result.address].compactMap({ $0 }) { System.write(line + "\n", to: 1) }
    switch result.status {
    case .done: if result.diagnostics.contains(where: { $0.severity == .error }) { throw ExitCode(1) }
    case .usage: throw ExitCode(64)
    case .configuration: throw ExitCode(65)
    case .output: throw ExitCode(73)
    }
  }
}
