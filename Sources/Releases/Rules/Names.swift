import Records

// Services, environments and versions by what people call them.
extension Catalog {
  /// The service of a key, else of a name, else of a key in other letters if one alone has it, else the one of which the configuration
  /// says that records call it so.
  package func service(named name: String) -> Int? {
    services.firstIndex { $0.key == name } ?? services.firstIndex { $0.name == name }
      ?? only(services.indices.filter { services[$0].key.lowercased() == name.lowercased() }) ?? declaredService(name)
  }

  /// The same of an environment, whose name may be in other letters too.
  package func environment(named name: String) -> Int? {
    environments.firstIndex { $0.key == name } ?? environments.firstIndex { $0.name == name }
      ?? only(environments.indices.filter { environments[$0].isCalled(name) }) ?? declaredEnvironment(name)
  }

  private func declaredService(_ name: String) -> Int? {
    var names = ServiceNames(configuration.services)
    let key = names.key(named: name, repository: nil)
    return services.firstIndex { $0.key == key }
  }

  private func declaredEnvironment(_ name: String) -> Int? {
    let key = DeclaredEnvironments(configuration).key(of: .init(name: name))
    return environments.firstIndex { $0.key == key }
  }

  private func only(_ found: [Int]) -> Int? { found.count == 1 ? found[0] : nil }
}

extension Environment {
  fileprivate func isCalled(_ name: String) -> Bool {
    key.lowercased() == name.lowercased() || self.name.lowercased() == name.lowercased()
  }
}

extension Service {
  /// Its versions, described or deployed, the newest first.
  package var knownVersions: [String] {
    var seen: Set<String> = []
    let all = releases.compactMap(\.version) + deployments.reversed().map { Version.display($0.version) }
    return all.filter { seen.insert($0).inserted }
  }
}
