import Diagnostics
import Documents
import Plan
import Releases

extension Edition {
  /// `build.json`, the account of the build. No clock but as-of.
  func writeBuild(_ json: inout JSONWriter) {
    json.schema("build")
    json.member("version", Generator.version)
    json.member("asOf", catalog.asOf)
    for (name, tally) in [("files", catalog.account.files), ("records", catalog.account.records)] {
      json.member(name, tally) { json, tally in
        json.member("rendered", tally.rendered)
        json.member("skipped", tally.skipped)
        json.member("error", tally.error)
      }
    }
    json.member("skipped", each: catalog.account.skippedInOrder) { json, item in
      json.member("file", item.file)
      json.member("record", item.record)
      json.member("reason", item.reason)
    }
    json.member("errors", each: diagnostics.filter { $0.severity == .error }) { json, fault in
      json.member("file", fault.file)
      json.member("line", fault.position?.line)
      json.member("column", fault.position?.column)
      json.member("id", fault.message.id)
      json.member("message", fault.message.text)
    }
    var counts: [String: Int] = [:]
    for plan in map.plans { counts[plan.page.kind.rawValue, default: 0] += 1 }
    json.member("pages", counts.sorted { $0.key < $1.key }) { json, counts in
      for (kind, count) in counts { json.member(kind, count) }
    }
  }
}
