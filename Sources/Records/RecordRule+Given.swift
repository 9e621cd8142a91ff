extension Configuration.RecordRule {
  /// Which values the rule can give: what its patterns capture, and its own words.
  package var given: Set<String> {
    var given: Set<String> = []
    for (key, text) in values {
      given.formUnion(Pattern(text).captureNames)
      switch key {
      case "service", "environment", "version", "target": given.insert(key)
      case "repository" where !text.contains(where: { "{*".contains($0) }): given.insert(key)
      default: break
      }
    }
    return given
  }
}
