package import Diagnostics
package import Time

/// One release as somebody described it: a note with front matter, a section of a changelog, or a provider's release.
package struct ReleaseNote: Hashable, Sendable {
  package struct Contributor: Hashable, Sendable {
    /// Without the `@`.
    package var name: String
    /// Safe; the Markdown room has judged it.
    package var url: String

    package init(name: String, url: String) {
      self.name = name
      self.url = url
    }
  }

  package struct Chapter: Hashable, Sendable {
    package var name: String
    /// 1 or 2.
    package var level: Int
    package var line: Int

    package init(name: String, level: Int, line: Int) {
      (self.name, self.level, self.line) = (name, level, line)
    }
  }

  /// nil: an unreleased section.
  package var version: String?
  /// Its version is the name of its file, which says none for certain: it is a release where records know that very version.
  package var isNamedByFile = false
  /// Further names of the same release: `0.66.0` of a heading `1.44.0/0.66.0`. None takes a version that has a note of its own.
  package var otherVersions: [String] = []
  /// The name that stands before the version in its heading: it may be that of another service.
  package var product: String?
  /// The headings that stand above it in a changelog, the outermost first: one may be the name of a service.
  package var chapters: [Chapter] = []
  /// nil: to be taken from the configuration when there is only one service.
  package var service: String?
  /// Where the note came with a provider's release: the repository that tells the service.
  package var repository: String?
  /// A day; its time is the start of that day in UTC. nil: undated.
  package var date: CivilDate?
  package var title: String?
  package var yanked = false
  /// It has a version and says that it is not released yet (changelogs.md, 3, rule 7): records know better.
  package var isMarkedUnreleased = false
  package var draft = false
  package var prerelease = false
  /// Versions named by `includes:`; nil where the range rule decides (rules.md, Changelog, rule 1).
  package var includes: [String]?
  /// The body as safe HTML, with plain text beside it for JSON, feeds and search.
  package var body: Prose
  /// The Markdown as written, without its front matter.
  package var markdown: [UInt8]
  /// Plain text of each breaking item, in order.
  package var breaking: [String] = []
  /// Plain text of each item about security, in order.
  package var security: [String] = []
  /// Those whom the note names, each once, in order.
  package var contributors: [Contributor] = []
  package var url: String?
  /// How it came about, where somebody asks.
  package var story = Story()

  package init(version: String?, service: String?, body: Prose, markdown: [UInt8]) {
    self.version = version
    self.service = service
    self.body = body
    self.markdown = markdown
  }
}
