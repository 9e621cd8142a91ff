import Diagnostics
import Documents

extension BuildResult {
  /// The result for machines, as one line of JSON.
  package var json: String {
    var json = JSONWriter()
    json.object { json in
      json.key("schema")
      json.string("tidemark/result/1")
      json.key("status")
      json.string(word)
      json.key("pages")
      json.int(pages + files)
      json.key("changed")
      json.int(changed)
      json.key("removed")
      json.int(removed)
      for (name, tally) in [("files", account.files), ("records", account.records)] {
        json.key(name)
        json.object { json in
          for (name, count) in [("rendered", tally.rendered), ("skipped", tally.skipped), ("error", tally.error)] {
            json.key(name)
            json.int(count)
          }
        }
      }
      json.key("diagnostics")
      json.array(diagnostics) { json, diagnostic in json.object { BuildResult.write(diagnostic, &$0) } }
    }
    return String(decoding: json.bytes, as: UTF8.self) + "\n"
  }

  private var word: String {
    switch status {
    case .published: "published"
    case .checked: "checked"
    case .withheld: "withheld"
    case .configuration: "configuration"
    case .output: "output"
    case .locked: "locked"
    }
  }

  private static func write(_ diagnostic: Diagnostic, _ json: inout JSONWriter) {
    let members: [(String, String?)] = [
      ("severity", diagnostic.severity.rawValue), ("id", diagnostic.message.id), ("message", diagnostic.message.text),
      ("suggestion", diagnostic.message.suggestion), ("file", diagnostic.file),
    ]
    for (name, value) in members {
      json.key(name)
      json.string(value)
    }
    json.key("line")
    json.int(diagnostic.position?.line)
    json.key("column")
    json.int(diagnostic.position?.column)
    json.key("trail")
    json.strings(diagnostic.trail)
  }
}
