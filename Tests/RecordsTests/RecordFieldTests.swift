import Testing

@testable import Records

/// The lists of fields that reading, writing, merging and the schema of records follow from.
@Suite struct RecordFieldLists {
  /// Where two tellings weigh the same, it decides which of them is taken: another order is another site.
  @Test(arguments: [
    (
      RunRecord.fields.map(\.name),
      """
      state stateRaw warning finishedAt activeSeconds createdAt startedAt service provider repository pipeline number url title tests snapshot inferred \
      commit commit.sha commit.message commit.author commit.committedAt commit.pullRequest ref ref.type ref.pullRequest \
      trigger trigger.raw actor actor.id actor.kind version version.artifact version.digest
      """
    ),
    (
      DeploymentRecord.fields.map(\.name),
      """
      state stateRaw inactive partial finishedAt startedAt environment.name environment.key environment.tier environment.rank \
      environment.url environment.shortLived environment.state environment.stopsAt target id attempt service provider repository \
      version version.artifact version.digest commit commit.sha commit.message commit.author commit.committedAt commit.pullRequest \
      actor actor.id actor.kind action promotion hotfix rollbackOf reason override url run step gate stateOfRun inferred
      """
    ),
    (
      Step.fields.map(\.name),
      "state stateRaw warning finishedAt activeSeconds error startedAt key name stage parent optional attempt url current"
    ),
    (Gate.fields.map(\.name), "state key kind environment step requestedBy requestedAt allowed required"),
    (Gate.Decision.fields.map(\.name), "by at decision comment"),
    (
      IncidentRecord.fields.map(\.name),
      "state type resolvedAt startedAt title severity environment service url description"
    ),
    (IncidentRecord.Update.fields.map(\.name), "at state text"),
  ])
  func areMergedInTheOrderTheyAlwaysWere(names: [String], order: String) {
    #expect(names == order.split(separator: " ").map(String.init))
  }

  @Test(arguments: [
    Canonical.run.words, Canonical.step.words, Canonical.gate.words, Canonical.decision.words, Canonical.deployment.words,
    Canonical.environment.words, Canonical.incident.words, Canonical.update.words, Canonical.effect.words,
  ])
  func nameEachFieldOnce(words: [String]) { #expect(Set(words).count == words.count) }
}
