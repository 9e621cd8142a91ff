import Diagnostics
import Records

/// A rule of `records:` with its patterns ready to be asked.
struct CompiledRule {
  /// What the patterns of a rule are held against.
  struct Subject {
    let file: String
    let provider: String?
    let repository: String?
    let pipeline: String?
    let ref: String?
    let parameters: [String: String]
  }

  /// A pattern and what it is held against.
  private struct Clause {
    let pattern: Pattern
    /// The rule is only for records that fit it; else it is only a place to find values.
    let isCondition: Bool
    /// It is held against what no record keeps: what a run was started with.
    var isForgotten = false
    let text: @Sendable (Subject) -> String?

    init(_ pattern: String, isCondition: Bool = false, _ text: @escaping @Sendable (Subject) -> String?) {
      self.pattern = Pattern(pattern)
      self.isCondition = isCondition || !pattern.contains("{")
      self.text = text
    }
  }

  /// What remarks call it.
  let said: String
  let step: Pattern?
  private let files: Pattern?
  /// Its files are those of the content folder, which a build reads: nothing was ever recorded from them.
  private let isForContent: Bool
  private let provider: String?
  private let ref: Pattern?
  private let clauses: [Clause]
  private let values: [String: String]

  init(_ rule: Configuration.RecordRule) {
    said = Remark.name(of: rule)
    values = rule.values
    files = rule.files.map { Pattern($0, .path) }
    isForContent = rule.files?.hasPrefix("runs/") ?? false
    provider = rule.values["provider"].map(plainWord)
    ref = rule.values["ref"].map { Pattern($0) }
    step = rule.values["step"].map { Pattern($0) }
    var clauses: [Clause] = []
    // A plain repository is a value; the others are patterns always.
    if let text = rule.values["repository"], !CompiledRule.isPlain(text) {
      clauses.append(Clause(text, isCondition: true) { $0.repository })
    }
    if let text = rule.values["pipeline"] { clauses.append(Clause(text, isCondition: true) { $0.pipeline }) }
    if let text = rule.values["ref"] { clauses.append(Clause(text) { $0.ref }) }
    // By name, so that two of them that capture the same are always asked in one order.
    for (key, text) in rule.values.sorted(by: { $0.key < $1.key }) where key.hasPrefix(CompiledRule.parameterPrefix) {
      let name = String(key.dropFirst(CompiledRule.parameterPrefix.count))
      var clause = Clause(text) { $0.parameters[name] }
      clause.isForgotten = true
      clauses.append(clause)
    }
    self.clauses = clauses
  }

  private static let parameterPrefix = "parameters."
  private static func isPlain(_ text: String) -> Bool { !text.contains { "{*".contains($0) } }

  func isFor(file: String) -> Bool { files.map { $0.matches(file) } ?? true }

  func version(ofTag tag: String) -> String? { ref?.captures(in: tag)?["version"] }

  /// The plain value of a key, where it is one.
  func plain(_ key: String) -> String? { values[key].flatMap { CompiledRule.isPlain($0) ? $0 : nil } }

  /// Whether a recorded run or deployment may owe it something: it fits all that the record keeps. The file that it came from, and what it
  /// was started with, it does not keep; a file of the folder it was in, and what its provider does not tell, it cannot have had.
  func mayHaveMade(_ subject: Subject, steps: [Step]) -> Bool {
    guard provider == nil || provider == subject.provider.map(plainWord) else { return false }
    if let step { return steps.contains { step.matches($0.name) } && fitsKept(subject) }
    let asksForParameters = clauses.contains(where: \.isForgotten)
    guard !isForContent, files != nil || asksForParameters else { return false }
    if asksForParameters, !Format.tellsParameters(subject.provider) { return false }
    return fitsKept(subject)
  }

  private func fitsKept(_ subject: Subject) -> Bool {
    clauses.allSatisfy { clause in
      clause.isForgotten || !clause.isCondition || clause.text(subject).map(clause.pattern.matches) ?? false
    }
  }

  /// What its patterns capture, and whether all of them fit; nil if the rule is not for that record.
  func captures(_ subject: Subject) -> (captures: [String: String], allFit: Bool)? {
    guard isFor(file: subject.file), provider == nil || provider == subject.provider.map(plainWord) else { return nil }
    var captures: [String: String] = [:]
    var allFit = true
    for clause in clauses {
      if let found = clause.text(subject).flatMap(clause.pattern.captures(in:)) {
        captures.merge(found) { first, _ in first }
      } else if clause.isCondition {
        return nil
      } else {
        allFit = false
      }
    }
    return (captures, allFit)
  }
}
