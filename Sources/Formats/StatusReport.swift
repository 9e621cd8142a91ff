import Records
package import Releases
import Report
import Time

/// What runs where, for the log or the summary of a pipeline's job.
package enum StatusReport: String, CaseIterable, Sendable {
  case text, json, markdown

  package func write(_ catalog: Catalog) -> [UInt8] {
    let verdict = VerdictFacts(catalog)
    switch self {
    case .text: return StatusText(catalog, verdict).bytes
    case .json:
      var bytes: [UInt8] = []
      SummaryFile(catalog: catalog, verdict: verdict).write(into: &bytes)
      return bytes
    case .markdown: return Array(StatusReport.markdown(catalog, verdict).utf8)
    }
  }

  /// A table, as the summaries of GitHub and GitLab show it.
  private static func markdown(_ catalog: Catalog, _ verdict: VerdictFacts) -> String {
    let now = catalog.configuration.zone.civil(catalog.asOf)
    let environments = catalog.stages
    var lines = [
      "**\(escaped(catalog.statusSentence(verdict)))**", "", "As of \(Format.long(now)) \(escaped(now.abbreviation))", "",
    ]
    if !catalog.services.isEmpty, !environments.isEmpty {
      lines.append(row(["Service"] + environments.map { escaped(catalog.environments[$0].name) }))
      lines.append(row(Array(repeating: "---", count: environments.count + 1)))
      for service in catalog.services.indices {
        lines.append(
          row(
            [escaped(catalog.services[service].name)]
              + environments.map { escaped(StatusText.cell(catalog, service, $0, waits: "waits", behind: "behind")) }))
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private static func row(_ cells: [String]) -> String { "| " + cells.joined(separator: " | ") + " |" }

  /// Untrusted text within a line of Markdown.
  static func escaped(_ text: String) -> String {
    StatusText.plain(text).reduce(into: "") { escaped, character in
      if "\\`*_{}[]<>()#+!|~&@".contains(character) { escaped.append("\\") }
      escaped.append(character)
    }
  }
}
