import Diagnostics
import Documents
import Records

// What any file of keys and values can get wrong.
extension Diagnostic.Message {
  static func unknownKey(_ key: String, in name: String, known: [String]) -> Self {
    let place = name.isEmpty ? "" : " in '\(name)'"
    return Self(
      id: "unknown-key", "unknown key '\(shown(key))'\(place); known keys: \(known.joined(separator: ", "))",
      suggestion: nearMiss(key, among: known))
  }

  static func wrongType(_ name: String, found: Node.Kind, expected: String) -> Self {
    let quote = found == .bool && expected == "text" ? "put it in quotes" : nil
    return Self(id: "wrong-type", "\(name) is \(article(found)); expected \(expected)", suggestion: quote)
  }

  static func missingKey(_ name: String) -> Self { Self(id: "missing-key", "'\(name)' is missing; it has to be there") }

  static func empty(_ name: String) -> Self { Self(id: "empty-value", "'\(name)' is empty; give it a value or leave it out") }

  static func notInRange(_ name: String, found: String?, _ range: ClosedRange<Int>) -> Self {
    Self(
      id: "not-in-range",
      "'\(name)' is \(found.map { "'\(shown($0))'" } ?? "no number"); expected a whole number from \(range.lowerBound) to \(range.upperBound)"
    )
  }

  static func unknownWord(_ name: String, _ word: String, allowed: [String]) -> Self {
    Self(
      id: "unknown-word", "'\(name)' is '\(shown(word))'; expected \(list(allowed))", suggestion: nearMiss(word, among: allowed)
    )
  }

  static func unusableURL(_ name: String, _ text: String) -> Self {
    Self(
      id: "unusable-url",
      "'\(name)' is '\(shown(withoutUser(text)))', which counts as none; expected an address that begins with https:// or http://, names a host and holds"
        + " no user name")
  }

  static func unusableBase(_ name: String, _ text: String) -> Self {
    Self(
      id: "unusable-url",
      "'\(name)' is '\(shown(text))', which counts as none; paths are added to it, so it cannot hold '?', '#', '{' or '}'")
  }

  static func notUTF8() -> Self {
    Self(id: "invalid-utf8", "this byte is no UTF-8; it is shown as \u{FFFD}", suggestion: "save the file as UTF-8")
  }

  /// The start of a text that may be long.
  private static func shown(_ text: String) -> String { text.count > 80 ? text.prefix(79) + "…" : text }

  /// Messages are published with the site, so a password must not be repeated.
  private static func withoutUser(_ text: String) -> String {
    guard let at = text.lastIndex(of: "@") else { return text }
    return "…" + text[at...]
  }

  private static func article(_ kind: Node.Kind) -> String {
    switch kind {
    case .null: "empty"
    case .bool: "a truth value (true or false)"
    case .number: "a number"
    case .string: "text"
    case .array: "a list"
    case .object: "an object of keys and values"
    }
  }
}

// The configuration.
extension Diagnostic.Message {
  static func notASlug(_ name: String, _ text: String) -> Self {
    Self(
      id: "not-a-slug",
      "'\(name)' is '\(shown(text))'; expected at most 80 of a-z, 0-9, '.', '_' and '-', without '.', '_' or '-' at the start or '-' at the end"
    )
  }

  static func notALanguage(_ text: String) -> Self {
    Self(id: "not-a-language", "'site.language' is '\(shown(text))'; expected a language tag such as en, de or pt-BR")
  }

  static func unknownZone(_ name: String) -> Self {
    Self(
      id: "unknown-time-zone",
      "'site.timezone' is '\(shown(name))', which is not installed here; expected a name such as Europe/Berlin, or UTC, which always works",
      suggestion: "install the time zones of the system (tzdata) or mend the name")
  }

  static func duplicateKey(_ name: String, _ key: String) -> Self {
    Self(id: "repeated-entry", "'\(name)' is '\(shown(key))', which stands further up already; keys are compared without case")
  }

