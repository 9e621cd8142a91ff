import Documents
import Records

// What an application is a version of: the image that is the service's, and the source that a hydrator wrote its commits from.
extension ArgoCD {
  /// By the commit that was made, the one it was made of.
  static func drySources(_ hydrator: Node?) -> [String: String] {
    var sources: [String: String] = [:]
    for name in ["lastSuccessfulOperation", "currentOperation"] {
      guard let operation = hydrator?.object(name), let dry = operation.text("drySHA"), let made = operation.text("hydratedSHA")
      else { continue }
      sources[made] = dry
    }
    return sources
  }
}

/// An image that runs: `registry.example.org:5000/pay/ledger:1.4.0@sha256:…`.
struct ContainerImage: Equatable, Sendable {
  /// The last part of its name.
  let name: String
  /// One that says nothing of a version, such as `latest`, is none.
  let tag: String?
  let digest: String?
  let written: String

  init?(_ written: String) {
    self.written = written
    let parts = written.split(separator: "@", maxSplits: 1)
    guard let last = parts.first?.split(separator: "/").last else { return nil }
    let named = last.split(separator: ":", maxSplits: 1)
    guard let name = named.first, !name.isEmpty else { return nil }
    self.name = String(name)
    let tag = named.count > 1 ? String(named[1]) : nil
    self.tag = tag.flatMap { tag in tag.contains { $0.isASCII && $0.isNumber } ? tag : nil }
    digest = parts.count > 1 ? String(parts[1]) : nil
  }

  var version: VersionLabel? { tag.map { VersionLabel(name: $0, artifact: written, digest: digest) } }
}

extension [ContainerImage] {
  /// The version of the one image of that name; nil where none or several are.
  func version(named name: String) -> VersionLabel? {
    let own = filter { $0.name.lowercased() == name.lowercased() }
    guard let tag = own.first?.tag, own.allSatisfy({ $0.tag == tag }) else { return nil }
    return own.first?.version
  }
}

extension [ApplicationPiece.Sync] {
  /// The images of now are those of the last synchronization if that took everything. Where one has the name of the application, with
  /// or without what it is called there (`ledger-production`), its tag is the version.
  mutating func nameImage(of status: Node?, application name: String) {
    guard let place = indices.last, self[place].run.record.state == .succeeded, !self[place].isPart else { return }
    let images = (status?.object("summary")?.list("images")?.elements ?? []).compactMap {
      $0.string.flatMap(ContainerImage.init)
    }
    self[place].run.images = images
    let own = images.version(named: name) ?? images.version(beginning: name)
    guard let own else { return }
    self[place].run.record.version = own
    self[place].run.record.inferred.removeAll { $0 == "version" }
  }
}

extension [ContainerImage] {
  /// The version of the one image whose name begins that of an application: `ledger` of `ledger-production`.
  fileprivate func version(beginning application: String) -> VersionLabel? {
    let names = Set(map(\.name)).filter { application.lowercased().hasPrefix($0.lowercased() + "-") }
    return names.count == 1 ? names.first.flatMap(version(named:)) : nil
  }
}
