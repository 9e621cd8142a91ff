import Diagnostics
import Glibc
import Site
import Synchronization

/// Everything for people goes to standard error through here; results for machines go to standard output.
struct Console: Sendable {
  private let isQuiet: Bool
  private let isVerbose: Bool
  private let hasTerminal: Bool
  private let hasColour: Bool
  private let progress: Progress

  init(isQuiet: Bool, isVerbose: Bool) {
    self.isQuiet = isQuiet
    self.isVerbose = isVerbose
    hasTerminal = System.hasTerminal
    // no-color.org: present and not empty, whatever it says.
    hasColour = hasTerminal && (System.environment("NO_COLOR") ?? "").isEmpty
    progress = Progress()
  }

  /// A line that is written over on a terminal; elsewhere one plain line a stage. Nothing for builds that nobody has to wait for.
  func show(_ stage: BuildStage, _ done: Int, of total: Int) {
    guard !isQuiet, progress.isDue(stage, isOver: done == total, hasTerminal: hasTerminal) else { return }
    let text =
      stage == .joining ? "joining records" : "\(stage.rawValue) \(stage == .reading ? "files" : "pages"): \(done) of \(total)"
    System.write(hasTerminal ? "\r\u{1B}[K\(text)" : text + "\n", to: STDERR_FILENO)
  }

  func clearProgress() {
    if hasTerminal, progress.wasShown { System.write("\r\u{1B}[K", to: STDERR_FILENO) }
  }

  func print(_ result: BuildResult, took duration: Duration) {
    print(result.diagnostics, result.account.skipped, summary: summary(result, duration))
  }

  /// What is to be told of a command's input, and one line of what it did, if any.
  func print(_ diagnostics: [Diagnostic], _ skipped: [Account.Skipped], summary: String?) {
    var text = ""
    for diagnostic in diagnostics where isShown(diagnostic) { text += rendered(diagnostic) }
    if isVerbose {
      for item in skipped {
        text += "\(plain(item.file)): skipped\(item.record.map { " \(plain($0))" } ?? ""): \(plain(item.reason))\n"
      }
    }
    if !isQuiet, let summary { text += plain(summary) + "\n" }
    System.write(text, to: STDERR_FILENO)
  }

  /// What is no fault and worth a line: how much each rule of the configuration matched, which lists go on.
  func print(facts: [Diagnostic]) {
    let lines = facts.map {
      plain($0.file ?? "") + ($0.position.map { ":\($0.line)" } ?? "") + ": " + plain($0.message.text) + "\n"
    }
    System.write(lines.joined(), to: STDERR_FILENO)
  }

  func printJSON(_ result: BuildResult) {
    System.write(result.json, to: STDOUT_FILENO)
  }

  private func isShown(_ diagnostic: Diagnostic) -> Bool {
    switch diagnostic.severity {
    case .error: true
    case .warning: !isQuiet
    case .note: isVerbose
    }
  }

  /// `file:line:column: error: message [id]`, the source line with a caret, the suggestion, and where it was included from.
  private func rendered(_ diagnostic: Diagnostic) -> String {
    var text = ""
    if let file = diagnostic.file {
      text += plain(file) + (diagnostic.position.map { ":\($0.line):\($0.column)" } ?? "") + ": "
    }
    text +=
      coloured(diagnostic.severity.rawValue + ":", diagnostic.severity) + " " + plain(diagnostic.message.text)
      + " [\(diagnostic.message.id)]\n"
    if let line = diagnostic.sourceLine, let position = diagnostic.position {
      text += "  " + plain(line) + "\n  " + indentation(line, position.column - 1) + "^\n"
    }
    if let suggestion = diagnostic.message.suggestion { text += "  suggestion: " + plain(suggestion) + "\n" }
    for place in diagnostic.trail { text += "  " + plain(place) + "\n" }
    return text
  }

  /// As wide as the text before the caret: tabs stay tabs, everything else becomes spaces.
  private func indentation(_ line: String, _ count: Int) -> String {
    String(String.UnicodeScalarView(line.unicodeScalars.prefix(count).map { $0 == "\t" ? "\t" : " " }))
  }

  private func coloured(_ text: String, _ severity: Diagnostic.Severity) -> String {
    guard hasColour else { return text }
    let code = severity == .error ? "31" : severity == .warning ? "33" : "36"
    return "\u{1B}[1;\(code)m\(text)\u{1B}[0m"
  }

  /// Content is untrusted: no control character of it reaches the terminal.
  private func plain(_ text: String) -> String {
    String(String.UnicodeScalarView(text.unicodeScalars.map { Console.isHarmless($0) ? $0 : "\u{FFFD}" }))
  }

  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09: true
    case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069, 0x200E, 0x200F, 0x061C: false
    default: true
    }
  }

  /// What was read and what is wrong with it.
  func counts(_ result: BuildResult) -> String {
    let account = result.account
    let tally = account.records
    var read = [counted(tally.total - account.notes - account.incidents, "record")]
    if account.notes > 0 { read.append(counted(account.notes, "note")) }
    if account.incidents > 0 { read.append(counted(account.incidents, "incident")) }
    let what = read.count == 1 ? read[0] : read.dropLast().joined(separator: ", ") + " and " + (read.last ?? "")
    return "\(what) read: \(tally.rendered) rendered, \(tally.skipped) skipped, \(tally.error) in error; "
      + faults(result.errors, result.warnings) + reasons(result)
  }

  /// `1 error, 2 warnings`.
  func faults(_ errors: Int, _ warnings: Int) -> String { counted(errors, "error") + ", " + counted(warnings, "warning") }

  /// Where it is told why something was left out.
  private func reasons(_ result: BuildResult) -> String {
    guard !isVerbose, result.account.records.skipped + result.account.files.skipped > 0 else { return "" }
    return result.status == .published ? " (why: --verbose, skipped.html)" : " (why: --verbose)"
  }

  private func counted(_ number: Int, _ noun: String) -> String { number == 1 ? "1 \(noun)" : "\(number) \(noun)s" }

  private func summary(_ result: BuildResult, _ duration: Duration) -> String {
    let milliseconds = duration.components.seconds * 1000 + duration.components.attoseconds / 1_000_000_000_000_000
    let took = milliseconds < 10_000 ? "\(milliseconds) ms" : "\(milliseconds / 1000) s"
    switch result.status {
    case .published:
      return
        "\(counted(result.pages, "page")) and \(counted(result.files, "file")), \(result.changed) changed, \(result.removed) removed; \(counts(result)); \(took)"
    case .checked: return counts(result)
    case .withheld, .configuration, .output, .locked:
      return "nothing published; \(counts(result)); \(took)"
    }
  }
}

/// When the progress was last shown: at most ten times a second, and only once a build is long.
private final class Progress: Sendable {
  private struct State {
    var shown: ContinuousClock.Instant?
    var stages: Set<BuildStage> = []
  }

  private let start = ContinuousClock.now
  private let state = Mutex(State())

  var wasShown: Bool { state.withLock { $0.shown != nil } }

  func isDue(_ stage: BuildStage, isOver: Bool, hasTerminal: Bool) -> Bool {
    let now = ContinuousClock.now
    guard now - start > .milliseconds(hasTerminal ? 300 : 2000) else { return false }
    return state.withLock { state in
      if hasTerminal {
        if !isOver, let shown = state.shown, now - shown < .milliseconds(100) { return false }
      } else if !state.stages.insert(stage).inserted {
        return false
      }
      state.shown = now
      return true
    }
  }
}
