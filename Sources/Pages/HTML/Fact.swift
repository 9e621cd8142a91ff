import Records
import Releases
import Template
import Time

/// One line of the facts under a title, for `partials/facts`: its name, a commit or digest in the font for codes, and the words.
struct Fact: Model, Hashable {
  let name: Sentence
  let code: LinkText?
  let value: Sentence?

  static let fields = Fields<Fact>(
    .words("name") { $0.name },
    .object("code") { $0.code },
    .object("value") { $0.value }
  )

  init(_ name: Sentence, _ value: Sentence, code: LinkText? = nil) {
    self.name = name
    self.code = code
    self.value = value.isEmpty ? nil : value
  }
}

extension Viewpoint {
  /// The fact that a moment is; a time that no record holds is said to be missing, never made up.
  func fact(_ name: Sentence, _ time: Timestamp?) -> Fact { Fact(name, moment(time)) }

  /// A moment in the long form, else `not recorded`.
  func moment(_ time: Timestamp?) -> Sentence { long(time).map { "\($0)" } ?? "not recorded" }

  /// The short form of a commit, leading to it where the configuration says how.
  func commit(_ sha: String) -> LinkText {
    let isPlain = sha.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"):
        true
      default: false
      }
    }
    let pattern = isPlain ? catalog.configuration.links.commit : nil
    return LinkText(text: Format.shortSHA(sha), to: (pattern?.replacing("{sha}", with: sha)).map(Destination.outside))
  }

  /// `9f31c0a` and the first line of its message.
  func fact(commit change: Change) -> Fact {
    let subject = Words.subject(change.message)
    return Fact("Commit", subject.map { "\($0)" } ?? "", code: commit(change.sha))
  }

  /// An address outside of the site; nil without one. `before`: our own words within the link.
  func outside(_ text: String, _ url: String?, before: Sentence = "") -> LinkText? {
    url.map { LinkText(text: text, to: .outside($0), before: before) }
  }

  /// A link whose words are our own.
  func own(_ words: Sentence, _ destination: Destination?) -> LinkText {
    LinkText(text: "", to: destination, before: words)
  }
}

/// Texts from outside, brought into a form that a line can hold.
enum Words {
  /// The first line of a message, cut where it is longer than anybody reads; nil if there is none. Only the beginning is looked at,
  /// since a message can be a file.
  static func subject(_ message: String?, limit: Int = 240) -> String? {
    guard let head = message?.unicodeScalars.prefix(limit * 8 + 1) else { return nil }
    let line = Substring(head).drop(while: \.isWhitespace).prefix { !$0.isNewline }
    return line.isEmpty ? nil : cut(String(line), to: limit)
  }

  /// At most `limit` characters as people count them, with an ellipsis where something is missing. A character can be made of any number
  /// of code points, so these are counted too.
  static func cut(_ text: String, to limit: Int) -> String {
    if text.utf8.count <= limit { return text }
    var scalars = 0
    for (count, character) in text.indices.enumerated() {
      scalars += text[character].unicodeScalars.count
      if count == limit { return text[..<character] + "…" }
      if scalars > limit * 8 { return String(String.UnicodeScalarView(text.unicodeScalars.prefix(limit * 8))) + "…" }
    }
    return text
  }
}

/// From one moment to another, as far as the records tell.
enum Span: Hashable {
  case seconds(Double)
  /// The record ends before it begins.
  case backwards
  case unknown

  init(from start: Timestamp?, to end: Timestamp?) {
    guard let start, let end else {
      self = .unknown
      return
    }
    self = end < start ? .backwards : .seconds(end.seconds(since: start))
  }

  var seconds: Double? { if case .seconds(let seconds) = self { seconds } else { nil } }

  /// The length; where it is not known, that.
  var words: String {
    switch self {
    case .seconds(let seconds): Format.duration(seconds)
    case .backwards: "unclear, it ends before it begins"
    case .unknown: "not recorded"
    }
  }
}

extension State {
  /// The state as a page says it, with the raw word where nobody knows it: `unknown (raw word)`.
  func word(raw: String?) -> Sentence {
    guard self == .unknown, let raw, !raw.isEmpty else { return "\(words: rawValue)" }
    return "unknown (\(raw))"
  }
}

extension Viewpoint {
  /// `run 912`.
  func run(_ service: Int, _ index: Int) -> LinkText {
    LinkText(text: catalog.services[service].runs[index].record.name, to: .run(service: service, index), before: "run ")
  }
}

extension RunRecord {
  /// What follows `run`: its number, else its id.
  var name: String { number.map(String.init) ?? id }

  /// When it began, for people: its start, else its creation. What comes before what goes by `orderTime`.
  var startTime: Timestamp? { startedAt ?? createdAt }

  /// Its title, else the first line of the commit message (record.md, Run).
  var subject: String? { Words.subject(title) ?? Words.subject(commit?.message) }
}

extension Ref {
  /// What the fact is called.
  var noun: Sentence {
    switch type {
    case .branch: "Branch"
    case .tag: "Tag"
    case .pullRequest: "Pull request"
    case .other: "Ref"
    }
  }

  /// The whole name, and the pull request where it is known beside it.
  var words: Sentence {
    guard let pullRequest, pullRequest != name else { return "\(branch: name)" }
    return type == .pullRequest ? "\(pullRequest), \(branch: name)" : "\(branch: name), pull request \(pullRequest)"
  }
}

extension Trigger {
  var words: Sentence {
    switch type {
    case .push: "a push"
    case .tag: "a tag"
    case .pullRequest: "a pull request"
    case .schedule: "a schedule"
    case .manual: "a person"
    case .api: "a call of the interface"
    case .upstream: "another pipeline"
    case .redeploy: "a redeployment"
    case .unknown: raw.map { "unknown (\($0))" } ?? "unknown"
    }
  }
}

extension Actor {
  var words: Sentence {
    switch kind {
    case .bot: "\(name), a bot"
    case .system: "\(name), the system"
    case .human, .unknown: "\(name)"
    }
  }
}
