import ArgumentParser
import Site

struct CompactCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compact", abstract: "Folds the stored records of each closed month into one file.",
    discussion: """
      EXAMPLES
        tidemark compact
        tidemark compact --content release-data && git add --all release-data

      content/runs/SERVICE/YEAR/MONTH/*.json becomes content/runs/SERVICE/YEAR/MONTH.jsonl for every month before this one (UTC).
      Nothing is lost, and a build gives the same pages. Payloads and faulty files stay as they are, with a warning.
      The paths of the files that changed go to standard output.
      """)

  @Option(help: "The folder with tidemark.yml and runs/.")
  var content = "content"

  @Option(help: ArgumentHelp("The time that decides which months are closed (default: the clock).", valueName: "time"))
  var asOf: String?

  @Flag(help: "Print errors only.")
  var quiet = false

  func run() throws {
    var options = CompactOptions(asOf: try System.time("--as-of", asOf))
    options.content = System.trimmed(content)
    let result = compactRecords(options)
    let months = result.months.count == 1 ? "1 month" : "\(result.months.count) months"
    Console(isQuiet: quiet, isVerbose: false).print(
      result.diagnostics, [], summary: "\(result.folded) files folded into \(months); \(result.errors) errors")
    System.write(result.months.map { $0 + "\n" }.joined(), to: 1)
    switch result.status {
    case .done: break
    case .configuration: throw ExitCode(65)
    case .output: throw ExitCode(73)
    }
  }
}
