import Records

/// What a build checked out of one repository.
struct Checkout: Equatable, Sendable {
  let repository: String?
  var commit: Change?
  let ref: Ref?
  let branches: [String]
  /// What the build brought of it.
  var changes: [Change] = []
}

extension [Checkout] {
  /// The one of that repository, which either may name without its owner or with its host.
  func only(of repository: String) -> Checkout? {
    let wanted = repository.lowercased()
    let own = filter { checkout in
      guard let name = checkout.repository?.lowercased() else { return false }
      return name == wanted || name.hasSuffix("/" + wanted) || wanted.hasSuffix("/" + name)
    }
    return own.count == 1 ? own[0] : nil
  }
}

extension RunRecord {
  /// It built that.
  mutating func take(_ checkout: Checkout) {
    (repository, commit, ref, changes) = (checkout.repository, checkout.commit, checkout.ref, checkout.changes)
  }

  /// It is of that repository, of which it checked nothing out: the commits that it names are of others.
  mutating func takeNothing(of repository: String) {
    (self.repository, commit, ref, changes) = (repository, nil, nil, [])
  }
}
