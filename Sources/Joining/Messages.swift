import Diagnostics
import Time

/// All wording of this room that is about faults; `Remark` has its reasons.
extension Diagnostic.Message {
  static func contradictoryRun(id: String, fields: [String]) -> Self {
    Self(
      id: "contradictory-run",
      "two records of run '\(id)' differ in \(fields.joined(separator: ", ")); what has the latest finish is used")
  }

  static func contradictoryDeployment(id: String, fields: [String]) -> Self {
    Self(
      id: "contradictory-deployment",
      "two records of deployment '\(id)' differ in \(fields.joined(separator: ", ")); what has the latest finish is used")
  }

  static func contradictoryIncident(id: String) -> Self {
    Self(id: "contradictory-incident", "two records of incident '\(id)' tell of two incidents; they are shown as one")
  }

  static func unusedIgnore(_ rule: String, near: String?) -> Self {
    Self(
      id: "unused-ignore", "'\(rule)' fits nothing that was read, so it leaves nothing out",
      suggestion: near.map { "did you mean '\($0)'?" }
        ?? "compare its patterns with the records: service, repository, pipeline and environment")
  }

  static func unusedHidden(_ service: String, near: String?) -> Self {
    Self(
      id: "unused-hidden", "service '\(service)' is hidden, and nothing that was read is of it, so nothing is left out",
      suggestion: near.map { "did you mean '\($0)'?" } ?? "compare its key, name and match with the services of the records")
  }

  static func twoNotes(service: String, version: String) -> Self {
    Self(id: "two-notes", "two notes describe \(service) \(version); they are shown as one")
  }

  static func unknownProduct(_ name: String) -> Self {
    Self(
      id: "unknown-product",
      "the headings of this changelog name several products, and '\(name)' is no service; its releases are read as those of the file's service",
      suggestion: "call it by the key or name of a service")
  }

  static func noteWithoutService(count: Int) -> Self {
    Self(
      id: "note-without-service",
      "this note names no service, and there are \(count); put it into releases/<service>/ or write `service:`")
  }

  static func fileOfNoRelease(_ name: String) -> Self {
    Self(
      id: "no-release",
      "'\(name)' says no version, and no record knows a version of that name, so this file is no release",
      suggestion: "write 'version: 1.4.0' into its front matter, or call the file 1.4.0.md")
  }

  static func unknownChapter(_ name: String, releases: Int, _ known: [String]) -> Self {
    Self(
      id: "unknown-chapter",
      "'\(name)' is no service (\(some(known))), as other headings of this changelog are, so its "
        + "\(releases == 1 ? "release is" : "\(releases) releases are") shown nowhere",
      suggestion: nearMiss(name, among: known).map { "did you mean '\($0)'?" }
        ?? "call it by the key or name of a service, or declare one in tidemark.yml")
  }

  static func noteOfUnknownProduct(_ name: String, _ known: [String]) -> Self {
    Self(
      id: "note-without-service",
      "'\(name)' is no service (\(some(known))), so nobody knows whose release this is, and it is left out",
      suggestion: nearMiss(name, among: known).map { "did you mean '\($0)'?" }
        ?? "call it by the key or name of a service, put it into releases/<service>/ or write `service:`")
  }

  static func unknownInIncident(_ kind: String, _ name: String, incident: String, suggestion: String?) -> Self {
    Self(
      id: "incident-unknown-\(kind)", "incident '\(incident)' names \(kind) '\(name)', which no record knows",
      suggestion: suggestion)
  }

  static func ambiguousDeployment(_ id: String, incident: String, services: [String]) -> Self {
    Self(
      id: "incident-ambiguous-deployment",
      "incident '\(incident)' names deployment '\(id)', which \(services.joined(separator: " and ")) have; "
        + "write <service>/<id>")
  }

  static func unknownFreezeEnvironment(_ name: String, suggestion: String?) -> Self {
    Self(
      id: "freeze-unknown-environment",
      "a freeze names environment '\(name)', which neither the configuration nor a record knows",
      suggestion: suggestion)
  }

  static func unknownInclude(_ name: String, version: String, suggestion: String?) -> Self {
    Self(
      id: "unknown-include", "`includes` of \(version) names '\(name)', which no note describes",
      suggestion: suggestion)
  }

  static func recordsAfterAsOf(count: Int, asOf: Timestamp, newest: Timestamp) -> Self {
    Self(
      id: "records-after-as-of",
      "\(count) \(count == 1 ? "record is" : "records are") later than as-of (\(asOf)), the latest at \(newest); "
        + "shown all the same")
  }

  /// `isPlaced`: the creation of its run says at least after which others it came.
  static func successWithoutTime(id: String, isPlaced: Bool) -> Self {
    let place = isPlaced ? "it stands where its run was created" : "it counts as the oldest of its environment"
    return Self(id: "deployment-without-time", "deployment '\(id)' succeeded but no record says when; \(place)")
  }

  static func missingFixes(_ versions: [String], service: String, environment: String, live: String) -> Self {
    Self(
      id: "missing-fixes",
      "\(environment) runs \(service) \(live), which lacks fixes of the line it left: \(versions.joined(separator: ", "))")
  }

  /// The first of the services, in order.
  private static func some(_ services: [String]) -> String {
    services.sorted().prefix(12).joined(separator: ", ") + (services.count > 12 ? ", …" : "")
  }
}
