import Diagnostics
import Documents
import Records

/// What the configuration says of environments and services.
extension ConfigurationReader {
  mutating func readEnvironments(_ top: Fields) {
    var places: [Node] = []
    for (node, name) in reader.elements(top, "environments") {
      guard let fields = reader.fields(node, name: name, known: Keys.environment), !readPatterns(fields),
        let key = environmentKey(fields),
        isNew(key, among: configuration.environments.map(\.key), fields)
      else { continue }
      configuration.environments.append(environment(key, fields))
      places.append(fields["after"] ?? node)
    }
    for index in configuration.environments.indices { checkAfter(index, at: places[index]) }
    for index in configuration.environments.indices { checkCycle(index, at: places[index]) }
  }

  /// A key of blanks that nobody sees is none.
  private mutating func environmentKey(_ fields: Fields) -> String? {
    guard let key = reader.required(fields, "key")?.asEnvironmentName else { return nil }
    if key.isEmpty { reader.report(.error, .missingKey(fields.name(of: "key")), at: fields["key"] ?? fields.node) }
    return key.isEmpty ? nil : key
  }

  /// An entry without a key lists no environment: it says that what it matches is short-lived.
  private mutating func readPatterns(_ fields: Fields) -> Bool {
    guard fields["key"] == nil, fields["match"] != nil, fields["short-lived"] != nil else { return false }
    let patterns = reader.texts(fields, "match") ?? []
    if reader.flag(fields, "short-lived") == true { configuration.shortLived += patterns }
    return true
  }

  private mutating func environment(_ key: String, _ fields: Fields) -> Configuration.Environment {
    var environment = Configuration.Environment(key: key)
    environment.name = reader.text(fields, "name")?.asEnvironmentName
    environment.tier = reader.word(fields, "tier", of: Tier.allCases)
    environment.match = (reader.texts(fields, "match") ?? []).map(\.asEnvironmentName)
    environment.gate = reader.word(fields, "gate", of: [Configuration.GateRule.manual, Configuration.GateRule.none])
    environment.after = reader.text(fields, "after")?.asEnvironmentName
    environment.archived = reader.flag(fields, "archived") ?? false
    environment.isShortLived = reader.flag(fields, "short-lived") ?? false
    environment.url = reader.url(fields, "url")
    environment.targets = reader.texts(fields, "targets") ?? []
    return environment
  }

  mutating func readServices(_ top: Fields) {
    for (node, name) in reader.elements(top, "services") {
      guard let fields = reader.fields(node, name: name, known: Keys.service), let key = reader.required(fields, "key"),
        isNew(key, among: configuration.services.map(\.key), fields)
      else { continue }
      var service = Configuration.Service(key: key)
      service.name = reader.text(fields, "name")
      service.match = reader.texts(fields, "match") ?? []
      service.repository = reader.url(fields, "repository")
      service.group = reader.text(fields, "group")
      service.versions = reader.word(fields, "versions", of: [Configuration.VersionOrder.semver, .debian])
      service.isHidden = reader.flag(fields, "hidden") ?? false
      service.position = node.position
      configuration.services.append(service)
    }
  }

  /// Half understood it would hide too much, so one that is wrong anywhere does not apply.
  mutating func readIgnore(_ top: Fields) {
    for (node, name) in reader.elements(top, "ignore") {
      let before = reader.errors
      if let fields = reader.fields(node, name: name, known: Keys.ignore, unknown: .error) {
        let ignore = Configuration.Ignore(
          service: reader.text(fields, "service"), repository: reader.text(fields, "repository"),
          pipeline: reader.text(fields, "pipeline"), environment: reader.text(fields, "environment"), name: name,
          position: node.position)
        if node.members.isEmpty { reader.report(.error, .emptyIgnore(name, known: Keys.ignore), at: node) }
        if reader.errors == before { configuration.ignore.append(ignore) }
      }
      errorsOfRules += reader.errors - before
    }
  }

  /// Keys are compared without case: both would claim the same records.
  private mutating func isNew(_ key: String, among keys: [String], _ fields: Fields) -> Bool {
    guard keys.contains(where: { $0.lowercased() == key.lowercased() }) else { return true }
    reader.report(.error, .duplicateKey(fields.name(of: "key"), key), at: fields["key"] ?? fields.node)
    return false
  }

  /// `after` names another environment of the list; it gets the spelling of that one's key.
  private mutating func checkAfter(_ index: Int, at place: Node) {
    guard let after = configuration.environments[index].after else { return }
    let keys = configuration.environments.map(\.key)
    let target = keys.first { $0.lowercased() == after.lowercased() }
    configuration.environments[index].after = target == keys[index] ? nil : target
    if target == nil {
      reader.report(.error, .unknownEnvironment("after", after, known: keys), at: place)
    } else if target == keys[index] {
      reader.report(.error, .afterItself(after), at: place)
    }
  }

  /// Where nothing is said, the environment before is the previous one of the list (rules.md), which can close a circle too.
  private mutating func checkCycle(_ index: Int, at place: Node) {
    guard let after = configuration.environments[index].after else { return }
    var path = [configuration.environments[index].key]
    var current = predecessor(of: index)
    while let step = current, path.count <= configuration.environments.count {
      path.append(configuration.environments[step].key)
      if step == index {
        configuration.environments[index].after = nil
        return reader.report(.error, .afterCycle(after, path: path), at: place)
      }
      current = predecessor(of: step)
    }
  }

  private func predecessor(of index: Int) -> Int? {
    if let after = configuration.environments[index].after { return configuration.environments.firstIndex { $0.key == after } }
    return index > 0 ? index - 1 : nil
  }
}
