import Records
import Releases
import Report
import Template

/// A service in an environment: first what runs, then what differs from that.
struct MatrixCell: Model {
  /// A line of a cell, a mark before it where it has one.
  struct Line: Model {
    /// By its class. Most lines of a large dashboard are plain, so that has none.
    enum Loudness: String { case plain = "", fact = "cell-line", needsPerson = "cell-line cell-needs" }
    let loudness: Loudness
    let mark: Mark?
    let sentence: Sentence

    static let fields = Fields<Line>(
      .text("class") { $0.loudness.rawValue },
      .object("mark") { $0.mark },
      .object("sentence") { $0.sentence }
    )
  }

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
  let lines: [Line]

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
    let facts = CellFacts(view, service: service, environment: environment)
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

/// The sentences of a cell; the environment's page says the same.
struct CellFacts {
  private let view: Viewpoint
  private let service: Int
  private let environment: Int
  private let cell: Cell
  private let deployments: [Deployment]

  init(_ view: Viewpoint, service: Int, environment: Int) {
    self.view = view
    self.service = service
    self.environment = environment
    cell = view.catalog.histories[service][environment].cell
    deployments = view.catalog.services[service].deployments
  }

  var current: Deployment? { cell.current.map { deployments[$0] } }

  /// `unknown, perhaps 1.0.0`, `unknown: 1.0.0 or 1.1.0`: where a list has no room for the reason.
  var unknownWords: Sentence {
    let versions = cell.candidates.map { view.wording.release(service, deployments[$0].version) }
    if cell.doubt == .inactive, let last = versions.first { return "unknown; it ran \(last)" }
    switch versions.count {
    case 0: return "unknown"
    case 1: return "unknown, perhaps \(versions[0])"
    default: return "unknown: \(Sentence.list(versions.map { "\($0)" }, conjunction: .or))"
    }
  }

  var unknownLink: LinkText {
    let cause = cell.doubtfulAttempt ?? cell.current
    return cause.map { view.wording.deployment(service, $0, words: "unknown") } ?? view.wording.own("unknown", nil)
  }

  var lines: [MatrixCell.Line] {
    [liveSince, counts, doubt, removed, withdrawn, fallenBack, lastAttempt, waiting, ahead].compactMap { $0 }
  }

  private func line(_ loudness: MatrixCell.Line.Loudness, _ mark: Mark?, _ sentence: Sentence) -> MatrixCell.Line {
    MatrixCell.Line(loudness: loudness, mark: mark, sentence: sentence)
  }

  private var liveSince: MatrixCell.Line? {
    guard cell.state == .current, let current else { return nil }
    let since: Sentence = current.time.map { " since \(view.wording.short($0))" } ?? ", time not known"
    return line(.plain, Mark(.succeeded), "\(words: current.kind == .rollback ? "back" : "live")\(since)")
  }

  /// `0.0.3 on 1 of 3, 0.0.2 on 2`.
  private var counts: MatrixCell.Line? {
    guard cell.state == .mixed else { return nil }
    let isPartial = cell.isPartlyDeployed
    let partial: Sentence = isPartial ? ", partly deployed" : ""
    return line(isPartial ? .needsPerson : .fact, nil, "\(cell.mixedWords)\(partial)")
  }

  /// `0.2.0 or 0.3.0: cancelled midway 30 Mar 11:32`.
  private var doubt: MatrixCell.Line? {
    guard cell.state == .unknown else { return nil }
    let versions = cell.candidates.map { index -> Sentence in "\(deployments[index].version)" }
    switch cell.doubt {
    case .order:
      return line(
        .fact, Mark(.unknown), "\(Sentence.list(versions, conjunction: .or)): no record says when they came")
    case .inactive:
      return line(.fact, Mark(.unknown), "\(Sentence.list(versions)) is not active any more, and nothing newer is recorded")
    case .attempt, nil: break
    }
    guard let index = cell.doubtfulAttempt else { return line(.fact, Mark(.unknown), "no record says which version runs") }
    let attempt = deployments[index]
    let word: Sentence = attempt.state == .cancelled ? "cancelled midway" : "ended \(words: attempt.state.rawValue)"
    let at: Sentence = attempt.time.map { " \(view.wording.short($0))" } ?? ""
    return line(
      .fact, Mark(.unknown),
      "\(Sentence.list(versions, conjunction: .or)): \(view.wording.own(word, .deployment(service: service, index)))\(at)")
  }

