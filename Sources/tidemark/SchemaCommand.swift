import ArgumentParser
import Site

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "Prints a JSON Schema; without a name, the list of them.",
    discussion: """
      EXAMPLES
        tidemark schema
        tidemark schema records > records.schema.json
        tidemark schema config                  for the completion of tidemark.yml in an editor
      """)

  @Argument(help: ArgumentHelp("The schema to print.", valueName: "name"))
  var name: String?

  func run() throws {
    guard let name else {
      for name in Schemas.names { print(name) }
      return
    }
    guard let text = Schemas.text(name) else {
      throw ValidationError("there is no schema '\(name)'; there are \(Schemas.names.joined(separator: ", "))")
    }
    System.write(text, to: 1)
  }
}
