import ArgumentParser
import Diagnostics
import Providers
import Records
import Site

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Turns payloads of CI systems into canonical records.",
    discussion: """
      EXAMPLES
        tidemark import pipelines.json steps.json > runs.jsonl
        gh api repos/acme/shop/actions/runs | tidemark import --into content/runs
        tidemark import --from jenkins --into content/runs build.json
        tidemark import dumps/                         every .json, .jsonl, .ndjson, .yml and .yaml file in it

      Without --into, canonical JSON Lines go to standard output. With it, each record is stored as
      SERVICE/YEAR/MONTH/ID-ATTEMPT.json, made one with what is stored of it already, and the paths of the files that changed go to
      standard output. Doing it twice changes nothing.
      A payload can also lie in content/runs/ as it came; importing keeps the folder small and the records readable.
      """)

  @Argument(
    help: ArgumentHelp("Files or folders with payloads; - is the standard input, which is also the default.", valueName: "file")
  )
  var files: [String] = []

  @Option(
    help: ArgumentHelp(
      "The CI system whose payloads they are; without it they are told by their shape.",
      discussion: "One of \(knownProviders.joined(separator: ", ")).", valueName: "provider"))
  var from: String?

  @Option(help: ArgumentHelp("The folder to store the records in, such as content/runs.", valueName: "folder"))
  var into: String?

  @Option(help: "The folder with tidemark.yml, whose records: rules complete what payloads do not say; may be missing.")
  var content = "content"

  @Option(help: "How many files to read at once (default: the number of processors).")
  var jobs: Int?

  @Flag(help: "Print errors only.")
  var quiet = false

  @Flag(help: "Print notes too, and everything that no record came of.")
  var verbose = false

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs takes a number from 1 to 1024, not \(jobs)") }
    if quiet && verbose { throw ValidationError("--quiet and --verbose exclude one another") }
    if let from, !knownProviders.contains(from) {
      throw ValidationError("--from takes one of \(knownProviders.joined(separator: ", ")), not '\(from)'")
    }
    if let into, into.isEmpty { throw ValidationError("--into takes the path of a folder") }
  }

  func run() throws {
    var options = ImportOptions(inputs: files.isEmpty ? ["-"] : files, jobs: jobs ?? System.processors)
    options.content = System.trimmed(content)
    options.provider = from
    options.folder = into.map(System.trimmed)
    let result = waiting { [options] in await importRecords(options) }
    let console = Console(isQuiet: quiet, isVerbose: verbose)
    console.print(result.diagnostics, result.account.skipped, summary: summary(result))
    if into == nil {
      System.write(result.records.flatMap { $0.json + [0x0A] }, to: 1)
    } else {
      System.write(result.written.map { $0 + "\n" }.joined(), to: 1)
    }
    let code = exitCode(result)
    if code != 0 { throw ExitCode(code) }
  }

  private func summary(_ result: ImportResult) -> String {
    let read = result.account.records
    var text = read.total == 1 ? "1 object read: " : "\(read.total) objects read: "
    text += "\(read.rendered) taken, \(read.skipped) skipped, \(read.error) in error; "
    text += result.records.count == 1 ? "1 record" : "\(result.records.count) records"
    if into != nil { text += ": \(result.written.count) stored, \(result.unchanged) as they were" }
    let removed = result.removed.count
    if removed > 0 { text += ", \(removed == 1 ? "1 that waits" : "\(removed) that wait") no more removed" }
    return text + "; " + Console(isQuiet: quiet, isVerbose: verbose).faults(result.errors, result.warnings)
  }

  /// api.md: 0 ok, 1 errors in the content, 65 configuration, 73 output not writable.
  private func exitCode(_ result: ImportResult) -> Int32 {
    switch result.status {
    case .done: result.errors > 0 ? 1 : 0
    case .configuration: 65
    case .output: 73
    }
  }
}
