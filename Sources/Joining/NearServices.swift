import Diagnostics
import Records

/// Names of services that stand on notes alone and nearly are those of a service that records or the configuration know: mostly a slip of
/// the pen, which makes a service of its own.
struct NearServices {
  private struct Known {
    let name: String
    let length: Int
    let bare: String
    let hasNumber: Bool
    /// A bit for each kind of letter in it: names that are near differ in few.
    let letters: UInt64

    init(_ name: String) {
      self.name = name
      let lower = name.lowercased()
      length = lower.unicodeScalars.count
      bare = lower.filter { !$0.isNumber }
      hasNumber = bare.count < lower.count
      letters = lower.unicodeScalars.reduce(0) { $0 | 1 << UInt64($1.value & 63) }
    }
  }

  private let services: ServiceNames
  private let known: [Known]

  /// `services`: those that are known without the notes.
  init(_ services: ServiceNames) {
    self.services = services
    known = services.keys.map(Known.init)
  }

  /// One for each name, at the first of its notes.
  func warnings(of notes: [Located<ReleaseNote>]) -> [Diagnostic] {
    guard !services.keys.isEmpty else { return [] }
    var seen: Set<String> = []
    return notes.compactMap { note in
      guard !note.value.draft, let name = note.value.service, !name.isEmpty, seen.insert(name).inserted,
        services.existing(named: name) == nil, let near = near(name)
      else { return nil }
      return note.diagnostic(.warning, .nearService(name, near: near))
    }
  }

  private func near(_ name: String) -> String? {
    // Of two letters any two are near; and `web2` is rightly another than `web1`.
    guard name.count > 2 else { return nil }
    let own = Known(name)
    let edits = name.count > 8 ? 2 : 1
    let others = known.lazy.filter { other in
      abs(other.length - own.length) <= edits && (other.letters ^ own.letters).nonzeroBitCount <= 2 * edits
        && (other.bare != own.bare || !(other.hasNumber || own.hasNumber))
    }.map(\.name)
    return nearMiss(name, among: others, edits: edits)
  }
}

extension Diagnostic.Message {
  fileprivate static func nearService(_ name: String, near: String) -> Self {
    Self(
      id: "near-service", "'\(name)' is a service that only notes know, so its notes stand apart from every deployment",
      suggestion: "did you mean '\(near)'? If not, name it under services: in tidemark.yml")
  }
}
