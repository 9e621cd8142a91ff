package import Diagnostics

/// Which service a record belongs to (record.md, Run, `service`): what it names, else what the configuration says of its repository,
/// else the last part of the repository, else `main`. Gives every service a number.
package struct ServiceNames {
  package static let fallback = "main"

  /// By what a name or a repository led to its service.
  package enum Match: Hashable {
    /// The configuration knows it under this name.
    case declared
    /// By this pattern of the `match` list of the service.
    case matched(String)
    /// Nothing else knows it: it is the key itself, or the last part of the repository is.
    case itself
    /// There is no name at all.
    case fallback
  }

  private let declared: [(key: String, name: String?, names: Set<String>, patterns: [(text: String, pattern: Pattern)])]
  /// In the order in which they were met; those of the configuration first.
  package private(set) var keys: [String] = []
  private var numbers: [String: Int] = [:]
  private var known: [String: Int] = [:]
  private var ofRepository: [String: Int] = [:]
  private var foundByName: [String: Match] = [:]
  private var foundByRepository: [String: Match] = [:]

  package init(_ services: [Configuration.Service]) {
    declared = services.map { service in
      (
        service.key, service.name, Set([service.key, service.name].compactMap { $0?.lowercased() }),
        service.match.map { ($0, Pattern($0, .name)) }
      )
    }
    for service in services { _ = number(ofKey: service.key) }
  }

  /// How many the configuration declares; they have the first numbers.
  package var declaredCount: Int { Set(declared.map(\.key)).count }

  /// The service that a record names. A name that the configuration knows under another key is that key's.
  package mutating func number(named name: String) -> Int {
    if let number = known[name] { return number }
    let found = declaredKey(name)
    let number = number(ofKey: found?.key ?? name)
    known[name] = number
    foundByName[name] = found?.found ?? .itself
    return number
  }

  /// Why a name or a repository led to its service, as it was found out.
  package func remark(named name: String?, repository: String?) -> Remark {
    if let name, !name.isEmpty { return .service(named: name, foundByName[name] ?? .itself) }
    guard let repository, !repository.isEmpty else { return .service(named: ServiceNames.fallback, .fallback) }
    return .service(ofRepository: repository, foundByRepository[repository] ?? .itself)
  }

  package mutating func number(ofRepository repository: String?) -> Int {
    guard let repository, !repository.isEmpty else { return number(named: fallbackKey) }
    if let number = ofRepository[repository] { return number }
    let found = declaredKey(repository)
    let last = ServiceNames.lastPart(repository)
    let number = found.map { self.number(ofKey: $0.key) } ?? number(named: last)
    ofRepository[repository] = number
    foundByRepository[repository] = found?.found ?? foundByName[last]
    return number
  }

  /// The key of the service that a record names, else of the one that its repository tells.
  package mutating func key(named name: String?, repository: String?) -> String {
    let number = name.flatMap { $0.isEmpty ? nil : self.number(named: $0) } ?? self.number(ofRepository: repository)
    return keys[number]
  }

  /// The number of a service that exists already, without making one.
  package func existing(named name: String) -> Int? { known[name] ?? numbers[declaredKey(name)?.key ?? name] }

  /// The number of the service that a product's name means, of those that exist already.
  package func existing(product name: Substring) -> Int? {
    // Of several, one of the configuration, else that of the first key: the order in which they were met is that of the input.
    let own = keys.indices.filter { productNames(of: $0).isOwn(name) }
    if let number = own.first, number < declaredCount { return number }
    if let number = own.min(by: { keys[$0] < keys[$1] }) { return number }
    return ProductNames.spellings(of: name).lazy.compactMap { declaredKey($0) }.first.flatMap { numbers[$0.key] }
  }

  package func productNames(of number: Int) -> ProductNames {
    ProductNames(key: keys[number], name: declaredName(of: keys[number]))
  }

  private func declaredName(of key: String) -> String? { declared.first { $0.key == key }?.name }

  private var fallbackKey: String { ServiceNames.fallback }

  private mutating func number(ofKey key: String) -> Int {
    if let number = numbers[key] { return number }
    numbers[key] = keys.count
    keys.append(key)
    return keys.count - 1
  }

  private func declaredKey(_ name: String) -> (key: String, found: Match)? {
    guard !declared.isEmpty else { return nil }
    let lower = name.lowercased()
    if let exact = declared.first(where: { $0.names.contains(lower) }) { return (exact.key, .declared) }
    for service in declared {
      if let match = service.patterns.first(where: { $0.pattern.matches(lower) }) { return (service.key, .matched(match.text)) }
    }
    return nil
  }

  /// `checkout` of `acme/checkout` and of `https://git.example.com/acme/checkout.git/`.
  static func lastPart(_ repository: String) -> String {
    var part = repository.split(whereSeparator: { $0 == "/" || $0 == ":" }).last.map(String.init) ?? ""
    if part.hasSuffix(".git") { part.removeLast(4) }
    return part.isEmpty ? fallback : part
  }
}
