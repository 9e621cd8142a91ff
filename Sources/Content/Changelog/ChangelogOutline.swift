import Markdown
import Records

/// Which headings of a changelog open a release (changelogs.md, 3, rules 3 to 6b).
struct ChangelogOutline {
  /// By the place of the heading among all, in order.
  private(set) var releases: [(index: Int, heading: ReleaseHeading)] = []
  /// What stands before the first of them and tells of changes: it is not released yet.
  private(set) var unreleased: Beginning?
  /// Places of headings that hold a version and open no release, at the level of those that do.
  private(set) var passedOver: [Int] = []
  /// Places of headings before the first release whose lists are shown nowhere.
  private(set) var unread: [Int] = []

  /// Where text before the first release begins.
  enum Beginning: Hashable {
    case file
    /// Behind the title.
    case heading(Int)
  }

  /// `mayBeNext`: whether a file without any version tells of what comes next; not where something else says which release it is.
  init(_ headings: [MarkdownHeading], _ setting: ReleaseHeading.Setting = .init(), mayBeNext: Bool = false) {
    var levels = ReleaseLevels(headings, setting)
    if mayBeNext { levels.findNext() }
    var open: (level: Int, versions: [String])?
    var isFirst = true
    for (index, heading) in headings.enumerated() {
      guard let form = levels.release(at: index, isBeforeAll: isFirst) else {
        let holdsVersion = VersionText.first(in: heading.text, setting) != nil || VersionText.isDebian(in: heading.text)
        if heading.level == levels.level, holdsVersion { passedOver.append(index) }
        continue
      }
      // `### v1.9.0 (DATE) Changes` inside `## v1.9.0`.
      if let open, heading.level > open.level, !form.versions.isEmpty, form.versions.contains(where: open.versions.contains) {
        continue
      }
      open = (heading.level, form.versions)
      releases.append((index, form))
      isFirst = isFirst && form.versions.isEmpty
    }
    if let first = releases.first { readBeginning(headings, before: first.index) }
  }

  /// Headings above those of the releases.
  struct Chapters {
    /// Places of those with releases below them, which may be names of services. The title of a file is one, too.
    var chapters: [Int] = []
    /// Places of the others beside several chapters.
    var asides: [Int] = []
  }

  /// Of the first level and of the second: `# Changelog`, `## Web`, `### 2.0.0`. Asides are of the second where all versions stand deeper.
  func chapters(_ headings: [MarkdownHeading]) -> Chapters {
    var all = chapters(headings, level: 1)
    let second = chapters(headings, level: 2)
    all.chapters += second.chapters
    guard releases.allSatisfy({ $0.heading.versions.isEmpty || headings[$0.index].level > 2 }) else { return all }
    all.asides = Set(all.asides + second.asides).subtracting(all.chapters).sorted()
    return all
  }

  private func chapters(_ headings: [MarkdownHeading], level: Int) -> Chapters {
    let ofReleases = Set(releases.map(\.index))
    var found = Chapters()
    // From the end on: whether a release stands between the place and the next heading of the level.
    var hasRelease = false
    for index in headings.indices.reversed() {
      let isRelease = ofReleases.contains(index)
      guard headings[index].level <= level else {
        hasRelease = hasRelease || isRelease
        continue
      }
      if !isRelease {
        if !hasRelease { found.asides.append(index) } else if headings[index].level == level { found.chapters.append(index) }
      }
      hasRelease = false
    }
    // Below one heading alone, others are parts of its last release.
    if found.chapters.count < 2 { found.asides = [] }
    return found
  }

  private mutating func readBeginning(_ headings: [MarkdownHeading], before first: Int) {
    // What the heading before each place opens: nothing, the title, a group of changes, or something else.
    for place in 0...first where headings[place].itemsAbove > 0 {
      guard place > 0 else {
        unreleased = .file
        continue
      }
      let above = headings[place - 1]
      if above.isFirst, !above.opensGroup {
        unreleased = unreleased ?? .heading(place - 1)
      } else if above.opensGroup || unreleased != nil {
        unreleased = unreleased ?? (headings[0].isFirst && !headings[0].opensGroup ? .heading(0) : .file)
      } else {
        unread.append(place - 1)
      }
    }
  }
}

/// The level at which a file has its releases, and how their headings are written there.
private struct ReleaseLevels {
  private enum Kind {
    /// A version, and at most a date or a mark.
    case strict
    /// They begin with a version, whatever follows.
    case plain
    /// One phrase around a version.
    case phrase(String)
    /// Days or running numbers.
    case numbered
  }

