import Diagnostics
package import Plan
import Records
package import Releases

extension Explanation {
  package enum Format: Sendable { case text, json }

  /// `folder`: what stands before the names of files, as the caller would write it.
  package func write(_ catalog: Catalog, _ map: SiteMap, folder: String, as format: Format) -> [UInt8] {
    switch format {
    case .text: return ExplanationText.write(self, catalog, map, folder: folder)
    case .json:
      var bytes: [UInt8] = []
      ExplanationFile(explanation: self, catalog: catalog, map: map, folder: folder).write(into: &bytes)
      return bytes
    }
  }
}

/// An explanation for programs: `tidemark/explain/1`.
struct ExplanationFile: InterfaceFile {
  let explanation: Explanation
  let catalog: Catalog
  let map: SiteMap
  let folder: String

  static let name = "explain"
  static let title = "What tidemark explain --json prints: how records were read and joined, and where they are shown"
  static let shape = JSONShape<ExplanationFile>([
    .time("asOf", \.catalog.asOf),
    .group("question", question),
    .object("file", file, orNull: { all in all.explanation.file.map { Within(item: $0, whole: all) } }).absent(.anyOf),
    .list("records", record) { all in all.explanation.records.map { Within(item: $0, whole: all) } },
    .list("places", inPlace) { all in all.explanation.places.map { Within(item: $0, whole: all.catalog) } },
    .list("facts", fact) { all in all.facts.map { Within(item: $0, whole: all) } },
    .list("leftOut", leftOut) { all in all.explanation.leftOut.map { Within(item: $0, whole: all.folder) } },
  ])

  /// Those told in full, then the others.
  private var facts: [Explanation.Fact] {
    var seen: Set<Explanation.Fact> = []
    return (explanation.facts + explanation.others + explanation.records.flatMap(\.facts)).filter { seen.insert($0).inserted }
  }

  private static let question = JSONShape<ExplanationFile>([
    .text("file", orNull: { all in all.explanation.question.file.map { all.folder + $0 } }),
    .whole("line", orNull: \.explanation.question.line),
    .text("service", orNull: \.explanation.question.service),
    .text("version", orNull: \.explanation.question.version),
    .text("environment", orNull: \.explanation.question.environment),
  ])

  private static let leftOut = JSONShape<Within<Explanation.LeftOut, String>>([
    .text("file") { $0.whole + $0.item.file }, .whole("records", \.item.records),
  ])
}

/// What was read.
extension ExplanationFile {
  private static let file = JSONShape<Within<Explanation.File, ExplanationFile>>(
    [.text("path") { $0.whole.folder + $0.item.path }, .text("role", \.item.role)],
    outcome(\.item.outcome),
    [.list("diagnostics", diagnostic, \.item.diagnostics)])

  private static let diagnostic = JSONShape<Diagnostic>([
    .word("severity", \.severity).withoutType,
    .text("id", \.message.id),
    .text("message", \.message.text),
    .text("suggestion", orNull: \.message.suggestion),
    .whole("line", orNull: \.position?.line),
    .whole("column", orNull: \.position?.column),
  ])

  private static let record = JSONShape<Within<Explanation.Record, ExplanationFile>>(
    [.text("record", \.item.name)],
    place { ($0.item.place, $0.whole.folder) },
    [.whole("lastLine", \.item.lastLine)],
    outcome(\.item.outcome),
    [
      .text("remedy", orNull: \.item.remedy).listedLast,
      .list("facts", JSONShape(naming)) { row in row.item.facts.map { Within(item: $0, whole: row.whole) } },
    ])

  private static func outcome<Value>(_ get: @escaping @Sendable (Value) -> Explanation.Outcome) -> [JSONField<Value>] {
    [
      .word("outcome", oneOf: Explanation.Outcome.words) { get($0).word }.withoutType,
      .text("reason", orNull: { get($0).reason }),
    ]
  }

  /// Where something stands, with the folder that its file is in.
  private static func place<Value>(
    _ get: @escaping @Sendable (Value) -> (place: RecordPlace?, folder: String)
  ) -> [JSONField<Value>] {
    [
      .text("file", orNull: { value in get(value).place.map { get(value).folder + $0.file } }),
      .whole("line", orNull: { get($0).place?.position.line }),
      .whole("column", orNull: { get($0).place?.position.column }),
    ]
  }
}

extension Explanation.Outcome {
  fileprivate static let words = ["rendered", "skipped", "error"]

  fileprivate var word: String {
    switch self {
    case .rendered: "rendered"
    case .skipped: "skipped"
    case .error: "error"
    }
  }

  fileprivate var reason: String? { if case .skipped(let reason) = self { reason } else { nil } }
}

/// What it became.
extension ExplanationFile {
  private static let inPlace = JSONShape<Within<Explanation.Place, Catalog>>([
    .text("service") { $0.whole.services[$0.item.service].key },
    .text("environment") { $0.whole.environments[$0.item.environment].key },
    .text("state") { $0.whole.histories[$0.item.service][$0.item.environment].cell.state.rawValue },
    .list("says", saying) { $0.item.sayings(in: $0.whole) },
  ])

  private static let saying = JSONShape<(String, String)>([.text("about", \.0), .text("text", \.1)])

  private static let naming: [JSONField<Within<Explanation.Fact, ExplanationFile>>] = [
    .word("kind", oneOf: ["run", "deployment", "release", "incident"], \.item.kind).withoutType,
    .text("service", orNull: { $0.item.service(in: $0.whole.catalog)?.key }),
    .text("id", orNull: { $0.item.id(in: $0.whole.catalog) }),
  ]

  private static let topics = Remark.Topic.allCases.filter { $0 != .reading }

  private static let fact = JSONShape<Within<Explanation.Fact, ExplanationFile>>(
    naming,
    [
      .text("title") { $0.item.title(in: $0.whole.catalog) },
      .list("toldBy", JSONShape(remarkPlace, remarkText)) { remarks(of: $0) { $0 == .reading } },
      .group("values", values),
      .list("because", JSONShape([about], remarkText, remarkPlace)) { remarks(of: $0) { $0 != .reading } },
      .texts("inferred") { $0.item.inferred(in: $0.whole.catalog) },
      .list("pages", page) { $0.whole.map.pages(of: $0.item, in: $0.whole.catalog) },
      .text("unshown", orNull: { $0.whole.map.unshown($0.item, in: $0.whole.catalog) }),
    ])

  private static let values = JSONShape<Within<Explanation.Fact, ExplanationFile>>(
    topics.map { topic in .text(topic.rawValue, orNull: { $0.item.value(topic, in: $0.whole.catalog) }) })

  private static func remarks(
    of fact: Within<Explanation.Fact, ExplanationFile>, _ isMeant: (Remark.Topic) -> Bool
  ) -> [Within<Remark, String>] {
    let story = fact.item.story(in: fact.whole.catalog)
    return story.remarks.filter { isMeant($0.topic) }.map { Within(item: $0, whole: fact.whole.folder) }
  }

  private static let remarkPlace: [JSONField<Within<Remark, String>>] = place { ($0.item.place, $0.whole) }
  private static let remarkText: [JSONField<Within<Remark, String>>] = [.text("text", \.item.text)]
  private static let about: JSONField<Within<Remark, String>> =
    .word("about", oneOf: topics.map(\.rawValue), \.item.topic.rawValue).withoutType

  private static let page = JSONShape<SiteMap.Showing>([.text("path", \.path), .text("role", \.role)])
}
