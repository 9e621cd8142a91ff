import Diagnostics

/// Names of services that stand on notes alone and nearly are those of a service that records or the configuration know: mostly a slip of
/// the pen, which makes a service of its own.
struct NearServices {
  private let services: ServiceNames

  /// `services`: those that are known without the notes.
  init(_ services: ServiceNames) { self.services = services }

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
    let others = services.keys.filter {
      NearServices.withoutNumber($0) != NearServices.withoutNumber(name) || !hasNumber(name, $0)
    }
    return nearMiss(name, among: others, edits: name.count > 8 ? 2 : 1)
  }

  private func hasNumber(_ name: String, _ other: String) -> Bool { (name + other).contains(where: \.isNumber) }

  private static func withoutNumber(_ name: String) -> String { name.lowercased().filter { !$0.isNumber } }
}

extension Diagnostic.Message {
  fileprivate static func nearService(_ name: String, near: String) -> Self {
    Self(
      id: "near-service", "'\(name)' is a service that only notes know, so its notes stand apart from every deployment",
      suggestion: "did you mean '\(near)'? If not, name it under services: in tidemark.yml")
  }
}
