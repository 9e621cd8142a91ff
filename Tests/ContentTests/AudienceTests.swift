import Content
import Diagnostics
import Records
import Testing
import Time

@Suite struct Audiences {
  private static let audiences = configuration("audiences: {staff: {output: inside}, partners: {output: b2b}}").value

  private func read(_ text: String, for audience: String?) -> Parsed<Located<ReleaseNote>?> {
    let path = "checkout/1.4.0.md"
    return readReleaseNote(
      Source(file: path, bytes: Array(text.utf8)), path: path, Self.audiences.forReaders(audience))
  }

  @Test(arguments: [(nil, false), ("staff", true), ("partners", false)] as [(String?, Bool)])
  func aWholeNoteIsForThoseWhomItNames(audience: String?, isRead: Bool) {
    let parsed = read("---\naudience: staff\n---\ntext", for: audience)
    #expect((parsed.value != nil) == isRead)
    #expect(parsed.diagnostics.map(\.message.id) == (isRead ? [] : ["other-readers"]))
  }

  /// Nothing of a hidden part is anywhere in the value that pages are made of.
  @Test func partsAreOutOfEverythingThatIsMadeOfANote() throws {
    let text =
      "# New (audience: all)\n\nopen\n\n## Breaking changes (audience: staff)\n\n- SECRET CVE-2026-1 by @ana\n\n![SECRET](secret.png)\n\n## Fixed\n\n- a\n"
    for audience in [nil, "partners"] as [String?] {
      let parsed = read(text.replacing(" (audience: all)", with: ""), for: audience)
      let note = try #require(parsed.value).value
      #expect(
        !String(describing: note).contains("SECRET") && !String(decoding: note.markdown, as: UTF8.self).contains("SECRET"))
      #expect(String(decoding: note.markdown, as: UTF8.self) == "# New\n\nopen\n\n## Fixed\n\n- a\n")
      #expect(note.breaking.isEmpty && note.security.isEmpty && note.contributors.isEmpty && parsed.diagnostics.isEmpty)
    }
    let note = try #require(read(text.replacing(" (audience: all)", with: ""), for: "staff").value).value
    #expect(note.breaking.count == 1 && note.body.html.contains(">Breaking changes<"))
  }

  @Test func aNameThatNobodyHasIsAWarningAtItsPlace() {
    let text = "---\naudience: [staff, partner]\n---\n\n<!-- audience: stuff -->\na\n"
    #expect(
      printed(read(text, for: "staff").diagnostics, of: "checkout/1.4.0.md") == [
        "2:11: warning: 'partner' is none of the 'audiences' in tidemark.yml: staff, partners; nobody reads what is for it -> partners [unknown-audience]",
        "5:1: warning: 'stuff' is none of the 'audiences' in tidemark.yml: staff, partners; nobody reads what is for it -> staff [unknown-audience]",
      ])
  }

  @Test func aMarkThatWouldHideNothingLeavesTheNoteOut() {
    let parsed = read("- a\n  <!-- audience: staff -->\n  SECRET\n", for: nil)
    #expect(parsed.value == nil)
    #expect(
      parsed.diagnostics.map { "\($0.position?.line ?? 0) \($0.severity) \($0.message.id)" } == ["2 error misplaced-audience"])
  }

  @Test func releasesOfAChangelogAreForThoseWhomTheirHeadingsName() throws {
    let text =
      "# Log\n\n## 1.2.0 (audience: staff)\n- SECRET\n\n## 1.1.0\n- a\n<!-- audience: partners -->\n- b\n<!-- /audience -->\n\n## 1.0.0\n- c\n\n\n- d\n"
    func versions(_ audience: String?) -> [String?] {
      readChangelog(
        Source(file: "CHANGELOG.md", bytes: Array(text.utf8)), path: "CHANGELOG.md", Self.audiences.forReaders(audience)
      ).value.map(\.value.version)
    }
    #expect(versions(nil) == ["1.1.0", "1.0.0"] && versions("staff") == ["1.2.0", "1.1.0", "1.0.0"])
    let parsed = readChangelog(Source(file: "CHANGELOG.md", bytes: Array(text.utf8)), path: "CHANGELOG.md", Self.audiences)
    #expect(parsed.value.map(\.position.line) == [6, 12])
    #expect(
      parsed.value.map { String(decoding: $0.value.markdown, as: UTF8.self) } == ["- a\n\n", "- c\n\n\n- d\n"])
    #expect(
      readChangelog(
        Source(file: "CHANGELOG.md", bytes: Array(("---\naudience: staff\n---\n" + text).utf8)), path: "CHANGELOG.md",
        Self.audiences
      ).diagnostics.map(\.message.id) == ["other-readers"])
  }

  @Test func providersReleasesHaveMarksToo() {
    let parsed = makeReleaseNote(
      tag: "1.0.0", title: nil, markdown: "a\n\n<!-- audience: staff -->\nSECRET\n", date: nil, service: nil, Self.audiences)
    #expect(parsed.value.body.plain == "a" && String(decoding: parsed.value.markdown, as: UTF8.self) == "a\n\n")
    let misplaced = makeReleaseNote(
      tag: "1.0.0", title: nil, markdown: "a <!-- audience: staff --> SECRET\n", date: nil, service: nil, Self.audiences)
    #expect(misplaced.value.body.plain.isEmpty && misplaced.value.markdown.isEmpty)
  }

  /// What is said of another audience's site must not lead there.
  @Test func theSiteOfAnAudienceHasNoAddress() {
    var configuration = Self.audiences
    configuration.site.url = "https://status.example.com/"
    #expect(configuration.forReaders(nil).site.url != nil && configuration.forReaders("staff").site.url == nil)
  }
}
