import Records

/// What targets are called: one spelling for each, and names for the jobs of a matrix, which only their steps tell (record.md, Targets and
/// attempts).
struct TargetNames {
  private struct Matrix: Hashable {
    let service: Int
    let environment: Int
    let job: String
  }

  private struct Spelling: Hashable {
    let service: Int
    let environment: Int
    let name: String
  }

  /// The jobs of which one run has several, and so whose suffixes name targets: `deploy (eu)`, `deploy (us)`. The suffix of a job that is
  /// always alone may be anything, as a version.
  private var matrices: Set<Matrix> = []
  private var spellings: [Spelling: String] = [:]
  private let environments: [Environment]

  init(_ targets: [Target], environments: [Environment]) {
    self.environments = environments
    var suffixes: [Matrix: [Int: Set<String>]] = [:]
    for target in targets {
      if let name = target.name {
        let spelling = Spelling(service: target.service, environment: target.environment, name: name.lowercased())
        spellings[spelling] = min(spellings[spelling] ?? name, name)
      } else if let (matrix, suffix) = matrix(of: target), let group = target.group {
        suffixes[matrix, default: [:]][group, default: []].insert(suffix)
      }
    }
    matrices = Set(suffixes.filter { $0.value.values.contains { $0.count > 1 } }.keys)
  }

  func apply(to targets: inout [Target]) {
    for index in targets.indices {
      let target = targets[index]
      if let name = target.name {
        let spelling = Spelling(service: target.service, environment: target.environment, name: name.lowercased())
        targets[index].name = spellings[spelling]
      } else if let (matrix, suffix) = matrix(of: target), matrices.contains(matrix) {
        targets[index].name = suffix
      }
    }
  }

  /// The job without its suffix; nil where there is none, or it only repeats the environment's name.
  private func matrix(of target: Target) -> (Matrix, suffix: String)? {
    guard let label = target.stepLabel, let (job, suffix) = TargetNames.split(label) else { return nil }
    let environment = environments[target.environment]
    let isEnvironment = [environment.key, environment.name].contains { $0.lowercased() == suffix.lowercased() }
    return isEnvironment ? nil : (Matrix(service: target.service, environment: target.environment, job: job), suffix)
  }

  /// `deploy (eu)` as GitHub and CircleCI write it, `deploy: [eu]` as GitLab does.
  static func split(_ name: String) -> (job: String, suffix: String)? {
    for (open, close) in [(" (", ")"), (": [", "]")] where name.hasSuffix(close) {
      guard let range = name.firstRange(of: open) else { continue }
      let suffix = name[range.upperBound...].dropLast(close.count)
      let job = name[..<range.lowerBound]
      if !job.isEmpty, !suffix.isEmpty { return (String(job), String(suffix)) }
    }
    return nil
  }
}
