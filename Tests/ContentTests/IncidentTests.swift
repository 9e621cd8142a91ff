import Content
import Diagnostics
import Records
import Testing
import Time

@Suite struct Incidents {
  @Test func holdEveryKeyOfTheirFrontMatter() throws {
    let parsed = incident(
      """
      ---
      id: i-1
      title: Slow checkout
      state: acknowledged
      severity: major
      environment: production
      service: checkout
      startedAt: 2026-03-20T09:00:00Z
      resolvedAt: 2026-03-20T11:30:00+01:00
      causedBy: 128-production
      fixedBy: [129-production, search/44]
      url: https://incidents.example.com/1
      ---
      """)
    #expect(parsed.diagnostics.isEmpty)
    var expected = IncidentRecord(id: "i-1", state: .acknowledged)
    expected.title = "Slow checkout"
    expected.severity = "major"
    expected.environment = "production"
    expected.service = "checkout"
    expected.startedAt = moment("2026-03-20T09:00:00Z")
    expected.resolvedAt = moment("2026-03-20T10:30:00Z")
    expected.causedBy = ["128-production"]
    expected.fixedBy = ["129-production", "search/44"]
    expected.url = "https://incidents.example.com/1"
    let located = try #require(parsed.value)
    #expect(located.value == expected)
    #expect(located.file == "content/incidents/2026-03-slow.md" && located.position == Position(line: 1, column: 1))
  }

  @Test(arguments: [
    ("", IncidentRecord.State.detected), ("resolvedAt: 2026-03-20T09:00:00Z", .resolved), ("state: Resolved", .resolved),
  ])
  func areOpenUntilTheySayThatTheyAreResolved(matter: String, state: IncidentRecord.State) throws {
    let value = try #require(incident("---\n\(matter)\n---\n").value).value
    #expect(value.state == state)
    #expect(value.id == "2026-03-slow")
    #expect(value.title == nil && value.description == nil && value.updates == [])
  }

