import CTheme
import Diagnostics
import Foundation
import Testing

@testable import Site

private let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

private func files(in folder: String) throws -> [String] {
  let base = root.appending(path: folder)
  let paths = try FileManager.default.subpathsOfDirectory(atPath: base.path)
  return paths.filter { path in
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: base.appending(path: path).path, isDirectory: &isFolder)
      && !isFolder.boolValue
  }.sorted()
}

@Suite struct EmbeddedFiles {
  @Test(arguments: [("templates", 0), ("Sources/CTheme/starter", 1)])
  func everyFileOfTheFolderIsInTheProgram(folder: String, table: Int) throws {
    let embedded = [Embedded.theme, Embedded.starter][table]
    #expect(embedded.map(\.path).sorted() == (try files(in: folder)))
    for file in embedded {
      let data = try Data(contentsOf: root.appending(path: folder).appending(path: file.path))
      #expect(file.bytes == Array(data), "\(file.path) is another in the program than in the folder")
    }
  }

  @Test func schemasAreFoundByName() {
    #expect(Schemas.names.contains("records") && Schemas.names.contains("summary"))
    #expect(Schemas.text("records")?.isEmpty == false)
    #expect(Schemas.text("nothing") == nil)
  }
}

@Suite struct Placement {
  @Test(arguments: [
    ("tidemark.yml", ContentFolder.Role.configuration), ("index.md", .introduction), ("runs/a.json", .record),
    ("runs/deep/er/b.JSONL", .record), ("runs/c.ndjson", .record), ("releases/shop/1.0.0.md", .note),
    ("releases/1.0.0.md", .note),
    ("incidents/a.md", .incident), ("pages/about.md", .page), ("pages/a.png", .image), ("releases/shop/img/Logo.PNG", .image),
    ("media/a.webp", .image),
  ])
  func aFileIsWhatItsPlaceSays(path: String, role: ContentFolder.Role) {
    #expect(ContentFolder.role(of: path) == role)
  }

  @Test(arguments: [
    "runs/a.txt", "runs/.a.json", "runs/a.json~", "releases/shop/logo.svg", "runs/a.png", "incidents/deep/a.md", "notes.md",
    "pages/deep/a.md", "pages/a.txt",
    "runs",
    "releases", ".hidden",
  ])
  func everythingElseIsSkippedWithAReason(path: String) {
    guard case .skipped(let reason) = ContentFolder.role(of: path) else {
      Issue.record("\(path) is not skipped")
      return
    }
    #expect(!reason.isEmpty)
  }
}

@Suite struct NamesNearContent {
  @Test(arguments: [
    ("CHANGELOG.md", "releases/CHANGELOG.md"), ("CHANGELOG.MD", "releases/CHANGELOG.MD"),
    ("1.0.0.markdown", "releases/1.0.0.markdown"), ("CHANGELOG", "releases/CHANGELOG.md"),
    ("releases/shop/1.3.0.txt", "releases/shop/1.3.0.md"), ("releases/CHANGELOG", "releases/CHANGELOG.md"),
    ("incidents/slow.txt", "incidents/slow.md"),
  ])
  func areTold(path: String, near: String) {
    let mistakes = ContentFolder.mistakes([path])
    #expect(mistakes.map(\.message.suggestion) == ["did you mean '\(near)'?"])
  }

  @Test(arguments: ["README.md", "readme.markdown", "LICENSE", "releases/shop/data.json", "releases/.hidden.txt", "runs/a.txt"])
  func othersAreNot(path: String) { #expect(ContentFolder.mistakes([path]).isEmpty) }
}

@Suite struct ManifestPaths {
  @Test(arguments: ["index.html", "environments/production.html", "api/v1/build.json", "assets/tidemark-0123abcd.css"])
  func pathsOfPagesAreSafe(path: String) { #expect(Manifest.isSafe(path)) }

  @Test(arguments: ["", "/etc/passwd", "../a", "a/../b", "a//b", "a/", ".", ".hidden", "a/.b", "a b", "a\\b", "a\u{0}b", "ä"])
  func everythingElseIsNot(path: String) { #expect(!Manifest.isSafe(path)) }
}

@Suite struct Parallelism {
  @Test(arguments: [0, 1, 2, 7, 100, 1000], [1, 2, 16])
  func resultsStandInTheOrderOfTheElements(count: Int, width: Int) async {
    let results = await parallelMap(Array(0..<count), width: width) { slice in slice.map { $0 * 2 } }
    #expect(results == (0..<count).map { $0 * 2 })
  }

  @Test func aPieceMayGiveFewerResultsThanElements() async {
    let odd = await parallelMap(Array(0..<50), width: 4) { slice in slice.filter { $0 % 2 == 1 } }
    #expect(odd == stride(from: 1, to: 50, by: 2).map { $0 })
  }
}

@Suite struct Files {
  @Test func aFileIsReplacedWholeAndReadBack() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try FileSystem.makeFolder(folder + "/a/b")
    let path = folder + "/a/b/file"
    for size in [0, 1, 4095, 4096, 100_000] {
      let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0) }
      try FileSystem.replace(path, with: bytes)
      #expect(try FileSystem.read(path) == bytes)
    }
    #expect(try FileSystem.names(in: folder + "/a/b") == ["file"])
  }

  @Test func readingWhatIsNoFileFailsWithTheReason() {
    #expect(throws: FileSystem.Failure(path: "/nowhere", code: 2)) { try FileSystem.read("/nowhere") }
    #expect(throws: FileSystem.Failure(path: "/", code: 21)) { try FileSystem.read("/") }
  }

  @Test(arguments: ["../../etc/passwd", "", "/etc/passwd", "Europe/../../passwd", "Europe//Berlin", ".", "a\u{0}b"])
  func aZoneNameIsNoWayOutOfTheZones(name: String) { #expect(Zones.tzif(name) == nil) }
}
