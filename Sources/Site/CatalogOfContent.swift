import Content
package import Diagnostics
import Joining
import Providers
import Records
import Releases
import Time

/// What a command answers that reads the content and writes nothing but standard output.
package struct Answer: Sendable {
  package enum Status: Hashable, Sendable {
    case done
    /// A name that the content does not have.
    case usage
    /// The configuration or the content folder cannot be used.
    case configuration
  }

  package var status = Status.done
  package var diagnostics: [Diagnostic] = []
  package var text: [UInt8] = []
  /// What to tell people of a text that holds nothing.
  package var remark: String?
}

/// The content folder, joined as a build joins it.
struct CatalogOfContent {
  let content: String
  /// Of the configuration; nil: everybody.
  var audience: String?
  let asOf: Timestamp
  let jobs: Int
  /// What is read tells how it came about.
  var keepsStories = false

  /// What `tell` makes of the catalog; with a diagnostic instead where there is none. Errors of the content are told too.
  func answer(_ tell: (ReadContent) -> Result<[UInt8], UnknownName>) async -> Answer {
    guard FileSystem.kindFollowingLinks(content) == .folder else {
      return Answer(status: .configuration, diagnostics: [Diagnostic(.error, .noContent(content))])
    }
    var answer = Answer()
    do throws(FileSystem.Failure) {
      let parsed = try ConfigurationFile.read(in: content)
      let faults = (parsed?.diagnostics ?? []).filter { $0.severity == .error }.map { $0.below(content) }
      answer.diagnostics = faults
      guard parsed?.value.isUsable ?? true else { return Answer(status: .configuration, diagnostics: faults) }
      let configuration = (parsed?.value ?? Configuration()).forReaders(audience)
      let audiences = configuration.audiences.map(\.name)
      if let audience, !audiences.contains(audience) {
        return Answer(status: .usage, diagnostics: [Diagnostic(.error, .unknownName("audience", audience, known: audiences))])
      }
      var reading = Reading(keepsStories: keepsStories)
      let paths = try ContentFolder.list(content)
      await reading.read(paths, in: content, configuration, width: jobs)
      let input = reading.finish(configuration)
      let joined = Catalog.join(input, configuration: configuration, asOf: asOf)
      let read = ReadContent(
        catalog: joined.catalog, paths: paths, found: reading.found,
        diagnostics: (parsed?.diagnostics ?? []) + reading.diagnostics + joined.diagnostics)
      switch tell(read) {
      case .success(let text): answer.text = text
      case .failure(let unknown):
        answer.status = .usage
        answer.diagnostics.append(Diagnostic(.error, unknown.message))
      }
      answer.diagnostics += (reading.diagnostics + joined.diagnostics).filter { $0.severity == .error }.map {
        $0.below(content)
      }
    } catch {
      answer.status = .configuration
      answer.diagnostics.append(Diagnostic(.error, .unreadable(error.reason), file: error.path))
    }
    answer.diagnostics.sort(by: Diagnostic.inPrintedOrder)
    return answer
  }
}

/// The content folder as it was read and joined.
struct ReadContent {
  let catalog: Catalog
  /// Every file, relative to the folder.
  let paths: [String]
  /// Every object of the records, where stories are kept.
  let found: [FoundRecord]
  /// With the names of files relative to the folder.
  let diagnostics: [Diagnostic]
}

struct UnknownName: Error {
  let message: Diagnostic.Message
}
