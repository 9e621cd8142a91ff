import Diagnostics
import Documents
import Markdown
import Records
import Time

/// What the configuration says of records, links and times.
extension ConfigurationReader {
  mutating func readRecords(_ top: Fields, into configuration: inout Configuration) {
    for (node, name) in reader.elements(top, "records") {
      guard var rule = rule(node, name, of: Keys.record, empty: .emptyRule(name)) else { continue }
      (rule.name, rule.position) = (name, node.position)
      configuration.records.append(rule)
      warn(of: rule, at: node)
    }
  }

  /// A rule that is wrong anywhere does not apply: half of it could mean every record.
  mutating func rule<Rule>(
    _ node: Node, _ name: String, of kind: ConfigurationObject<Rule>, empty: Diagnostic.Message
  ) -> Rule? {
    let before = reader.errors
    let rule = reader.fields(node, name: name, known: kind.names, unknown: .error).flatMap { object($0, of: kind) }
    if rule != nil, node.members.isEmpty { reader.report(.error, empty, at: node) }
    errorsOfRules += reader.errors - before
    return reader.errors == before ? rule : nil
  }

  /// What a rule cannot do as it is written.
  private mutating func warn(of rule: Configuration.RecordRule, at node: Node) {
    let gives = rule.given
    if gives.isEmpty, rule.files == nil || rule.values["provider"] == nil {
      reader.report(.warning, .ruleGivesNothing(rule.name), at: node)
    } else if rule.values["step"] != nil, !gives.contains("environment") {
      reader.report(.warning, .stepWithoutEnvironment(rule.name), at: node)
    }
  }

  /// A value that is set as it is.
  mutating func plain(_ fields: Fields, _ key: String) -> String? {
    guard let node = fields[key], let text = reader.text(fields, key) else { return nil }
    guard text.contains(where: { "{}*".contains($0) }) else { return text }
    reader.report(.error, .notPlain(fields.name(of: key), text), at: node)
    return nil
  }

  mutating func readParameters(_ fields: Fields, into rule: inout Configuration.RecordRule) {
    guard let node = fields["parameters"] else { return }
    let names = node.members.map(\.key)
    guard let inner = reader.fields(node, name: fields.name(of: "parameters"), known: names) else { return }
    for name in names {
      if let pattern = pattern(inner, name) { rule.values["parameters." + name] = pattern }
    }
  }

  /// A pattern with `*` and the four captures.
  mutating func pattern(_ fields: Fields, _ key: String) -> String? {
    guard let node = fields[key], let text = reader.text(fields, key) else { return nil }
    var rest = Substring(text)
    while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      guard rest[open] == "{", let close = rest[open...].firstIndex(of: "}") else {
        reader.report(.error, .unclosedCapture(fields.name(of: key), text), at: node)
        return nil
      }
      let capture = String(rest[rest.index(after: open)..<close])
      guard ["service", "environment", "version", "target"].contains(capture) else {
        reader.report(.error, .unknownCapture(fields.name(of: key), capture), at: node)
        return nil
      }
      rest = rest[rest.index(after: close)...]
    }
    return text
  }

  mutating func readIssues(_ fields: Fields, into links: inout Configuration.Links) {
    for fields in elements(fields, "issues", of: Keys.issue) {
      guard let issue = object(fields, of: Keys.issue) else { continue }
      if KeyPattern(issue.pattern, address: issue.url) == nil, let node = fields["pattern"] {
        reader.report(.error, .issuePattern(issue.pattern), at: node)
      } else {
        links.issues.append(issue)
      }
    }
  }

  /// False where there is none, which has been told.
  mutating func readIssueURL(_ fields: Fields, into issue: inout Configuration.IssuePattern) -> Bool {
    if fields["url"] == nil { reader.report(.error, .missingKey(fields.name(of: "url")), at: fields.node) }
    guard let url = reader.url(fields, "url", with: "{key}") else { return false }
    issue.url = url
    return true
  }

  mutating func readFreezes(_ top: Fields, into configuration: inout Configuration) {
    for fields in elements(top, "freezes", of: Keys.freeze) {
      guard var freeze = object(fields, of: Keys.freeze) else { continue }
      guard freeze.from < freeze.to else {
        reader.report(.error, .endsBeforeStart(fields.name), at: fields["to"] ?? fields.node)
        continue
      }
      freeze.position = (fields["environments"] ?? fields.node).position
      configuration.freezes.append(freeze)
    }
  }

  /// A day of the site's zone or a time; the end of a freeze is the first moment after its last day.
  mutating func moment(_ fields: Fields, _ key: String, isEnd: Bool) -> Timestamp? {
    guard let text = reader.required(fields, key), let node = fields[key] else { return nil }
    if let day = CivilDate(text) { return zone.startOfDay(isEnd ? day.adding(days: 1) : day) }
    if let time = Timestamp(rfc3339: text) { return time }
    reader.report(.error, .notAMoment(fields.name(of: key), text), at: node)
    return nil
  }
}
