/// The JSON interface: every kind of file that it has.
package enum Interface {
  private static var files: [any InterfaceFile.Type] {
    [
      AuditFile.self, BuildFile.self, ChangelogFile.self, CompareFile.self, DeploymentsFile.self, EnvironmentsFile.self,
      ExplanationFile.self, IncidentsFile.self, MetricsFile.self, PendingFile.self, ReleasesFile.self, RunsFile.self,
      SearchIndex.self, SummaryFile.self,
    ]
  }

  /// Of their schemas.
  package static var names: [String] { files.map { $0.name } }

  /// The JSON Schema of that name; nil where no file is of it.
  package static func schema(_ name: String) -> [UInt8]? { files.first { $0.name == name }?.schema }
}
