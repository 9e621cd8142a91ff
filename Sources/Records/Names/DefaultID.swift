package import Time

extension DeploymentRecord {
  /// Its id, else what stands for it (record.md, Deployment): `<run id>-<environment>`, with `-<target>` where it has one and
  /// `-<attempt>` above 1; without a run `<environment>-<version>-<finish, else start>`, the time as `20260302T100000Z`.
  ///
  /// `run`: the id of its run, `attempt`: of that run, where its own is not told; `environment`: its key.
  package func id(inRun run: String?, attempt: Int, environment: String) -> String {
    if let id { return id }
    return DeploymentRecord.defaultID(
      run: run, environment: environment, target: targetName, attempt: self.attempt ?? attempt,
      version: ownVersion(besides: nil)?.version ?? "unknown", at: finishedAt ?? startedAt)
  }

  /// Its target without blanks around it; nil where there is none.
  package var targetName: String? {
    guard let target, let first = target.firstIndex(where: { !$0.isWhitespace }),
      let last = target.lastIndex(where: { !$0.isWhitespace })
    else { return nil }
    return String(target[first...last])
  }

  /// Of a deployment that has no id.
  package static func defaultID(
    run: String?, environment: String, target: String? = nil, attempt: Int, version: String, at time: Timestamp?
  ) -> String {
    let place = environment + (target.map { "-\($0)" } ?? "")
    if let run { return attempt > 1 ? "\(run)-\(place)-\(attempt)" : "\(run)-\(place)" }
    guard let time else { return "\(place)-\(version)" }
    return "\(place)-\(version)-\(time.compact)"
  }
}
