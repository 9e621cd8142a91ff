import ArgumentParser
import Glibc
import Plan

@main
struct Tidemark: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tidemark",
    abstract: "Builds a release dashboard, status pages and changelogs per environment from pipeline run records.",
    discussion: """
      EXAMPLES
        tidemark init                         make a first content folder, then build it
        tidemark build                        read content/, write public/
        tidemark build --as-of 2026-03-31T09:40:00Z --output site
        tidemark build --strict --json        for a pipeline: fail on any warning, result as JSON
        tidemark check --format github        report every fault, write nothing
        tidemark record --environment production --state succeeded    store this pipeline run's record
        tidemark import --into content/runs payload.json    store what a CI system gave, one file a record
        tidemark notes --pending production   what pressing the button would bring
        tidemark status --markdown            what runs where, for the summary of a job
        tidemark explain content/runs/128.json:7    why a record is shown as it is, or not at all
        tidemark schema records               the JSON Schema of a record
        tidemark templates eject layout       one template of the theme, to be edited

      Exit codes: 0 fine (also with warnings), 1 errors in the content, 64 usage, 65 configuration,
      73 output cannot be written, 75 another build is running.
      """,
    version: Generator.version,
    subcommands: [
      BuildCommand.self, InitCommand.self, RecordCommand.self, ImportCommand.self, CompactCommand.self,
      NotesCommand.self, StatusCommand.self, ExplainCommand.self, CheckCommand.self, SchemaCommand.self,
      TemplatesCommand.self,
    ])

  /// As the library does it, but that a fault of usage begins like every other: `error:`.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch {
      let message = fullMessage(for: error)
      guard message.hasPrefix("Error:") else { exit(withError: error) }
      System.write("e\(message.dropFirst())\n", to: STDERR_FILENO)
      Glibc.exit(exitCode(for: error).rawValue)
    }
  }
}
