/// Where the references of a text lead: `#12`, `owner/repo#12`, a commit's hash, `@name`. What has no address stays text.
package struct MarkdownLinks: Hashable, Sendable {
  /// `https://host/owner/name`, without a slash at its end.
  package var repository: String?
  /// With `{sha}`; nil: that of the repository.
  package var commit: String?
  /// With `{name}`; nil: that of the repository's host, where people have pages at its top (GitHub, GitLab).
  package var user: String?
  /// `:rocket:` becomes the character.
  package var emoji = true

  /// `@name` is looked at.
  package var mentions = true
  /// Pictures that a text may show, and texts that it may lead to: files of the content folder.
  package struct Images: Hashable, Sendable {
    package struct Image: Hashable, Sendable {
      /// On the site.
      package var path: String
      /// Pixels.
      package var width: Int
      package var height: Int

      package init(path: String, width: Int, height: Int) {
        self.path = path
        self.width = width
        self.height = height
      }
    }

    /// The names of the folders that the text lies in.
    package var folder: [String]
    /// By their paths in the content folder.
    package var known: [String: Image]

    package init(folder: [String] = [], known: [String: Image] = [:]) {
      self.folder = folder
      self.known = known
    }

    /// The paths of the text files in the content folder that have a page.
    package var texts: Set<String> = []

    /// The picture that a relative address means; nil where there is none, or the address leads out of the content folder.
    func image(at address: String) -> Image? { known.isEmpty ? nil : path(at: address).flatMap { known[$0] } }

    /// The text that a relative address means, and the place in it; nil where there is none.
    func text(at address: String) -> (path: String, place: String?)? {
      guard !texts.isEmpty, let path = path(at: address), texts.contains(path) else { return nil }
      return (path, address.firstIndex(of: "#").map { String(address[address.index(after: $0)...]) })
    }

    /// The path in the content folder that a relative address means; nil where it leads out of that.
    private func path(at address: String) -> String? {
      let path = resolvingPercents(String(address.prefix { $0 != "?" && $0 != "#" }))
      var parts = path.hasPrefix("/") ? [] : folder
      for part in path.split(separator: "/") where part != "." {
        if part != ".." {
          parts.append(String(part))
        } else if parts.popLast() == nil {
          return nil
        }
      }
      return parts.joined(separator: "/")
    }
  }

  /// What becomes of an address that is relative: on a page it would lead somewhere else than where it was written.
  package enum Relative: Hashable, Sendable {
    case kept
    /// Behind this address.
    case base(String)
    /// Its words are no link, and it is reported.
    case words
  }

  package var relative = Relative.kept
  /// Pictures that lie beside the text.
  package var images = Images()
  /// Headings are places that links of the same section lead to; a link to any other place of the text is its words, and reported.
  package var hasAnchors = false
  /// Keys of issues; the first that fits is taken.
  package var keys: [KeyPattern] = []

  package init(
    repository: String? = nil, commit: String? = nil, user: String? = nil, emoji: Bool = true, mentions: Bool = true
  ) {
    var repository = repository
    while repository?.hasSuffix("/") == true { repository?.removeLast() }
    (self.repository, self.commit, self.user) = (repository, commit, user)
    (self.emoji, self.mentions) = (emoji, mentions)
  }
}

extension MarkdownLinks {
  private enum Host { case github, gitlab, bitbucket, other }

  private var host: Host {
    guard let name = repository?.split(separator: "/").dropFirst().first?.lowercased() else { return .other }
    if name == "github.com" || name.hasPrefix("github.") { return .github }
    if name == "gitlab.com" || name.hasPrefix("gitlab.") { return .gitlab }
    return name == "bitbucket.org" || name.hasPrefix("bitbucket.") ? .bitbucket : .other
  }

  /// `https://host`.
  private var origin: String? {
    guard let repository, let scheme = repository.firstRange(of: "://") else { return nil }
    return String(repository[..<(repository[scheme.upperBound...].firstIndex(of: "/") ?? repository.endIndex)])
  }

  /// `project`: `owner/name`, nil for the repository's own.
  func issue(_ number: some StringProtocol, of project: String? = nil) -> String? {
    guard let repository else { return nil }
    guard let base = project.map({ name in origin.map { "\($0)/\(name)" } }) ?? repository else { return nil }
    return host == .gitlab ? "\(base)/-/issues/\(number)" : "\(base)/issues/\(number)"
  }

  func commit(_ sha: some StringProtocol) -> String? {
    if let commit { return commit.replacing("{sha}", with: String(sha)) }
    switch host {
    case .github: return repository.map { "\($0)/commit/\(sha)" }
    case .gitlab: return repository.map { "\($0)/-/commit/\(sha)" }
    case .bitbucket: return repository.map { "\($0)/commits/\(sha)" }
    case .other: return nil
    }
  }

  /// `isBot`: an application of GitHub, which writes `@name[bot]`.
  func person(_ name: some StringProtocol, isBot: Bool) -> String? {
    guard mentions else { return nil }
    if isBot { return host == .github ? origin.map { "\($0)/apps/\(name)" } : nil }
    if let user { return user.replacing("{name}", with: String(name)) }
    switch host {
    case .github, .gitlab: return origin.map { "\($0)/\(name)" }
    case .bitbucket, .other: return nil
    }
  }
}
