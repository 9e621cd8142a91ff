import Markdown
import Releases

/// Which headings of a changelog open a release (changelogs.md, 3, rules 3 and 4).
struct ChangelogOutline {
  /// By the place of the heading among all, in order.
  private(set) var releases: [(index: Int, heading: ReleaseHeading)] = []

  init(_ headings: [MarkdownHeading]) {
    let forms = headings.map { ReleaseHeading($0.text) }
    let main = ChangelogOutline.mainLevel(headings, forms)
    var open: (level: Int, versions: [String])?
    for (index, heading) in headings.enumerated() {
      guard let form = forms[index], ChangelogOutline.isRelease(form, level: heading.level, main: main) else { continue }
      // `### v1.9.0 (DATE) Changes` inside `## v1.9.0`.
      if let open, heading.level > open.level, !form.versions.isEmpty, form.versions.contains(where: open.versions.contains) {
        continue
      }
      open = (heading.level, form.versions)
      releases.append((index, form))
    }
  }

  /// The level with most releases of the strict form; of two the shallower one.
  private static func mainLevel(_ headings: [MarkdownHeading], _ forms: [ReleaseHeading?]) -> Int? {
    var hits = [Int](repeating: 0, count: 7)
    for (heading, form) in zip(headings, forms) {
      if let form, form.isStrict, !form.versions.isEmpty { hits[min(max(heading.level, 1), 6)] += 1 }
    }
    let most = hits.max() ?? 0
    return most > 0 ? hits.firstIndex(of: most) : nil
  }

  private static func isRelease(_ form: ReleaseHeading, level: Int, main: Int?) -> Bool {
    if form.versions.isEmpty { return level <= main ?? level }
    if level == main { return form.isPlain }
    return form.isStrict && !form.namesProduct
  }
}
