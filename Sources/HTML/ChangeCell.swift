import Plan
import Records
import Releases
import Report
import Template
import Time

/// A commit or an issue in one environment.
struct ChangeCell: Model {
  /// A moment, as a link to the deployment that made it.
  struct Moment: Model {
    let link: LinkText
    let time: TimeText?

    static let fields = Fields<Moment>(
      .url("url") { $0.link.destination.flatMap($1.address) },
      .object("time") { $0.time }
    )
  }

  struct Visit: Model {
    let arrived: Moment
    let left: Moment?

    static let fields = Fields<Visit>(
      .object("arrived") { $0.arrived },
      .object("left") { $0.left }
    )
  }

  /// The last ones, oldest first.
  var visits: [Visit] = []
  var waits: Sentence?
  /// `not yet`, `2 of 3`.
  var words: Sentence?

  static let fields = Fields<ChangeCell>(
    .list("visits") { $0.visits },
    .object("waits") { $0.waits },
    .words("words") { $0.words }
  )

  private static let limit = 3

  init(words: Sentence) { self.words = words }

  init(_ view: Viewpoint, _ board: ChangeBoard, _ stays: [Stay], waiting: Int? = nil) {
    visits = stays.suffix(ChangeCell.limit).map { stay in
      Visit(arrived: view.moment(stay.deployment, board), left: stay.end.map { view.moment($0, board) })
    }
    if stays.last == nil || stays.last?.end != nil {
      waits = waiting.map { "\(Mark(.waiting)) \(view.wording.deployment(board.service, $0, words: "waits"))" }
    }
    words = visits.isEmpty && waits == nil ? "not yet" : nil
  }
}

extension Viewpoint {
  /// The time without a year where it is that of the page's month.
  func short(_ time: Timestamp, in month: Month) -> TimeText {
    TimeText(time, .short(edition.civil(time), thisYear: month.year))
  }

  fileprivate func moment(_ index: Int, _ board: ChangeBoard) -> ChangeCell.Moment {
    let time = catalog.services[board.service].deployments[index].time
    return ChangeCell.Moment(
      link: wording.deployment(board.service, index, text: ""), time: time.map { short($0, in: board.bucket.month) })
  }
}
