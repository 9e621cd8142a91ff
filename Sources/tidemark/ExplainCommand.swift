import ArgumentParser
import Formats
import Site

struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Tells why a record, a note or a version is shown as it is, or not at all.",
    discussion: """
      EXAMPLES
        tidemark explain content/runs/128.json                       what became of each record of a file
        tidemark explain content/runs/128.json:7                     of the record in that line
        tidemark explain content/releases/CHANGELOG.md:40            which release the heading there became
        tidemark explain --service checkout --environment production     what runs there, and why
        tidemark explain --service checkout --version 1.4.0          where the version is, and by which records
        tidemark explain content/runs/128.json:7 --json              for programs (tidemark schema explain)

      It tells what a record was read as, with which others it was joined, by which rule it got its service, environment, version and
      state, and on which pages it stands or why on none. Places are written as the messages of a build print them.
      """)

  @Argument(help: ArgumentHelp("A file of the content folder, with a line or without.", valueName: "file[:line]"))
  var place: String?

  @Option(help: ArgumentHelp("Tell of this service.", valueName: "name"))
  var service: String?

  @Option(help: ArgumentHelp("Tell of this version.", valueName: "version"))
  var version: String?

  @Option(help: ArgumentHelp("Tell of this environment.", valueName: "name"))
  var environment: String?

  @Flag(help: "Print JSON.")
  var json = false

  @Option(help: "The folder with tidemark.yml, runs/ and releases/.")
  var content = "content"

  @Option(help: ArgumentHelp("The time that counts as now (default: SOURCE_DATE_EPOCH, else the clock).", valueName: "time"))
  var asOf: String?

  func validate() throws {
    let hasNames = service != nil || version != nil || environment != nil
    if place == nil, !hasNames { throw ValidationError("name a file, or what is asked about with --service or --environment") }
    if place != nil, hasNames { throw ValidationError("a file and --service, --version or --environment exclude one another") }
  }

  func run() throws {
    var options = ExplainOptions(asOf: try System.time("--as-of", asOf), jobs: System.processors)
    options.content = System.trimmed(content)
    (options.place, options.service, options.version, options.environment) = (place, service, version, environment)
    options.format = json ? .json : .text
    try waiting { [options] in await explain(options) }.print()
  }
}
