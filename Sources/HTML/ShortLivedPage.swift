import Plan
import Records
import Releases
import Report
import Template
import Time

/// `short-lived.html`: the environments that end when their work does, such as review environments: those that stand, then those that
/// ended lately. They have no column anywhere else (record.md, Short-lived environments).
struct ShortLivedPage: PageModel {
  static let template = "short-lived.mustache"

  struct Row: Model {
    let environment: LinkText
    let service: LinkText
    let mark: Mark?
    /// What runs, or ran.
    let version: Sentence
    let since: Sentence?
    /// The branch or pull request.
    let origin: Sentence?
    let age: String?
    let owner: String?
    /// Where it answers.
    let address: LinkText?

    static let fields = Fields<Row>(
      .object("environment") { $0.environment },
      .object("service") { $0.service },
      .object("mark") { $0.mark },
      .object("version") { $0.version },
      .object("since") { $0.since },
      .object("origin") { $0.origin },
      .words("age") { $0.age },
      .text("owner") { $0.owner },
      .object("address") { $0.address }
    )
  }

  private static let (mostStanding, mostEnded) = (300, 50)

  let layout: Layout
  let summary: Sentence
  let standing: [Row]
  let ended: [Row]
  let omitted: Sentence?

  static let fields = Fields<ShortLivedPage>(
    .object("layout") { $0.layout },
    .words("summary") { $0.summary },
    .flag("hasStanding") { !$0.standing.isEmpty },
    .list("standing") { $0.standing },
    .flag("hasEnded") { !$0.ended.isEmpty },
    .list("ended") { $0.ended },
    .words("omitted") { $0.omitted }
  )

  init(_ view: Viewpoint, plan: HTMLPlan) {
    let places = view.catalog.shortLivedPlaces
    let (standing, ended) = (places.filter { !$0.hasEnded }, places.filter(\.hasEnded))
    summary = "\(standing.count) in use, \(ended.count) ended."
    layout = Layout(view, plan: plan, title: "Short-lived environments", summary: .words(summary), isAboutNow: true)
    self.standing = standing.prefix(ShortLivedPage.mostStanding).map {
      Row(view, service: $0.service, environment: $0.environment)
    }
    self.ended = ended.prefix(ShortLivedPage.mostEnded).map { Row(view, service: $0.service, environment: $0.environment) }
    let rest = places.count - self.standing.count - self.ended.count
    omitted = rest > 0 ? "\(Format.count(rest, "older one")) in summary.json." : nil
  }
}

extension ShortLivedPage.Row {
  init(_ view: Viewpoint, service index: Int, environment number: Int) {
    let (service, place) = (view.catalog.services[index], view.catalog.environments[number])
    let history = view.catalog.histories[index][number]
    let cell = history.cell
    environment = view.wording.environment(number)
    self.service = view.wording.service(index)
    let shown = (cell.current ?? cell.doubtfulAttempt ?? cell.previous ?? history.deployments.last).map {
      service.deployments[$0]
    }
    (mark, version) = ShortLivedPage.Row.state(of: cell, shown, view, service: index, environment: number)
    since = cell.state == .current ? shown.map { view.wording.when($0.time) } : nil
    origin = shown.flatMap { view.origin(of: $0, service: index) }
    age = view.wording.age(history.deployments.lazy.compactMap { service.deployments[$0].time }.first)
    owner = shown?.by
    address = view.wording.outside(place.url ?? "", place.url)
  }

  private static func state(
    of cell: Cell, _ shown: Deployment?, _ view: Viewpoint, service: Int, environment: Int
  ) -> (mark: Mark?, words: Sentence) {
    let link = shown.map { view.wording.release(service, $0.version) }
    switch cell.state {
    case .current: return (Mark(.succeeded), link.map { "\($0)" } ?? "unknown")
    case .mixed: return (nil, "mixed: \(cell.mixedWords)")
    case .removed: return (Mark(.skipped), cell.previous == nil ? "removed" : link.map { "removed; it ran \($0)" } ?? "removed")
    case .unknown:
      return (Mark(.unknown), CellFacts(view.wording, service: service, environment: environment).unknownWords)
    case .none:
      guard let shown, let link else { return (nil, "never deployed") }
      return (Mark(shown.state), "\(link) \(words: shown.state.rawValue)")
    }
  }
}

extension Viewpoint {
  /// `pull request 41`, `feature/basket`; nil where nothing is recorded.
  fileprivate func origin(of deployment: Deployment, service: Int) -> Sentence? {
    let ref = deployment.run.flatMap { catalog.services[service].runs[$0].record.ref }
    if let request = ref?.pullRequest ?? deployment.commit?.pullRequest { return "pull request \(request)" }
    return ref.map { "\(branch: $0.name)" }
  }
}