  private let headings: [MarkdownHeading]
  private let forms: [ReleaseHeading?]
  private let setting: ReleaseHeading.Setting
  private var kind = Kind.strict
  /// nil: no heading is of a release.
  private(set) var level: Int?

  init(_ headings: [MarkdownHeading], _ setting: ReleaseHeading.Setting) {
    (self.headings, self.setting) = (headings, setting)
    forms = headings.map { ReleaseHeading($0.text, setting) }
    if forms.contains(where: { $0?.isCertain == true }) {
      level = most { forms[$0].map { $0.isStrict && !$0.versions.isEmpty } ?? false }?.level
    } else {
      findPhrases()
      if level == nil { findNumbers() }
    }
  }

  /// The level with most headings that fit; of two the shallower one.
  private func most(_ fits: (Int) -> Bool) -> (level: Int, count: Int)? {
    var counts = [Int](repeating: 0, count: 7)
    for index in headings.indices where fits(index) { counts[min(max(headings[index].level, 1), 6)] += 1 }
    let most = counts.max() ?? 0
    return most > 0 ? counts.firstIndex(of: most).map { ($0, most) } : nil
  }

  private mutating func findPhrases() {
    let plain = most { forms[$0].map { !$0.versions.isEmpty && !$0.namesProduct && $0.isPlain } ?? false }
    if let plain { (level, kind) = (plain.level, .plain) }
    var counts: [(level: Int, key: String, count: Int)] = []
    for heading in headings {
      guard let phrase = ReleasePhrase(heading.text, setting), !phrase.heading.versions.isEmpty else { continue }
      let isFew = heading.isFirst || !(phrase.hasLead || phrase.isOneName)
      ReleaseLevels.count(phrase.key, heading.level, first: isFew ? 1 : 2, next: 2, &counts)
      // Several products in one file, each a word: none may be said twice.
      if phrase.isOneName { ReleaseLevels.count(ReleasePhrase.anyName, heading.level, first: 1, next: 1, &counts) }
    }
    // One heading of a phrase is a title, or by chance.
    let best = counts.filter { $0.count > 1 }.max { ($0.count, -$0.level) < ($1.count, -$1.level) }
    if let best, best.count / 2 > plain?.count ?? 0 { (level, kind) = (best.level, .phrase(best.key)) }
  }

  private static func count(
    _ key: String, _ level: Int, first: Int, next: Int, _ counts: inout [(level: Int, key: String, count: Int)]
  ) {
    if let place = counts.firstIndex(where: { $0.level == level && $0.key == key }) {
      counts[place].count += next
    } else {
      counts.append((level, key, first))
    }
  }

  private mutating func findNumbers() {
    let numbered = headings.map { NumberedHeading($0.text, setting) }
    let found = most { index in numbered[index].map { !$0.isYear } ?? false }
    guard let found else { return }
    let others = headings.indices.filter { index in
      headings[index].level == found.level && numbered[index] == nil && forms[index] == nil && !headings[index].isFirst
        && !ReleaseHeading.isBranch(headings[index].text)
    }
    if others.isEmpty { (level, kind) = (found.level, .numbered) }
  }

  /// Where nothing is released, `## HEAD` says what is to come as `## Unreleased` does.
  mutating func findNext() {
    guard level == nil, headings.allSatisfy({ VersionText.first(in: $0.text, setting) == nil }) else { return }
    level = headings.first { ReleaseHeading.isBranch($0.text) }?.level
  }

  /// What the heading at that place says of a release; nil where it opens none. `isBeforeAll`: no version stands before it.
  func release(at index: Int, isBeforeAll: Bool) -> ReleaseHeading? {
    let heading = headings[index]
    if let form = forms[index], form.versions.isEmpty { return heading.level <= level ?? heading.level ? form : nil }
    if isBeforeAll, let level, heading.level <= level, ReleaseHeading.isBranch(heading.text) {
      return ReleaseHeading("Unreleased", setting)
    }
    guard heading.level == level else {
      guard let form = forms[index], form.isStrict, !form.namesProduct else { return nil }
      return form
    }
    switch kind {
    case .strict, .plain: return forms[index].flatMap { $0.isPlain ? $0 : nil }
    case .phrase(let key):
      // What one word names, any other word may.
      if let phrase = ReleasePhrase(heading.text, setting), phrase.key == key || (phrase.isOneName && ReleasePhrase.isName(key))
      {
        return phrase.heading
      }
      return forms[index].flatMap { $0.isPlain && !$0.namesProduct ? $0 : nil }
    case .numbered: return NumberedHeading(heading.text, setting)?.heading
    }
  }
}
