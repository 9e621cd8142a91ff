import Documents
import Records

/// The keys of `tidemark.yml`, object by object. A key more is an entry here and its value in `Configuration`.
enum ConfigurationKeys {
  static let top = ConfigurationObject<Configuration>(
    Configuration(),
    [
      .section("site", \.site, site, "The site as a whole."),
      .list(
        "environments", of: environment,
        "Where releases go, in promotion order. Without it the records name them, ordered by tier."
      ) { $0.readEnvironments($1, into: &$2) },
      .list(
        "services", of: service,
        "What is released, in the order of the pages. Without it the records name them."
      ) { $0.readServices($1, into: &$2) },
      .list(
        "ignore", of: ignore,
        "What nobody wants to see: a record that fits all patterns of an entry (with *, compared without case) is read, counted as skipped and shown nowhere. An entry with an unknown key does not apply."
      ) { $0.readIgnore($1, into: &$2) },
      .list(
        "records", of: record,
        "What a format does not hold: patterns with * and the captures {service}, {environment}, {version} and {target}. The first rule that gives a value wins. A rule with an unknown key or a wrong value does not apply."
      ) { $0.readRecords($1, into: &$2) },
      .section("links", \.links, links, "Where names in notes lead."),
      .section(
        "history", \.self, history,
        "How much of the past has pages. What is current, changelogs and metrics never depend on it."),
      .section("metrics", \.self, metrics, "How metrics are counted."),
      .list("freezes", of: freeze, "Times in which nothing should be released, and planned work.") {
        $0.readFreezes($1, into: &$2)
      },
      .section("notes", \.self, notes, "What stands for notes that nobody wrote."),
      .section("markdown", \.self, markdown, "How notes are read."),
      .own(
        "audiences",
        ConfigurationSchema.named(
          audience,
          "Other sites for other readers, by their names: each has what the site has and the parts of notes that are marked for it. environments, services and allow are not applied by this version: any of them is an error, since it would hide nothing."
        )
      ) { $0.readAudiences($1, into: &$2) },
      .own(
        "secrets",
        [
          "type": ["array", "null"],
          "description":
            "Patterns to mask besides the built-in ones. Not applied by this version: any entry is an error, since it would hide nothing.",
          "items": ConfigurationSchema.someText,
        ]
      ) { reader, fields, _ in reader.refuseSecrets(fields) },
      .own(
        "stale-after",
        ConfigurationSchema.plainType.with([
          "description": "When a site counts as out of date: a number and s, m, h or d.", "default": "24h",
          "pattern": "^[0-9]{1,9}[smhd]$", "examples": ["24h", "90m", "7d"],
        ])
      ) { $0.readStaleAfter($1, into: &$2) },
    ])

  static let site = ConfigurationObject<Configuration.Site>(
    .init(),
    [
      .text("name", withDefault: \.name, "What the site is called."),
      .own(
        "id",
        ConfigurationSchema.textType.with([
          "description": "Part of the ids of feed entries; never change it. Without it the slug of the name.",
          "pattern": "^[a-z0-9]([a-z0-9._-]{0,78}[a-z0-9._])?$",
        ])
      ) { $0.readID($1, into: &$2) },
      .own(
        "url",
        ConfigurationSchema.url(
          "Where the site is published. Without it there is no site map and no canonical address.",
          pattern: ConfigurationSchema.baseAddress)
      ) { $0.readBase($1, into: &$2) },
      .text("description", \.description, "One sentence for search results and previews."),
      .own(
        "language",
        ConfigurationSchema.plainType.with([
          "description": "The language of the pages' texts, as a language tag.",
          "default": .string(Configuration.Site().language), "pattern": "^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$",
        ])
      ) { $0.readLanguage($1, into: &$2) },
      .own(
        "timezone",
        ConfigurationSchema.plainType.with([
          "description": "The zone of all times and of what a day is, as Europe/Berlin. UTC works everywhere.",
          "default": .string(Configuration.Site().timezone),
        ])
      ) { $0.readZone($1, into: &$2) },
    ])

  static let links = ConfigurationObject<Configuration.Links>(
    .init(),
    [
      .url("repository", \.repository, "The repository of everything that names none itself."),
      .url("base", \.base, "What relative links of notes are relative to."),
      .url(
        "commit", \.commit, with: "{sha}", "The page of a commit, with {sha}.",
        example: "https://bitbucket.org/acme/app/commits/{sha}"),
      .url("user", \.user, with: "{name}", "The page of a person, with {name}.", example: "https://bitbucket.org/{name}"),
      .list("issues", of: issue, "Issue keys that become links.") { $0.readIssues($1, into: &$2) },
    ])

  static let issue = ConfigurationObject<Configuration.IssuePattern>(
    .init(pattern: "", url: ""),
    [
      .required("pattern", \.pattern, "What a key looks like: SHOP-[0-9]+"),
      .deciding(
        "url", ConfigurationSchema.url("The page of an issue, with {key}.", example: "https://jira.example.com/browse/{key}")
      ) { $0.readIssueURL($1, into: &$2) ? .read : .leftOut },
    ], further: ["required": ["pattern", "url"]])

  static let history = ConfigurationObject<Configuration>(
    Configuration(),
    [
      .whole(
        "months", \.historyMonths, in: 1...1_200, "Months that are shown in full, counted back from the newest record."),
      .whole("runs", \.historyRuns, in: 1...1_000_000, "The newest runs of a service that have pages."),
    ])

  static let metrics = ConfigurationObject<Configuration>(
    Configuration(), [.whole("days", \.metricsDays, in: 1...3_660, "The window of the metrics, in days.")])

  static let notes = ConfigurationObject<Configuration>(
    Configuration(),
    [
      .flag(
        "from-commits", \.notesFromCommits,
        "Whether a version without notes shows the subjects of its commits, said to be commits.")
    ])

  static let markdown = ConfigurationObject<Configuration>(
    Configuration(),
    [
      .flag("emoji", \.emoji, "Whether :rocket: becomes an emoji."),
      .flag("mentions", \.mentions, "Whether @name becomes a link where links.user is set."),
    ])

  static let audience = ConfigurationObject<Configuration.Audience>(
    .init(name: "", output: ""),
    [
      .required(
        "output", \.output, "The folder of that site, beside those of the others.", schema: ConfigurationSchema.plainType),
      .refused("environments", "What it shows."),
      .refused("services", "What it shows."),
      .refused("allow", "Pages, fields and sections that it shows."),
    ])
}
