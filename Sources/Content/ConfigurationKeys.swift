/// The keys of `tidemark.yml`, object by object. The published schema names the same ones; a test holds the two together.
enum ConfigurationKeys {
  static let top = [
    "site", "environments", "services", "ignore", "records", "links", "history", "metrics", "freezes", "notes", "markdown",
    "audiences",
    "secrets",
    "stale-after",
  ]
  static let site = ["name", "id", "url", "description", "language", "timezone"]
  static let environment = [
    "key", "name", "tier", "match", "gate", "after", "archived", "short-lived", "url", "targets",
  ]
  static let service = ["key", "name", "match", "repository", "group", "versions", "hidden"]
  static let ignore = ["service", "repository", "pipeline", "environment"]
  static let record = [
    "files", "provider", "repository", "pipeline", "step", "ref", "parameters", "service", "environment", "version",
    "target",
  ]
  static let links = ["repository", "base", "commit", "user", "issues"]
  static let issue = ["pattern", "url"]
  static let history = ["months", "runs"]
  static let metrics = ["days"]
  static let freeze = ["from", "to", "environments", "reason", "kind"]
  static let notes = ["from-commits"]
  static let markdown = ["emoji", "mentions"]
  static let audience = ["output", "environments", "services", "allow"]
}
