/// Where the links of a page lead, as they read from that page: asked when its values are laid, so that what is said needs to know only
/// what it speaks of. What a destination is, the rooms above know.
/// ```swift
/// let addresses = Addresses { (number: Int) in number < 3 ? "../runs/\(number).html" : nil }
/// addresses.address(of: 2)  // "../runs/2.html"
/// ```
package struct Addresses: Sendable {
  /// For values that lead nowhere.
  package static let none = Addresses { (_: String) in nil }

  private let find: @Sendable (Any) -> String?

  /// `find`: nil for what has no address, which then is no link.
  package init<Destination>(_ find: @escaping @Sendable (Destination) -> String?) {
    self.find = { destination in (destination as? Destination).flatMap(find) }
  }

  package func address<Destination>(of destination: Destination) -> String? { find(destination) }
}
