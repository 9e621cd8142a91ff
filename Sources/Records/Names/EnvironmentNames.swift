package import Diagnostics
import Time

/// Which environment a record means (record.md, rule 4): the configuration's key, matched without case by key, name and `match` lists;
/// else the lower-cased name. A provider's id with two names is one environment, under its newest name.
package struct EnvironmentNames {
  /// One way in which records name an environment.
  struct Sighting: Hashable {
    /// Where the provider's id is unique: its repository, or everywhere for a UUID. Empty without an id.
    var scope: String
    var id: String
    var name: String
  }

  /// By what a sighting led to its key.
  package enum Match: Hashable {
    /// The configuration has that key or name.
    case declared
    /// By this pattern of the `match` list of the environment.
    case matched(String)
    /// The lower-cased name is the key.
    case itself
    /// A provider's id has several names, of which this one is the newest.
    case renamed(to: String)
  }

  /// What the records say of it; of several, the newest.
  private struct Said {
    var newest: Timestamp?
    var tier: (at: Timestamp?, value: Tier)?
    var rank: (at: Timestamp?, value: Int)?
    var url: (at: Timestamp?, value: String)?
    var isShortLived: (at: Timestamp?, value: Int)?

    mutating func add(_ reference: DeploymentRecord.EnvironmentReference, at time: Timestamp?) {
      newest = latest(newest, time)
      if let value = reference.tier, isNewer((time, value.rawValue), than: tier.map { ($0.at, $0.value.rawValue) }) {
        tier = (time, value)
      }
      if let value = reference.rank, isNewer((time, value), than: rank) { rank = (time, value) }
      if let value = reference.url, isNewer((time, value), than: url) { url = (time, value) }
      if let value = reference.isShortLived.map({ $0 ? 1 : 0 }), isNewer((time, value), than: isShortLived) {
        isShortLived = (time, value)
      }
    }
  }

  private struct Declared {
    var environment: Configuration.Environment
    var names: Set<String>
    var patterns: [(text: String, pattern: Pattern)]
  }

  private let declared: [Declared]
  private let shortLived: [Pattern]
  private var said: [Sighting: Said] = [:]
  private var keys: [Sighting: String] = [:]
  private var keysOfNames: [String: String] = [:]
  private var found: [Sighting: Match] = [:]

  /// Every record is asked for the names it uses, and when it used them.
  package init(_ configuration: Configuration, runs: [Located<RunRecord>], alone: [Located<DeploymentRecord>]) {
    var seen: Set<String> = []
    // GitLab calls what it makes for a branch so, and others do as it does.
    shortLived = (configuration.shortLived + ["review/*"]).map { Pattern($0, .name) }
    declared = configuration.environments.filter { seen.insert($0.key.lowercased()).inserted }.map { environment in
      Declared(
        environment: environment, names: Set([environment.key, environment.name].compactMap { $0?.lowercased() }),
        patterns: environment.match.map { ($0, Pattern($0, .name)) })
    }
    for index in runs.indices { note(runs.span[index].value) }
    for index in alone.indices {
      let time = alone[index].value.finishedAt ?? alone[index].value.startedAt
      note(alone[index].value.environment, scope: EnvironmentNames.scope(alone.span[index].value), at: time)
    }
    settle()
  }

  private mutating func note(_ run: borrowing RunRecord) {
    let deployments = run.deployments
    let time = run.finishedAt ?? run.startedAt ?? run.createdAt
    for index in deployments.indices {
      let own = deployments[index].finishedAt ?? deployments[index].startedAt
      note(deployments[index].environment, scope: EnvironmentNames.scope(run), at: own ?? time)
    }
    guard !run.state.isTerminal else { return }
    for gate in run.gates where gate.state == .waiting {
      guard let name = gate.environment, !name.isEmpty else { continue }
      note(DeploymentRecord.EnvironmentReference(name: name), scope: "", at: gate.requestedAt ?? run.createdAt)
    }
  }

  /// Where a provider's ids of environments are unique.
  package static func scope(_ run: borrowing RunRecord) -> String {
    (run.provider ?? "") + " " + (run.repository ?? run.service ?? "")
  }

  package static func scope(_ record: borrowing DeploymentRecord) -> String {
    (record.provider ?? "") + " " + (record.repository ?? record.service ?? "")
  }

  private mutating func note(
    _ reference: DeploymentRecord.EnvironmentReference, scope: @autoclosure () -> String, at time: Timestamp?
  ) {
    said[EnvironmentNames.sighting(reference, scope: scope()), default: Said()].add(reference, at: time)
  }

  /// Settles which names are one environment.
  private mutating func settle() {
    var namesOfIDs: [Sighting: [(at: Timestamp?, name: String)]] = [:]
    for (sighting, entry) in said where !sighting.id.isEmpty {
      namesOfIDs[Sighting(scope: sighting.scope, id: sighting.id, name: ""), default: []].append((entry.newest, sighting.name))
    }
    var newestNames: Set<String> = []
    var renamed: [String: Set<String>] = [:]
    for (id, names) in namesOfIDs {
      let names = names.sorted { isNewer(($0.at, $0.name), than: ($1.at, $1.name)) }.map(\.name)
      let known = (names + [id.id]).compactMap { declaredKey($0) }.first
      let key = known?.key ?? names[0].lowercased()
      for name in names {
        let sighting = Sighting(scope: id.scope, id: id.id, name: name)
        keys[sighting] = key
        found[sighting] = known?.found ?? (name == names[0] ? .itself : .renamed(to: names[0]))
      }
      newestNames.insert(names[0].lowercased())
      for name in names.dropFirst() { renamed[name.lowercased(), default: []].insert(key) }
    }
    for sighting in said.keys where sighting.id.isEmpty {
      let lower = sighting.name.lowercased()
      let later = newestNames.contains(lower) ? nil : renamed[lower].flatMap { $0.count == 1 ? $0.first : nil }
      let known = declaredKey(sighting.name)
      keys[sighting] = known?.key ?? later ?? lower
      found[sighting] = known?.found ?? later.map { .renamed(to: $0) } ?? .itself
    }
    // What a bare name means is what records with a bare name mean, else the first of the keys: in whatever order they come.
    for (sighting, key) in keys where !sighting.id.isEmpty {
      let lower = sighting.name.lowercased()
      keysOfNames[lower] = min(key, keysOfNames[lower] ?? key)
    }
    for (sighting, key) in keys where sighting.id.isEmpty { keysOfNames[sighting.name.lowercased()] = key }
  }

  /// All names as records write them.
  package var written: [String] { said.keys.map(\.name) }

  package func key(of reference: DeploymentRecord.EnvironmentReference, scope: @autoclosure () -> String) -> String {
    keys[EnvironmentNames.sighting(reference, scope: scope())] ?? reference.name.lowercased()
  }

  /// Why a reference led to its key, as it was found out.
  package func remark(of reference: DeploymentRecord.EnvironmentReference, scope: String) -> Remark {
    let sighting = EnvironmentNames.sighting(reference, scope: scope)
    return .environment(named: sighting.name, id: sighting.id, found[sighting] ?? .itself)
  }

  /// The environment that a person's text names; nil if no record and no configuration knows it.
  package func key(named name: String) -> String? { declaredKey(name)?.key ?? keysOfNames[name.lowercased()] }

  var isList: Bool { !declared.isEmpty }

  /// Whether the configuration has it, as one of its list or of those that end with their work.
  func isMeant(_ name: String) -> Bool {
    declaredKey(name) != nil || shortLived.contains { $0.matches(name.lowercased()) }
  }

  private func declaredKey(_ name: String) -> (key: String, found: Match)? {
    guard !declared.isEmpty else { return nil }
    let lower = name.lowercased()
    if let exact = declared.first(where: { $0.environment.key.lowercased() == lower }) {
      return (exact.environment.key, .declared)
    }
    if let named = declared.first(where: { $0.names.contains(lower) }) { return (named.environment.key, .declared) }
    for place in declared {
      if let match = place.patterns.first(where: { $0.pattern.matches(lower) }) {
        return (place.environment.key, .matched(match.text))
      }
    }
    return nil
  }

  private static func sighting(
    _ reference: DeploymentRecord.EnvironmentReference, scope: @autoclosure () -> String
  ) -> Sighting {
    let id = reference.key ?? ""
    let name = reference.name.isEmpty ? id : reference.name
    return Sighting(scope: id.isEmpty || isUniqueEverywhere(id) ? "" : scope(), id: id, name: name.isEmpty ? "unknown" : name)
  }

  private static func isUniqueEverywhere(_ id: String) -> Bool { id.utf8.count { $0.isHexDigit } >= 32 }

  /// Every environment, in promotion order (rules.md, Pending): those of the configuration, then the others by tier, rank and name;
  /// archived ones last.
  package func environments() -> [Environment] {
    var found: [String: Found] = [:]
    for (sighting, entry) in said {
      guard let key = keys[sighting] else { continue }
      found[key, default: Found()].add(sighting.name, entry)
    }
    let listed = declared.map { declared in Found.environment(declared.environment, found[declared.environment.key]) }
    let keysListed = Set(listed.map(\.key))
    let others = found.filter { !keysListed.contains($0.key) }.map {
      ($0.value.rank?.value ?? .max, $0.value.environment(key: $0.key, shortLived: shortLived))
    }
    .sorted {
      if $0.1.isShortLived != $1.1.isShortLived { return $1.1.isShortLived }
      if $0.1.tier != $1.1.tier { return $0.1.tier.order < $1.1.tier.order }
      if $0.0 != $1.0 { return $0.0 < $1.0 }
      return ($0.1.name.lowercased(), $0.1.key) < ($1.1.name.lowercased(), $1.1.key)
    }.map(\.1)
    let ordered = listed.filter { !$0.archived } + others + listed.filter(\.archived)
    return ordered.enumerated().map { index, environment in
      var environment = environment
      environment.rank = index
      return environment
    }
  }

  /// What all names of one environment say together.
  private struct Found {
    var name: (at: Timestamp?, value: String)?
    var tier: (at: Timestamp?, value: Tier)?
    var rank: (at: Timestamp?, value: Int)?
    var url: (at: Timestamp?, value: String)?
    var isShortLived: (at: Timestamp?, value: Int)?

    mutating func add(_ name: String, _ said: Said) {
      if isNewer((said.newest, name), than: self.name) { self.name = (said.newest, name) }
      if let tier = said.tier, isNewer((tier.at, tier.value.rawValue), than: self.tier.map { ($0.at, $0.value.rawValue) }) {
        self.tier = tier
      }
      if let rank = said.rank, isNewer(rank, than: self.rank) { self.rank = rank }
      if let url = said.url, isNewer(url, than: self.url) { self.url = url }
      if let value = said.isShortLived, isNewer(value, than: isShortLived) { isShortLived = value }
    }

    /// The configuration's patterns decide, then the records, then the name; the last of the patterns is that of names.
    func environment(key: String, shortLived: [Pattern]) -> Environment {
      let name = name?.value ?? key
      var environment = Environment(
        key: key, name: name, tier: tier?.value ?? Tier(name: name), rank: 0, url: url?.value, archived: false, gate: nil)
      let isMatched = { (pattern: Pattern) in pattern.matches(key) || pattern.matches(name.lowercased()) }
      environment.isShortLived =
        shortLived.dropLast().contains(where: isMatched)
        || isShortLived.map { $0.value == 1 } ?? shortLived.suffix(1).contains(where: isMatched)
      return environment
    }

    static func environment(_ declared: Configuration.Environment, _ found: Found?) -> Environment {
      let name = declared.name ?? declared.key
      var environment = Environment(
        key: declared.key, name: name, tier: declared.tier ?? found?.tier?.value ?? Tier(names: [declared.key, name]), rank: 0,
        url: declared.url ?? found?.url?.value, archived: declared.archived, gate: declared.gate)
      // What is listed is a stage unless the configuration says otherwise.
      environment.isShortLived = declared.isShortLived
      return environment
    }
  }
}

/// Whether `candidate` is said later than `other`; said at the same time, the greater value wins, so that the order of input does not.
private func isNewer<Value: Comparable>(_ candidate: (Timestamp?, Value), than other: (Timestamp?, Value)?) -> Bool {
  guard let other else { return true }
  if candidate.0 != other.0 { return latest(candidate.0, other.0) == candidate.0 }
  return candidate.1 > other.1
}
