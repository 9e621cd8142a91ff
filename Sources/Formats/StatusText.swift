import Records
import Releases
import Report
import Time

/// `status.txt`: what runs where in 80 columns, for a terminal or a log.
struct StatusText {
  private static let width = 80

  let bytes: [UInt8]

  init(_ catalog: Catalog, _ verdict: VerdictFacts) {
    let site = catalog.configuration.site
    let now = catalog.configuration.zone.civil(catalog.asOf)
    var lines = [StatusText.plain(site.name), "As of \(Format.long(now)) \(now.abbreviation)"]
    lines += StatusText.wrapped(StatusText.plain(catalog.statusSentence(verdict) + ".")) + [""]
    let environments = catalog.stages
    if !catalog.services.isEmpty, !environments.isEmpty {
      lines += StatusText.table(catalog, environments) ?? StatusText.blocks(catalog, environments)
    }
    let waiting = StatusText.waiting(catalog, environments)
    if !waiting.isEmpty { lines += ["", "Waiting:"] + waiting }
    let open = catalog.openIncidents.map { catalog.incidents[$0] }
    if !open.isEmpty {
      lines += ["", "Open incidents:"]
      for incident in open {
        let kind = incident.record.kind == .maintenance ? " (maintenance)" : ""
        lines += StatusText.wrapped("  " + StatusText.plain(incident.record.title ?? incident.record.id) + kind)
      }
    }
    bytes = Array((lines.map(StatusText.trimmed).joined(separator: "\n") + "\n").utf8)
  }

  /// `waits`, `behind`: words for what is one character where room is short.
  static func cell(
    _ catalog: Catalog, _ service: Int, _ environment: Int, waits: String = "*", behind: String? = nil
  ) -> String {
    let cell = catalog.histories[service][environment].cell
    let version = cell.current.map { catalog.services[service].deployments[$0].version } ?? ""
    var marks = ""
    if cell.behind > 0, !cell.isUncertain { marks += behind.map { ", \(cell.behind) \($0)" } ?? " -\(cell.behind)" }
    if let waiting = cell.waiting.first { marks += behind == nil ? " " + waits : ", \(waiting.version) \(waits)" }
    let partial = cell.isPartlyDeployed ? ", partial" : ""
    switch cell.state {
    case .current: return plain(version) + (cell.flags.contains(.yanked) ? " yanked" : "") + partial + plain(marks)
    case .mixed: return "mixed: " + plain(cell.mixedWords.plain) + partial + plain(marks)
    case .unknown: return "unknown" + plain(marks)
    case .removed: return "removed" + plain(marks)
    case .none: return "never" + plain(marks)
    }
  }

  /// One row a service; nil if that does not fit 80 columns.
  private static func table(_ catalog: Catalog, _ environments: [Int]) -> [String]? {
    var rows = [["service"] + environments.map { plain(catalog.environments[$0].name) }]
    for service in catalog.services.indices {
      rows.append([plain(catalog.services[service].name)] + environments.map { cell(catalog, service, $0) })
    }
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    guard widths.reduce(0, +) + 2 * (widths.count - 1) <= width else { return nil }
    let lines = rows.map { row in zip(row, widths).map { padded($0, $1) }.joined(separator: "  ") }
    return [lines[0], String(repeating: "-", count: width)] + lines.dropFirst()
      + ["", "-n: n releases behind the environment before it; *: a release waits at the gate"]
  }

  /// One block a service, for many environments or long names.
  private static func blocks(_ catalog: Catalog, _ environments: [Int]) -> [String] {
    catalog.services.indices.flatMap { service in
      wrapped(plain(catalog.services[service].name))
        + environments.flatMap { environment in
          wrapped("  " + plain(catalog.environments[environment].name) + ": " + cell(catalog, service, environment))
        }
    }
  }

  private static func waiting(_ catalog: Catalog, _ environments: [Int]) -> [String] {
    catalog.services.indices.flatMap { service in
      environments.flatMap { environment in
        catalog.histories[service][environment].cell.waiting.flatMap { waiting in
          let since = waiting.since.map { " since \(Format.long(catalog.configuration.zone.civil($0)))" } ?? ""
          let place = catalog.place(of: catalog.services[service].deployments[waiting.deployment])
          let what = "\(catalog.services[service].name) \(waiting.version) to \(place)"
          return wrapped("  " + plain(what + since))
        }
      }
    }
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func trimmed(_ text: String) -> String {
    var text = text[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }

  /// Nothing is cut: what is longer goes on in the next line.
  private static func wrapped(_ text: String) -> [String] {
    var rest = text[...]
    var lines: [String] = []
    while rest.count > width {
      let edge = rest.index(rest.startIndex, offsetBy: width)
      let space = rest[..<edge].lastIndex(of: " ").flatMap { $0 > rest.index(rest.startIndex, offsetBy: 8) ? $0 : nil }
      lines.append(String(rest[..<(space ?? edge)]))
      rest = "    " + rest[(space.map { rest.index(after: $0) } ?? edge)...]
    }
    return lines + [String(rest)]
  }

  /// Untrusted text for a terminal: no control characters, no bidirectional overrides, one line.
  static func plain(_ text: String) -> String {
    String(
      String.UnicodeScalarView(
        text.unicodeScalars.map { scalar in
          switch scalar.value {
          case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029: " "
          case 0x202A...0x202E, 0x2066...0x2069, 0x200E, 0x200F, 0x061C: "\u{FFFD}"
          default: scalar
          }
        }))
  }
}
