import Support
import Testing

@testable import Records
@testable import Time

struct VersionTests {
  /// Item 11 of semver.org, and what follows from items 9 to 11.
  static let chains: [[String]] = [
    [
      "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0",
    ],
    ["1.0.0", "2.0.0", "2.1.0", "2.1.1"],
    ["1.9.0", "1.10.0", "1.11.0"],
    ["1.0.0-0", "1.0.0-1", "1.0.0-10", "1.0.0-a", "1.0.0-a-b", "1.0.0"],
    ["1.0.0--", "1.0.0-A", "1.0.0-a"],
    ["0.0.4-rc10", "0.0.4-rc9"],
    [
      "99999999999999999999999.999999999999999999.99999999999999998",
      "99999999999999999999999.999999999999999999.99999999999999999",
    ],
    ["18446744073709551615.0.0", "18446744073709551616.0.0"],
    // Not semantic: numbers and words.
    ["1.4.dev1", "1.4a1", "1.4b1", "1.4b2", "1.4rc1", "1.4", "1.4.post1", "1.4.1"],
    ["1.4-alpha2", "1.4-beta1", "1.4-c1", "1.4-rc2"],
    ["2024.1", "2024.2", "2024.10", "2025.01"],
    ["2026-03-01", "2026-03-02", "2026-12-01"],
    ["build-9", "build-10", "build-1000000000000000000000000"],
    ["1.2", "1.2.0.1", "1.2.1"],
    // Mixed: one of the two is semantic.
    ["1.4.0-rc.1", "1.4"], ["1.4", "1.4.1"], ["1.4rc1", "1.4.0"], ["1.4.0-feature.3", "1.4rc1"],
    ["checkout-1.4", "1.5.0"],
  ]

  @Test(arguments: chains)
  func precedenceRisesAlongTheChain(chain: [String]) {
    let versions = chain.map { Version($0) }
    for (index, version) in versions.enumerated() {
      #expect(version.compared(to: version) == .same)
      for later in versions[(index + 1)...] {
        #expect(version.compared(to: later) == .lower, "\(version.text) < \(later.text)")
        #expect(later.compared(to: version) == .higher, "\(later.text) > \(version.text)")
      }
    }
  }

  @Test(arguments: [
    ("v1.4.0", "1.4.0"), ("V1.4.0", "1.4.0"), ("1.4.0+build.1", "1.4.0+build.2"), ("1.4.0+1", "1.4.0"), ("1.4", "1.4.0"),
    ("1.4a1", "1.4alpha1"), ("1.4b", "1.4.beta.0"), ("1.4c2", "1.4RC2"), ("1.04", "1.4"), ("release/v1.4", "release-1.4"),
    ("1.0.0-rc.1+5", "1.0.0-rc.1"),
  ])
  func spellingsOfOneVersionAreTheSame(left: String, right: String) {
    #expect(Version(left).compared(to: Version(right)) == .same)
    #expect(Version(right).compared(to: Version(left)) == .same)
  }

  @Test(arguments: [
    "0123abc", "deadbeef", "3f2b1c9d8e7f60718293a4b5c6d7e8f901234567", "main", "latest", "",
    "{9f3e1c5a-0000-4000-8000-1234567890ab}",
  ])
  func hashesAndNamesCannotBeCompared(text: String) {
    #expect(Version(text).compared(to: Version("1.4.0")) == nil)
    #expect(Version("1.4.0").compared(to: Version(text)) == nil)
    #expect(Version(text).compared(to: Version(text)) == .same)
  }

  @Test(arguments: ["1.4.0", "1234567", "20260302", "2026.3.2", "abcde1", "1.0.0-deadbeef", "build-57", "7f"])
  func whatHasNumbersCanBeCompared(text: String) {
    #expect(Version(text).compared(to: Version("99999999999")) != nil)
  }

  @Test
  func wordsWithoutAPlaceTellApartButDoNotOrder() {
    #expect(Version("1.4-eu").compared(to: Version("1.4-us")) == nil)
    #expect(Version("1.4-eu").compared(to: Version("1.5-us")) == .lower)
  }

  /// From semver.org's list of versions that are valid and that are not.
  @Test(arguments: [
    ("0.0.4", true), ("1.1.2-prerelease+meta", true), ("1.0.0-0A.is.legal", true), ("1.0.0+0.build.1-rc.10000aaa-kk-0.1", true),
    ("2.0.0-rc.1+build.123", true), ("1.0.0-alpha0.valid", true),
    ("1.0.0-alpha-a.b-c-somethinglong+build.1-aef.1-its-okay", true),
    ("1.2.3----RC-SNAPSHOT.12.9.1--.12", true),
    ("1", false), ("1.2", false), ("1.2.3-0123", false), ("1.2.3-0123.0123", false), ("1.1.2+.123", false), ("+invalid", false),
    ("-invalid", false), ("alpha", false), ("1.0.0-alpha..", false), ("01.1.1", false), ("1.01.1", false), ("1.1.01", false),
    ("1.2.3.DEV", false), ("1.2-SNAPSHOT", false), ("1.2.31.2.3----RC-SNAPSHOT.12.09.1--..12+788", false),
    ("-1.0.3-gamma+b7718", false), ("1.0.0-", false), ("1.0.0-a_b", false), ("1.0.0+", false), ("1.0.0+a+b", false),
  ])
  func onlyTheGrammarOfSemVerIsSemantic(text: String, isSemantic: Bool) {
    #expect((SemanticVersion(Array(text.utf8)) != nil) == isSemantic)
  }

