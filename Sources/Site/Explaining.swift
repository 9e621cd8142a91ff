import Content
import Diagnostics
package import Formats
import Plan
import Providers
import Records
import Releases
package import Time

/// What `tidemark explain` is asked for.
package struct ExplainOptions: Sendable {
  package var content = "content"
  /// `FILE`, `FILE:LINE` or `FILE:LINE:COLUMN`, as diagnostics print places.
  package var place: String?
  package var service: String?
  package var version: String?
  package var environment: String?
  package var format = Explanation.Format.text
  package var asOf: Timestamp
  package var jobs: Int

  package init(asOf: Timestamp, jobs: Int) { (self.asOf, self.jobs) = (asOf, jobs) }
}

/// Tells how a record was read and joined, by which rules it got its values, and on which pages it stands or why on none: from the
/// account that reading and joining keep, and the catalog that the pages are made of.
package func explain(_ options: ExplainOptions) async -> Answer {
  var content = CatalogOfContent(content: options.content, asOf: options.asOf, jobs: options.jobs)
  content.keepsStories = true
  return await content.answer { read in
    do throws(UnknownName) {
      let explanation = try Explaining(read, options).explanation()
      let map = SiteMap.plan(read.catalog, assets: [], schemas: []).value
      return .success(explanation.write(read.catalog, map, folder: options.content + "/", as: options.format))
    } catch {
      return .failure(error)
    }
  }
}

/// Finds what is asked about in what was read.
private struct Explaining {
  private let read: ReadContent
  private let options: ExplainOptions
  private let facts: [RecordPlace: [Explanation.Fact]]

  init(_ read: ReadContent, _ options: ExplainOptions) {
    (self.read, self.options) = (read, options)
    var facts: [RecordPlace: [Explanation.Fact]] = [:]
    for fact in Explanation.Fact.all(of: read.catalog) {
      for place in fact.story(in: read.catalog).places { facts[place, default: []].append(fact) }
    }
    self.facts = facts
  }

  func explanation() throws(UnknownName) -> Explanation {
    var explanation = Explanation(Explanation.Question())
    if let place = options.place { try add(place, to: &explanation) }
    if options.service != nil || options.environment != nil || options.version != nil {
      try addNames(to: &explanation)
      let leftOut = Dictionary(grouping: read.catalog.account.skipped.filter { $0.record != nil }, by: \.file)
      explanation.leftOut = leftOut.map { Explanation.LeftOut(file: $0.key, records: $0.value.count) }.sorted {
        $0.file < $1.file
      }
    }
    return explanation
  }

  // MARK: A file, or a line of it

  private func add(_ place: String, to explanation: inout Explanation) throws(UnknownName) {
    let (path, line) = try split(place)
    explanation.question.file = path
    explanation.question.line = line
    let role = ContentFolder.role(of: path)
    let records = records(of: path)
    let diagnostics = read.diagnostics.filter { $0.file == path }
    guard let line else {
      explanation.file = Explanation.File(path: path, role: role.words, outcome: outcome(of: path), diagnostics: diagnostics)
      explanation.records = records
      if records.count == 1 { addFacts(of: records[0], to: &explanation) }
      return
    }
    let found = records.filter { $0.place.position.line <= line && line <= $0.lastLine }
    // Of objects in one another the innermost, which begins last.
    guard let last = found.map(\.place.position).max() else {
      let here = diagnostics.filter { $0.position?.line == line }
      if !here.isEmpty {
        explanation.file = Explanation.File(path: path, role: role.words, outcome: outcome(of: path), diagnostics: here)
        return
      }
      throw UnknownName(message: .noRecordInLine(line, of: path, near: near(line, records)))
    }
    let chosen = found.filter { $0.place.position.line == last.line }
    let lines = (chosen.map(\.place.position.line).min() ?? line)...(chosen.map(\.lastLine).max() ?? line)
    explanation.file = Explanation.File(
      path: path, role: role.words, outcome: outcome(of: path),
      diagnostics: diagnostics.filter { $0.position.map { lines.contains($0.line) } ?? true })
    explanation.records = chosen
    for record in chosen { addFacts(of: record, to: &explanation) }
  }

