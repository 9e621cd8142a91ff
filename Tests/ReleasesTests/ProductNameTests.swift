import Diagnostics
import Support
import Testing

import struct Support.Story

@testable import Joining
@testable import Records
@testable import Releases
@testable import Time

/// changelogs.md, 3, rule 6c.
struct ProductNameTests {
  @Test(arguments: [
    "gears@1.4.0", "gears-v1.4.0", "gears/v1.4.0", "gears/1.4.0", "@acme/gears@1.4.0", "Gears 1.4.0", "acme/gears/v1.4.0",
    "gears_v1.4.0", "gears:1.4.0", "v1.4.0",
    "1.4.0",
  ])
  func aRecordAndANoteAreOneReleaseWhateverNameStandsBeforeTheVersion(written: String) {
    var story = Story()
    story.note("1.4.0") { $0.service = "gears" }
    story.deploy(written, service: "gears")
    let service = story.view(service: "gears").service
    #expect(service.releases.map(\.version) == ["1.4.0"])
    #expect(service.releases[0].arrivals.count == 1)
    #expect(service.runs.allSatisfy { Version.display($0.version) == "1.4.0" })
    var other = Story()
    other.note(written) { $0.service = "gears" }
    other.deploy("1.4.0", service: "gears")
    #expect(other.view(service: "gears").service.releases.map(\.version) == ["1.4.0"])
    #expect(other.view(service: "gears").messages == [])
  }

  @Test(arguments: ["release-1.4.0", "wheels@1.4.0", "2026-gears", "gears"])
  func anotherNameStays(written: String) {
    var story = Story()
    story.deploy(written, service: "gears")
    #expect(story.view(service: "gears").service.releases.map(\.version) == [written])
  }

  @Test func theNameOfAnotherServiceLeadsANoteThere() {
    var story = Story()
    story.deploy("3.0.0", service: "search")
    story.note("1.2.0") { ($0.service, $0.product) = ("checkout", "checkout") }
    story.note("3.0.0") { ($0.service, $0.product) = ("checkout", "Search") }
    story.note("search@3.1.0") { $0.service = "checkout" }
    let joined = story.joined()
    #expect(joined.diagnostics.isEmpty)
    #expect(joined.catalog.services.map(\.key) == ["checkout", "search"])
    #expect(joined.catalog.services.map { $0.releases.map(\.version) } == [["1.2.0"], ["3.0.0", "3.1.0"]])
    #expect(joined.catalog.services[1].releases[0].arrivals.count == 1)
  }

  @Test func oneChangelogForSeveralServicesIsRouted() {
    var story = Story()
    for service in ["checkout", "search"] { story.deploy("1.0.0", service: service) }
    for service in ["checkout", "search"] {
      story.note("1.0.0", body: service) { ($0.service, $0.product) = (nil, service) }
    }
    let joined = story.joined()
    #expect(joined.diagnostics.isEmpty)
    #expect(joined.catalog.services.map { $0.releases.map { $0.note?.value.body.plain } } == [["checkout"], ["search"]])
  }

  @Test func aProductThatIsNoServiceAmongOthersIsTold() {
    var story = Story()
    story.note("1.0.0") { ($0.service, $0.product) = ("checkout", "checkout") }
    story.note("2.0.0") { ($0.service, $0.product) = ("checkout", "Doors") }
    #expect(story.joined().diagnostics.map(\.message.id) == ["unknown-product"])
    var alone = Story()
    for version in ["1.0.0", "2.0.0"] { alone.note(version) { ($0.service, $0.product) = ("checkout", "Doors") } }
    #expect(alone.joined().diagnostics.isEmpty)
  }

  /// A changelog of the services web and acme/api: of each release its chapters.
  private func changelog(_ releases: [(version: String, chapters: [String])]) -> Story {
    var story = Story()
    story.deploy("2.0.0", service: "web")
    story.deploy("1.0.0", service: "acme/api")
    for release in releases {
      let line = releases.firstIndex { $0.chapters == release.chapters } ?? 0
      story.note(release.version, file: "releases/CHANGELOG.md") { note in
        note.service = nil
        note.chapters = release.chapters.enumerated().map { .init(name: $1, level: $0 + 1, line: line + 1) }
      }
    }
    return story
  }

  @Test(arguments: [["Web"], ["Changelog", "Web"], ["Web", "2.x"]])
  func headingsOfOneChangelogThatAreServicesDivideIt(chapters: [String]) {
    let joined = changelog([("2.0.0", chapters), ("1.0.0", chapters.map { $0 == "Web" ? "api" : $0 })]).joined()
    #expect(joined.diagnostics.isEmpty)
    #expect(joined.catalog.services.map { $0.releases.map { $0.note != nil } } == [[true], [true]])
  }

  @Test(arguments: [0, 1, 2])
  func aHeadingThatIsNoServiceLeavesTheOthersTheirs(place: Int) throws {
    var releases = [("2.0.0", ["Web"]), ("1.0.0", ["api"])]
    releases.insert(("2.0.0", ["Migration guide"]), at: place)
    let joined = changelog(releases).joined()
    let told = try #require(joined.diagnostics.first)
    #expect(joined.diagnostics.map(\.message.id) == ["unknown-chapter"])
    #expect(told.severity == .warning && told.position?.line == place + 1)
    #expect(told.message.text.contains("'Migration guide' is no service (acme/api, web)"))
    #expect(told.message.text.contains("its release is shown nowhere"))
    #expect(joined.catalog.services.map { $0.releases.map { $0.note != nil } } == [[true], [true]])
    #expect(joined.catalog.account.skipped.map(\.reason) == ["it stands below 'Migration guide', which is no service"])
  }

