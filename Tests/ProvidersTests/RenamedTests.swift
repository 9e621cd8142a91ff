import Diagnostics
import Providers
import Records
import Testing

/// Files are joined in the order of their names, but nothing in the result may hang on what they are called.
@Suite(.enabled(if: Samples.exist)) struct RenamedFiles {
  @Test(arguments: ["gitlab", "azure-devops", "circleci"])
  func theNamesOfTheFilesChangeNothing(provider: String) throws {
    let names = Samples.files(in: provider)
    try #require(names.count > 1)
    let expected = try found(names, names.indices.map { $0 })
    for shift in 1..<min(names.count, 6) {
      let order = names.indices.map { ($0 * 5 + shift) % names.count }
      #expect(
        try found(names, Set(order).count == names.count ? order : names.indices.map { ($0 + shift) % names.count }) == expected
      )
    }
    #expect(try found(names, names.indices.reversed()) == expected)
  }

  /// What the files hold when each is called by the place of another.
  private func found(_ names: [String], _ order: [Int]) throws -> Found {
    let files = try names.indices.map { index in
      readRecords(Source(file: "\(100 + order[index]).json", bytes: try Samples.bytes(names[index])))
    }
    let set = joinRecords(files)
    return Found(
      runs: set.runs.map(\.value).sorted {
        ($0.repository ?? "", $0.id, $0.attempt) < ($1.repository ?? "", $1.id, $1.attempt)
      },
      deployments: set.deployments.map(\.value).sorted { ($0.id ?? "") < ($1.id ?? "") },
      releases: set.releases.map(\.value).sorted { $0.tag < $1.tag }, tally: set.account.records)
  }

  private struct Found: Equatable {
    let runs: [RunRecord]
    let deployments: [DeploymentRecord]
    let releases: [ReleaseRecord]
    let tally: Account.Tally
  }
}