  static func unknownEnvironment(_ name: String, _ key: String, known: [String]) -> Self {
    Self(
      id: "unknown-environment",
      "'\(name)' names '\(shown(key))', which is no environment of the list: \(known.joined(separator: ", "))",
      suggestion: nearMiss(key, among: known))
  }

  static func afterItself(_ key: String) -> Self {
    Self(id: "after-itself", "'after' names its own environment '\(key)'; expected the one that releases come from")
  }

  static func afterCycle(_ after: String, path: [String]) -> Self {
    Self(
      id: "after-cycle",
      "'after: \(after)' closes a circle: \(path.joined(separator: " after ")); without 'after' an environment comes after the previous"
        + " one of the list")
  }

  static func notADuration(_ name: String, _ text: String) -> Self {
    let isNumber = !text.isEmpty && text.utf8.allSatisfy { $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }
    return Self(
      id: "not-a-duration",
      "'\(name)' is '\(shown(text))'; expected a number and s, m, h or d, such as 90m, 24h or 7d, up to ten years",
      suggestion: isNumber ? text + "s" : nil)
  }

  static func notAMoment(_ name: String, _ text: String) -> Self {
    Self(
      id: "not-a-moment",
      "'\(name)' is '\(shown(text))'; expected a day such as 2026-12-20, or a time with an offset such as 2026-12-20T18:00:00Z")
  }

  static func endsBeforeStart(_ name: String) -> Self {
    Self(id: "ends-before-start", "'\(name)' ends before it begins; expected a 'to' later than 'from', or the same day")
  }

  static func emptyRule(_ name: String) -> Self {
    Self(id: "empty-rule", "'\(name)' says nothing; expected 'files' and what it gives, such as 'service' or 'environment'")
  }

  static func emptyIgnore(_ name: String, known: [String]) -> Self {
    Self(id: "empty-rule", "'\(name)' names nothing to leave out; expected a pattern for \(list(known))")
  }

  static func ruleGivesNothing(_ name: String) -> Self {
    Self(
      id: "rule-without-value", "'\(name)' gives no value: no pattern of it captures anything, and it has no value of its own",
      suggestion: "write {service}, {environment} or {version} where the value stands, or add environment: production")
  }

  static func stepWithoutEnvironment(_ name: String) -> Self {
    Self(
      id: "rule-without-environment",
      "'\(name).step' makes no deployment: neither it nor another pattern captures {environment}, and the rule has none of its own",
      suggestion: "write {environment} where its name stands in that of the step, or add environment: production")
  }

  static func unclosedCapture(_ name: String, _ text: String) -> Self {
    Self(
      id: "unclosed-capture",
      "'\(name)' is '\(shown(text))', where a brace has no partner; captures are {service}, {environment}, {version} and {target}"
    )
  }

  static func unknownCapture(_ name: String, _ capture: String) -> Self {
    Self(
      id: "unknown-capture",
      "'\(name)' captures '{\(shown(capture))}'; captures are {service}, {environment}, {version} and {target}",
      suggestion: nearMiss(capture, among: ["service", "environment", "version", "target"]).map { "{\($0)}" })
  }

  static func missingPlaceholder(_ name: String, _ placeholder: String) -> Self {
    Self(
      id: "missing-placeholder",
      "'\(name)' has no \(placeholder), so every link would be the same; put it where the value belongs")
  }

  static func notPlain(_ name: String, _ text: String) -> Self {
    Self(
      id: "not-plain", "'\(name)' is '\(shown(text))'; expected a plain value, which is set as it is",
      suggestion: "captures stand in the patterns of repository, pipeline, step and ref")
  }

  /// What a later version will read.
  static func hidesNothing(_ name: String) -> Self {
    Self(
      id: "hides-nothing", "'\(name)' is not applied by this version and would hide nothing",
      suggestion: "take it out, and keep what nobody may see out of the content folder")
  }
}

