import Plan
import Records
import Releases
package import Report
package import Template

/// A service in an environment: first what runs, then what differs from that.
struct MatrixCell: Model {
  let isNewest: Bool
  let isTidemark: Bool
  let isGated: Bool
  let isOpen: Bool
  /// What runs, as a link to its release.
  let version: LinkText?
  /// Where that is unknown: a link to the deployment that left it so.
  let unknown: LinkText?
  /// Where its targets run several versions: a link to all of them.
  let mixed: LinkText?
  /// `never deployed`, to the comparison with the environment before where that has something; `removed`.
  let none: LinkText?
  /// `2 behind`, to the comparison with the environment before.
  let behind: LinkText?
  /// `hotfix`, `no gate`.
  let remark: Sentence?
  let lines: [CellLine]

  static let fields = Fields<MatrixCell>(
    .text("class") { $0.classes },
    .flag("gated") { $0.isGated },
    .object("version") { $0.version },
    .object("unknown") { $0.unknown },
    .object("mixed") { $0.mixed },
    .object("none") { $0.none },
    .object("behind") { $0.behind },
    .words("remark") { $0.remark },
    .list("lines") { $0.lines }
  )

  private var classes: String {
    [isNewest ? "newest" : nil, isTidemark ? "tidemark" : nil, isGated ? "gated" : nil, isOpen ? "open" : nil]
      .compactMap { $0 }.joined(separator: " ")
  }

  /// `columnIsGated`: whether another service has a gate here, so that its absence is worth a word.
  init(
    _ view: Viewpoint, service: Int, environment: Int, isNewest: Bool, isTidemark: Bool, columnIsGated: Bool
  ) {
    let cell = view.catalog.histories[service][environment].cell
    let facts = CellFacts(view.wording, service: service, environment: environment)
    self.isNewest = isNewest
    self.isTidemark = isTidemark
    isGated = cell.way == .gated
    isOpen = cell.way == .open && (columnIsGated || view.catalog.environments[environment].tier == .production)
    version = cell.state == .current ? facts.current.map { view.wording.release(service, $0.version) } : nil
    unknown = cell.state == .unknown ? facts.unknownLink : nil
    let compared = cell.behind > 0 ? view.wording.compared(service, environment)?.destination : nil
    switch cell.state {
    case .none: none = view.wording.own("never deployed", compared)
    case .removed: none = view.wording.own("removed", compared)
    case .current, .mixed, .unknown: none = nil
    }
    mixed = cell.state == .mixed ? view.wording.mixed(service, environment) : nil
    behind =
      cell.behind > 0 && none == nil
      ? view.wording.own(cell.isUncertain ? "may be behind" : "\(cell.behind) behind", compared) : nil
    let remarks: [Sentence] = [
      cell.state == .current && facts.current?.kind == .hotfix ? "hotfix" : nil,
      isOpen ? "no gate" : nil,
    ].compactMap { $0 }
    remark = remarks.isEmpty ? nil : .joined(remarks, separator: ", ")
    lines = facts.lines
  }
}

extension CellLine: Model {
  package static let fields = Fields<CellLine>(
    .text("class") { $0.classes },
    .object("mark") { $0.mark },
    .object("sentence") { $0.sentence }
  )

  /// Most lines have none, since they are many.
  private var classes: String {
    switch loudness {
    case .plain: ""
    case .fact: "cell-line"
    case .needsPerson: "cell-line cell-needs"
    }
  }
}
