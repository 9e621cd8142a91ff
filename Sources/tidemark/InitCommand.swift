import ArgumentParser
import Site

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Writes a first content folder that builds at once. It asks nothing and replaces nothing.",
    discussion: """
      EXAMPLES
        tidemark init && tidemark build
        tidemark init release-data && tidemark build --content release-data/content
      """)

  @Argument(help: "The folder to make content/ in.")
  var directory = "."

  func run() throws {
    switch writeStarter(to: directory) {
    case .success(let files):
      for file in files { print(file) }
    case .failure(let fault):
      System.write("tidemark: \(fault.description)\n", to: 2)
      throw ExitCode(73)
    }
  }
}
