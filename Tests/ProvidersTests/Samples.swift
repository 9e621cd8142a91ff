import Diagnostics
import Foundation
import Providers
import Records
import Time

/// The real payloads beside the repository; tests over them run where they are.
enum Samples {
  static let folder = URL(filePath: #filePath).appending(path: "../../../../shared/samples").standardized
  static let exist = FileManager.default.fileExists(atPath: folder.path)

  /// The providers and what else there is.
  static let folders = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted().filter(isFolder)

  static func files(in provider: String) -> [String] {
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder.appending(path: provider).path)) ?? []
    return names.sorted().map { provider + "/" + $0 }.filter { !isFolder($0) }
  }

  private static func isFolder(_ name: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: folder.appending(path: name).path, isDirectory: &isFolder)
      && isFolder.boolValue
  }

  static func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: folder.appending(path: name))) }
  static func read(_ name: String) throws -> RecordFile { readRecords(Source(file: name, bytes: try bytes(name))) }
}

func read(_ text: String, _ file: String = "runs/a.json") -> RecordFile {
  readRecords(Source(file: file, bytes: Array(text.utf8)))
}

/// Files by name, joined.
func join(_ files: KeyValuePairs<String, String>) -> RecordSet { joinRecords(files.map { read($0.value, $0.key) }) }
func join(_ text: String) -> RecordSet { joinRecords([read(text)]) }

func time(_ text: String) -> Timestamp? { Timestamp(rfc3339: text) }

extension RecordSet {
  func run(_ id: String, attempt: Int = 1) -> RunRecord? {
    runs.first { $0.value.id == id && $0.value.attempt == attempt }?.value
  }
}

extension RunRecord {
  func deployment(_ environment: String) -> DeploymentRecord? { deployments.first { $0.environment.name == environment } }
  func step(_ key: String) -> Step? { steps.first { $0.key == key } }
}