  @Test func haveADescriptionAndUpdates() throws {
    let parsed = incident(
      """
      # Slow checkout

      Payments take *long*, see [status].

      ### Impact

      ## 2026-03-20T09:30:00Z detected
      ## 2026-03-20T10:00:00+01:00 [acknowledged]
      - looking

      2026-03-20T11:00:00Z
      --------------------
      Found, see [status].

      ## 2026-03-20T12:00:00.5Z Resolved

      [status]: https://x.example/
      """)
    #expect(
      printed(parsed.diagnostics, of: "content/incidents/2026-03-slow.md").map { $0.suffix(20) } == ["[unclear-resolution]"])
    let value = try #require(parsed.value).value
    #expect(value.title == "Slow checkout")
    #expect(
      value.description?.html
        == "<p>Payments take <em>long</em>, see <a href=\"https://x.example/\">status</a>.</p>\n<h4>Impact</h4>\n")
    #expect(
      value.updates.map(\.at) == [
        moment("2026-03-20T09:30:00Z"), moment("2026-03-20T09:00:00Z"), moment("2026-03-20T11:00:00Z"),
        moment("2026-03-20T12:00:00.5Z"),
      ])
    #expect(value.updates.map(\.state) == [.detected, .acknowledged, nil, .resolved])
    #expect(
      value.updates.map(\.text.html) == [
        "", "<ul>\n<li>looking</li>\n</ul>\n", "<p>Found, see <a href=\"https://x.example/\">status</a>.</p>\n", "",
      ])
    #expect(value.updates.map(\.text.plain) == ["", "looking", "Found, see status.", ""])
  }

  @Test func keepATitleOfTheirOwnBesideTheHeading() throws {
    let value = try #require(incident("---\ntitle: A\n---\n# B\ntext").value).value
    #expect(value.title == "A")
    #expect(value.description?.html == "<h2>B</h2>\n<p>text</p>\n")
  }

  static let faults: [FaultyText] = [
    FaultyText(
      "---\nstate: fixed\n---\n",
      "2:8: error: 'state' is 'fixed'; expected detected, acknowledged, resolved or postmortem [unknown-word]"),
    FaultyText(
      "---\nstate: [resolved]\n---\n",
      "2:8: error: 'state' is a list; expected text [wrong-type]"),
    FaultyText(
      "---\nstarted: 2026-03-20T09:00:00Z\n---\n",
      "2:1: warning: unknown key 'started'; known keys: id, title, state, severity, environment, service, startedAt, resolvedAt, causedBy, fixedBy, url, type, affects -> startedAt [unknown-key]"
    ),
    FaultyText(
      "---\nstartedAt: 2026-03-20\n---\n",
      "2:12: error: 'startedAt' is '2026-03-20'; expected a time with an offset, such as 2026-03-20T09:30:00Z [not-a-time]"),
    FaultyText(
      "---\nstartedAt: 2026-02-30T09:00:00Z\n---\n",
      "2:12: error: 'startedAt' is '2026-02-30T09:00:00Z'; expected a time with an offset, such as 2026-03-20T09:30:00Z [not-a-time]"
    ),
    FaultyText(
      "---\nresolvedAt: true\n---\n",
      "2:13: error: 'resolvedAt' is a truth value (true or false); expected text -> put it in quotes [wrong-type]"),
    FaultyText(
      "---\nstartedAt: 2026-03-20T09:00:00Z\nresolvedAt: 2026-03-20T08:00:00Z\n---\n",
      "3:13: warning: 'resolvedAt' is before 'startedAt' [resolved-before-start]"),
    FaultyText(
      "---\ncausedBy: {id: 1}\n---\n",
      "2:11: error: 'causedBy' is an object of keys and values; expected text or a list of texts [wrong-type]"),
    FaultyText(
      "---\nfixedBy: [[1]]\n---\n",
      "2:11: error: 'fixedBy[1]' is a list; expected text [wrong-type]"),
    FaultyText(
      "---\nurl: javascript:alert(1)\n---\n",
      "2:6: warning: 'url' is 'javascript:alert(1)', which counts as none; expected an address that begins with https:// or http://, names a host and holds no user name [unusable-url]"
    ),
    FaultyText(
      "---\nid: \"\"\n---\n",
      "2:5: error: 'id' is empty; give it a value or leave it out [empty-value]"),
    FaultyText(
      "---\n- a\n---\n",
      "2:1: error: the front matter is a list; expected keys and values [wrong-type]"),
    FaultyText(
      "---\ntitle: a\n",
      "1:1: error: front matter opens here and is not closed; expected a line '---' behind it [unclosed-front-matter]"),
    FaultyText(
      "+++\ntitle = 'a'\n+++\n",
      "1:1: error: front matter between '+++' is TOML, which is not read; write it as YAML between '---' [toml-front-matter]"),
    FaultyText(
      "---\ntitle: a\n---\ntext\n\n## 2026-13-20T09:00:00Z resolved\n",
      "6:1: error: 'update' is '2026-13-20T09:00:00Z resolved'; expected a time with an offset, such as 2026-03-20T09:30:00Z [not-a-time]"
    ),
    FaultyText(
      "## 2026-03-20T09:00:00Z\n\n## 2026-03-20 10:00 resolved\n",
      "3:1: error: 'update' is '2026-03-20 10:00 resolved'; expected a time with an offset, such as 2026-03-20T09:30:00Z [not-a-time]"
    ),
    FaultyText(
      "text\n\n## 2026-03-20T09:00:00Z resolvd\n",
      "3:1: error: 'update' is 'resolvd'; expected detected, acknowledged, resolved or postmortem -> resolved [unknown-word]"),
    FaultyText(
      "text\n\n## Impact\n\nmore\n\n## 2026-03-20T09:00:00Z\n\n## 10:30 resolved\n",
      "3:1: warning: the heading 'Impact' opens no update and is shown as text; updates are level-2 headings such as '2026-03-20T09:30:00Z resolved' [not-an-update]",
      "9:1: warning: the heading '10:30 resolved' opens no update and is shown as text; updates are level-2 headings such as '2026-03-20T09:30:00Z resolved' [not-an-update]"
    ),
    FaultyText("---\nstate: detected\n---\n\n## 2026-03-20T09:00:00Z resolved\n"),
    // The last of them by its time, wherever it stands.
    FaultyText(
      "---\ntitle: a\n---\n\n## 2026-03-20T09:30:00Z resolved\n\n## 2026-03-20T09:00:00Z acknowledged\n",
      "5:1: warning: the last update says resolved, but the incident counts as open -> say 'resolvedAt' or 'state: resolved' in the front matter [unclear-resolution]"
    ),
    FaultyText("---\ntitle: a\n---\n\n## 2026-03-20T09:00:00Z resolved\n\n## 2026-03-20T09:30:00Z detected\n"),
    FaultyText(
      "---\ntitle: a\n---\n\n## 2026-03-20T09:00:00Z resolved\n",
      "5:1: warning: the last update says resolved, but the incident counts as open -> say 'resolvedAt' or 'state: resolved' in the front matter [unclear-resolution]"
    ),
  ]

  @Test(arguments: faults)
  func areReportedWhereTheyAreFaulty(fault: FaultyText) {
    let parsed = incident(fault.text)
    #expect(printed(parsed.diagnostics, of: "content/incidents/2026-03-slow.md") == fault.expected)
    #expect((parsed.value == nil) == parsed.diagnostics.contains { $0.severity == .error })
  }
}
