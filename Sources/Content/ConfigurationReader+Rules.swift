import Diagnostics
import Documents
import Markdown
import Records
import Time

/// What the configuration says of records, links and times.
extension ConfigurationReader {
  /// A rule that is wrong anywhere does not apply: half of it could mean every record.
  mutating func readRecords(_ top: Fields) {
    for (node, name) in reader.elements(top, "records") {
      let before = reader.errors
      let rule = readRecord(node, name: name)
      let errors = reader.errors - before
      errorsOfRules += errors
      guard let rule, errors == 0 else { continue }
      configuration.records.append(rule)
      warn(of: rule, at: node)
    }
  }

  private mutating func readRecord(_ node: Node, name: String) -> Configuration.RecordRule? {
    guard let fields = reader.fields(node, name: name, known: Keys.record, unknown: .error) else { return nil }
    let files = pattern(fields, "files")
    var values: [String: String] = [:]
    for key in ["repository", "pipeline", "step", "ref"] { values[key] = pattern(fields, key) }
    for key in ["provider", "service", "environment", "version", "target"] { values[key] = plain(fields, key) }
    for (name, value) in parameters(fields) { values["parameters." + name] = value }
    if node.members.isEmpty { reader.report(.error, .emptyRule(name), at: node) }
    return Configuration.RecordRule(files: files, values: values, name: name, position: node.position)
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
  private mutating func plain(_ fields: Fields, _ key: String) -> String? {
    guard let node = fields[key], let text = reader.text(fields, key) else { return nil }
    guard text.contains(where: { "{}*".contains($0) }) else { return text }
    reader.report(.error, .notPlain(fields.name(of: key), text), at: node)
    return nil
  }

  private mutating func parameters(_ fields: Fields) -> [(String, String)] {
    guard let node = fields["parameters"] else { return [] }
    let names = node.members.map(\.key)
    guard let inner = reader.fields(node, name: fields.name(of: "parameters"), known: names) else { return [] }
    return names.compactMap { name in pattern(inner, name).map { (name, $0) } }
  }

  /// A pattern with `*` and the four captures.
  private mutating func pattern(_ fields: Fields, _ key: String) -> String? {
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

  mutating func readLinks(_ top: Fields) {
    guard let links = reader.fields(top, "links", known: Keys.links) else { return }
    configuration.links.repository = reader.url(links, "repository")
    configuration.links.base = reader.url(links, "base")
    configuration.links.commit = reader.url(links, "commit", with: "{sha}")
    configuration.links.user = reader.url(links, "user", with: "{name}")
    for (node, name) in reader.elements(links, "issues") {
      guard let fields = reader.fields(node, name: name, known: Keys.issue), let pattern = reader.required(fields, "pattern")
      else { continue }
      if fields["url"] == nil { reader.report(.error, .missingKey(fields.name(of: "url")), at: node) }
      guard let url = reader.url(fields, "url", with: "{key}") else { continue }
      if KeyPattern(pattern, address: url) == nil, let node = fields["pattern"] {
        reader.report(.error, .issuePattern(pattern), at: node)
        continue
      }
      configuration.links.issues.append(Configuration.IssuePattern(pattern: pattern, url: url))
    }
  }

  mutating func readFreezes(_ top: Fields) {
    for (node, name) in reader.elements(top, "freezes") {
      guard let fields = reader.fields(node, name: name, known: Keys.freeze) else { continue }
      let from = moment(fields, "from", isEnd: false)
      let to = moment(fields, "to", isEnd: true)
      let environments = (reader.texts(fields, "environments") ?? []).map(\.asEnvironmentName)
      let reason = reader.text(fields, "reason")
      let kind =
        fields["kind"] == nil ? .freeze : reader.word(fields, "kind", of: [Configuration.Freeze.Kind.freeze, .maintenance])
      guard let from, let to, let kind else { continue }
      guard from < to else {
        reader.report(.error, .endsBeforeStart(name), at: fields["to"] ?? node)
        continue
      }
      var freeze = Configuration.Freeze(from: from, to: to, environments: environments, reason: reason, kind: kind)
      freeze.position = (fields["environments"] ?? node).position
      configuration.freezes.append(freeze)
    }
  }

  /// A day of the site's zone or a time; the end of a freeze is the first moment after its last day.
  private mutating func moment(_ fields: Fields, _ key: String, isEnd: Bool) -> Timestamp? {
    guard let text = reader.required(fields, key), let node = fields[key] else { return nil }
    if let day = CivilDate(text) { return configuration.zone.startOfDay(isEnd ? day.adding(days: 1) : day) }
    if let time = Timestamp(rfc3339: text) { return time }
    reader.report(.error, .notAMoment(fields.name(of: key), text), at: node)
    return nil
  }
}
