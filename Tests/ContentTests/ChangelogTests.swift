import Content
import Diagnostics
import Documents
import Foundation
import Records
import Testing
import Time

private func split(_ text: String, path: String = "CHANGELOG.md") -> Parsed<[Located<ReleaseNote>]> {
  readChangelog(Source(file: "content/releases/\(path)", bytes: Array(text.utf8)), path: path)
}

private func html(_ note: ReleaseNote) -> String {
  guard case .markdown(let fragment, _) = note.body else { return "" }
  return fragment.description.withoutAnchors
}

@Suite struct SplittingAChangelog {
  @Test func eachHeadingOfTheMainLevelOpensARelease() throws {
    let parsed = split(
      """
      # Changelog

      What it is.

      ## [Unreleased]
      - soon

      ## [1.1.0] - 2026-03-02
      ### Added
      - a thing, see [#12]

      ---

      ## [1.0.0] - 2026-02-01 [YANKED]
      First.

      [Unreleased]: https://example.com/compare/1.1.0...HEAD
      [1.1.0]: https://example.com/compare/1.0.0...1.1.0
      [#12]: https://example.com/12
      """)
    #expect(parsed.diagnostics.isEmpty)
    let notes = parsed.value.map(\.value)
    #expect(notes.map(\.version) == [nil, "1.1.0", "1.0.0"])
    #expect(notes.map { $0.date.map(String.init(describing:)) } == [nil, "2026-03-02", "2026-02-01"])
    #expect(notes.map(\.yanked) == [false, false, true])
    #expect(parsed.value.map(\.position.line) == [5, 8, 14])
    #expect(
      html(notes[1])
        == "<h3>Added</h3>\n<ul>\n<li>a thing, see <a href=\"https://example.com/12\">#12</a></li>\n</ul>\n")
    #expect(notes[1].url == "https://example.com/compare/1.0.0...1.1.0")
    #expect(String(decoding: notes[0].markdown, as: UTF8.self) == "- soon\n\n")
    #expect(notes.allSatisfy { $0.service == nil })
  }

  @Test func aFolderNamesTheService() {
    #expect(split("## 1.0.0\n- a", path: "shop/CHANGELOG.md").value.map(\.value.service) == ["shop"])
    #expect(split("---\nservice: till\n---\n## 1.0.0\n- a", path: "CHANGES.md").value.map(\.value.service) == ["till"])
    #expect(split("---\nservice: till\n---\n\n## 1.0.0\n- a", path: "CHANGES.md").value.map(\.position.line) == [5])
    #expect(split("## 1.0.0\n- a", path: "a/b/CHANGELOG.md").diagnostics.map(\.message.id) == ["note-path"])
    #expect(split("---\ndraft: true\n---\n## 1.0.0\n- a").value.isEmpty)
  }

  @Test(arguments: [
    // The standard-version case: minor releases a level above patches.
    (
      "# 2.0.0 (2026-01-03)\n\n### Fixes\n- a\n\n## 1.1.0 (2026-01-02)\n\n### 1.0.1 (2026-01-01)\n- b\n",
      ["2.0.0", "1.1.0", "1.0.1"]
    ),
    ("1.1.0 / 2026-01-02\n==================\n\n * a\n\n1.0.0 / 2026-01-01\n==================\n\n * b\n", ["1.1.0", "1.0.0"]),
    // The same version below itself is no other release.
    ("## v1.9.0\n\n### v1.9.0 (2026-01-02) Changes\n- a\n\n## v1.8.0\n", ["v1.9.0", "v1.8.0"]),
    // An index of old lines, a guide, and headings in code are none.
    ("## 1.2.0\n\n## 1.1 Migration Guide\n\n### 0.9.x (2021-04-19 - 2021-05-03)\n\n```\n## 1.0.0\n```\n", ["1.2.0"]),
    ("## v0.3.0 (2026-01-01)\n\n## v0.2.0 Alpha\n", ["v0.3.0", "v0.2.0"]),
    (
      "<a name=\"2.0.0\"></a>\n# 2.0.0 (2026-01-02)\na\n\n<a name=\"1.0.0\"></a>\n# 1.0.0 (2026-01-01)\nb\n",
      ["2.0.0", "1.0.0"]
    ),
    ("## <small>[1.0.1](https://example.com) (2026-01-01)</small>\n- a\n", ["1.0.1"]),
    ("### <a name=\"3.1.0\"/> [3.1.0](https://example.com) - 2026-8-5\n- a\n", ["3.1.0"]),
    ("## Swift 1.2.0 (2026-01-01)\n\n### Swift 5.9\n- a\n", ["1.2.0"]),
  ])
  func whatIsARelease(text: String, versions: [String]) {
    let notes = split(text).value.map(\.value)
    #expect(notes.map(\.version) == versions)
    #expect(!notes.contains { html($0).contains("name=") })
  }

  @Test func furtherVersionsInOneHeadingAreNamesOfTheFirst() {
    let notes = split("## v1.65.0/v0.159.0\n- a\n\n## [v1.64.0, v0.158.0 & v0.1.0] - 2026-01-02\n- b\n").value
    #expect(notes.map(\.value.version) == ["v1.65.0", "v1.64.0"])
    #expect(notes.map(\.value.otherVersions) == [["v0.159.0"], ["v0.158.0", "v0.1.0"]])
  }

  @Test func withoutAHeadingOfAReleaseTheFileIsOne() {
    #expect(split("# Release notes for v3.0.0\n\n# Changelog since v2.2.2\n- a").value.map(\.value.version) == ["v3.0.0"])
    #expect(split("# Notes\n- a", path: "CHANGELOG-3.0.md").value.map(\.value.version) == ["3.0"])
    #expect(split("---\nversion: 1.2.3\n---\n- a").value.map(\.value.version) == ["1.2.3"])
    let none = split("# Notes\n- a")
    #expect(none.value.isEmpty)
    #expect(none.diagnostics.map(\.message.id) == ["no-release-in-changelog"])
    #expect(none.diagnostics.map(\.severity) == [.warning])
  }

  @Test func aDateMayStandInTheFirstLine() {
    let days = split(
      "## 1.3.0\nReleased on 2026-03-02.\n\n## 1.2.0\n_2023-12-11_\n\n## 1.1.0\n> March 2, 2026\n\n## 1.0.0\nOn the 2026-03-02 branch\n"
    ).value
    #expect(days.map { $0.value.date.map(String.init(describing:)) } == ["2026-03-02", "2023-12-11", "2026-03-02", nil])
  }

  @Test func whatIsDoubtfulIsToldWithItsLine() {
    let parsed = split("## 1.2.0 (2020-28-12)\n- a\n\n## 1.1.0 (8/2/2014)\n- b\n\n## 1.2.0\n- c\n")
    #expect(parsed.diagnostics.map(\.message.id) == ["swapped-date", "unclear-date"])
    #expect(parsed.diagnostics.map { $0.position?.line } == [1, 4])
    #expect(parsed.diagnostics.allSatisfy { $0.severity == .warning && $0.file == "content/releases/CHANGELOG.md" })
    let notes = parsed.value.map(\.value)
    // Those of one version are joined with all others of it, where the records are.
    #expect(notes.map(\.version) == ["1.2.0", "1.1.0", "1.2.0"])
    #expect(notes.map { $0.date.map(String.init(describing:)) } == ["2020-12-28", nil, nil])
  }

  @Test func aSectionToldAloneHasTheDefinitionsThatItUses() {
    let parsed = split(
      "# Log\n\n## 1.1.0\n- see [the  Docs][] and [a [b]][Two], [own], [text](x)\n\n[own]: https://x.example/own\n\n## 1.0.0\n- plain\n\n"
        + "[the docs]: https://x.example/docs\n  [two]: https://x.example/2 \"t\"\n[unused]: https://x.example/u\n[b]:\n")
    #expect(
      parsed.value.map { String(decoding: $0.value.markdown, as: UTF8.self) } == [
        "- see [the  Docs][] and [a [b]][Two], [own], [text](x)\n\n[own]: https://x.example/own\n\n[the docs]: https://x.example/docs\n[two]: https://x.example/2 \"t\"\n",
        "- plain\n\n[the docs]: https://x.example/docs\n  [two]: https://x.example/2 \"t\"\n[unused]: https://x.example/u\n[b]:\n",
      ])
  }

  /// By the heading as GitHub names it, by an anchor in the heading or above it, and by what the release itself holds.
  @Test func linksLeadToTheOtherReleasesOfTheFile() {
    let parsed = split(
      """
      # Log

      ## [1.3.0] - 2026-03-03
      [next](#130---2026-03-03), [the one before](#120---2026-03-02), [two before](#old), [three](#user-content-v%31.0), [own](#fixed),
      [none](#fixed-2), [title](#log)
      ### Fixed
      - a

      ## [1.2.0] - 2026-03-02
      ### Fixed

      <a name="old"></a>
      ## [1.1.0]
      - b

      ## <a name="v1.0"></a>[1.0.0]
      - c
      """)
    guard case .markdown(let fragment, _)? = parsed.value.first?.value.body else {
      Issue.record("no release")
      return
    }
    let links = fragment.holes.filter {
      switch $0 {
      case .release, .place: true
      case .headingStart, .headingEnd, .anchor, .picture, .file, .phrase: false
      }
    }
    #expect(
      links == [
        .release(version: "1.3.0"), .release(version: "1.2.0"), .release(version: "1.1.0"), .release(version: "1.0.0"),
        .place("fixed"),
      ])
    #expect(parsed.diagnostics.map(\.message.id) == ["lost-fragment", "lost-fragment"])
  }

  @Test func noTextCanNameTheAddressOfARelease() {
    let parsed = split("## 1.0.0\n- [a](release:1.0.0) <release:1.0.0> <a href=\"release:1.0.0\">b</a> [c](RELEASE:1.0.0)\n")
    guard case .markdown(let fragment, _)? = parsed.value.first?.value.body else {
      Issue.record("no release")
      return
    }
    #expect(fragment.holes.allSatisfy { $0 != .release(version: "1.0.0") })
    #expect(!fragment.description.contains("href"))
  }

  @Test func windowsLinesAndAMarkAtTheStartAreRead() {
    let parsed = split("\u{FEFF}# Log\r\n\r\n## 1.1.0 - 2026-03-02\r\n- a\r\n\r\n## 1.0.0\r\n- b\r\n")
    #expect(parsed.value.map(\.value.version) == ["1.1.0", "1.0.0"])
    #expect(parsed.value.map { String(decoding: $0.value.markdown, as: UTF8.self) } == ["- a\r\n\r\n", "- b\r\n"])
  }
}

