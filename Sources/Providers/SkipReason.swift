import Records

/// Who writes a word in the place of an object.
enum ObjectWriter {
  case powerShell, javaScript

  init(of text: String) { self = text.hasPrefix("[") ? .javaScript : .powerShell }

  var cause: String {
    switch self {
    case .powerShell: "ConvertTo-Json without enough -Depth"
    case .javaScript: "what JavaScript makes of one that is used as a text"
    }
  }

  var remedy: String {
    switch self {
    case .powerShell: "ConvertTo-Json -Depth 100"
    case .javaScript: "JSON.stringify"
    }
  }
}

/// Why an object was left out, and what would change that where something would: the account says it (product.md, promise 1).
struct SkipReason: Error, Hashable, Sendable, ExpressibleByStringInterpolation {
  let text: String
  private(set) var remedy: String?
  /// What it needs is told by others, which may be elsewhere.
  private(set) var needsOthers = false
  /// Nobody knows what it is, or it is no answer to what was asked.
  private(set) var isStrange = false
  /// Another record tells the same, or newer things of the same: nothing is missing.
  private(set) var isToldElsewhere = false

  init(stringLiteral text: String) { self.text = text }

  private init(_ text: String, remedy: String) { (self.text, self.remedy) = (text, remedy) }

  private init(strange text: String, remedy: String? = nil) { (self.text, self.remedy, isStrange) = (text, remedy, true) }

  private init(needing text: String, remedy: String? = nil) { (self.text, self.remedy, needsOthers) = (text, remedy, true) }

  private init(toldElsewhere text: String) { (self.text, isToldElsewhere) = (text, true) }

  static func cutOff(_ text: String) -> SkipReason {
    let writer = ObjectWriter(of: text)
    return SkipReason("objects in it were cut off: \(writer.cause)", remedy: "store it again with \(writer.remedy)")
  }
  static let anArray: SkipReason = "an array inside too many arrays"

  /// `mayBeEmptyAnswer`: some interface may answer so that has nothing to list.
  static func unrecognised(_ keys: [String], mayBeEmptyAnswer: Bool) -> SkipReason {
    if keys.isEmpty { return SkipReason(strange: "an empty object is no record") }
    let shown = keys.prefix(8).map { "'\(cut($0))'" }.joined(separator: ", ")
    let more = keys.count > 8 ? " and \(keys.count - 8) more" : ""
    var reason = SkipReason(
      strange: "no known kind of record: an object with \(shown)\(more)",
      remedy:
        "if it is a payload of a provider, a rule with 'files' and 'provider' says whose; 'tidemark schema records' describes a record"
    )
    reason.isStrange = !mayBeEmptyAnswer
    return reason
  }

  static func scalar(_ found: String) -> SkipReason { SkipReason(strange: "\(found) is no record") }
  static func carriedOver(from place: String) -> SkipReason {
    SkipReason(toldElsewhere: "taken over from an earlier attempt, of which \(place) tells")
  }
  static func duplicate(of place: String) -> SkipReason { SkipReason(toldElsewhere: "exact duplicate of \(place)") }
  static func older(than place: String) -> SkipReason { SkipReason(toldElsewhere: "\(place) tells a newer state of it") }
  static func errorAnswer(_ text: String) -> SkipReason {
    SkipReason(strange: "an error answer of an interface: \(quoted(text))", remedy: "ask again, with a token that may read it")
  }
  static func absent(_ name: String) -> SkipReason {
    SkipReason(needing: "its \(name) is not among the records", remedy: "store the answer that holds it, too")
  }
  static func noEnvironment(_ key: String?) -> SkipReason {
    let rule = "a rule says to which environment it goes: records: [{…, environment: …}]"
    return key.map {
      SkipReason(
        needing: "its environment \(cut($0)) is not among the records",
        remedy: "store the answer that names it, too; or \(rule)")
    } ?? SkipReason("it names no environment", remedy: rule)
  }
  static func noRun(_ noun: String) -> SkipReason {
    SkipReason(
      needing: "it names no \(noun), and none among the records is the only one that fits it",
      remedy: "store the answer that holds its \(noun), too, or call the file after that")
  }
  static let unused = SkipReason(needing: "nothing among the records uses it")
  private static let nameOfRun = "call the file after the run that was asked, as approvals-5453085689.json"
  static let noWaitingRun = SkipReason(
    needing: "it names no run, and no run of its repository among the records fits it", remedy: nameOfRun)
  static func severalRuns(_ count: Int) -> SkipReason {
    SkipReason("it names no run, and \(count) runs of its repository among the records fit it", remedy: nameOfRun)
  }
  static func chain(runs: Int) -> SkipReason {
    runs == 0
      ? SkipReason(
        needing: "it names no run, and no run of its chain is among the records",
        remedy: "store the events of its pipeline run, too")
      : "it names no run, and \(runs) runs of its chain are among the records"
  }
  static let deleted: SkipReason = "it was deleted"
}
