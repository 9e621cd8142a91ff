import Content
import Diagnostics
import Documents
import Foundation
import Records
import Time

/// Every diagnostic as one line, in printed order: `line:column: severity: text [id]`, with the suggestion behind an arrow.
func printed(_ diagnostics: [Diagnostic], of file: String) -> [String] {
  diagnostics.sorted(by: Diagnostic.inPrintedOrder).map { diagnostic in
    let place = diagnostic.position.map { "\($0.line):\($0.column)" } ?? "nowhere"
    let suggestion = diagnostic.message.suggestion.map { " -> \($0)" } ?? ""
    let prefix = diagnostic.file == file ? "" : "\(diagnostic.file ?? "no file"):"
    return "\(prefix)\(place): \(diagnostic.severity): \(diagnostic.message.text)\(suggestion) [\(diagnostic.message.id)]"
  }
}

func configuration(_ yaml: String) -> Parsed<Configuration> {
  readConfiguration(Source(file: "content/tidemark.yml", bytes: Array(yaml.utf8)), zone: installedZone)
}

func note(_ text: String, path: String = "checkout/1.4.0.md") -> Parsed<Located<ReleaseNote>?> {
  readReleaseNote(Source(file: "content/releases/" + path, bytes: Array(text.utf8)), path: path)
}

func incident(_ text: String, path: String = "2026-03-slow.md") -> Parsed<Located<IncidentRecord>?> {
  readIncident(Source(file: "content/incidents/" + path, bytes: Array(text.utf8)), path: path)
}

func moment(_ text: String) -> Timestamp? { Timestamp(rfc3339: text) }

extension Prose {
  /// Without the anchors of headings and items, which have tests of their own.
  var html: String {
    switch self {
    case .text(let text): "text: " + text
    case .markdown(let fragment, _): fragment.description.withoutAnchors
    }
  }
}

/// Europe/Berlin alone is installed: a TZif file of version 2 without transitions, whose footer holds the rule.
func installedZone(_ name: String) -> [UInt8]? {
  guard name == "Europe/Berlin" else { return name == "Europe/Broken" ? [1, 2, 3] : nil }
  func header(types: UInt8) -> [UInt8] {
    Array("TZif2".utf8) + [UInt8](repeating: 0, count: 15) + [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0] + [0, 0, 0, 0] + [
      0, 0, 0, types,
    ]
      + [0, 0, 0, 4]
  }
  let type: [UInt8] = [0, 0, 0x0E, 0x10, 0, 0] + Array("CET\0".utf8)
  return header(types: 1) + type + header(types: 1) + type + Array("\nCET-1CEST,M3.5.0,M10.5.0/3\n".utf8)
}

extension String {
  var withoutAnchors: String { replacing(#/(<h[1-6]|<li) id="[^"]*"( class="group [^"]*")?/#) { $0.output.1 } }
}
