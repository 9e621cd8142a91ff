import Diagnostics
import Documents
import Records

/// What the configuration says of environments and services.
extension ConfigurationReader {
  mutating func readEnvironments(_ top: Fields, into configuration: inout Configuration) {
    var places: [Node] = []
    for fields in elements(top, "environments", of: Keys.environment) where !readPatterns(fields, into: &configuration) {
      guard let environment = object(fields, of: Keys.environment) else { continue }
      configuration.environments.append(environment)
      places.append(fields["after"] ?? fields.node)
    }
    for index in configuration.environments.indices { checkAfter(index, at: places[index], in: &configuration) }
    for index in configuration.environments.indices { checkCycle(index, at: places[index], in: &configuration) }
  }

  /// An entry without a key lists no environment: it says that what it matches is short-lived.
  private mutating func readPatterns(_ fields: Fields, into configuration: inout Configuration) -> Bool {
    guard fields["key"] == nil, fields["match"] != nil, fields["short-lived"] != nil else { return false }
    let patterns = reader.texts(fields, "match") ?? []
    if reader.flag(fields, "short-lived") == true { configuration.shortLived += patterns }
    return true
  }

  mutating func readServices(_ top: Fields, into configuration: inout Configuration) {
    for fields in elements(top, "services", of: Keys.service) {
      guard var service = object(fields, of: Keys.service) else { continue }
      service.position = fields.node.position
      configuration.services.append(service)
    }
  }

  /// Half understood it would hide too much, so one that is wrong anywhere does not apply.
  mutating func readIgnore(_ top: Fields, into configuration: inout Configuration) {
    for (node, name) in reader.elements(top, "ignore") {
      guard var ignore = rule(node, name, of: Keys.ignore, empty: .emptyIgnore(name, known: Keys.ignore.names)) else {
        continue
      }
      (ignore.name, ignore.position) = (name, node.position)
      configuration.ignore.append(ignore)
    }
  }

  /// `after` names another environment of the list; it gets the spelling of that one's key.
  private mutating func checkAfter(_ index: Int, at place: Node, in configuration: inout Configuration) {
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
  private mutating func checkCycle(_ index: Int, at place: Node, in configuration: inout Configuration) {
    guard let after = configuration.environments[index].after else { return }
    var path = [configuration.environments[index].key]
    var current = configuration.predecessor(of: index)
    while let step = current, path.count <= configuration.environments.count {
      path.append(configuration.environments[step].key)
      if step == index {
        configuration.environments[index].after = nil
        return reader.report(.error, .afterCycle(after, path: path), at: place)
      }
      current = configuration.predecessor(of: step)
    }
  }
}

extension Configuration {
  fileprivate func predecessor(of index: Int) -> Int? {
    if let after = environments[index].after { return environments.firstIndex { $0.key == after } }
    return index > 0 ? index - 1 : nil
  }
}