  private func addFacts(of record: Explanation.Record, to explanation: inout Explanation) {
    for fact in record.facts where !explanation.facts.contains(fact) {
      // A run whose own record this is brings its deployments with it.
      explanation.facts.append(fact)
      guard case .run(let service, let run) = fact, fact.story(in: read.catalog).places.first == record.place else { continue }
      for deployment in read.catalog.services[service].runs[run].deployments {
        let deployment = Explanation.Fact.deployment(service: service, deployment: deployment)
        if !explanation.facts.contains(deployment) { explanation.facts.append(deployment) }
      }
    }
  }

  /// The path relative to the content folder, and the line.
  private func split(_ text: String) throws(UnknownName) -> (path: String, line: Int?) {
    var parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    var numbers: [Int] = []
    while parts.count > 1, numbers.count < 2, file(parts.joined(separator: ":")) == nil,
      let number = Int(parts[parts.count - 1])
    {
      numbers.insert(number, at: 0)
      parts.removeLast()
    }
    let path = parts.joined(separator: ":")
    guard let file = file(path) else {
      let known = read.paths.map { options.content + "/" + $0 }
      throw UnknownName(message: .unknownFile(path, known: known))
    }
    return (file, numbers.first)
  }

  /// As the caller may write it: with the content folder, or relative to it.
  private func file(_ text: String) -> String? {
    var path = text
    while path.hasPrefix("./") { path = String(path.dropFirst(2)) }
    var folder = options.content
    while folder.hasPrefix("./") { folder = String(folder.dropFirst(2)) }
    if read.paths.contains(path) { return path }
    let inner = path.hasPrefix(folder + "/") ? String(path.dropFirst(folder.count + 1)) : nil
    if let inner, read.paths.contains(inner) { return inner }
    guard let whole = FileSystem.resolved(text), let content = FileSystem.resolved(options.content) else { return nil }
    let resolved = whole.hasPrefix(content + "/") ? String(whole.dropFirst(content.count + 1)) : nil
    return resolved.flatMap { read.paths.contains($0) ? $0 : nil }
  }

  private func outcome(of path: String) -> Explanation.Outcome {
    if let skipped = read.catalog.account.skipped.first(where: { $0.file == path && $0.record == nil }) {
      return .skipped(skipped.reason)
    }
    return read.diagnostics.contains { $0.file == path && $0.severity == .error } ? .error : .rendered
  }

  /// What the readers found in a file, with what the joins left out of it afterwards.
  private func records(of path: String) -> [Explanation.Record] {
    let skipped = read.catalog.account.skipped.filter { $0.file == path && $0.record != nil }
    var records = read.found.filter { $0.place.file == path }.map { found in
      var outcome = found.fate == .lost ? Explanation.Outcome.error : .rendered
      let left = skipped.first { $0.position == found.place.position && found.isNamed($0.record) }
      if let left { outcome = .skipped(left.reason) }
      var record = Explanation.Record(
        name: left?.record ?? found.name, place: found.place, lastLine: found.lastLine, outcome: outcome,
        facts: facts[found.place] ?? [])
      record.remedy = left?.remedy
      return record
    }
    // Notes and incidents have no objects: they are where what became of them says.
    let known = Set(records.map(\.place))
    let places = facts.keys.filter { $0.file == path && !known.contains($0) }.sorted()
    if read.found.allSatisfy({ $0.place.file != path }) {
      for (index, place) in places.enumerated() {
        let next = index + 1 < places.count ? places[index + 1].position.line - 1 : lastLine(of: path)
        records.append(
          Explanation.Record(
            name: facts[place]?.first?.title(in: read.catalog) ?? "", place: place, lastLine: max(next, place.position.line),
            outcome: .rendered, facts: facts[place] ?? []))
      }
    }
    // What only the joins name.
    for item in skipped
    where !records.contains(where: { $0.outcome == .skipped(item.reason) && $0.place.position == item.position }) {
      let position = item.position ?? Position(line: 1, column: 1)
      records.append(
        Explanation.Record(
          name: item.record ?? "", place: RecordPlace(file: path, position: position), lastLine: position.line,
          outcome: .skipped(item.reason), facts: []))
    }
    return records.sorted { ($0.place, $0.name) < ($1.place, $1.name) }
  }

