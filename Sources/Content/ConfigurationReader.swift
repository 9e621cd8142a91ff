import Diagnostics
import Documents
import Records
import Time

/// Reads `tidemark.yml`. A value that is wrong keeps its default; whether a build may go on is the caller's decision.
struct ConfigurationReader {
  typealias Keys = ConfigurationKeys

  var reader: FieldReader
  var configuration = Configuration()
  /// How many errors are of rules that are left out.
  var errorsOfRules = 0

  /// `tzif` gives the bytes of a time zone's TZif file.
  mutating func read(_ node: Node, tzif: (String) -> [UInt8]?) {
    guard let top = reader.fields(node, name: "", known: Keys.top) else { return }
    readSite(top, tzif)
    readEnvironments(top)
    readServices(top)
    readIgnore(top)
    readRecords(top)
    readLinks(top)
    readNumbers(top)
    // The zone of the site and the environments are known by now: freezes need both.
    readFreezes(top)
    readAudiences(top)
    refuseSecrets(top)
  }

  private mutating func readSite(_ top: Fields, _ tzif: (String) -> [UInt8]?) {
    guard let site = reader.fields(top, "site", known: Keys.site) else { return }
    configuration.site.name = reader.text(site, "name") ?? configuration.site.name
    configuration.site.id = reader.text(site, "id").flatMap {
      checked($0, site, "id", isSlug, .notASlug(site.name(of: "id"), $0))
    }
    configuration.site.description = reader.text(site, "description")
    if let url = reader.url(site, "url") { configuration.site.url = base(url, of: site) }
    let language = reader.text(site, "language")
    configuration.site.language =
      language.flatMap { checked($0, site, "language", isLanguage, .notALanguage($0)) } ?? configuration.site.language
    if let name = reader.text(site, "timezone") { readZone(name, site, tzif) }
  }

  /// `text` where it is right, else nil with an error at its key.
  private mutating func checked(
    _ text: String, _ fields: Fields, _ key: String, _ isRight: (String) -> Bool, _ message: Diagnostic.Message
  ) -> String? {
    if isRight(text) { return text }
    if let node = fields[key] { reader.report(.error, message, at: node) }
    return nil
  }

  /// The address that paths are added to.
  private mutating func base(_ url: String, of site: Fields) -> String? {
    guard let node = site["url"], url.contains(where: { "?#{}".contains($0) }) else {
      return url.hasSuffix("/") ? url : url + "/"
    }
    reader.report(.warning, .unusableBase("site.url", url), at: node)
    return nil
  }

  private mutating func readZone(_ name: String, _ site: Fields, _ tzif: (String) -> [UInt8]?) {
    guard name != "UTC", let node = site["timezone"] else { return }
    guard isZoneName(name), let bytes = tzif(name), let zone = Zone(name: name, tzif: bytes) else {
      return reader.report(.error, .unknownZone(name), at: node)
    }
    configuration.site.timezone = name
    configuration.zone = zone
  }

  private mutating func readNumbers(_ top: Fields) {
    if let history = reader.fields(top, "history", known: Keys.history) {
      configuration.historyMonths = reader.whole(history, "months", in: 1...1_200) ?? configuration.historyMonths
      configuration.historyRuns = reader.whole(history, "runs", in: 1...1_000_000) ?? configuration.historyRuns
    }
    if let metrics = reader.fields(top, "metrics", known: Keys.metrics) {
      configuration.metricsDays = reader.whole(metrics, "days", in: 1...3_660) ?? configuration.metricsDays
    }
    if let notes = reader.fields(top, "notes", known: Keys.notes) {
      configuration.notesFromCommits = reader.flag(notes, "from-commits") ?? configuration.notesFromCommits
    }
    if let markdown = reader.fields(top, "markdown", known: Keys.markdown) {
      configuration.emoji = reader.flag(markdown, "emoji") ?? configuration.emoji
      configuration.mentions = reader.flag(markdown, "mentions") ?? configuration.mentions
    }
    if let node = top["stale-after"], let text = reader.text(top, "stale-after") {
      if let seconds = seconds(ofDuration: text) {
        configuration.staleAfter = seconds
      } else {
        reader.report(.error, .notADuration("stale-after", text), at: node)
      }
    }
  }

  private mutating func readAudiences(_ top: Fields) {
    guard let node = top["audiences"] else { return }
    guard node.kind == .object else {
      return reader.report(.error, .wrongType("'audiences'", found: node.kind, expected: "keys and values"), at: node)
    }
    for member in node.members {
      let name = "audiences." + member.key
      guard let fields = reader.fields(member.value, name: name, known: Keys.audience, unknown: .error) else { continue }
      if !isSlug(member.key) {
        reader.report(node.document.source.diagnostic(.error, .notASlug("audiences", member.key), at: member.keyOffset))
      }
      refuse(["environments", "services", "allow"], of: fields)
      guard let output = reader.required(fields, "output") else { continue }
      configuration.audiences.append(.init(name: member.key, output: output))
    }
  }

  /// Who configures what hides something must not believe that it is hidden.
  private mutating func refuse(_ keys: [String], of fields: Fields) {
    for key in keys {
      if let node = fields[key] { reader.report(.error, .hidesNothing(fields.name(of: key)), at: node) }
    }
  }

  private mutating func refuseSecrets(_ top: Fields) {
    if let first = reader.elements(top, "secrets").first { reader.report(.error, .hidesNothing("secrets"), at: first.node) }
  }
}

/// What a path and a feed's id can hold as it is (site.md, slugs).
private func isSlug(_ text: String) -> Bool {
  let allowed = text.utf8.allSatisfy { "abcdefghijklmnopqrstuvwxyz0123456789._-".utf8.contains($0) }
  let edges = [text.utf8.first, text.utf8.last]
  return allowed && text.utf8.count <= 80 && !"._-".utf8.contains(text.utf8.first ?? 0x2D) && edges[1] != UInt8(ascii: "-")
}

/// A language tag as `lang` takes it: `en`, `pt-BR`, `zh-Hant-TW` (BCP 47, its form only).
private func isLanguage(_ text: String) -> Bool {
  let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
  guard let first = parts.first, (2...8).contains(first.count), first.allSatisfy(isASCIILetter) else { return false }
  return parts.dropFirst().allSatisfy { (1...8).contains($0.count) && $0.allSatisfy { isASCIILetter($0) || isASCIIDigit($0) } }
}

/// The name of a file below the folder of time zones, and of none elsewhere.
private func isZoneName(_ name: String) -> Bool {
  let parts = name.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
  return name.utf8.count <= 100
    && parts.allSatisfy { part in
      !part.isEmpty && part.allSatisfy { isASCIILetter($0) || isASCIIDigit($0) || "_+-".utf8.contains($0) }
    }
}

private func isASCIILetter(_ byte: UInt8) -> Bool { (byte | 0x20) >= UInt8(ascii: "a") && (byte | 0x20) <= UInt8(ascii: "z") }
private func isASCIIDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
