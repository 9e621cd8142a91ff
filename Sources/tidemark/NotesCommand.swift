import ArgumentParser
import Formats
import Releases
import Site

struct NotesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "notes", abstract: "Prints the notes of what a deployment brought, or would bring.",
    discussion: """
      EXAMPLES
        tidemark notes --environment production                     what the newest deployments there brought
        tidemark notes --pending production --service checkout      what pressing the button would bring
        tidemark notes --service checkout --from 1.4.0 --to 1.6.0   for the body of a release
        tidemark notes --pending production --format text           for a chat message
        tidemark notes --unreleased                                 what is written down for the next release

      Which releases these are follows from the same rules as the changelog pages: a final version stands for its pre-releases, and a
      rollback takes away. Where there is nothing to tell, standard output is empty, or the list of
      the JSON is.
      """)

  @Option(help: ArgumentHelp("Of this service only (default: of all).", valueName: "name"))
  var service: String?

  @Option(help: ArgumentHelp("What the newest deployment of each service in this environment brought.", valueName: "name"))
  var environment: String?

  @Option(help: ArgumentHelp("What waits for this environment, or runs in the one before it only.", valueName: "name"))
  var pending: String?

  @Flag(help: "What is written down and not released yet: unreleased sections and versions that are marked so.")
  var unreleased = false

  @Option(help: ArgumentHelp("The version before; without it the notes of --to alone.", valueName: "version"))
  var from: String?

  @Option(help: ArgumentHelp("The version after.", valueName: "version"))
  var to: String?

  @Option(help: ArgumentHelp("As one of the 'audiences' reads them (default: as everybody does).", valueName: "name"))
  var audience: String?

  @Option(help: ArgumentHelp("\(BroughtNotes.Format.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "form"))
  var format = "markdown"

  @Option(help: "The folder with tidemark.yml, runs/ and releases/.")
  var content = "content"

  @Option(help: ArgumentHelp("The time that counts as now (default: SOURCE_DATE_EPOCH, else the clock).", valueName: "time"))
  var asOf: String?

  func validate() throws {
    if BroughtNotes.Format(rawValue: format) == nil {
      throw ValidationError("--format takes markdown, json or text, not '\(format)'")
    }
    let choices = [environment, pending, to].compactMap(\.self).count + (unreleased ? 1 : 0)
    if choices != 1 { throw ValidationError("one of --environment, --pending, --unreleased and --to is needed") }
    if from != nil, to == nil { throw ValidationError("--from needs --to") }
  }

  private var choice: NotesOptions.Choice {
    if let environment { return .environment(environment) }
    if unreleased { return .unreleased }
    if let pending { return .pending(pending) }
    return .range(from: from, to: to ?? "")
  }

  func run() throws {
    var options = NotesOptions(choice, asOf: try System.time("--as-of", asOf), jobs: System.processors)
    options.content = System.trimmed(content)
    options.service = service
    options.audience = audience
    options.format = BroughtNotes.Format(rawValue: format) ?? .markdown
    try waiting { [options] in await notes(options) }.print()
  }
}
