import ArgumentParser
import Diagnostics
import Site

struct BuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Reads the content folder and writes the site.",
    discussion: """
      EXAMPLES
        tidemark build
        tidemark build --content release-data --output dist
        tidemark build --as-of 2026-03-31T09:40:00Z    the same bytes on any day
        tidemark build --strict                        publish nothing if there is any warning

      Only files that changed are written; files that Tidemark did not write are never touched.
      """)

  @Option(help: "The folder with tidemark.yml, runs/, releases/ and incidents/.")
  var content = "content"

  @Option(help: "A folder whose files replace the built-in templates and assets of the same path; may be missing.")
  var templates = "templates"

  @Option(help: "The folder to write the site to.")
  var output = "public"

  @Option(
    help: ArgumentHelp(
      "The time that the pages call now (RFC 3339).", discussion: "Default: SOURCE_DATE_EPOCH, else the clock.",
      valueName: "time"))
  var asOf: String?

  @Option(help: "How many files and pages to work on at once (default: the number of processors).")
  var jobs: Int?

  @Flag(help: "Publish nothing if there is any error or warning.")
  var strict = false

  @Flag(help: "Print the result as JSON on standard output.")
  var json = false

  @Flag(help: "Print errors only.")
  var quiet = false

  @Flag(help: "Print notes too, and every file and record that was left out.")
  var verbose = false

  func validate() throws {
    if let jobs, !(1...1024).contains(jobs) { throw ValidationError("--jobs takes a number from 1 to 1024, not \(jobs)") }
    if quiet && verbose { throw ValidationError("--quiet and --verbose exclude one another") }
    for (name, value) in [("--content", content), ("--output", output)] where value.isEmpty {
      throw ValidationError("\(name) takes the path of a folder")
    }
  }

  func run() throws {
    let clock = ContinuousClock()
    let start = clock.now
    var options = BuildOptions(asOf: try System.time("--as-of", asOf), jobs: jobs ?? System.processors)
    options.content = System.trimmed(content)
    options.templates = System.trimmed(templates)
    options.output = System.trimmed(output)
    options.isStrict = strict
    let console = Console(isQuiet: quiet, isVerbose: verbose)
    let result = waiting { [options] in
      await build(options) { stage, done, total in console.show(stage, done, of: total) }
    }
    console.clearProgress()
    console.print(result, took: clock.now - start)
    if json { console.printJSON(result) }
    let code = exitCode(result)
    if code != 0 { throw ExitCode(code) }
  }

  /// api.md: 0 ok, 1 errors in the content, 65 configuration, 73 output not writable, 75 locked.
  private func exitCode(_ result: BuildResult) -> Int32 {
    switch result.status {
    case .published, .checked: result.errors > 0 ? 1 : 0
    case .withheld: 1
    case .configuration: 65
    case .output: 73
    case .locked: 75
    }
  }
}
