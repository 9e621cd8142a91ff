import Records
import Time

/// What the name of a note's file says of its release: `1.4.0`, `release-1.4.0`, `2026-05-04-v1.4.0`.
struct NoteFileName {
  /// nil where no part of the name is a version; then the whole name stands for one.
  let version: String?
  /// It says a version, a running number, a hash or a day, and nothing else. Where it does not, only records can tell that somebody calls a
  /// release so.
  let isCertain: Bool
  /// The day that it begins with.
  let day: CivilDate?

  private static let words = [
    "release-notes", "releasenotes", "release", "releases", "version", "ver", "relnotes", "notes", "changelog", "changes",
    "tag",
    "veröffentlichung", "ausgabe",
  ]
  private static let endings = ["release-notes", "releasenotes", "notes", "changelog", "changes"]
  private static let joints: Set<Character> = ["-", "_", " ", "."]

  /// `stem`: the name without its ending. A service's name before the version is cut where the services are known (changelogs.md, 3,
  /// rule 6c).
  init(_ stem: String, _ setting: ReleaseHeading.Setting) {
    var rest = stem[...]
    day = NoteFileName.takeDay(&rest)
    let behindDay = String(rest)
    rest = NoteFileName.withoutEnding(rest)
    while let behind = NoteFileName.behindWord(rest) { rest = behind }
    // `2.5.0-migration` has the form of a version, and is about one.
    let isGuide = !ReleaseHeading.guides.isDisjoint(with: stem.lowercased().split { !$0.isLetter }.map(String.init))
    if !isGuide, rest != stem[...], VersionText.isWhole(String(rest), setting) {
      version = String(rest)
      isCertain = true
    } else {
      let isRest = VersionText.first(in: String(rest), setting) != nil
      let isNumber = NoteFileName.isNumber(behindDay, setting)
      version = isNumber || VersionText.first(in: behindDay, setting) != nil ? (isRest ? String(rest) : stem) : nil
      isCertain = !isGuide && (isNumber || VersionText.isWhole(behindDay, setting) || (day != nil && behindDay.isEmpty))
    }
  }

  /// Whether a name is what somebody may have deployed under it, and no version by its form: a running number, a hash.
  private static func isNumber(_ name: String, _ setting: ReleaseHeading.Setting) -> Bool {
    if VersionText.isDebian(in: name) { return true }
    let isHash = name.count >= 7 && name.allSatisfy(\.isHexDigit) && name.contains(where: \.isNumber)
    return isHash || NumberedHeading(name, setting).map { !$0.isYear } ?? false
  }

  /// `2026-05-04` and what joins it to the rest.
  private static func takeDay(_ text: inout Substring) -> CivilDate? {
    guard let match = text.prefixMatch(of: /[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9A-Za-z])/),
      let day = CivilDate(String(match.output))
    else { return nil }
    text = text[match.range.upperBound...].drop(while: joints.contains)
    return day
  }

  private static func behindWord(_ text: Substring) -> Substring? {
    let lower = text.lowercased()
    for word in words where lower.hasPrefix(word) {
      let behind = text.dropFirst(word.count)
      guard let joint = behind.first, joints.contains(joint) else { continue }
      return behind.drop(while: joints.contains)
    }
    return nil
  }

  private static func withoutEnding(_ text: Substring) -> Substring {
    let lower = text.lowercased()
    for word in endings where lower.hasSuffix(word) {
      let before = text.dropLast(word.count)
      guard let joint = before.last, joints.contains(joint) else { continue }
      return before.dropLast()
    }
    return text
  }
}