  @Test func aHeadingThatIsNearlyAServiceIsToldWithTheNumberOfItsReleases() {
    let joined = changelog([("2.0.0", ["Wbe"]), ("1.9.0", ["Wbe"]), ("1.0.0", ["api"])].map { ($0.0, ["Changelog"] + $0.1) })
      .joined()
    #expect(joined.diagnostics.map(\.message.suggestion) == ["did you mean 'web'?"])
    #expect(joined.diagnostics.first?.message.text.contains("its 2 releases are shown nowhere") == true)
    #expect(joined.catalog.services.map { $0.releases.map { $0.note != nil } } == [[true], [false]])
  }

  @Test func whereNoHeadingIsAServiceNobodyKnowsWhoseTheReleasesAre() {
    let story = changelog([("2.0.0", ["Changelog"]), ("1.0.0", ["Changelog"])])
    #expect(story.joined().diagnostics.map(\.message.id) == ["note-without-service", "note-without-service"])
  }

  @Test(arguments: [("Older", true), ("1.x", true), ("Search", false)])
  func whereThereIsOneServiceAHeadingOfAgeIsIts(name: String, isIts: Bool) {
    var story = Story()
    story.deploy("2.0.0", service: "web")
    for (line, chapter) in ["web", name].enumerated() {
      story.note("\(2 - line).0.0") { ($0.service, $0.chapters) = (nil, [.init(name: chapter, level: 1, line: line + 1)]) }
    }
    let joined = story.joined()
    #expect(joined.diagnostics.map(\.message.id) == (isIts ? [] : ["unknown-chapter"]))
    #expect(joined.catalog.services.map { $0.releases.map(\.version) } == [["2.0.0"] + (isIts ? ["1.0.0"] : [])])
  }

  @Test func inAFileOfOneServiceAHeadingOfAnotherLeadsThere() {
    func told(_ chapters: [String]) -> (ids: [String], notes: [[Bool]]) {
      var story = Story()
      story.deploy("2.0.0", service: "web")
      story.deploy("1.0.0", service: "api")
      for (line, chapter) in chapters.enumerated() {
        story.note("\(chapters.count - line).0.0", file: "releases/web/CHANGELOG.md") {
          ($0.service, $0.chapters) = ("web", [.init(name: chapter, level: 1, line: line + 1)])
        }
      }
      let joined = story.joined()
      return (joined.diagnostics.map(\.message.id), joined.catalog.services.map { $0.releases.map { $0.note != nil } })
    }
    #expect(told(["Web", "Api"]) == ([], [[true], [true]]))
    #expect(told(["Web", "Door", "Api"]).ids == ["unknown-chapter"])
    // Where it names no other service, whatever it says is of its own.
    #expect(told(["Web", "Door"]) == ([], [[false], [true, true]]))
  }

  @Test func whereAllHeadingsAreMisspeltTheErrorSaysWhich() {
    let told = changelog([("2.0.0", ["Changelog", "Wbe"]), ("1.0.0", ["Changelog", "Door"])]).joined().diagnostics
    #expect(told.map(\.message.id) == ["note-without-service", "note-without-service"])
    #expect(told.map { $0.message.text.split(separator: " ").first } == ["'Wbe'", "'Door'"])
    #expect(told.first?.message.suggestion == "did you mean 'web'?")
  }

  @Test func aProductThatIsNoServiceIsToldOnceWhereItsReleaseIsLeftOut() {
    var story = Story()
    for service in ["web", "api"] { story.deploy("1.0.0", service: service) }
    for (version, product) in [("2.0.0", "web"), ("1.1.0", "api"), ("9.0.0", "db"), ("9.1.0", "appi")] {
      story.note(version) { ($0.service, $0.product) = (nil, product) }
    }
    let diagnostics = story.joined().diagnostics
    #expect(diagnostics.map(\.severity) == [.error, .error])
    #expect(diagnostics.map(\.message.id) == ["note-without-service", "note-without-service"])
    #expect(
      diagnostics.first?.message.text
        == "'db' is no service (api, web), so nobody knows whose release this is, and it is left out")
    #expect(diagnostics.last?.message.suggestion == "did you mean 'api'?")
  }

  @Test func aFurtherNameNeverTakesAVersionThatHasANoteOfItsOwn() {
    var story = Story()
    story.note("1.44.0", body: "both") { $0.otherVersions = ["0.66.0", "0.65.0"] }
    story.note("0.65.0", body: "own")
    for version in ["0.66.0", "0.65.0"] { story.deploy(version) }
    let service = story.view().service
    #expect(service.releases.map(\.version) == ["1.44.0", "0.65.0"])
    #expect(service.releases.map(\.arrivals.count) == [1, 1])
    #expect(service.release(version: "v0.66.0") == 0 && service.release(version: "0.65.0") == 1)
  }
}
