import Diagnostics

extension Diagnostic.Message {
  static func noContent(_ folder: String) -> Self {
    Self(
      id: "no-content", "there is no folder '\(folder)' to read from",
      suggestion: "name it with --content, or make a first one with 'tidemark init'")
  }

  static func misnamed(_ name: String, near: String) -> Self {
    Self(
      id: "misnamed", "'\(name)' is no name that is read here, so nothing of it is shown", suggestion: "did you mean '\(near)'?"
    )
  }

  static let emptyContent = Self(
    id: "empty-content", "there is neither a record nor a note in this folder, so the site says nothing",
    suggestion: "put records into runs/ ('tidemark record' or 'tidemark import' make them) and notes into releases/")

  static func noTemplates(_ folder: String) -> Self {
    Self(id: "no-templates", "'\(folder)' is no folder, so the built-in templates are used", suggestion: "mend --templates")
  }

  static func unusedTemplate(near: String?) -> Self {
    Self(
      id: "unused-template", "this file replaces none of the theme and no template includes it, so it does nothing",
      suggestion: near.map { "did you mean '\($0)'?" } ?? "'tidemark templates' lists the names of the theme")
  }

  static let noEnvironment = Self(
    id: "no-environment", "the record names no environment, so it tells of no deployment",
    suggestion: "add --environment NAME in the step that deploys, or a rule to records: in tidemark.yml")

  static func outputInContent(_ folder: String) -> Self {
    Self(
      id: "output-in-content", "the output folder '\(folder)' and the content folder hold one another",
      suggestion: "name another folder with --output")
  }

  static func sharedOutput(_ folder: String, audience: String) -> Self {
    Self(
      id: "shared-output", "the site of the audience '\(audience)' and another one share the folder '\(folder)'",
      suggestion: "give each a folder of its own, beside the others")
  }

  static var nameIsNoText: Self {
    Self(
      id: "name-not-utf8", "this file's name is no UTF-8 (bytes that are none stand as \\xFC), so it cannot be read",
      suggestion: "rename it")
  }

  static func unreadable(_ reason: String) -> Self { Self(id: "unreadable", "it cannot be read: \(reason)") }

  static let reportWithoutRun = Self(
    id: "report-without-run", "no run of the records beside this test report has its id in the report's name",
    suggestion: "name it like the run's file (128-1.json, 128-1.xml), or with the id of its run (junit-128.xml)")

  static let noReports = Self(id: "no-reports", "there is no .xml file in this folder; the record has no test counts of it")

  static let reportOfSeveralRuns = Self(
    id: "report-of-several-runs", "several runs beside this test report have the id in its name",
    suggestion: "put it and the run's record into a folder of their own")

  static func reportOutweighsRecord(run: String) -> Self {
    Self(
      id: "report-outweighs-record",
      "the test report beside it counts other tests than the record of run \(run); the report wins")
  }

  static func unknownName(_ kind: String, _ name: String, known: [String]) -> Self {
    let near = nearMiss(name, among: known)
    let some = known.prefix(12).joined(separator: ", ") + (known.count > 12 ? ", …" : "")
    return Self(
      id: "unknown-\(kind)", "there is no \(kind) '\(name)'" + (known.isEmpty ? "" : "; there are \(some)"),
      suggestion: near.map { "did you mean '\($0)'?" })
  }

  static func unknownFile(_ path: String, known: [String]) -> Self {
    Self(
      id: "unknown-file", "there is no file '\(path)' in the content folder",
      suggestion: nearMiss(path, among: known).map { "did you mean '\($0)'?" })
  }

  /// `near`: the records before and behind it.
  static func noRecordInLine(_ line: Int, of path: String, near: [String]) -> Self {
    Self(
      id: "no-record-in-line", "no record of \(path) stands on line \(line)",
      suggestion: near.isEmpty ? "ask for the file without a line" : "the nearest are on \(near.joined(separator: " and "))")
  }

  static func severalServices(_ services: [String]) -> Self {
    Self(
      id: "several-services", "\(services.joined(separator: ", ")) have these versions",
      suggestion: "name one of them with --service")
  }

  static func unwritable(_ reason: String) -> Self { Self(id: "unwritable", "it cannot be written: \(reason)") }

  static func locked(_ folder: String) -> Self { Self(id: "locked", "another build is writing to '\(folder)'") }

  static var foreign: Self {
    Self(
      id: "foreign-file", "this file was not written by Tidemark and stands where a page belongs",
      suggestion: "move it away, or name another folder with --output")
  }

  static let noPayloads = Self(
    id: "no-payloads", "there is no file in this folder that may hold a payload",
    suggestion: "payloads are files whose names end in .json, .jsonl, .ndjson, .yml or .yaml")

  static let garbage = noRecord("this is no payload: text without one object in it")

  static let emptyInput = noRecord("the standard input is empty")

  static func nothingKnown(_ reason: String) -> Self { noRecord("nothing in it is a payload that is known: \(reason)") }

  private static func noRecord(_ text: String) -> Self {
    Self(id: "no-record", text, suggestion: "look at what the command before it printed")
  }

  static func releaseImported(tag: String) -> Self {
    Self(
      id: "release-not-imported", "the release \(tag) is a note and no record",
      suggestion: "put this file into content/runs/ as it is: a build reads the notes of releases from there")
  }

  static func notCompacted(_ reason: String) -> Self { Self(id: "not-compacted", "it stays as it is: \(reason)") }

  static var monthNotCompacted: Self {
    Self(
      id: "not-compacted", "its month stays as it is: this file holds something else than sound canonical records",
      suggestion: "'tidemark build --verbose' tells what is wrong with it")
  }

  static func noCommits(_ reason: String) -> Self {
    Self(id: "no-commits", "Git tells nothing of the commit, so the record has no message and no changes: \(reason)")
  }

  static func noChanges(since commit: String, _ reason: String) -> Self {
    Self(
      id: "no-changes", "Git does not tell what came since \(commit), so the record has no changes: \(reason)",
      suggestion:
        "fetch the whole history before this (GitHub: fetch-depth: 0, GitLab: GIT_DEPTH: 0, Bitbucket: clone: depth: full)")
  }
}
