package import Diagnostics
package import Records

/// How much a rule of `records:` did.
package struct RuleUse: Hashable, Sendable {
  /// Records that it fits; with a pattern for steps, those with a step that fits.
  package var fits = 0
  /// How many records have a value of it.
  package var gives = 0
  /// Recorded runs and deployments that it may have made: what it looks at is in them, or in what was read when they were recorded.
  package var recorded = 0

  package init() {}
}

/// Warnings about rules that did nothing of what was read nor of what was recorded by it, and an error where the provider of such a rule
/// is misspelt. `records`: how many there were to fit.
package func warnings(
  about rules: [Configuration.RecordRule], uses: [RuleUse], records: Int, file: String?
) -> [Diagnostic] {
  zip(rules, uses).compactMap { rule, use in
    guard use.fits == 0, use.recorded == 0 else { return nil }
    // What nearly is one of ours is a slip of the pen; any other may be the provider of canonical records that are yet to come.
    if let provider = rule.values["provider"], !knownProviders.contains(where: { plainWord($0) == plainWord(provider) }) {
      let message = Diagnostic.Message.unknownProvider(rule.name, provider)
      return Diagnostic(message.suggestion == nil ? .warning : .error, message, file: file, position: rule.position)
    }
    guard records > 0 else { return nil }
    let message: Diagnostic.Message =
      use.gives > 0 ? .unfitStep(rule.name, use, records: records) : .unusedRule(rule.name, records: records)
    return Diagnostic(.warning, message, file: file, position: rule.position)
  }
}

/// A note a rule that says how much it matched, for `tidemark check`.
package func account(
  of rules: [Configuration.RecordRule], uses: [RuleUse], records: Int, file: String?
) -> [Diagnostic] {
  zip(rules, uses).map { rule, use in
    Diagnostic(.note, .ruleUse(rule.name, use, records: records), file: file, position: rule.position)
  }
}
