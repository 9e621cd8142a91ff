import Releases

/// What a build checked out of one repository.
struct Checkout: Equatable, Sendable {
  let repository: String?
  let commit: Change?
  let ref: Ref?
  let branches: [String]
}

extension [Checkout] {
  /// The one of that repository, which may be named without its owner.
  func only(of repository: String) -> Checkout? {
    let wanted = repository.lowercased()
    let own = filter { checkout in
      guard let name = checkout.repository?.lowercased() else { return false }
      return name == wanted || name.hasSuffix("/" + wanted)
    }
    return own.count == 1 ? own[0] : nil
  }
}

extension RunRecord {
  /// It built that.
  mutating func take(_ checkout: Checkout) {
    (repository, commit, ref) = (checkout.repository, checkout.commit, checkout.ref)
  }
}
