import Diagnostics
import Plan
import Records
import Releases
import Report

/// An explanation for people, in 80 columns.
struct ExplanationText {
  private static let width = 80
  /// Where the text of a row begins.
  private static let margin = 15
  /// Of a list that a person reads; `--json` has all.
  private static let limit = 200
  /// Of the records behind one fact.
  private static let tellings = 6

  private let explanation: Explanation
  private let catalog: Catalog
  private let map: SiteMap
  /// Before the name of a file, as the caller would write it.
  private let folder: String
  private var lines: [String] = []

  init(_ explanation: Explanation, _ catalog: Catalog, _ map: SiteMap, folder: String) {
    (self.explanation, self.catalog, self.map, self.folder) = (explanation, catalog, map, folder)
  }

  static func write(_ explanation: Explanation, _ catalog: Catalog, _ map: SiteMap, folder: String) -> [UInt8] {
    var text = ExplanationText(explanation, catalog, map, folder: folder)
    if let file = explanation.file { text.add(file) }
    if explanation.question.file != nil, explanation.records.count == 1 || explanation.question.line != nil {
      for record in explanation.records { text.addFull(record) }
    } else {
      text.addList(explanation.records)
    }
    for place in explanation.places { text.add(place) }
    for fact in explanation.facts { text.add(fact) }
    text.addOthers()
    text.addLeftOut()
    return Array((text.lines.drop { $0.isEmpty }.joined(separator: "\n") + "\n").utf8)
  }

  // MARK: Files and records

  private mutating func add(_ file: Explanation.File) {
    switch file.outcome {
    case .rendered: addLine("\(folder)\(file.path), read as \(file.role)")
    case .skipped(let reason):
      addLine("\(folder)\(file.path), \(file.role)")
      addRow("left out", reason)
    case .error: addLine("\(folder)\(file.path), \(file.role), with an error")
    }
    for diagnostic in file.diagnostics {
      let place = diagnostic.position.map { "line \($0.line): " } ?? ""
      addRow(diagnostic.severity.rawValue, place + diagnostic.message.text)
      if let suggestion = diagnostic.message.suggestion { addRow("", "suggestion: " + suggestion) }
    }
  }

  private mutating func addList(_ records: [Explanation.Record]) {
    guard let first = records.first else { return }
    let shown = records.count { $0.outcome == .rendered }
    let lost = records.count { $0.outcome == .error }
    addRow(
      "records",
      "\(records.count): \(shown) taken, \(records.count - shown - lost) left out, \(lost) in error. "
        + "For how one was judged, add its line: tidemark explain \(folder)\(first.place.file):\(first.place.position.line)")
    lines.append("")
    for record in records.prefix(ExplanationText.limit) {
      let line = "line \(record.place.position.line)"
      switch record.outcome {
      case .rendered: addRow(line, summary(record))
      case .skipped(let reason): addRow(line, "\(record.name), left out: \(reason)")
      case .error: addRow(line, "\(record.name), in error")
      }
    }
    addMore(than: ExplanationText.limit, of: records.count, "record")
  }

  private func summary(_ record: Explanation.Record) -> String {
    guard let first = record.facts.first else { return record.name }
    let title = first.title(in: catalog)
    let named = title.hasPrefix(record.name + ":") || title == record.name ? title : "\(record.name): \(title)"
    return named + (record.facts.count > 1 ? ", and \(record.facts.count - 1) more" : "")
  }

  private mutating func addFull(_ record: Explanation.Record) {
    lines.append("")
    addLine("\(place(record.place)) \(record.name)")
    switch record.outcome {
    case .rendered:
      if record.facts.isEmpty { addRow("became", "nothing that a page shows; what it tells is used for other records") }
    case .skipped(let reason):
      addRow("left out", reason)
      if let remedy = record.remedy { addRow("remedy", remedy) }
    case .error: addRow("lost", "it has an error: see above")
    }
  }

  private func place(_ place: RecordPlace) -> String {
    "\(folder)\(place.file):\(place.position.line):\(place.position.column)"
  }

  // MARK: Facts

