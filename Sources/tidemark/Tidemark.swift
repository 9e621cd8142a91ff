import ArgumentParser

@main
struct Tidemark: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "tidemark", version: "0.1.0")
}
