/// Figures of a sample, as `rules.md` has them. Without a sample there is no figure.
enum Statistics {
  static func median(_ values: [Double]) -> Double? { quantile(0.5, of: values) }

  /// With linear interpolation between the two nearest of the sorted values: of an even number, the median is the mean of both in the middle.
  static func quantile(_ share: Double, of values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let sorted = values.sorted()
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
  }
}
