import Diagnostics
import Documents
import Records
import Time

/// Reads `tidemark.yml`. A value that is wrong keeps its default; whether a build may go on is the caller's decision.
struct ConfigurationReader {
  typealias Keys = ConfigurationKeys

  /// Reads one value after the other, and gathers what is wrong.
  var reader: FieldReader
  /// The bytes of a time zone's TZif file.
  let tzif: (String) -> [UInt8]?
  /// That of the site, once it is read.
  var zone = Zone.utc
  /// The keys of the list that is being read, in lower case: two would claim the same records.
  private var taken: Set<String> = []
  /// How many errors are of rules that are left out.
  var errorsOfRules = 0

  init(_ reader: FieldReader, tzif: @escaping (String) -> [UInt8]?) { (self.reader, self.tzif) = (reader, tzif) }

  mutating func read(_ node: Node, into configuration: inout Configuration) {
    guard let top = reader.fields(node, name: "", known: Keys.top.names) else { return }
    _ = read(top, Keys.top.keys, into: &configuration)
    configuration.zone = zone
  }

  /// What the keys say; false where the object is left out.
  mutating func read<Object>(_ fields: Fields, _ keys: [ConfigurationKey<Object>], into object: inout Object) -> Bool {
    var isKept = true
    for key in keys {
      switch key.read(&self, fields, &object) {
      case .read: break
      case .leftOut: isKept = false
      case .stopped: return false
      }
    }
    return isKept
  }

  /// nil where it is left out.
  mutating func object<Object>(_ fields: Fields, of kind: ConfigurationObject<Object>) -> Object? {
    var object = kind.initial
    return read(fields, kind.keys, into: &object) ? object : nil
  }

  /// The elements of a list that are objects.
  mutating func elements<Object>(_ fields: Fields, _ key: String, of kind: ConfigurationObject<Object>) -> [Fields] {
    taken = []
    return reader.elements(fields, key).compactMap { reader.fields($0.node, name: $0.name, known: kind.names) }
  }

  /// The key of an element, which no other of its list has. A key of blanks that nobody sees is none.
  mutating func key(_ fields: Fields, as clean: (String) -> String) -> String? {
    guard let key = reader.required(fields, "key").map(clean) else { return nil }
    let node = fields["key"] ?? fields.node
    if key.isEmpty {
      reader.report(.error, .missingKey(fields.name(of: "key")), at: node)
    } else if taken.insert(key.lowercased()).inserted {
      return key
    } else {
      reader.report(.error, .duplicateKey(fields.name(of: "key"), key), at: node)
    }
    return nil
  }
}

/// What the configuration says of the site and its readers.
extension ConfigurationReader {
  mutating func readID(_ fields: Fields, into site: inout Configuration.Site) {
    site.id = checked(fields, "id", isSlug) { .notASlug(fields.name(of: "id"), $0) }
  }

  mutating func readLanguage(_ fields: Fields, into site: inout Configuration.Site) {
    if let language = checked(fields, "language", isLanguage, { .notALanguage($0) }) { site.language = language }
  }

  /// The text of a key where it is right, else nil with an error at it.
  private mutating func checked(
    _ fields: Fields, _ key: String, _ isRight: (String) -> Bool, _ message: (String) -> Diagnostic.Message
  ) -> String? {
    guard let node = fields[key], let text = reader.text(fields, key) else { return nil }
    if isRight(text) { return text }
    reader.report(.error, message(text), at: node)
    return nil
  }

  /// The address that paths are added to.
  mutating func readBase(_ fields: Fields, into site: inout Configuration.Site) {
    guard let node = fields["url"], let url = reader.url(fields, "url") else { return }
    if url.contains(where: { "?#{}".contains($0) }) {
      reader.report(.warning, .unusableBase("site.url", url), at: node)
    } else {
      site.url = url.hasSuffix("/") ? url : url + "/"
    }
  }

  mutating func readZone(_ fields: Fields, into site: inout Configuration.Site) {
    guard let node = fields["timezone"], let name = reader.text(fields, "timezone"), name != "UTC" else { return }
    guard isZoneName(name), let bytes = tzif(name), let zone = Zone(name: name, tzif: bytes) else {
      return reader.report(.error, .unknownZone(name), at: node)
    }
    site.timezone = name
    self.zone = zone
  }

  mutating func readStaleAfter(_ fields: Fields, into configuration: inout Configuration) {
    guard let node = fields["stale-after"], let text = reader.text(fields, "stale-after") else { return }
    if let seconds = seconds(ofDuration: text) {
      configuration.staleAfter = seconds
    } else {
      reader.report(.error, .notADuration("stale-after", text), at: node)
    }
  }

  mutating func readAudiences(_ top: Fields, into configuration: inout Configuration) {
    guard let node = top["audiences"] else { return }
    guard node.kind == .object else {
      return reader.report(.error, .wrongType("'audiences'", found: node.kind, expected: "keys and values"), at: node)
    }
    for member in node.members {
      let name = "audiences." + member.key
      guard let fields = reader.fields(member.value, name: name, known: Keys.audience.names, unknown: .error) else { continue }
      if !isSlug(member.key) {
        reader.report(node.document.source.diagnostic(.error, .notASlug("audiences", member.key), at: member.keyOffset))
      }
      guard var audience = object(fields, of: Keys.audience) else { continue }
      audience.name = member.key
      configuration.audiences.append(audience)
    }
  }

  mutating func refuseSecrets(_ top: Fields) {
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
