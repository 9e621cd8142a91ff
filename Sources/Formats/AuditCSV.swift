import Plan
import Records
import Releases
import Report
import Time

/// Writes RFC 4180: CRLF after each row, quotes where a cell needs them.
struct CSVWriter {
  private(set) var bytes: [UInt8]

  init(into bytes: [UInt8]) { self.bytes = bytes }

  mutating func row(_ cells: [String]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      append(CSVWriter.harmless(cell))
    }
    bytes += [0x0D, 0x0A]
  }

  private mutating func append(_ cell: String) {
    guard cell.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else {
      bytes += cell.utf8
      return
    }
    bytes.append(0x22)
    for byte in cell.utf8 { bytes += byte == 0x22 ? [0x22, 0x22] : [byte] }
    bytes.append(0x22)
  }

  /// A spreadsheet reads a cell that begins so as a formula, and runs it (OWASP, "CSV Injection"); behind an apostrophe it is text.
  /// What a cell cannot show or what turns the reading direction is replaced.
  static func harmless(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      switch scalar.value {
      case 0x09, 0x0A, 0x0D: scalar
      case 0..<0x20, 0x7F..<0xA0, 0x202A...0x202E, 0x2066...0x2069: "\u{FFFD}"
      default: scalar
      }
    }
    let shown = String(String.UnicodeScalarView(scalars))
    switch scalars.first {
    case "=", "+", "-", "@", "\t", "\r", "\n": return "'" + shown
    default: return shown
    }
  }
}

extension AuditFile {
  private static let header = [
    "at", "service", "environment", "state", "kind", "from", "version", "deployment", "run", "attempt", "commit", "asked_by",
    "authors", "approved_by", "decisions", "wait_seconds", "promotion", "reason", "flags", "freezes", "page", "run_address",
    "deployment_address", "gate_address", "commit_address",
  ]

  /// `audit/<yyyy-mm>.csv`: a row a change, newest first. Lists stand in one cell, their items on lines of their own.
  func writeCSV(into output: inout [UInt8]) {
    var csv = CSVWriter(into: output)
    output = []
    csv.row(AuditFile.header)
    for item in audit.items { csv.row(cells(item)) }
    output = csv.bytes
  }

  private func cells(_ item: MonthlyAudit.Item) -> [String] {
    let (deployment, change) = (item.deployment, item.change)
    let evidence = AuditEvidence(item, edition)
    let kind = deployment.action == .remove ? "removal" : deployment.kind?.rawValue
    let cells: [String?] = [
      deployment.time?.description, edition.catalog.services[item.service].key,
      edition.catalog.environments[deployment.environment].key, deployment.state.rawValue, kind, deployment.from,
      deployment.version, deployment.id, deployment.runID, String(deployment.attempt), deployment.commit?.sha,
      change.asked?.name, lines(change.authors), lines(change.approvals.map { $0.by ?? "not recorded" }),
      lines(deployment.peopleGates.flatMap(AuditFile.decisions)), deployment.gate?.waitSeconds.map { String(Int($0)) },
      deployment.promotion.rawValue, deployment.reason, lines(change.flags.map(\.rawValue)),
      lines(change.freezes.map { "\($0.from) to \($0.to)" + ($0.reason.map { ": " + $0 } ?? "") }),
      evidence.page.map(edition.address), evidence.sources.run, evidence.sources.deployment, evidence.sources.gate,
      evidence.commit,
    ]
    return cells.map { $0 ?? "" }
  }

  private func lines(_ items: [String]) -> String { items.joined(separator: "\n") }

  /// `approved by Ines Rocha at 2026-03-26T13:58:00Z: looks good`.
  private static func decisions(_ gate: Gate) -> [String] {
    let all = gate.decisions.isEmpty ? [Gate.Decision()] : gate.decisions
    return all.map { decision in
      (decision.decision ?? gate.state.rawValue) + " by " + (decision.by ?? "not recorded")
        + (decision.at.map { " at \($0)" } ?? "") + (decision.comment.map { ": " + $0 } ?? "")
    }
  }
}
