import Documents
import Records
import Time

/// The keys of what stands in lists: environments, services, what is ignored, rules of records, freezes.
extension ConfigurationKeys {
  static let environment = ConfigurationObject<Configuration.Environment>(
    .init(key: ""),
    [
      .key(\.key, "What records, paths and other keys call it. Compared without case.", as: { $0.asEnvironmentName }),
      .text("name", \.name, "What pages call it; without it the key.", as: { $0.asEnvironmentName }),
      .word(
        "tier", \.tier, of: Tier.allCases,
        "How near it is to customers; without it the provider's tier, else a guess by whole words of the name."),
      .texts(
        "match", \.match, "Other names that records use for it: patterns with *, compared without case.",
        as: { $0.asEnvironmentName }),
      .word(
        "gate", \.gate, of: [.manual, .none],
        "manual: a person must press a button before a deployment (continuous delivery); none: what passes is live (continuous deployment). Without it the promotion of the last success decides."
      ),
      .text(
        "after", \.after, "The key of the environment that releases come from; without it the previous one of this list.",
        as: { $0.asEnvironmentName }),
      .flag("archived", \.archived, "Kept for its history; stands last and counts for nothing that is due."),
      .flag(
        "short-lived", \.isShortLived,
        "It ends when its work does, as a review environment: no column, never before another, one list. Without a key it holds for all that match."
      ),
      .url("url", \.url, "Where it can be visited."),
      .texts(
        "targets", \.targets,
        "The regions, tenants or clusters that it has now, compared without case: one that is not listed has ended. Without it those that the records name."
      ),
    ],
    further: [
      "anyOf": [["required": ["key"]], ["required": ["match", "short-lived"]]],
      "examples": [["key": "production", "tier": "production", "gate": "manual"]],
    ])

  static let service = ConfigurationObject<Configuration.Service>(
    .init(key: ""),
    [
      .key(\.key, "What records and paths call it. Compared without case."),
      .text("name", \.name, "What pages call it; without it the key."),
      .texts(
        "match", \.match, "Repositories or names that records use for it: patterns with *, compared without case."),
      .url("repository", \.repository, "Its repository, for links."),
      .text("group", \.group, "A heading that several services share."),
      .word(
        "versions", \.versions, of: [.semver, .debian],
        "The order of its versions: SemVer 2.0.0 (the default), or Debian's with epochs and ~."),
      .flag(
        "hidden", \.isHidden, "Its records and notes are read and shown nowhere; build.json counts them as skipped.",
        tellsDefault: false),
    ], further: ["required": ["key"], "examples": [["key": "checkout", "match": ["acme/checkout"]]]])

  static let ignore = ConfigurationObject<Configuration.Ignore>(
    .init(),
    [
      .text("service", \.service, "The key of its service.", schema: ConfigurationSchema.someText),
      .text("repository", \.repository, "Its repository.", schema: ConfigurationSchema.someText),
      .text("pipeline", \.pipeline, "The pipeline of the run.", schema: ConfigurationSchema.someText),
      .text(
        "environment", \.environment, "The key or the name of the environment.", schema: ConfigurationSchema.someText),
    ], further: ["examples": [["repository": "acme/sandbox-*"]], "minProperties": 1])

  static let record = ConfigurationObject<Configuration.RecordRule>(
    .init(files: nil, values: [:]),
    [
      .pattern("files", \.files, "Which files it is for, relative to the content folder. ** crosses folders."),
      .plain(
        "provider",
        "The CI system whose payloads they are: files that match are read as its format, and the rule is for its records alone."
      ),
      .pattern(
        "repository",
        "A pattern that the repository must fit, with captures; or the repository, as it is, where the records name none."),
      .pattern("pipeline", "A pattern for the pipeline of the runs, with captures: \"{service}/main\"."),
      .pattern(
        "step", "A pattern for the name of the step that deploys, with captures: \"Deploy to {environment}\"."),
      .pattern("ref", "A pattern for the branch or tag, with captures: \"release/{version}\"."),
      .own(
        "parameters",
        [
          "type": ["object", "null"],
          "description":
            "What the run was started with, by name, each a pattern with captures; one without a capture is a condition.",
          "additionalProperties": ConfigurationSchema.pattern,
        ]
      ) { $0.readParameters($1, into: &$2) },
      .plain("service", "The service, as it is."),
      .plain("environment", "The environment, as it is."),
      .plain("version", "The version, as it is."),
      .plain("target", "The region, tenant, cluster or instance within the environment, as it is."),
    ],
    further: [
      "examples": [["files": "runs/argo/**", "service": "shop", "environment": "production"]], "minProperties": 1,
    ])

  static let freeze = ConfigurationObject<Configuration.Freeze>(
    .init(from: .init(seconds: 0), to: .init(seconds: 0), environments: [], reason: nil, kind: .freeze),
    [
      .moment("from", \.from, "Its first day, or the time it begins."),
      .moment("to", \.to, isEnd: true, "Its last day, which belongs to it; or the time it ends."),
      .texts(
        "environments", \.environments, "Keys of the environments that it holds; without it all.",
        as: { $0.asEnvironmentName }),
      .text("reason", \.reason, "What people are told."),
      .word(
        "kind", withDefault: \.kind, of: [.freeze, .maintenance],
        "freeze: nothing should be released; maintenance: work that is planned."),
    ],
    further: [
      "required": ["from", "to"],
      "examples": [["from": "2026-12-20", "to": "2027-01-04", "environments": ["production"], "reason": "Holidays"]],
    ])
}

extension ConfigurationKey<Configuration.RecordRule> {
  /// A pattern with `*` and captures, among the values of the rule.
  fileprivate static func pattern(_ name: String, _ description: String) -> Self {
    pattern(name, \.values[name], description)
  }

  fileprivate static func pattern(_ name: String, _ path: Path<String?>, _ description: String) -> Self {
    own(name, ConfigurationSchema.pattern.with(["description": .string(description)])) { reader, fields, rule in
      rule[keyPath: path] = reader.pattern(fields, name)
    }
  }

  /// A value that is set as it is.
  fileprivate static func plain(_ name: String, _ description: String) -> Self {
    own(name, ConfigurationSchema.textType.with(["description": .string(description), "pattern": "^[^{}*]+$"])) {
      $2.values[name] = $0.plain($1, name)
    }
  }
}

extension ConfigurationKey<Configuration.Freeze> {
  fileprivate static func moment(
    _ name: String, _ path: Path<Timestamp>, isEnd: Bool = false, _ description: String
  ) -> Self {
    deciding(name, ConfigurationSchema.moment.with(["description": .string(description)])) { reader, fields, freeze in
      guard let moment = reader.moment(fields, name, isEnd: isEnd) else { return .leftOut }
      freeze[keyPath: path] = moment
      return .read
    }
  }
}