  private mutating func add(_ fact: Explanation.Fact) {
    lines.append("")
    addLine(fact.title(in: catalog))
    let story = fact.story(in: catalog)
    let tellings = story.remarks.filter { $0.topic == .reading }
    for (index, telling) in tellings.prefix(ExplanationText.tellings).enumerated() {
      addRow(
        index == 0 ? "told by" : "", (telling.place.map { "\(folder)\($0.file):\($0.position.line): " } ?? "") + telling.text)
    }
    if tellings.count > ExplanationText.tellings {
      addRow("", "and " + Format.count(tellings.count - ExplanationText.tellings, "more record").plain)
    }
    for topic in Remark.Topic.allCases where topic != .reading { add(topic, of: fact, story) }
    let inferred = fact.inferred(in: catalog)
    if !inferred.isEmpty { addRow("inferred", inferred.joined(separator: ", ") + " (no record says it)") }
    for (index, page) in map.pages(of: fact, in: catalog).enumerated() {
      addRow(index == 0 ? "stands on" : "", "\(page.path) (\(page.role))")
    }
    if let reason = map.unshown(fact, in: catalog) { addRow("", reason) }
  }

  private mutating func add(_ topic: Remark.Topic, of fact: Explanation.Fact, _ story: Story) {
    let remarks = story.remarks.filter { $0.topic == topic }.map { remark in
      remark.text + (remark.place.map { " (\(folder)\($0.file):\($0.position.line))" } ?? "")
    }
    let value = fact.value(topic, in: catalog)
    guard value != nil || !remarks.isEmpty else { return }
    addRow(
      ExplanationText.label(topic),
      [value].compactMap(\.self).joined() + (value == nil || remarks.isEmpty ? "" : ": ")
        + remarks.joined(separator: "; "))
  }

  static func label(_ topic: Remark.Topic) -> String {
    switch topic {
    case .joining: "joined"
    case .times: "time"
    case .retention: "kept"
    case .reading, .repository, .service, .environment, .target, .version, .commit, .state, .attempt, .gate, .promotion,
      .action,
      .kind:
      topic.rawValue
    }
  }

  private mutating func addOthers() {
    guard !explanation.others.isEmpty else { return }
    lines.append("")
    addLine(explanation.facts.isEmpty ? "Records tell of:" : "Also, one line each:")
    for fact in explanation.others.prefix(ExplanationText.limit) {
      let place = fact.story(in: catalog).places.first.map { "\(folder)\($0.file):\($0.position.line)" } ?? ""
      addLine("  \(fact.title(in: catalog))" + (place.isEmpty ? "" : " (\(place))"))
    }
    addMore(than: ExplanationText.limit, of: explanation.others.count, "fact")
  }

  /// What was left out belongs to no service: nobody finds it by asking for one.
  private mutating func addLeftOut() {
    guard !explanation.leftOut.isEmpty else { return }
    let count = explanation.leftOut.reduce(0) { $0 + $1.records }
    lines.append("")
    let records = Format.count(count, "record").plain
    addLine("\(records) of the content \(count == 1 ? "was" : "were") left out; ask for the file to see why:")
    for file in explanation.leftOut { addLine("  tidemark explain \(folder)\(file.file) (\(file.records))") }
  }

  private mutating func addMore(than limit: Int, of count: Int, _ noun: String) {
    if count > limit { addLine("  and \(Format.count(count - limit, "more " + noun).plain); --json has all") }
  }

  // MARK: What runs

  private mutating func add(_ place: Explanation.Place) {
    lines.append("")
    let (service, environment) = (catalog.services[place.service], catalog.environments[place.environment])
    addLine("\(service.name) in \(environment.name)")
    for (label, text) in place.sayings(in: catalog) { addRow(label, text) }
  }

  // MARK: Lines

  private mutating func addLine(_ text: String) { lines += ExplanationText.wrapped(StatusText.plain(text), margin: 4) }

  private mutating func addRow(_ label: String, _ text: String) {
    let head = "  " + label
    let gap = String(repeating: " ", count: max(1, ExplanationText.margin - head.count))
    lines += ExplanationText.wrapped(head + gap + StatusText.plain(text), margin: ExplanationText.margin)
  }

  /// Nothing is cut: what is longer goes on in the next line, below where the text began; a long word stands in a line of its own.
  private static func wrapped(_ text: String, margin: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for (index, word) in text.split(separator: " ", omittingEmptySubsequences: false).enumerated() {
      if index > 0, line.count + 1 + word.count > width, line.contains(where: { $0 != " " }) {
        lines.append(line)
        line = String(repeating: " ", count: margin) + word
      } else {
        line += (index == 0 ? "" : " ") + word
      }
    }
    return lines + [line]
  }
}
