import Diagnostics
import Records

// Lists that say themselves that they go on (provider-formats.md, Pages).
extension ProviderJoin {
  /// A page, and what was read of it.
  struct Page {
    let told: AnswerPage
    let file: String
    let entries: Range<Int>
  }

  /// What pages can be pages of.
  private enum List: Hashable {
    /// The steps of one run: one that is missing is a fact that is wrong.
    case steps(run: String)
    /// Mostly cut on purpose, to the newest.
    case runs, deployments, incidents, applications

    var run: String? { if case .steps(let run) = self { run } else { nil } }
  }

  /// Notes each list of which pages are missing, and warns of those of the steps of one run. Pages that lie in other files count.
  mutating func findMissingPages() {
    var lists: [List: [Page]] = [:]
    for page in pages { if let list = list(of: page) { lists[list, default: []].append(page) } }
    if lists.isEmpty { return }
    let steps = stepsOfRuns(among: lists.keys)
    var found: [Diagnostic] = []
    for (list, pages) in lists {
      let total = pages.compactMap(\.told.extent.total).max()
      let held = list.run.map { steps[$0]?.keys.count ?? 0 } ?? pages.reduce(0) { $0 + $1.told.count }
      let hasEnd = pages.contains { $0.told.extent.goesOn == false }
      let isWhole = total.map { held >= $0 } ?? (hasEnd || pages.allSatisfy { $0.told.extent.goesOn == nil })
      // Where the run holds its steps itself, it holds all of them.
      let isToldByRun = list.run.map { steps[$0]?.areImplied ?? false } ?? false
      guard !isWhole, !isToldByRun, let page = pages.min(by: { ($0.file, $0.told.position) < ($1.file, $1.told.position) })
      else {
        continue
      }
      let message = message(of: list, held: held, total: total)
      found.append(
        Diagnostic(list.run == nil ? .note : .warning, message, file: page.file, position: page.told.position))
    }
    diagnostics += found.sorted(by: Diagnostic.inPrintedOrder)
  }

  private func message(of list: List, held: Int, total: Int?) -> Diagnostic.Message {
    let nouns: String
    switch list {
    case .steps(let run): return .missingSteps(of: runName(run, attempt: nil), held: held, total: total, format.wholeList)
    case .runs: nouns = "\(format.runNoun)s"
    case .deployments: nouns = "deployments"
    case .incidents: nouns = "incidents"
    case .applications: nouns = "applications"
    }
    return .missingPages(nouns, held: held, total: total, format.wholeList)
  }

  /// That of its first object; nil for what nobody misses, and for steps of a run that was not read.
  private func list(of page: Page) -> List? {
    guard let first = entries[page.entries].first(where: { !$0.piece.isImplied }) else { return nil }
    switch first.piece.body {
    case .step(let step):
      // Lists of several runs in one, as a script may have put them together, are lists of none.
      let isOfOne = entries[page.entries].allSatisfy { $0.piece.body.step.map { $0.runKey == step.runKey } ?? true }
      return attempts[step.runKey] == nil || !isOfOne ? nil : .steps(run: step.runKey)
    case .run: return .runs
    case .deployment: return .deployments
    case .incident: return .incidents
    case .application: return .applications
    case .status, .environment, .review, .release, .name: return nil
    }
  }

  /// The steps of those runs, wherever they lie; and whether the run itself tells of them.
  private func stepsOfRuns(among lists: some Sequence<List>) -> [String: (keys: Set<String>, areImplied: Bool)] {
    var steps: [String: (keys: Set<String>, areImplied: Bool)] = [:]
    for list in lists { if let run = list.run { steps[run] = ([], false) } }
    if steps.isEmpty { return steps }
    for entry in entries {
      guard case .step(let step) = entry.piece.body, steps[step.runKey] != nil else { continue }
      steps[step.runKey]?.keys.insert(step.key)
      if entry.piece.isImplied { steps[step.runKey]?.areImplied = true }
    }
    return steps
  }
}
