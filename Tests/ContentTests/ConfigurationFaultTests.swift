import Content
import Diagnostics
import Records
import Testing
import Time

/// A faulty configuration and all that is said of it.
struct FaultyText: CustomTestStringConvertible, Sendable {
  var text: String
  var expected: [String]

  init(_ text: String, _ expected: String...) {
    self.text = text
    self.expected = expected
  }

  var testDescription: String { text }
}

@Suite struct ConfigurationFaults {
  static let cases: [FaultyText] = [
    FaultyText(
      "sites: {}",
      "1:1: warning: unknown key 'sites'; known keys: site, environments, services, ignore, records, links, history, metrics, freezes, notes, markdown, audiences, secrets, stale-after -> site [unknown-key]"
    ),
    FaultyText(
      "site:\n  tmezone: UTC",
      "2:3: warning: unknown key 'tmezone' in 'site'; known keys: name, id, url, description, language, timezone -> timezone [unknown-key]"
    ),
    FaultyText(
      "environments: [{key: a, tiers: test}]",
      "1:25: warning: unknown key 'tiers' in 'environments[1]'; known keys: key, name, tier, match, gate, after, archived, short-lived, url, targets -> tier [unknown-key]"
    ),
    FaultyText(
      "services: [{key: a, repo: https://x.example}]",
      "1:21: warning: unknown key 'repo' in 'services[1]'; known keys: key, name, match, repository, group, versions, hidden [unknown-key]"
    ),
    FaultyText(
      "records: [{files: a, stage: b}]",
      "1:22: error: unknown key 'stage' in 'records[1]'; known keys: files, provider, repository, pipeline, step, ref, parameters, service, environment, version, target [unknown-key]"
    ),
    FaultyText(
      "links: {commits: \"https://x.example/{sha}\"}",
      "1:9: warning: unknown key 'commits' in 'links'; known keys: repository, base, commit, user, issues -> commit [unknown-key]"
    ),
    FaultyText(
      "links:\n  issues: [{pattern: A, url: \"https://x.example/{key}\", ulr: a}]",
      "2:57: warning: unknown key 'ulr' in 'links.issues[1]'; known keys: pattern, url -> url [unknown-key]"),
    FaultyText(
      "history: {month: 1}",
      "1:11: warning: unknown key 'month' in 'history'; known keys: months, runs -> months [unknown-key]"),
    FaultyText(
      "metrics: {day: 1}",
      "1:11: warning: unknown key 'day' in 'metrics'; known keys: days -> days [unknown-key]"),
    FaultyText(
      "freezes: [{from: 2026-01-01, to: 2026-01-02, enviroments: a}]",
      "1:46: warning: unknown key 'enviroments' in 'freezes[1]'; known keys: from, to, environments, reason, kind -> environments [unknown-key]"
    ),
    FaultyText(
      "markdown: {emojis: true}",
      "1:12: warning: unknown key 'emojis' in 'markdown'; known keys: emoji, mentions -> emoji [unknown-key]"),
    FaultyText(
      "- a",
      "1:1: error: the file is a list; expected keys and values [wrong-type]"),
    FaultyText(
      "just text",
      "1:1: error: the file is text; expected keys and values [wrong-type]"),
    FaultyText(
      "site: Acme",
      "1:7: error: 'site' is text; expected keys and values [wrong-type]"),
    FaultyText(
      "site: {name: true}",
      "1:14: error: 'site.name' is a truth value (true or false); expected text -> put it in quotes [wrong-type]"),
    FaultyText(
      "site: {name: \" \"}",
      "1:14: error: 'site.name' is empty; give it a value or leave it out [empty-value]"),
    FaultyText(
      "site: {name: [a]}",
      "1:14: error: 'site.name' is a list; expected text [wrong-type]"),
    FaultyText(
      "site: {id: Acme Releases}",
      "1:12: error: 'site.id' is 'Acme Releases'; expected at most 80 of a-z, 0-9, '.', '_' and '-', without '.', '_' or '-' at the start or '-' at the end [not-a-slug]"
    ),
    FaultyText(
      "site: {url: status.example.com}",
      "1:13: warning: 'site.url' is 'status.example.com', which counts as none; expected an address that begins with https:// or http://, names a host and holds no user name [unusable-url]"
    ),
    FaultyText(
      "site: {url: \"https://user:pass@status.example.com/\"}",
      "1:13: warning: 'site.url' is '…@status.example.com/', which counts as none; expected an address that begins with https:// or http://, names a host and holds no user name [unusable-url]"
    ),
    FaultyText(
      "site: {url: \"https://status.example.com/?a=b\"}",
      "1:13: warning: 'site.url' is 'https://status.example.com/?a=b', which counts as none; paths are added to it, so it cannot hold '?', '#', '{' or '}' [unusable-url]"
    ),
    FaultyText(
      "site: {url: \"javascript:alert(1)\"}",
      "1:13: warning: 'site.url' is 'javascript:alert(1)', which counts as none; expected an address that begins with https:// or http://, names a host and holds no user name [unusable-url]"
    ),
    FaultyText(
      "site: {language: English!}",
      "1:18: error: 'site.language' is 'English!'; expected a language tag such as en, de or pt-BR [not-a-language]"),
    FaultyText(
      "site:\n  timezone: Europe/Berln",
      "2:13: error: 'site.timezone' is 'Europe/Berln', which is not installed here; expected a name such as Europe/Berlin, or UTC, which always works -> install the time zones of the system (tzdata) or mend the name [unknown-time-zone]"
    ),
    FaultyText(
      "site: {timezone: ../../etc/passwd}",
      "1:18: error: 'site.timezone' is '../../etc/passwd', which is not installed here; expected a name such as Europe/Berlin, or UTC, which always works -> install the time zones of the system (tzdata) or mend the name [unknown-time-zone]"
    ),
    FaultyText(
      "site: {timezone: Europe/Broken}",
      "1:18: error: 'site.timezone' is 'Europe/Broken', which is not installed here; expected a name such as Europe/Berlin, or UTC, which always works -> install the time zones of the system (tzdata) or mend the name [unknown-time-zone]"
    ),
    FaultyText(
      "environments: {key: a}",
      "1:15: error: 'environments' is an object of keys and values; expected a list [wrong-type]"),
    FaultyText(
      "environments: [a]",
      "1:16: error: 'environments[1]' is text; expected keys and values [wrong-type]"),
    FaultyText(
      "environments:\n  - name: A",
      "2:5: error: 'environments[1].key' is missing; it has to be there [missing-key]"),
    FaultyText(
      "environments:\n  - key: \"\"",
      "2:10: error: 'environments[1].key' is empty; give it a value or leave it out [empty-value]"),
    FaultyText(
      "environments: [{key: a, tier: Production}]",
      "1:31: error: 'environments[1].tier' is 'Production'; expected development, test, staging, production or other -> production [unknown-word]"
    ),
    FaultyText(
      "environments: [{key: a, tier: prod}]",
      "1:31: error: 'environments[1].tier' is 'prod'; expected development, test, staging, production or other [unknown-word]"),
    FaultyText(
      "environments: [{key: a, gate: manul}]",
      "1:31: error: 'environments[1].gate' is 'manul'; expected manual or none -> manual [unknown-word]"),
    FaultyText(
      "environments: [{key: a, gate: true}]",
      "1:31: error: 'environments[1].gate' is a truth value (true or false); expected manual or none [wrong-type]"),
    FaultyText(
      "environments: [{key: a, archived: \"yes\"}]",
      "1:35: error: 'environments[1].archived' is text; expected true or false [wrong-type]"),
    FaultyText(
      "environments: [{key: a, match: [b, \"\"]}]",
      "1:36: error: 'environments[1].match[2]' is empty; give it a value or leave it out [empty-value]"),
    FaultyText(
      "environments: [{key: a, url: \"ftp://x.example\"}]",
      "1:30: warning: 'environments[1].url' is 'ftp://x.example', which counts as none; expected an address that begins with https:// or http://, names a host and holds no user name [unusable-url]"
    ),
    FaultyText(
      "environments:\n  - key: a\n  - key: A",
      "3:10: error: 'environments[2].key' is 'A', which stands further up already; keys are compared without case [repeated-entry]"
    ),
    FaultyText(
      "environments: [{key: staging}, {key: live, after: stagin}]",
      "1:51: error: 'after' names 'stagin', which is no environment of the list: staging, live -> staging [unknown-environment]"
    ),
    FaultyText(
      "environments: [{key: a, after: a}]",
      "1:32: error: 'after' names its own environment 'a'; expected the one that releases come from [after-itself]"),
    FaultyText(
      "environments: [{key: a, after: b}, {key: b, after: a}]",
      "1:32: error: 'after: b' closes a circle: a after b after a; without 'after' an environment comes after the previous one of the list [after-cycle]"
    ),
    FaultyText(
      "environments:\n  - {key: a, after: c}\n  - {key: b}\n  - {key: c}",
      "2:21: error: 'after: c' closes a circle: a after c after b after a; without 'after' an environment comes after the previous one of the list [after-cycle]"
    ),
    FaultyText(
      "services: [{key: a}, {key: a}]",
      "1:28: error: 'services[2].key' is 'a', which stands further up already; keys are compared without case [repeated-entry]"),
    FaultyText(
      "services: [{key: a, versions: calver}]",
      "1:31: error: 'services[1].versions' is 'calver'; expected semver or debian [unknown-word]"),
    FaultyText(
      "services: [{key: a, repository: acme/checkout}]",
      "1:33: warning: 'services[1].repository' is 'acme/checkout', which counts as none; expected an address that begins with https:// or http://, names a host and holds no user name [unusable-url]"
    ),
    FaultyText(
      "records: [{files: \"runs/**\", pipline: deploy, environment: production}]",
      "1:30: error: unknown key 'pipline' in 'records[1]'; known keys: files, provider, repository, pipeline, step, ref, parameters, service, environment, version, target -> pipeline [unknown-key]"
    ),
    FaultyText(
      "records: [{files: \"runs/**\", pipeline: \"deploy*\"}]",
      "1:11: warning: 'records[1]' gives no value: no pattern of it captures anything, and it has no value of its own -> write {service}, {environment} or {version} where the value stands, or add environment: production [rule-without-value]"
    ),
    FaultyText(
      "records: [{step: \"Deploy to *\", service: shop}]",
      "1:11: warning: 'records[1].step' makes no deployment: neither it nor another pattern captures {environment}, and the rule has none of its own -> write {environment} where its name stands in that of the step, or add environment: production [rule-without-environment]"
    ),
    FaultyText(
      "audiences: {staff: {output: a, enviroments: [x]}}",
      "1:32: error: unknown key 'enviroments' in 'audiences.staff'; known keys: output, environments, services, allow -> environments [unknown-key]"
    ),
    FaultyText(
      "records: [{}]",
      "1:11: error: 'records[1]' says nothing; expected 'files' and what it gives, such as 'service' or 'environment' [empty-rule]"
    ),
    FaultyText(
      "records: [{service: \"{service}\"}, {provider: jenkins, environment: \"prod*\"}]",
      "1:21: error: 'records[1].service' is '{service}'; expected a plain value, which is set as it is -> captures stand in the patterns of repository, pipeline, step and ref [not-plain]",
      "1:68: error: 'records[2].environment' is 'prod*'; expected a plain value, which is set as it is -> captures stand in the patterns of repository, pipeline, step and ref [not-plain]"
    ),
    FaultyText(
      "records: [{step: \"to {environmnt}\"}]",
      "1:18: error: 'records[1].step' captures '{environmnt}'; captures are {service}, {environment}, {version} and {target} -> {environment} [unknown-capture]"
    ),
    FaultyText(
      "records: [{step: \"to {environment\"}]",
      "1:18: error: 'records[1].step' is 'to {environment', where a brace has no partner; captures are {service}, {environment}, {version} and {target} [unclosed-capture]"
    ),
    FaultyText(
      "records: [{parameters: VERSION}]",
      "1:24: error: 'records[1].parameters' is text; expected keys and values [wrong-type]"),
    FaultyText(
      "links: {commit: \"https://x.example/commits/\"}",
      "1:17: error: 'links.commit' has no {sha}, so every link would be the same; put it where the value belongs [missing-placeholder]"
    ),
    FaultyText(
      "links: {user: \"https://x.example/{user}\"}",
      "1:15: error: 'links.user' has no {name}, so every link would be the same; put it where the value belongs [missing-placeholder]"
    ),
    FaultyText(
      "links: {issues: [{url: \"https://x.example/{key}\"}]}",
      "1:18: error: 'links.issues[1].pattern' is missing; it has to be there [missing-key]"),
    FaultyText(
      "links: {issues: [{pattern: A}]}",
      "1:18: error: 'links.issues[1].url' is missing; it has to be there [missing-key]"),
    FaultyText(
      "history: {months: 0}",
      "1:19: error: 'history.months' is '0'; expected a whole number from 1 to 1200 [not-in-range]"),
    FaultyText(
      "history: {months: -3, runs: many}",
      "1:19: error: 'history.months' is '-3'; expected a whole number from 1 to 1200 [not-in-range]",
      "1:29: error: 'history.runs' is 'many'; expected a whole number from 1 to 1000000 [not-in-range]"),
    FaultyText(
      "history: {months: 1.5}",
      "1:19: error: 'history.months' is '1.5'; expected a whole number from 1 to 1200 [not-in-range]"),
    FaultyText(
      "metrics: {days: 99999999999999999999}",
      "1:17: error: 'metrics.days' is '99999999999999999999'; expected a whole number from 1 to 3660 [not-in-range]"),
    FaultyText(
      "freezes: [{from: 2026-12-20}]",
      "1:11: error: 'freezes[1].to' is missing; it has to be there [missing-key]"),
    FaultyText(
      "freezes: [{from: 2026-02-30, to: 2026-03-01}]",
      "1:18: error: 'freezes[1].from' is '2026-02-30'; expected a day such as 2026-12-20, or a time with an offset such as 2026-12-20T18:00:00Z [not-a-moment]"
    ),
    FaultyText(
      "freezes: [{from: tomorrow, to: 2026-03-01}]",
      "1:18: error: 'freezes[1].from' is 'tomorrow'; expected a day such as 2026-12-20, or a time with an offset such as 2026-12-20T18:00:00Z [not-a-moment]"
    ),
    FaultyText(
      "freezes:\n  - from: 2026-03-02\n    to: 2026-03-01",
      "3:9: error: 'freezes[1]' ends before it begins; expected a 'to' later than 'from', or the same day [ends-before-start]"),
    FaultyText(
      "freezes: [{from: \"2026-03-02T10:00:00Z\", to: \"2026-03-02T10:00:00Z\"}]",
      "1:46: error: 'freezes[1]' ends before it begins; expected a 'to' later than 'from', or the same day [ends-before-start]"),
    FaultyText(
      "freezes: [{from: 2026-03-01, to: 2026-03-02, kind: holiday}]",
      "1:52: error: 'freezes[1].kind' is 'holiday'; expected freeze or maintenance [unknown-word]"),
    FaultyText(
      "markdown: {emoji: 1}",
      "1:19: error: 'markdown.emoji' is a number; expected true or false [wrong-type]"),
    FaultyText(
      "stale-after: 3600",
      "1:14: error: 'stale-after' is '3600'; expected a number and s, m, h or d, such as 90m, 24h or 7d, up to ten years -> 3600s [not-a-duration]"
    ),
    FaultyText(
      "stale-after: 1 day",
      "1:14: error: 'stale-after' is '1 day'; expected a number and s, m, h or d, such as 90m, 24h or 7d, up to ten years [not-a-duration]"
    ),
    FaultyText(
      "stale-after: 0h",
      "1:14: error: 'stale-after' is '0h'; expected a number and s, m, h or d, such as 90m, 24h or 7d, up to ten years [not-a-duration]"
    ),
    FaultyText(
      "stale-after: 999999999d",
      "1:14: error: 'stale-after' is '999999999d'; expected a number and s, m, h or d, such as 90m, 24h or 7d, up to ten years [not-a-duration]"
    ),
    FaultyText(
      "audiences:\n  customers: {output: out, allow: [notes]}",
      "2:35: error: 'audiences.customers.allow' is not applied by this version and would hide nothing -> take it out, and keep what nobody may see out of the content folder [hides-nothing]"
    ),
    FaultyText(
      "audiences:\n  customers: {}",
      "2:14: error: 'audiences.customers.output' is missing; it has to be there [missing-key]"),
    FaultyText(
      "audiences:\n  Our staff: {output: out}",
      "2:3: error: 'audiences' is 'Our staff'; expected at most 80 of a-z, 0-9, '.', '_' and '-', without '.', '_' or '-' at the start or '-' at the end [not-a-slug]"
    ),
    FaultyText(
      "audiences: [customers]",
      "1:12: error: 'audiences' is a list; expected keys and values [wrong-type]"),
    FaultyText(
      "secrets: [\"sk_live_*\"]",
      "1:11: error: 'secrets' is not applied by this version and would hide nothing -> take it out, and keep what nobody may see out of the content folder [hides-nothing]"
    ),
    FaultyText(
      "secrets: sk_live",
      "1:10: error: 'secrets' is text; expected a list [wrong-type]"),
    FaultyText(
      "site: [",
      "1:8: error: expected a value, found the end of the file [yaml-expected-value]"),
  ]

  @Test(arguments: cases)
  func areReportedAtTheirPlaceAndNothingElseIs(fault: FaultyText) {
    #expect(printed(configuration(fault.text).diagnostics, of: "content/tidemark.yml") == fault.expected)
  }
}
