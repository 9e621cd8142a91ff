import Diagnostics
import Documents
import Markdown
import Records
import Time

/// Reads one incident of `incidents/` (record.md, Incident).
struct IncidentReader {
  static let keys = [
    "id", "title", "state", "severity", "environment", "service", "startedAt", "resolvedAt", "causedBy", "fixedBy", "url",
    "type", "affects",
  ]
  private static let states = IncidentRecord.State.allCases

  let path: String
  let links: MarkdownLinks
  var reader: FieldReader
  /// Where the headings of the updates begin in the body.
  private var headings: [Int] = []

  init(path: String, links: MarkdownLinks, reader: FieldReader) {
    self.path = path
    self.links = links
    self.reader = reader
  }

  /// nil where an error says what is wrong.
  mutating func read(_ matter: FrontMatter) -> IncidentRecord? {
    let name = path.split(separator: "/").last.map { withoutEnding(String($0)) } ?? path
    var incident = IncidentRecord(id: name, state: .detected)
    var hasState = false
    if let node = matter.node, let fields = reader.fields(node, name: "", known: Self.keys) {
      hasState = fields["state"] != nil || fields["resolvedAt"] != nil
      readFields(fields, into: &incident)
    }
    readBody(matter.body, into: &incident)
    if reader.hasErrors { return nil }
    if !hasState, let update = incident.updateAfterItsEnd {
      let message = Diagnostic.Message.unclearResolution(say: "'resolvedAt' or 'state: resolved' in the front matter")
      reader.report(matter.body.diagnostic(.warning, message, at: headings[update]))
    }
    return incident
  }

  private mutating func readFields(_ fields: Fields, into incident: inout IncidentRecord) {
    incident.id = reader.text(fields, "id") ?? incident.id
    incident.title = reader.text(fields, "title")
    incident.severity = reader.text(fields, "severity")
    incident.environment = reader.text(fields, "environment")?.asEnvironmentName
    incident.service = reader.text(fields, "service")
    incident.startedAt = time(fields, "startedAt")
    incident.resolvedAt = time(fields, "resolvedAt")
    incident.causedBy = reader.texts(fields, "causedBy") ?? []
    incident.fixedBy = reader.texts(fields, "fixedBy") ?? []
    incident.url = reader.url(fields, "url")
    if fields["type"] != nil { incident.kind = reader.word(fields, "type", of: IncidentRecord.Kind.allCases) ?? .incident }
    incident.affects = reader.elements(fields, "affects").compactMap { effect($0.0, $0.1) }
    incident.state = state(fields) ?? incident.impliedState
    if let started = incident.startedAt, let resolved = incident.resolvedAt, resolved < started, let node = fields["resolvedAt"]
    {
      reader.report(.warning, .resolvedBeforeStart, at: node)
    }
  }

  private mutating func effect(_ node: Node, _ name: String) -> IncidentRecord.Effect? {
    guard let fields = reader.fields(node, name: name, known: ["service", "environment", "impact"]) else { return nil }
    let environment = reader.text(fields, "environment")?.asEnvironmentName
    var effect = IncidentRecord.Effect(service: reader.text(fields, "service"), environment: environment)
    if fields["impact"] != nil { effect.impact = reader.word(fields, "impact", of: IncidentRecord.Effect.Impact.allCases) }
    return effect
  }

  private mutating func state(_ fields: Fields) -> IncidentRecord.State? {
    guard let node = fields["state"], let word = reader.text(fields, "state") else { return nil }
    if let state = Self.state(word) { return state }
    reader.report(.error, .unknownWord("state", word, allowed: Self.states.map(\.rawValue)), at: node)
    return nil
  }

  /// States are matched without case (record.md).
  private static func state(_ word: String) -> IncidentRecord.State? { states.first { $0.rawValue == word.lowercased() } }

  private mutating func time(_ fields: Fields, _ key: String) -> Timestamp? {
    guard let node = fields[key], let text = reader.text(fields, key) else { return nil }
    let time = Timestamp(rfc3339: text)
    if time == nil { reader.report(.error, .notATime(key, text), at: node) }
    return time
  }

  private mutating func readBody(_ source: Source, into incident: inout IncidentRecord) {
    let hasTitle = incident.title
    let parsed = Body.read(source, links, isTitle: { hasTitle == nil || hasTitle == $0 }, opens: opensUpdate)
    incident.title = incident.title ?? parsed.value.title
    if !parsed.value.text.plain.isEmpty { incident.description = Prose(parsed.value.text) }
    warnOfOtherHeadings(parsed.value.headings, in: source)
    for section in parsed.value.sections {
      if let heading = section.heading, let update = update(heading, section.body, in: source) {
        incident.updates.append(update)
        headings.append(source.offset(ofLine: heading.line))
      }
    }
    // Nobody looks for links in what is left out.
    if !reader.hasErrors { for diagnostic in parsed.diagnostics { reader.report(diagnostic) } }
  }

  /// An update, or nil with an error at its heading.
  private mutating func update(_ heading: MarkdownHeading, _ body: RenderedMarkdown, in source: Source) -> IncidentRecord
    .Update?
  {
    let offset = source.offset(ofLine: heading.line)
    let words = heading.text.split(separator: " ", maxSplits: 1)
    guard let first = words.first, let at = Timestamp(rfc3339: String(first)) else {
      reader.report(source.diagnostic(.error, .notATime("update", heading.text), at: offset))
      return nil
    }
    var update = IncidentRecord.Update(at: at, text: Prose(body))
    guard words.count > 1 else { return update }
    let word = words[1].hasPrefix("[") && words[1].hasSuffix("]") ? words[1].dropFirst().dropLast() : words[1]
    update.state = Self.state(String(word))
    if update.state != nil { return update }
    let message = Diagnostic.Message.unknownWord("update", String(word), allowed: Self.states.map(\.rawValue))
    reader.report(source.diagnostic(.error, message, at: offset))
    return nil
  }

  private mutating func warnOfOtherHeadings(_ headings: [MarkdownHeading], in source: Source) {
    for heading in headings where heading.level == 2 {
      reader.report(source.diagnostic(.warning, .notAnUpdate(heading.text), at: source.offset(ofLine: heading.line)))
    }
  }
}

/// A level-2 heading that begins with a year: an update, or meant to be one.
private func opensUpdate(_ heading: MarkdownHeading) -> Bool {
  let start = Array(heading.text.utf8.prefix(5))
  return heading.level == 2 && start.count == 5 && start[4] == UInt8(ascii: "-")
    && start.prefix(4).allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
}

extension Source {
  /// Where the line of that number (from 1, in these bytes) begins.
  fileprivate func offset(ofLine line: Int) -> Int {
    var current = 1
    var index = 0
    while index < bytes.count, current < line {
      let isEnd = bytes[index] == 0x0A || (bytes[index] == 0x0D && !(index + 1 < bytes.count && bytes[index + 1] == 0x0A))
      if isEnd { current += 1 }
      index += 1
    }
    return index
  }
}
