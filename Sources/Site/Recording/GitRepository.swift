import Records
import Subprocess
import SystemPackage
import Time

/// The clone that a pipeline works in.
struct GitRepository {
  /// Nobody reads more commits of one deployment.
  static let mostChanges = 500

  /// Why there is nothing to tell, in Git's own words.
  struct Failure: Error {
    let reason: String
  }

  let folder: String

  /// One commit with its message, author and time.
  func commit(_ sha: String) async throws(Failure) -> Change? {
    try await log(["--no-walk", try GitRepository.checked(sha)]).first
  }

  /// The commits that `new` has and `old` has not, newest first, `mostChanges` of them at most.
  func changes(from old: String, to new: String) async throws(Failure) -> [Change] {
    try await log(["\(try GitRepository.checked(old))..\(try GitRepository.checked(new))"])
  }

  /// Hashes come from records and variables: what looks like anything else never becomes an argument.
  private static func checked(_ sha: String) throws(Failure) -> String {
    let isHash = (7...64).contains(sha.utf8.count) && sha.utf8.allSatisfy(\.isHexadecimal)
    guard isHash else { throw Failure(reason: "'\(sha.prefix(80))' is no hash of a commit") }
    return sha
  }

  /// `-z` and `%x00` part commits and fields by NUL, which no message can hold.
  private func log(_ range: [String]) async throws(Failure) -> [Change] {
    let format = "--format=%H%x00%an%x00%cI%x00%B"
    let options = [
      "-C", folder, "-c", "log.showSignature=false", "-c", "i18n.logOutputEncoding=UTF-8", "log", "-z", "--no-color", format,
    ]
    let limit = ["--max-count=\(GitRepository.mostChanges)"]
    let output: [UInt8]
    do {
      let result = try await run(
        .name("git"), arguments: Arguments(options + limit + range + ["--"]), output: .bytes(limit: 64 << 20),
        error: .string(limit: 1 << 16))
      guard result.terminationStatus.isSuccess else {
        let line = result.standardError.split(whereSeparator: \.isNewline).first.map(String.init)
        throw Failure(reason: line ?? "git ended with \(result.terminationStatus)")
      }
      output = result.standardOutput
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure(reason: "git cannot be run: \(error)")
    }
    let fields = output.split(separator: 0, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
    return stride(from: 0, to: fields.count - 3, by: 4).map { index in
      // Each commit ends with a line end before its NUL in some versions of Git.
      var change = Change(sha: fields[index].filter { !$0.isWhitespace })
      change.author = fields[index + 1].isEmpty ? nil : fields[index + 1]
      change.committedAt = Timestamp(rfc3339: fields[index + 2])
      let message = fields[index + 3]
      change.message = message.lastIndex { !$0.isWhitespace }.map { String(message[...$0]) }
      return change
    }
  }
}

extension UInt8 {
  fileprivate var isHexadecimal: Bool {
    (0x30...0x39).contains(self) || (0x61...0x66).contains(self) || (0x41...0x46).contains(self)
  }
}
