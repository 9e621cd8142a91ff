import ArgumentParser
import Diagnostics
import Formats
import Site

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Prints what runs where, what waits and what is open.",
    discussion: """
      EXAMPLES
        tidemark status                                  in 80 columns, for a log
        tidemark status --markdown >> "$GITHUB_STEP_SUMMARY"
        tidemark status --json                           as api/v1/summary.json
        tidemark status --at 2026-03-09T12:00:00Z        what ran where then, from deployments that had finished
      """)

  @Option(help: "The folder with tidemark.yml, runs/ and releases/.")
  var content = "content"

  @Flag(help: "Print JSON, in the form of api/v1/summary.json.")
  var json = false

  @Flag(help: "Print a table in Markdown.")
  var markdown = false

  @Option(help: ArgumentHelp("Tell what ran where at this time (RFC 3339).", valueName: "time"))
  var at: String?

  @Option(help: ArgumentHelp("The time that counts as now (default: SOURCE_DATE_EPOCH, else the clock).", valueName: "time"))
  var asOf: String?

  func validate() throws {
    if json && markdown { throw ValidationError("--json and --markdown exclude one another") }
  }

  func run() throws {
    let asOf = try System.time("--as-of", asOf)
    let time = try at.map { try System.time("--at", $0) }
    let report: StatusReport = json ? .json : markdown ? .markdown : .text
    let content = System.trimmed(content)
    let answer = waiting {
      await status(of: content, at: time, as: report, asOf: asOf, jobs: System.processors)
    }
    try answer.print()
  }
}

extension Answer {
  /// Its text to standard output, all else to standard error; throws what the program ends with.
  func print() throws {
    Console(isQuiet: true, isVerbose: false).print(diagnostics, [], summary: nil)
    if let remark { System.write(remark + "\n", to: 2) }
    System.write(text, to: 1)
    switch status {
    case .done: if diagnostics.contains(where: { $0.severity == .error }) { throw ExitCode(1) }
    case .usage: throw ExitCode(64)
    case .configuration: throw ExitCode(65)
    }
  }
}
