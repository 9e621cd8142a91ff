import Documents
import Records

extension Buildkite {
  /// Which build an address is about: `https://buildkite.com/acme/shop/builds/42#job`, and the same behind the interface's own words,
  /// `https://api.buildkite.com/v2/organizations/acme/pipelines/shop/builds/42/jobs`.
  struct Place {
    let organization: String
    let pipeline: String
    let number: Int
    /// Whether it shows a page, and no answer of the interface.
    let isForPeople: Bool

    var key: String { "\(organization)/\(pipeline)-\(number)" }

    init?(_ address: String) {
      let parts = address.prefix { $0 != "?" && $0 != "#" }.split(separator: "/")
      guard let builds = parts.lastIndex(of: "builds"), builds + 1 < parts.count, let number = Int(parts[builds + 1]),
        number >= 0,
        parts.first == "https:" || parts.first == "http:"
      else { return nil }
      let isInterface = builds >= 4 && parts[builds - 2] == "pipelines" && parts[builds - 4] == "organizations"
      let organization = builds - (isInterface ? 3 : 2)
      guard organization >= 2 else { return nil }
      self.organization = percentDecoded(parts[organization])
      pipeline = percentDecoded(parts[builds - 1])
      self.number = number
      isForPeople = !isInterface
    }

    init?(pipeline: Node?, number: Int) {
      guard let slug = pipeline?.text("slug") else { return nil }
      organization = pipeline?.object("organization")?.text("slug") ?? ""
      self.pipeline = slug
      self.number = number
      isForPeople = false
    }
  }

  /// By its own addresses; those of other services look alike.
  static func place(of node: Node) -> Place? {
    let isOurs = ["graphql_id", "blocked", "web_url", "pipeline", "jobs"].contains { node[$0] != nil }
    let addresses = [node.text("url"), node.text("web_url"), node.text("webUrl")].compactMap { $0 }
    guard isOurs || addresses.contains(where: { $0.hasPrefix("https://buildkite.com/") }) else { return nil }
    return addresses.lazy.compactMap(Place.init).first
  }
}
