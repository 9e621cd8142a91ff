import ArgumentParser
import Site
import Template

struct TemplatesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "templates", abstract: "Lists the files of the theme, which one is used, and the names that each page offers.",
    discussion: """
      EXAMPLES
        tidemark templates                        where each file comes from
        tidemark templates names dashboard        what its template may use
        tidemark templates eject partials/mark    write one out, to be edited
      """,
    subcommands: [List.self, Names.self, Eject.self], defaultSubcommand: List.self)

  struct Folder: ParsableArguments {
    @Option(help: "The folder with your own templates and assets; may be missing.")
    var templates = "templates"
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Prints each file and which one is used.")
    @OptionGroup var folder: Folder

    func run() throws {
      let files = try themeFiles(overriddenBy: System.trimmed(folder.templates)).read()
      let width = files.map(\.path.count).max() ?? 0
      for file in files {
        print(file.path + String(repeating: " ", count: width + 2 - file.path.count) + TemplatesCommand.origin(file))
        if !file.names.isEmpty { print("  offers " + file.names.map(\.name).joined(separator: ", ")) }
      }
    }
  }

  struct Names: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints the names that a page offers to its template, what each is, and the names within it.",
      discussion: """
        {{name}} prints a text or a url, {{{name}}} markup; {{#name}}…{{/name}} is for a flag, a list, an object, and whatever may be absent.
        A name within a list or an object is known inside its section.
        """)
    @Argument(help: ArgumentHelp("A page's template, as 'dashboard'.", valueName: "name"))
    var name: String

    func run() throws {
      let pages = try themeFiles(overriddenBy: "").read().filter { !$0.names.isEmpty }
      guard let page = pages.first(where: { $0.path == name || $0.path == name + ".mustache" }) else {
        let known = pages.map { $0.path.dropLast(9) }.joined(separator: ", ")
        throw ValidationError("'\(name)' is not the template of a page; those are \(known)")
      }
      TemplatesCommand.outline(page.names, depth: 0)
    }
  }

  struct Eject: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes built-in files into your templates folder. It replaces nothing.",
      discussion: "A file that you do not change needs no copy: what is not in your folder is taken from the program.")
    @Argument(help: ArgumentHelp("Files of the theme, as 'partials/mark' or 'assets/tokens.css'.", valueName: "name"))
    var names: [String]
    @OptionGroup var folder: Folder

    func run() throws {
      for name in names { print(try ejectTemplate(name, into: System.trimmed(folder.templates)).read()) }
    }
  }

  private static func origin(_ file: ThemeFile) -> String {
    switch (file.own, file.isBuiltIn) {
    case (nil, _): "built-in"
    case (let own?, true): own
    case (let own?, false): own + " (only there)"
    }
  }

  private static func outline(_ names: [OfferedName], depth: Int) {
    for name in names {
      print(String(repeating: "  ", count: depth) + name.name + ": " + name.kind)
      outline(name.names, depth: depth + 1)
    }
  }
}

extension Result where Failure == TemplateFault {
  /// The value; a fault is printed and ends the program.
  fileprivate func read() throws -> Success {
    switch self {
    case .success(let value): return value
    case .failure(let fault):
      System.write("tidemark: \(fault.description)\n", to: 2)
      switch fault {
      case .unknown: throw ExitCode(64)
      case .exists, .unreadable, .unwritable: throw ExitCode(73)
      }
    }
  }
}
