import Joining
import Records
import Releases
import Testing
import Time

/// Commits that stand for the notes of a version that has none.
@Suite struct CommitNotesRule {
  private func notes(_ messages: String...) -> [String] {
    let changes = messages.enumerated().map { index, message in
      var change = Change(sha: String(repeating: String(index), count: 12))
      change.message = message
      return change
    }
    return (CommitNotes(changes)?.groups ?? []).flatMap { group in group.items.map { "\(group.kind.rawValue): \($0.text)" } }
  }

  @Test(arguments: [
    ("feat: quiet fan", "features: quiet fan"), ("feat(door): open it", "features: door: open it"),
    ("FIX: no leak", "fixes: no leak"), ("perf: half the time", "performance: half the time"),
    ("chore(deps): raise x", "others: deps: raise x"), ("feat!: drop the old keys", "breaking: drop the old keys"),
    ("fix(api)!: other order", "breaking: api: other order"),
    ("feat: new way\n\nBREAKING CHANGE: the old one is gone", "breaking: new way"),
    ("refactor: tidy\n\nBREAKING-CHANGE: moved", "breaking: tidy"),
    ("Note: this is no type", "others: Note: this is no type"), ("feat:no blank", "others: feat:no blank"),
    ("https://example.org is no type", "others: https://example.org is no type"), ("feat:", "others: feat:"),
    ("  Bake \t bread \n more", "others: Bake bread"), ("<script>alert(1)</script>", "others: <script>alert(1)</script>"),
    ("Merge pull request #12 from acorn/door\n\nfeat: a door", "features: a door"),
  ])
  func readsOneSubject(message: String, expected: String) { #expect(notes(message) == [expected]) }

  @Test(arguments: [
    "", " \n ", "Merge branch 'main' into door", "Merge pull request #12 from acorn/door",
    "Merge remote-tracking branch 'origin/main'",
    "Merged in door (pull request #4)", "Merge tag 'v1'",
  ])
  func saysNothingOf(message: String) { #expect(notes(message) == []) }

  @Test func breakingStandsFirstAndOneSubjectOnce() {
    #expect(
      notes("chore: tidy", "fix: a", "feat: b", "fix: a", "feat!: c", "perf: d")
        == ["breaking: c", "features: b", "fixes: a", "performance: d", "others: tidy"])
  }
}
