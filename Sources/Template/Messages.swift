import Diagnostics

extension Diagnostic.Message {
  static func unclosedTag(_ end: String) -> Self { Self(id: "template-unclosed-tag", "this tag has no end; expected '\(end)'") }

  static func badDelimiters(_ text: String) -> Self {
    Self(id: "template-delimiters", "expected two delimiters without '=', as in {{=<% %>=}}, found '\(text)'")
  }

  static func unclosed(_ name: String) -> Self {
    Self(id: "template-unclosed", "'\(name)' is opened here and never closed; expected {{/\(name)}} before the end of the file")
  }

  static func unexpectedClose(_ name: String) -> Self {
    Self(id: "template-unexpected-close", "'\(name)' is closed here, but nothing is open")
  }

  static func wrongClose(_ name: String, open: String) -> Self {
    Self(id: "template-wrong-close", "'\(name)' is closed here, but '\(open)' is open; expected {{/\(open)}}")
  }

  static func tooDeep(_ limit: Int) -> Self { Self(id: "template-too-deep", "sections are nested more than \(limit) deep") }

  static func badName(_ text: String) -> Self {
    Self(id: "template-bad-name", "expected a name, found '\(text)'; names have no spaces and no empty parts")
  }

  static func badPhrase(_ text: String) -> Self {
    Self(id: "template-bad-phrase", "expected words between two quotes, as in {{\"Last events\"}}, found '\(text)'")
  }

  static func unknownName(_ name: String, offered: [String]) -> Self {
    let near = nearMiss(name, among: offered)
    let list = offered.isEmpty ? "nothing is offered here" : "offered here: " + offered.prefix(40).joined(separator: ", ")
    return Self(
      id: "template-unknown-name", "unknown name '\(name)'; \(list)", suggestion: near.map { "did you mean '\($0)'?" })
  }

  static func unknownPartial(_ name: String, known: [String]) -> Self {
    Self(
      id: "template-unknown-partial", "there is no template '\(name).mustache'",
      suggestion: nearMiss(name, among: known).map { "did you mean '\($0)'?" })
  }

  static func notPrintable(_ name: String, _ what: String) -> Self {
    Self(
      id: "template-not-printable", "'\(name)' is a \(what) and cannot be printed",
      suggestion: "open it: {{#\(name)}}…{{/\(name)}}")
  }

  static func unescapedText(_ name: String) -> Self {
    Self(
      id: "template-unescaped", "'\(name)' is text and is always escaped; only markup may be printed as it is",
      suggestion: "write {{\(name)}}")
  }

  static func escapedMarkup(_ name: String) -> Self {
    Self(
      id: "template-escaped-markup", "'\(name)' is markup; escaped, its tags would be shown", suggestion: "write {{{\(name)}}}")
  }

  static func endlessPartial(_ name: String) -> Self {
    Self(
      id: "template-endless", "'\(name)' includes itself without end",
      suggestion: "include it inside a section over a list or an object")
  }

  static let tooManyIncludes = Self(
    id: "template-too-many-includes",
    "what the templates include of each other grows without end: this page would not be finished",
    suggestion: "include a template, or inherit from one, at one place of itself only")

  static func notText(_ name: String) -> Self {
    Self(id: "template-dynamic-name", "'\(name)' names a partial here and must be text")
  }

  static func missing(_ path: String) -> Self { Self(id: "template-missing", "the theme has no '\(path)'") }
}