  private func lastLine(of path: String) -> Int {
    do throws(FileSystem.Failure) {
      let bytes = try FileSystem.read(options.content + "/" + path)
      return Source(file: path, bytes: bytes).position(at: bytes.count).line
    } catch {
      return 1
    }
  }

  /// The records before and behind a line, as places.
  private func near(_ line: Int, _ records: [Explanation.Record]) -> [String] {
    let before = records.last { $0.place.position.line <= line }
    let behind = records.first { $0.place.position.line > line }
    return [before, behind].compactMap(\.self).map { "line \($0.place.position.line) (\($0.name))" }
  }

  // MARK: A service, a version, an environment

  private func addNames(to explanation: inout Explanation) throws(UnknownName) {
    let catalog = read.catalog
    let services = try options.service.map { (name) throws(UnknownName) in [try catalog.service(called: name)] }
    let environments = try options.environment.map { (name) throws(UnknownName) in [try catalog.environment(called: name)] }
    explanation.question.service = options.service
    explanation.question.version = options.version
    explanation.question.environment = options.environment
    for service in services ?? Array(catalog.services.indices) {
      let known = environments ?? catalog.environments.indices.filter { !catalog.histories[service][$0].deployments.isEmpty }
      explanation.places += known.map { Explanation.Place(service: service, environment: $0) }
      add(service, in: known, to: &explanation)
    }
    guard let version = options.version, explanation.facts.isEmpty else { return }
    let named = (services ?? Array(catalog.services.indices)).flatMap { catalog.services[$0].knownVersions }
    throw UnknownName(message: .unknownName("version", version, known: named))
  }

  /// In full what the question is about: the version, else what runs, what was tried last and what waits.
  private func add(_ service: Int, in environments: [Int], to explanation: inout Explanation) {
    let all = read.catalog.services[service]
    let wanted = options.version.map(Version.display)
    var facts: [Explanation.Fact] = []
    if let wanted {
      facts += all.releases.indices.filter { all.releases[$0].version.map(Version.display) == wanted }.map {
        .release(service: service, release: $0)
      }
    }
    for environment in environments {
      let history = read.catalog.histories[service][environment]
      let newest = Array(history.deployments.reversed())
      let chosen =
        wanted.map { wanted in newest.filter { Version.display(all.deployments[$0].version) == wanted } }
        ?? [history.cell.current, history.cell.lastAttempt].compactMap(\.self) + history.cell.waiting.map(\.deployment)
      facts += chosen.map { .deployment(service: service, deployment: $0) }
      guard wanted == nil else { continue }
      explanation.others += newest.filter { !chosen.contains($0) }.map { .deployment(service: service, deployment: $0) }
    }
    if facts.isEmpty, wanted == nil, all.deployments.isEmpty {
      explanation.others += all.runs.indices.map { .run(service: service, run: $0) }
    }
    explanation.facts += facts
  }
}

extension FoundRecord {
  /// Whether the account means this one: of several objects at one place each has its name.
  fileprivate func isNamed(_ record: String?) -> Bool { record.map { $0 == name || $0.hasPrefix(name + ",") } ?? true }
}

extension ContentFolder.Role {
  /// What a file is, in words.
  fileprivate var words: String {
    switch self {
    case .configuration: "the configuration"
    case .record: "records"
    case .testReport: "a test report"
    case .note: "notes of releases"
    case .incident: "an incident"
    case .introduction: "the introduction of the dashboard"
    case .page: "a page"
    case .image: "a picture"
    case .skipped: "nothing that is read"
    }
  }
}

extension Catalog {
  func service(called name: String) throws(UnknownName) -> Int {
    if let found = service(named: name) { return found }
    throw UnknownName(message: .unknownName("service", name, known: services.map(\.key)))
  }

  func environment(called name: String) throws(UnknownName) -> Int {
    if let found = environment(named: name) { return found }
    throw UnknownName(message: .unknownName("environment", name, known: environments.map(\.key)))
  }
}