// Notes, incidents and pages.
extension Diagnostic.Message {
  static var unclosedFrontMatter: Self {
    Self(id: "unclosed-front-matter", "front matter opens here and is not closed; expected a line '---' behind it")
  }

  static var tomlFrontMatter: Self {
    Self(id: "toml-front-matter", "front matter between '+++' is TOML, which is not read; write it as YAML between '---'")
  }

  static func notADay(_ name: String, _ text: String) -> Self {
    Self(id: "not-a-day", "'\(name)' is '\(shown(text))'; expected a day that exists, such as 2026-03-20")
  }

  static func notATime(_ name: String, _ text: String) -> Self {
    Self(id: "not-a-time", "'\(name)' is '\(shown(text))'; expected a time with an offset, such as 2026-03-20T09:30:00Z")
  }

  static func notePath(_ path: String) -> Self {
    Self(
      id: "note-path", "'\(shown(path))' does not say which service it is of; notes are <service>/<version>.md or <version>.md",
      suggestion: "say 'service' and 'version' in the front matter, or move the file")
  }

  static let noReleaseInChangelog = Self(
    id: "no-release-in-changelog", "no heading of this changelog names a version, and neither do its title and its name",
    suggestion: "write a heading a release: ## 1.4.0 - 2026-03-02")

  static func noHeadingUnderstood(_ heading: String) -> Self {
    Self(
      id: "no-release-in-changelog",
      "no heading of this changelog was understood as that of a release; '\(shown(heading))' holds a version",
      suggestion: "write a heading a release: ## 1.4.0 - 2026-03-02")
  }

  static func htmlHeading(_ heading: String) -> Self {
    Self(
      id: "no-release-in-changelog",
      "no heading of this changelog was understood as that of a release; '\(shown(heading))' is written as HTML, where headings are not read",
      suggestion: "write '## \(shown(heading))'")
  }

  static func htmlPassedOver(_ heading: String) -> Self {
    Self(
      id: "heading-passed-over",
      "the heading '\(shown(heading))' is written as HTML and opens no release; what stands below it is told with what stands above",
      suggestion: "write '## \(shown(heading))'")
  }

  static func debianHeading(_ heading: String) -> Self {
    Self(
      id: "no-release-in-changelog",
      "no heading of this changelog was understood as that of a release; '\(shown(heading))' holds a version of Debian's form",
      suggestion: "say so in tidemark.yml: services: [{key: SERVICE, versions: debian}]")
  }

  static func headingPassedOver(_ heading: String) -> Self {
    Self(
      id: "heading-passed-over",
      "the heading '\(shown(heading))' holds a version but opens no release; what stands below it is told with the release above",
      suggestion: "begin it with the version, or put it one level deeper")
  }

  static func releasesInNote(_ versions: [String]) -> Self {
    let some = versions.prefix(3).map { "'\(shown($0))'" }.joined(separator: ", ") + (versions.count > 3 ? " and others" : "")
    return Self(
      id: "releases-in-note", "the headings of this note look like those of several releases (\(some)), and it is read as one",
      suggestion: "call the file CHANGELOG.md, or give each release a file")
  }

  static func unreadSection(_ heading: String) -> Self {
    Self(
      id: "unread-section", "'\(shown(heading))' and its list stand before the first release and are shown nowhere",
      suggestion: "put them under '## Unreleased' or a release")
  }

  static func unreadChapter(_ heading: String) -> Self {
    Self(
      id: "unread-section", "the list below '\(shown(heading))' stands before the first release of it and is shown nowhere",
      suggestion: "put it under '## Unreleased' or a release")
  }

  static func textOfNoRelease(_ heading: String) -> Self {
    Self(
      id: "unread-section",
      "'\(shown(heading))' is no release, and what stands below it is of none and is shown nowhere",
      suggestion: "put it below a release, or into a file of pages/")
  }