/// Counted in the files themselves: headings of releases, the first and the last version, days, withdrawn ones.
@Suite(.enabled(if: ChangelogSamples.exist)) struct ChangelogsOfTheSamples {
  private static func links(_ count: Int) -> [String] { Array(repeating: "relative-link", count: count) }

  struct Facts: Sendable {
    let file: String, headings: Int, first: String?, last: String?, dated: Int, yanked: Int
    var diagnostics: [String] = []
  }

  static let facts = [
    Facts(
      file: "Azure-azure-cosmos-dotnet-v3.md", headings: 135, first: nil, last: "3.0.0", dated: 134, yanked: 5,
      // Into what stands before the releases, which is not shown.
      diagnostics: ["lost-fragment"]),
    Facts(file: "angular-angular-cli.md", headings: 59, first: "22.2.0-next.4", last: "v12.0.0-next.0", dated: 59, yanked: 0),
    Facts(file: "apple-swift-argument-parser.md", headings: 47, first: nil, last: "0.0.1", dated: 46, yanked: 0),
    Facts(
      file: "conventional-changelog-standard-version.md", headings: 37, first: "9.5.0", last: "1.0.0", dated: 37, yanked: 0),
    Facts(file: "emicklei-go-restful.md", headings: 25, first: "v3.13.0", last: "v3.1.0", dated: 24, yanked: 3),
    Facts(file: "expressjs-express.md", headings: 298, first: nil, last: "0.0.1", dated: 297, yanked: 0),
    Facts(
      file: "getsentry-sentry-javascript.md", headings: 39, first: nil, last: "9.0.0-alpha.0", dated: 0, yanked: 0,
      diagnostics: links(5)),
    Facts(file: "google-uuid.md", headings: 4, first: "1.6.0", last: "1.3.1", dated: 4, yanked: 0),
    Facts(file: "kubernetes-csi-external-provisioner.md", headings: 1, first: "v3.0.0", last: "v3.0.0", dated: 0, yanked: 0),
    Facts(
      file: "kubernetes-sig-release.md", headings: 0, first: nil, last: nil, dated: 0, yanked: 0,
      diagnostics: ["no-release-in-changelog"]),
    Facts(file: "laravel-framework.md", headings: 34, first: nil, last: "v13.0.0", dated: 33, yanked: 0),
    Facts(file: "nodejs-node-addon-api.md", headings: 41, first: "8.9.2", last: "1.3.0", dated: 41, yanked: 0),
    Facts(file: "olivierlacan-keep-a-changelog.md", headings: 17, first: nil, last: "0.0.1", dated: 16, yanked: 0),
    // Two days could be read in two ways; the other four name one day only.
    Facts(
      file: "onsi-ginkgo.md", headings: 115, first: "2.32.0", last: "1.0.0-beta", dated: 6, yanked: 0,
      diagnostics: ["unclear-date", "unclear-date"]),
    Facts(
      file: "open-telemetry-opentelemetry-collector.md", headings: 96, first: "v1.65.0", last: "v0.0.1", dated: 2, yanked: 0),
    Facts(file: "orhun-git-cliff.md", headings: 30, first: "2.13.1", last: "1.1.0", dated: 30, yanked: 0),
    Facts(file: "prometheus-prometheus.md", headings: 119, first: "3.14.0", last: "2.18.1", dated: 119, yanked: 0),
    Facts(file: "pydantic-pydantic.md", headings: 125, first: "v2.14.0b1", last: "v0.1.0", dated: 125, yanked: 0),
    Facts(file: "rust-lang-rust.md", headings: 27, first: "1.63.0", last: "0.1", dated: 27, yanked: 0),
    Facts(
      file: "tiangolo-fastapi.md", headings: 32, first: nil, last: "0.95.2", dated: 0, yanked: 0, diagnostics: ["unknown-key"]),
    Facts(file: "tokio-rs-tokio.md", headings: 110, first: "1.53.1", last: "1.7.1", dated: 110, yanked: 0),
    Facts(file: "traefik-traefik.md", headings: 42, first: "v3.7.9", last: "v2.11.41", dated: 42, yanked: 0),
    Facts(
      file: "vitejs-vite.md", headings: 93, first: "8.2.2", last: "6.0.0-beta.0", dated: 93, yanked: 0,
      diagnostics: ["lost-image", "lost-image"]),
    Facts(file: "withastro-starlight.md", headings: 95, first: "0.41.7", last: "0.23.3", dated: 0, yanked: 0),
  ]

  @Test func everySampleIsInTheTable() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: ChangelogSamples.folder.path).filter { $0 != "README.md" }
    #expect(names.sorted() == ChangelogsOfTheSamples.facts.map(\.file).sorted())
  }

  @Test(arguments: facts)
  func isSplitIntoItsReleases(facts: Facts) throws {
    let bytes = Array(try Data(contentsOf: ChangelogSamples.folder.appending(path: facts.file)))
    let parsed = readChangelog(Source(file: facts.file, bytes: bytes), path: "CHANGELOG.md")
    // Two versions of one heading are two notes in one place.
    var notes: [Located<ReleaseNote>] = []
    for note in parsed.value where note.position != notes.last?.position { notes.append(note) }
    #expect(notes.count == facts.headings)
    #expect(notes.first?.value.version == facts.first)
    #expect(parsed.value.last?.value.version == facts.last)
    #expect(notes.count { $0.value.date != nil } == facts.dated)
    #expect(notes.count(where: \.value.yanked) == facts.yanked)
    #expect(parsed.diagnostics.map(\.message.id) == facts.diagnostics)
  }

  /// Nothing of the text is lost: the words of all releases are the words of the whole file behind its first release.
  @Test(arguments: facts.filter { $0.headings > 1 })
  func noReleaseIsEmptyThatIsNotSoInTheFile(facts: Facts) throws {
    let bytes = Array(try Data(contentsOf: ChangelogSamples.folder.appending(path: facts.file)))
    let notes = readChangelog(Source(file: facts.file, bytes: bytes), path: "CHANGELOG.md").value
    var seen: Set<Int> = []
    for note in notes where seen.insert(note.position.line).inserted {
      let letters = String(decoding: note.value.markdown, as: UTF8.self).contains { $0.isLetter }
      #expect(letters || note.value.body.plain.isEmpty)
    }
    // Definitions of links stand wherever they are used.
    let count: ([UInt8]) -> Int = { text in
      text.split(separator: 0x0A, omittingEmptySubsequences: false).count { line in
        String(decoding: line, as: UTF8.self).prefixMatch(of: /\s*\[[^\]]+\]:/) == nil
      }
    }
    let lines = count(bytes)
    let first = try #require(notes.first).position.line
    // Several releases never share a heading.
    let sections = notes.reduce(into: [Int: Int]()) {
      $0[$1.position.line] = count($1.value.markdown)
    }
    // Each line but the headings lies in exactly one section.
    #expect(sections.values.reduce(0, +) <= lines - first + 1)
    #expect(sections.values.reduce(0, +) >= lines - first - sections.count * 3)
  }
}

enum ChangelogSamples {
  static let folder = URL(filePath: #filePath).appending(path: "../../../../shared/samples/changelogs").standardized
  static let exist = FileManager.default.fileExists(atPath: folder.path)
}
