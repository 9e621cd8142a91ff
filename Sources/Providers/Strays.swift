import Diagnostics
import Records

// Records of providers that name neither repository nor service, and that no rule places.
extension RecordSet {
  /// What deploys and says of no project stands apart under the name of its file: two projects are never joined because nothing tells
  /// them apart. One warning a file says which rule would place it.
  mutating func setStraysApart() {
    guard !ofProviders.isEmpty else { return }
    var found: [String: (count: Int, position: Position)] = [:]
    func note(_ place: RecordPlace) {
      let known = found[place.file]
      found[place.file] = ((known?.count ?? 0) + 1, min(known?.position ?? place.position, place.position))
    }
    for index in runs.indices where ofProviders.contains(runs[index].place) && runs[index].value.isStray {
      runs[index].value.service = strayName(runs[index].file)
      note(runs[index].place)
    }
    let known = Set(runs.map(\.value.id))
    for index in deployments.indices where ofProviders.contains(deployments[index].place) {
      let deployment = deployments[index].value
      guard deployment.isStray, !(deployment.run.map(known.contains) ?? false) else { continue }
      deployments[index].value.service = strayName(deployments[index].file)
      deployments[index].value.inferred.append("service")
      note(deployments[index].place)
    }
    for (file, stray) in found.sorted(by: { $0.key < $1.key }) {
      diagnostics.append(
        Diagnostic(
          .warning, .noRepository(stray.count, file: file, service: strayName(file)), file: file, position: stray.position))
    }
    diagnostics.sort(by: Diagnostic.inPrintedOrder)
  }
}

extension RunRecord {
  fileprivate var isStray: Bool { service == nil && repository == nil && deployments.contains { $0.service == nil } }
}

extension DeploymentRecord {
  fileprivate var isStray: Bool { service == nil && repository == nil }
}

extension RecordSet {
  /// `eu-deployments` of `runs/eu/deployments.json`. Wherever a file lies and however its place is written: what is imported is called as
  /// in a build, else by its path in the folder that was given.
  fileprivate func strayName(_ file: String) -> String {
    if file == Source.standardInput { return "standard-input" }
    var parts = file.split(separator: "/")
    if let runs = parts.dropLast().lastIndex(of: "runs") {
      parts.removeSubrange(...runs)
    } else if let given = givenPaths[file] {
      parts = given.split(separator: "/")
    }
    guard let last = parts.popLast() else { return "main" }
    let dot = last.lastIndex(of: ".").flatMap { $0 > last.startIndex ? $0 : nil } ?? last.endIndex
    return (parts + [last[..<dot]]).joined(separator: "-")
  }
}