  private var removed: MatrixCell.Line? {
    guard cell.state == .removed else { return nil }
    guard let index = view.catalog.removal(of: service, in: environment) else {
      guard let last = cell.previous else { return nil }
      return line(
        .plain, Mark(.skipped), "its environment has ended; it ran \(view.wording.release(service, deployments[last].version))")
    }
    let since: Sentence = deployments[index].time.map { " since \(view.wording.short($0))" } ?? ""
    let before: Sentence = deployments[index].from.map { "; it ran \(view.wording.release(service, $0))" } ?? ""
    return line(.plain, Mark(.skipped), "\(view.wording.deployment(service, index, words: "removed"))\(since)\(before)")
  }

  private var withdrawn: MatrixCell.Line? {
    guard cell.flags.contains(.yanked), let current else { return nil }
    return line(.needsPerson, Mark(.failed), "\(view.wording.release(service, current.version)) was yanked")
  }

  private var fallenBack: MatrixCell.Line? {
    guard let current, let index = cell.current, cell.state == .current else { return nil }
    let from: Sentence = current.from.map { " from \($0)" } ?? ""
    if cell.flags.contains(.rolledBack) {
      return line(.fact, nil, "↓ \(view.wording.deployment(service, index, words: "rolled back"))\(from)")
    }
    guard cell.flags.contains(.outOfOrder) else { return nil }
    let link = view.wording.deployment(service, index, words: "out of order")
    return line(
      .fact, nil, current.from.map { "↓ \(link): an older run after \($0)" } ?? "↓ \(link): an older run after a newer one")
  }

  private var lastAttempt: MatrixCell.Line? {
    guard let index = cell.lastAttempt, index != cell.doubtfulAttempt else { return nil }
    let attempt = deployments[index]
    if cell.state == .removed, attempt.action == .remove { return nil }
    switch attempt.state {
    case .running, .queued:
      let since: Sentence = attempt.startedAt.map { " since \(view.wording.brief($0))" } ?? ""
      let word: Sentence = attempt.action == .remove ? " being removed" : " deploying"
      return line(
        .fact, Mark(.running), "\(view.wording.deployment(service, index, text: attempt.version, after: word))\(since)")
    case .succeeded, .failed, .cancelled, .unknown, .superseded, .waiting, .skipped:
      let at: Sentence = attempt.time.map { " \(view.wording.short($0))" } ?? ""
      let end = attempt.state == .unknown && !attempt.isPart ? "ended unknown" : attempt.stateWord
      let word: Sentence = attempt.action == .remove ? " removal \(words: end)" : " \(words: end)"
      return line(
        .fact, Mark(attempt.state), "\(view.wording.deployment(service, index, text: attempt.version, after: word))\(at)")
    }
  }

  private var waiting: MatrixCell.Line? {
    guard let first = cell.waiting.first else { return nil }
    let link = LinkText(text: first.version, to: .here("waiting"), after: " waits")
    let since: Sentence = first.since.map { " since \(view.wording.short($0))" } ?? ""
    let more: Sentence = cell.waiting.count > 1 ? ", \(cell.waiting.count - 1) more" : ""
    let needsPerson = cell.waiting.contains { $0.needsPerson }
    let why: Sentence = needsPerson ? "" : " for the \(words: first.gate?.kind.word ?? "gate")"
    // "waits for us" would name what it waits for.
    let target: Sentence = first.target.map { " (\($0))" } ?? ""
    return line(needsPerson ? .needsPerson : .fact, Mark(.waiting), "\(link)\(why)\(target)\(since)\(more)")
  }

  private var ahead: MatrixCell.Line? {
    guard !cell.ahead.isEmpty, let upstream = cell.upstream else { return nil }
    let name = view.catalog.environments[upstream].name
    let link = LinkText(text: name, to: view.wording.compared(service, environment)?.destination, before: "ahead of ")
    return line(.fact, nil, "↑ \(Format.count(cell.ahead.count, "fix", plural: "fixes")) \(link)")
  }
}
