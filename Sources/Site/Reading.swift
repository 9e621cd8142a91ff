import Content
import Diagnostics
import Records
import Releases

/// Gathers what the files hold, and accounts for every one of them.
struct Reading {
  private(set) var account: Account
  private(set) var diagnostics: [Diagnostic]
  private var input = CatalogInput()
  private var records: [RecordFile] = []

  init(account: Account, diagnostics: [Diagnostic]) {
    self.account = account
    self.diagnostics = diagnostics
  }

  mutating func take(_ file: InputFile) {
    switch file {
    case .configuration: break  // counted when it was read
    case .records(let records, let file): take(records, file)
    case .note(let parsed, let file): if let note = take(parsed, file) { input.notes.append(note) }
    case .incident(let parsed, let file): if let incident = take(parsed, file) { input.incidents.append(incident) }
    case .introduction(let parsed, let file): _ = take(parsed, file)
    case .skipped(let file, let reason): skip(file, reason)
    case .unreadable(let file, let reason):
      account.files.error += 1
      diagnostics.append(Diagnostic(.error, .unreadable(reason), file: file))
    }
  }

  private mutating func take(_ file: RecordFile, _ name: String) {
    records.append(file)
    diagnostics += file.diagnostics
    if file.diagnostics.contains(where: { $0.severity == .error }) { account.files.error += 1 } else { account.files.rendered += 1 }
  }

  /// A file that holds one value: rendered, in error, or skipped with the reason that its diagnostic states.
  private mutating func take<Value>(_ parsed: Parsed<Value?>, _ file: String) -> Value? {
    diagnostics += parsed.diagnostics
    if parsed.value != nil {
      account.files.rendered += 1
      account.records.rendered += 1
    } else if parsed.diagnostics.contains(where: { $0.severity == .error }) {
      account.files.error += 1
      account.records.error += 1
    } else {
      skip(file, parsed.diagnostics.first?.message.text ?? "it is empty")
      account.records.skipped += 1
    }
    return parsed.value
  }

  private mutating func skip(_ file: String, _ reason: String) {
    account.files.skipped += 1
    account.skipped.append(Account.Skipped(file: file, record: nil, reason: reason))
  }

  /// Joins the pieces of all files and completes the account.
  mutating func finish() -> CatalogInput {
    let set = joinRecords(records)
    records = []
    account += set.account
    diagnostics += set.diagnostics
    input.runs += set.runs
    input.deployments += set.deployments
    input.incidents += set.incidents
    return input
  }
}
