package import Diagnostics
import Documents

/// Diagnostics as the CI systems show them beside the lines of a change.
package enum Annotations {
  /// Workflow commands of GitHub Actions, one a line.
  package static func github(_ diagnostics: [Diagnostic]) -> String {
    diagnostics.map { diagnostic in
      let command =
        switch diagnostic.severity {
        case .error: "error"
        case .warning: "warning"
        case .note: "notice"
        }
      var properties: [String] = []
      if let file = diagnostic.file { properties.append("file=" + escaped(file, isProperty: true)) }
      if let position = diagnostic.position { properties.append("line=\(position.line),col=\(position.column)") }
      properties.append("title=" + escaped(diagnostic.message.id, isProperty: true))
      return "::\(command) \(properties.joined(separator: ","))::\(escaped(words(diagnostic), isProperty: false))\n"
    }.joined()
  }

  /// GitLab's report of code quality: a JSON list. A fingerprint stays the same while the fault does, whatever line it stands in.
  package static func gitlab(_ diagnostics: [Diagnostic]) -> String {
    var json = JSONWriter()
    var seen: [String: Int] = [:]
    json.array(diagnostics) { json, diagnostic in
      let identity = "\(diagnostic.file ?? "") \(diagnostic.message.id) \(diagnostic.message.text)"
      seen[identity, default: 0] += 1
      let fingerprint = Digest.hex(Array("\(identity) \(seen[identity, default: 1])".utf8), count: 32)
      json.object { json in
        json.key("description")
        json.string(words(diagnostic))
        json.key("check_name")
        json.string(diagnostic.message.id)
        json.key("fingerprint")
        json.string(fingerprint)
        json.key("severity")
        json.string(diagnostic.severity == .error ? "major" : diagnostic.severity == .warning ? "minor" : "info")
        json.key("location")
        json.object { json in
          json.key("path")
          json.string(diagnostic.file ?? ".")
          json.key("lines")
          json.object { json in
            json.key("begin")
            json.int(diagnostic.position?.line ?? 1)
          }
        }
      }
    }
    return String(decoding: json.bytes, as: UTF8.self) + "\n"
  }

  private static func words(_ diagnostic: Diagnostic) -> String {
    ([diagnostic.message.text] + [diagnostic.message.suggestion].compactMap(\.self)).joined(separator: "; ")
  }

  /// A line end would begin another command.
  private static func escaped(_ text: String, isProperty: Bool) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "%": result += "%25"
      case "\r": result += "%0D"
      case "\n": result += "%0A"
      case ":" where isProperty: result += "%3A"
      case "," where isProperty: result += "%2C"
      default: result.unicodeScalars.append(scalar.value < 0x20 || (0x7F..<0xA0).contains(scalar.value) ? "\u{FFFD}" : scalar)
      }
    }
    return result
  }
}
