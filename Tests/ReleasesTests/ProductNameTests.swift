import Diagnostics
import Testing

@testable import Releases

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

  @Test func chaptersOfOneChangelogAreServicesWhereAllOfThemAre() {
    var story = Story()
    story.deploy("2.0.0", service: "web")
    story.deploy("1.0.0", service: "acme/api")
    for (version, chapter) in [("2.0.0", "Web"), ("1.0.0", "api")] {
      story.note(version, file: "releases/CHANGELOG.md") { ($0.service, $0.chapter) = (nil, chapter) }
    }
    let joined = story.joined()
    #expect(joined.diagnostics.isEmpty)
    #expect(joined.catalog.services.map { $0.releases.map { $0.note != nil } } == [[true], [true]])
    story.note("3.0.0", file: "releases/CHANGELOG.md") { ($0.service, $0.chapter) = (nil, "Other") }
    #expect(story.joined().diagnostics.map(\.message.id) == Array(repeating: "note-without-service", count: 3))
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

  @Test func textsThatAreJoinedKeepTheirPlacesApart() {
    let first = Array("<p id=\"a\"><a href=\"#fn-1\" id=\"fnref-1\">1</a></p><li id=\"fn-1\">x</li>".utf8)
    let second = Array("<p id=\"b\"><a href=\"#fn-1\" id=\"fnref-1\">1</a> <a href=\"#a\">a</a></p><li id=\"fn-1\">y</li>".utf8)
    #expect(
      String(decoding: JoinedMarkup.renaming(second, behind: first), as: UTF8.self)
        == "<p id=\"b\"><a href=\"#fn-1-2\" id=\"fnref-1-2\">1</a> <a href=\"#a\">a</a></p><li id=\"fn-1-2\">y</li>")
  }
}
