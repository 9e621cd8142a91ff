import Releases
import Report
import Template

/// A figure, what it is of, what was left out, its rule and how it went. No judgement: the clusters of the yearly reports were dropped.
struct MetricTile: Model, Hashable {
  let name: String
  /// nil without data.
  let figure: Sentence?
  let missing: Sentence
  let unit: String
  let sample: Sentence
  let leftOut: Sentence
  let rule: String
  let trends: [MetricBars]

  static let fields = Fields<MetricTile>(
    .words("name") { $0.name },
    .words("figure") { $0.figure },
    .words("missing") { $0.missing },
    .words("unit") { $0.unit },
    .words("sample") { $0.sample },
    .words("leftOut") { $0.leftOut.isEmpty ? nil : $0.leftOut },
    .words("rule") { $0.rule },
    .list("trends") { $0.trends }
  )

  /// `isOfPlaces`: of several environments taken together.
  init(_ measure: MetricMeasure, _ metrics: Metrics, days: Int, isOfPlaces: Bool, trends: [MetricTrend] = []) {
    name = measure.name
    missing = measure.missing(metrics)
    sample = measure.sample(metrics, isOfPlaces: isOfPlaces)
    leftOut = measure.leftOut(metrics)
    rule = measure.rule
    self.trends = trends.compactMap { MetricBars(measure, $0) }
    (figure, unit) = measure.figure(metrics, days: days)
  }
}

/// One measure by week or month as bars. A period without data is a gap, and one of zero a line.
struct MetricBars: Model, Hashable {
  /// On a width of 10 for each period and a height of 24: one path is a tenth of the bytes of an element each.
  private static let (step, width, height) = (10, 7, 24)

  let path: String
  /// The bar of the last period.
  let last: String
  let viewBox: String
  let label: Sentence
  let caption: Sentence
  /// What the highest bar stands for.
  let most: Sentence

  static let fields = Fields<MetricBars>(
    .text("path") { $0.path },
    .text("last") { $0.last },
    .text("viewBox") { $0.viewBox },
    .words("label") { $0.label },
    .words("caption") { $0.caption },
    .words("most") { $0.most }
  )

  /// nil without two periods, or without any data.
  init?(_ measure: MetricMeasure, _ trend: MetricTrend) {
    let values = trend.periods.map { measure.value($0.metrics) }
    guard values.count > 1, let most = values.compactMap(\.self).max() else { return nil }
    // They end at the right edge, whatever there was before: so weeks stand beneath weeks.
    let first = trend.unit.most - values.count
    let bars = values.enumerated().map { place, value in value.map { MetricBars.bar(first + place, $0, most: most) } ?? "" }
    path = bars.dropLast().joined()
    last = bars.last ?? ""
    viewBox = "0 0 \(trend.unit.most * MetricBars.step) \(MetricBars.height)"
    label = trend.unit.label
    caption = trend.unit.count(values.count)
    self.most = "up to \(measure.words(most))"
  }

  private static func bar(_ place: Int, _ value: Double, most: Double) -> String {
    let tall = most > 0 ? max(1, Int((Double(height) * value / most).rounded())) : 1
    return "M\(place * step) \(height)v-\(tall)h\(width)v\(tall)z"
  }
}
