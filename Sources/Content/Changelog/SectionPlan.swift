import Markdown

/// Where a changelog is cut.
struct SectionPlan {
  /// The headings that open a section, in order: those of the releases, a title below which something unreleased stands, chapters, and
  /// what ends a chapter.
  private(set) var openers: [Int] = []
  /// Of each opener its place among them, and of each release its place in the outline.
  private(set) var places: [Int: Int] = [:]
  private(set) var releases: [Int: Int] = [:]
  /// Of each release the chapters that it stands in, the outermost first.
  private var chapters: [Int: [Int]] = [:]
  /// Chapters behind the first release: what stands between one and its first release is of none.
  private(set) var inner: [Int] = []
  /// Headings beside the chapters behind the first release that hold no release: what stands below one is of none.
  private(set) var asides: [Int] = []

  init() {}

  /// `isDivided`: whether headings above those of the releases may divide the file. In a file that says whose it is they end a release
  /// all the same, where they are nothing but headings of the next one (`isEmpty`).
  init(
    _ outline: ChangelogOutline, _ headings: [MarkdownHeading], isDivided: Bool,
    isEmpty: (_ heading: MarkdownHeading, _ next: MarkdownHeading) -> Bool
  ) {
    let found = outline.chapters(headings)
    let first = outline.releases.first?.index ?? 0
    let ofReleases = Set(outline.releases.map(\.index))
    inner = found.chapters.filter { index in
      index > first && (isDivided || ofReleases.contains(index + 1) && isEmpty(headings[index], headings[index + 1]))
    }
    asides = isDivided ? found.asides.filter { $0 > first } : []
    openers = outline.releases.map(\.index) + inner + asides
    if case .heading(let index) = outline.unreleased { openers.append(index) }
    openers.sort()
    places = Dictionary(uniqueKeysWithValues: openers.enumerated().map { ($1, $0) })
    releases = Dictionary(uniqueKeysWithValues: outline.releases.enumerated().map { ($1.index, $0) })
    setChapters(found, headings)
  }

  private mutating func setChapters(_ found: ChangelogOutline.Chapters, _ headings: [MarkdownHeading]) {
    let areChapters = Set(found.chapters)
    var open: [Int] = []
    for index in (found.chapters + found.asides + releases.keys).sorted() {
      while let last = open.last, headings[last].level >= headings[index].level { open.removeLast() }
      if areChapters.contains(index) { open.append(index) } else { chapters[index] = open }
    }
  }

  func chapters(above release: Int) -> [Int] { chapters[release] ?? [] }
}