  @Test(arguments: [
    ["1.0~~", "1.0~~a", "1.0~", "1.0", "1.0-1", "1.0a", "1.0+b", "1.0.1"],
    ["1.2~rc1-1", "1.2~rc2-1", "1.2-1", "1.2-1.1", "1.2-2", "1.10-1", "1:0.1-1", "2:0.0.1"],
    ["1.0-1~bpo12+1", "1.0-1", "1.0-1+b1"],
    ["9.99", "0:10.0", "1:1.0"],
  ])
  func debiansOrderKnowsTildesAndEpochs(chain: [String]) {
    let versions = chain.map { Version($0, order: .debian) }
    for (index, version) in versions.enumerated() {
      for later in versions[(index + 1)...] {
        #expect(version.compared(to: later) == .lower, "\(version.text) < \(later.text)")
        #expect(later.compared(to: version) == .higher)
      }
    }
  }

  @Test
  func inDebiansOrderNoRevisionAndRevisionZeroAreTheSame() {
    #expect(Version("1.0", order: .debian).compared(to: Version("1.0-0", order: .debian)) == .same)
    #expect(Version("0:1.0", order: .debian).compared(to: Version("1.0", order: .debian)) == .same)
  }

  @Test(arguments: [
    ("v1.4.0", "1.4.0"), ("V2", "2"), ("version", "version"), ("v", "v"), ("vv1", "vv1"), ("", ""), ("v1", "1"),
    ("1.0v2", "1.0v2"),
  ])
  func aLetterVBeforeADigitIsNoPartOfTheName(written: String, text: String) {
    #expect(Version.display(written) == text)
  }

  @Test(arguments: [
    ("1.4.0-rc.1", true), ("1.4.0-1", true), ("1.4rc1", true), ("1.4.dev3", true), ("2.0.M1", true), ("1.4.0", false),
    ("1.4", false),
    ("1.4.post1", false), ("1.4.0+rc1", false), ("release-1.4", false),
  ])
  func preReleasesAreKnownByTheirForm(text: String, isPrerelease: Bool) {
    #expect(Version(text).isPrerelease == isPrerelease)
  }

  @Test(arguments: [
    ("1.4.0", "1.4.9", true), ("1.4.0-rc.1", "1.4", true), ("1.4.0", "1.5.0", false), ("1", "1.0.7", true),
    ("1.4", "2.4", false),
  ])
  func aLineIsMajorAndMinor(left: String, right: String, isOne: Bool) {
    #expect((Version(left).line == Version(right).line) == isOne)
  }

  @Test(arguments: [Configuration.VersionOrder.semver, .debian])
  func theScaleOrdersAnySetOfVersionsTotally(order: Configuration.VersionOrder) {
    var chance = Chance(seed: 7)
    for _ in 0..<10 {
      let texts = (0..<40).map { _ in chance.version() }
      let scale = VersionScale(texts, order: order)
      let shuffled = VersionScale(chance.shuffled(texts), order: order)
      for left in texts {
        for right in texts {
          guard let mine = scale.index(of: left), let theirs = scale.index(of: right),
            let other = shuffled.index(of: left), let another = shuffled.index(of: right)
          else {
            Issue.record("\(left) or \(right) is not on the scale")
            continue
          }
          #expect(
            VersionComparison(scale.ranks[mine], scale.ranks[theirs])
              == VersionComparison(shuffled.ranks[other], shuffled.ranks[another]))
          #expect(
            (scale.identities[mine] == scale.identities[theirs]) == (shuffled.identities[other] == shuffled.identities[another])
          )
          if scale.identities[mine] == scale.identities[theirs] { #expect(scale.ranks[mine] == scale.ranks[theirs]) }
        }
      }
    }
  }

  @Test
  func comparingIsAntisymmetricAndTransitiveWithinOneForm() {
    var chance = Chance(seed: 11)
    for isSemantic in [true, false] {
      let versions = (0..<60).map { _ in Version(isSemantic ? chance.semanticVersion() : chance.looseVersion()) }
      for left in versions {
        for right in versions {
          let forth = left.compared(to: right)
          #expect(forth?.reversed == right.compared(to: left))
          guard forth == .lower else { continue }
          for third in versions where right.compared(to: third) == .lower {
            #expect(left.compared(to: third) == .lower, "\(left.text) < \(right.text) < \(third.text)")
          }
        }
      }
    }
  }

  @Test
  func theScaleAgreesWithSemVerWhereAllAreSemantic() {
    var chance = Chance(seed: 3)
    let texts = (0..<60).map { _ in chance.semanticVersion() }
    let scale = VersionScale(texts, order: .semver)
    for left in texts {
      for right in texts {
        guard let mine = scale.index(of: left), let theirs = scale.index(of: right) else { continue }
        let comparison = VersionComparison(scale.ranks[mine], scale.ranks[theirs])
        #expect(comparison == Version(left).compared(to: Version(right)), "\(left) and \(right)")
      }
    }
  }

  @Test
  func aNumberThatIsKnownToBeACommitHasNoRank() {
    let scale = VersionScale(["123456789012", "1.0.0"], order: .semver, hashes: ["123456789012"])
    #expect(scale.index(of: "123456789012").map { scale.ranks[$0] } == -1)
    #expect(scale.index(of: "1.0.0").map { scale.ranks[$0] } == 0)
  }
}

extension VersionComparison {
  fileprivate var reversed: VersionComparison {
    switch self {
    case .lower: .higher
    case .same: .same
    case .higher: .lower
    }
  }
}
