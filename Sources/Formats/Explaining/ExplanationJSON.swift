import Diagnostics
import Documents
package import Plan
import Records
package import Releases
import Report

extension Explanation {
  package enum Format: Sendable { case text, json }

  /// `folder`: what stands before the names of files, as the caller would write it.
  package func write(_ catalog: Catalog, _ map: SiteMap, folder: String, as format: Format) -> [UInt8] {
    switch format {
    case .text: return ExplanationText.write(self, catalog, map, folder: folder)
    case .json:
      var json = JSONWriter()
      json.object { ExplanationJSON(explanation: self, catalog: catalog, map: map, folder: folder).write(to: &$0) }
      return json.bytes + [0x0A]
    }
  }
}

/// An explanation for programs: `tidemark/explain/1`.
private struct ExplanationJSON {
  let explanation: Explanation
  let catalog: Catalog
  let map: SiteMap
  let folder: String

  func write(to json: inout JSONWriter) {
    json.schema("explain")
    json.member("asOf", catalog.asOf)
    json.member("question", explanation.question) { json, question in
      json.member("file", question.file.map { folder + $0 })
      json.member("line", question.line)
      json.member("service", question.service)
      json.member("version", question.version)
      json.member("environment", question.environment)
    }
    json.member("file", explanation.file) { write($1, to: &$0) }
    json.member("records", each: explanation.records) { write($1, to: &$0) }
    json.member("places", each: explanation.places) { write($1, to: &$0) }
    json.member("facts", each: facts) { write($1, to: &$0) }
    json.member("leftOut", each: explanation.leftOut) { json, file in
      json.member("file", folder + file.file)
      json.member("records", file.records)
    }
  }

  /// Those told in full, then the others.
  private var facts: [Explanation.Fact] {
    var seen: Set<Explanation.Fact> = []
    return (explanation.facts + explanation.others + explanation.records.flatMap(\.facts)).filter { seen.insert($0).inserted }
  }

  private func write(_ file: Explanation.File, to json: inout JSONWriter) {
    json.member("path", folder + file.path)
    json.member("role", file.role)
    write(file.outcome, to: &json)
    json.member("diagnostics", each: file.diagnostics) { json, diagnostic in
      json.member("severity", diagnostic.severity.rawValue)
      json.member("id", diagnostic.message.id)
      json.member("message", diagnostic.message.text)
      json.member("suggestion", diagnostic.message.suggestion)
      json.member("line", diagnostic.position?.line)
      json.member("column", diagnostic.position?.column)
    }
  }

  private func write(_ outcome: Explanation.Outcome, to json: inout JSONWriter) {
    switch outcome {
    case .rendered:
      json.member("outcome", "rendered")
      json.member("reason", String?.none)
    case .skipped(let reason):
      json.member("outcome", "skipped")
      json.member("reason", reason)
    case .error:
      json.member("outcome", "error")
      json.member("reason", String?.none)
    }
  }

  private func write(_ record: Explanation.Record, to json: inout JSONWriter) {
    json.member("record", record.name)
    write(record.place, to: &json)
    json.member("lastLine", record.lastLine)
    write(record.outcome, to: &json)
    json.member("remedy", record.remedy)
    json.member("facts", each: record.facts) { writeName(of: $1, to: &$0) }
  }

  private func write(_ place: RecordPlace?, to json: inout JSONWriter) {
    json.member("file", place.map { folder + $0.file })
    json.member("line", place?.position.line)
    json.member("column", place?.position.column)
  }

  private func writeName(of fact: Explanation.Fact, to json: inout JSONWriter) {
    json.member("kind", fact.kind)
    json.member("service", fact.service(in: catalog)?.key)
    json.member("id", fact.id(in: catalog))
  }

  private func write(_ place: Explanation.Place, to json: inout JSONWriter) {
    json.member("service", catalog.services[place.service].key)
    json.member("environment", catalog.environments[place.environment].key)
    json.member("state", catalog.histories[place.service][place.environment].cell.state.rawValue)
    json.member("says", each: place.sayings(in: catalog)) { json, saying in
      json.member("about", saying.0)
      json.member("text", saying.1)
    }
  }

  private func write(_ fact: Explanation.Fact, to json: inout JSONWriter) {
    writeName(of: fact, to: &json)
    json.member("title", fact.title(in: catalog))
    let story = fact.story(in: catalog)
    json.member("toldBy", each: story.remarks.filter { $0.topic == .reading }) { json, remark in
      write(remark.place, to: &json)
      json.member("text", remark.text)
    }
    let topics = Remark.Topic.allCases.filter { $0 != .reading }
    json.member("values", topics) { json, topics in
      for topic in topics { json.member(topic.rawValue, fact.value(topic, in: catalog)) }
    }
    json.member("because", each: story.remarks.filter { $0.topic != .reading }) { json, remark in
      json.member("about", remark.topic.rawValue)
      json.member("text", remark.text)
      write(remark.place, to: &json)
    }
    json.member("inferred", fact.inferred(in: catalog))
    json.member("pages", each: map.pages(of: fact, in: catalog)) { json, page in
      json.member("path", page.path)
      json.member("role", page.role)
    }
    json.member("unshown", map.unshown(fact, in: catalog))
  }
}
