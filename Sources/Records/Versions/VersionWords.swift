/// A version as runs of digits and words, for what is no semantic version (rules.md, Version order): numbers count as numbers, missing
/// ones are 0, and the words `dev < alpha = a < beta = b < rc = c < (end) < post` place it before or after its number. Other words
/// take no part, so that `checkout-1.4` and `1.4` can be compared; where nothing else differs they keep two versions apart.
package struct VersionWords: Hashable, Sendable, Comparable {
  enum Stage: Int, Hashable, Sendable, Comparable {
    /// A semantic pre-release that opens with none of the words.
    case early
    case dev, alpha, beta, milestone, rc, snapshot, end, post

    static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }

    /// rules.md's words, and those of PEP 440 and Maven that mean the same or have a known place between them.
    static let words: [[UInt8]: Stage] = [
      Array("dev".utf8): .dev, Array("alpha".utf8): .alpha, Array("a".utf8): .alpha, Array("beta".utf8): .beta,
      Array("b".utf8): .beta, Array("m".utf8): .milestone, Array("milestone".utf8): .milestone, Array("rc".utf8): .rc,
      Array("c".utf8): .rc, Array("pre".utf8): .rc, Array("preview".utf8): .rc, Array("snapshot".utf8): .snapshot,
      Array("post".utf8): .post,
    ]
  }

  /// A word with a place and the numbers after it, without zeros at the end.
  struct Part: Hashable, Sendable {
    var stage: Stage
    var numbers: [Numeral]
  }

  /// The numbers before the first word with a place, without zeros at the end.
  package private(set) var core: [Numeral]
  private(set) var tail: [Part]
  /// Lower-cased words without a place, in order.
  private(set) var others: [[UInt8]]

  /// `bytes`: without a leading `v`; anything from a `+` on takes no part.
  init(_ bytes: [UInt8]) {
    (core, tail, others) = ([], [], [])
    read(bytes.prefix { $0 != UInt8(ascii: "+") })
    trimZeros()
  }

  /// A semantic version among others: its pre-release is always before its number, whatever its words.
  init(_ version: SemanticVersion) {
    (core, tail, others) = (version.core, [], [])
    if !version.prerelease.isEmpty {
      tail = [Part(stage: .early, numbers: [])]
      read(version.prereleaseText[...])
      if tail.count > 1, tail[0].numbers.isEmpty, tail[1].stage < .end { tail.removeFirst() }
    }
    trimZeros()
  }

  private mutating func read(_ bytes: ArraySlice<UInt8>) {
    var rest = bytes
    while let first = rest.first {
      if first.isDigit {
        let digits = rest.prefix(while: \.isDigit)
        rest = rest[digits.endIndex...]
        append(Numeral(digits: digits))
      } else if first.isLetter || first >= 0x80 {
        let word = rest.prefix { $0.isLetter || $0 >= 0x80 }
        rest = rest[word.endIndex...]
        append(word.map(\.lowercased), beforeDigit: rest.first?.isDigit ?? false)
      } else {
        rest = rest.dropFirst()
      }
    }
  }

  private mutating func append(_ number: Numeral) {
    if tail.isEmpty { core.append(number) } else { tail[tail.count - 1].numbers.append(number) }
  }

  private mutating func append(_ word: [UInt8], beforeDigit: Bool) {
    if let stage = Stage.words[word] {
      tail.append(Part(stage: stage, numbers: []))
    } else if !(beforeDigit && word == [UInt8(ascii: "v")]) {
      others.append(word)
    }
  }

  private mutating func trimZeros() {
    while core.last?.isZero ?? false { core.removeLast() }
    for index in tail.indices {
      while tail[index].numbers.last?.isZero ?? false { tail[index].numbers.removeLast() }
    }
  }

  package static func < (left: VersionWords, right: VersionWords) -> Bool {
    if left.core != right.core { return left.core.lexicographicallyPrecedes(right.core) }
    return left.tailPrecedes(right)
  }

  /// The order of two whose numbers are the same.
  func tailPrecedes(_ other: VersionWords) -> Bool {
    let end = Part(stage: .end, numbers: [])
    for index in 0..<max(tail.count, other.tail.count) {
      let mine = index < tail.count ? tail[index] : end
      let theirs = index < other.tail.count ? other.tail[index] : end
      if mine.stage != theirs.stage { return mine.stage < theirs.stage }
      if mine.numbers != theirs.numbers { return mine.numbers.lexicographicallyPrecedes(theirs.numbers) }
    }
    return false
  }
}
