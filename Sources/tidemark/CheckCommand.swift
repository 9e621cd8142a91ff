import ArgumentParser
import Diagnostics
import Site

struct CheckCommand: ParsableCommand {
  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json, github
    case gitlab = "gitlab-codequality"
  }

  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Reports every fault of records, notes, configuration and templates, and writes nothing.",
    discussion: """
      EXAMPLES
        tidemark check
        tidemark check --strict                                     a warning is a failure, too
        tidemark check --format github                              annotations of GitHub Actions
        tidemark check --format gitlab-codequality > quality.json   a report of GitLab CI
      """)

  @Option(help: "The folder with tidemark.yml, runs/, releases/ and incidents/.")
  var content = "content"

  @Option(help: "A folder whose files replace the built-in templates and assets of the same path; may be missing.")
  var templates = "templates"

  @Option(help: ArgumentHelp("\(Format.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "form"))
  var format = Format.text

  @Option(help: ArgumentHelp("The time that counts as now (default: SOURCE_DATE_EPOCH, else the clock).", valueName: "time"))
  var asOf: String?

  @Flag(help: "Fail on any warning.")
  var strict = false

  @Flag(help: "Print notes too, and every file and record that was left out.")
  var verbose = false

  func run() throws {
    var options = BuildOptions(asOf: try System.time("--as-of", asOf), jobs: System.processors)
    options.content = System.trimmed(content)
    options.templates = System.trimmed(templates)
    let result = waiting { [options] in await check(options) }
    let console = Console(isQuiet: false, isVerbose: verbose)
    let told = result.diagnostics.filter { verbose || $0.severity > .note }
    switch format {
    case .text:
      console.print(result.diagnostics, result.account.skipped, summary: console.counts(result))
      // Lists are cut on purpose, or by mistake: whoever checks sees which.
      let lists = verbose ? [] : result.diagnostics.filter { $0.severity == .note && $0.message.id == "more-pages" }
      console.print(facts: lists + result.rules)
    case .json: console.printJSON(result)
    case .github: System.write(Annotations.github(told), to: 1)
    case .gitlab: System.write(Annotations.gitlab(told), to: 1)
    }
    if result.status == .configuration { throw ExitCode(65) }
    if result.errors > 0 || (strict && result.warnings > 0) { throw ExitCode(1) }
  }
}