  static func impossibleDate(_ text: String) -> Self {
    Self(
      id: "not-a-day", "'\(shown(text))' is a day or a time that does not exist; the release has no date from it",
      suggestion: "write it as YYYY-MM-DD, such as 2026-03-02")
  }

  static var utf16: Self {
    Self(id: "invalid-utf8", "this file is UTF-16, which is not read", suggestion: "save the file as UTF-8")
  }

  static func swappedDate(_ text: String, _ day: String) -> Self {
    Self(id: "swapped-date", "'\(text)' is no date as year, month, day; it is read as \(day)", suggestion: "write \(day)")
  }

  static func unclearDate(_ text: String) -> Self {
    Self(
      id: "unclear-date", "'\(text)' does not say which day it is; the release has no date",
      suggestion: "write it as YYYY-MM-DD, such as 2026-03-02")
  }

  static func issuePattern(_ pattern: String) -> Self {
    Self(
      id: "issue-pattern",
      "'\(pattern)' is no pattern of keys; it is made of characters, [classes], \\d, \\w, and ? + * {2,4} behind them",
      suggestion: "SHOP-[0-9]+")
  }

  static var noRelease: Self {
    Self(id: "no-release", "this file is no release note: its name is no version and its front matter has none")
  }

  static var draft: Self { Self(id: "draft", "the note is a draft", suggestion: "take draft: true out of its front matter") }

  static func otherReaders(_ audiences: [String]) -> Self {
    Self(id: "other-readers", "the text is for \(audiences.joined(separator: ", ")) only")
  }

  static func unknownAudience(_ name: String, known: [String]) -> Self {
    Self(
      id: "unknown-audience",
      "'\(shown(name))' is none of the 'audiences' in tidemark.yml"
        + (known.isEmpty ? ", which has none" : ": \(known.joined(separator: ", "))") + "; nobody reads what is for it",
      suggestion: nearMiss(name, among: known))
  }

  static var misplacedAudience: Self {
    Self(
      id: "misplaced-audience", "this mark of an audience would hide nothing here, so the text is left out",
      suggestion:
        "put '(audience: NAME)' at the end of a heading, or '<!-- audience: NAME -->' and '<!-- /audience -->' on lines of their own, outside of lists and quotes"
    )
  }

  static var tooMuchMarkdown: Self {
    Self(id: "markdown-too-long", "the text is longer than 1 MiB; it is shown as it is written")
  }

  static var tooDeepMarkdown: Self {
    Self(
      id: "markdown-too-deep", "lists, quotes or brackets stand too deep inside each other; the text is shown as it is written")
  }

  /// A link that leads nowhere from a page.
  static func lostLink(_ address: String, isImage: Bool, more: Int) -> Self {
    let rest = more > 0 ? " (and \(more) more addresses in this file)" : ""
    if isImage {
      return Self(
        id: "lost-image",
        "no picture '\(shown(address))' (PNG, JPEG, GIF or WebP) lies beside this file, so its words stand in its place\(rest)",
        suggestion: "put it into the content folder, or set 'links.base' to the address of the folder that it is in")
    }
    if address.hasPrefix("#") {
      return Self(
        id: "lost-fragment",
        "the link to '\(shown(address))' leads to no heading or anchor of the same release, and to no other release of this file, so its words are no link\(rest)"
      )
    }
    return Self(
      id: "relative-link",
      "the link to '\(shown(address))' is relative and leads nowhere from a page, so its words are no link\(rest)",
      suggestion: "set 'links.base' to the address of the folder, or write the whole address")
  }

  static func notAnUpdate(_ heading: String) -> Self {
    Self(
      id: "not-an-update",
      "the heading '\(shown(heading))' opens no update and is shown as text; updates are level-2 headings such as '2026-03-20T09:30:00Z resolved'"
    )
  }

  static var resolvedBeforeStart: Self {
    Self(id: "resolved-before-start", "'resolvedAt' is before 'startedAt'")
  }

  static var emptyPage: Self { Self(id: "empty-page", "the file is empty") }
}
