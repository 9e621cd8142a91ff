import Plan
import Records
import Releases
import Report
import Template

/// One entry of a changelog: what arrived by one deployment, or what waits to. No clock: it reads the same at any time.
struct LogEntry: Model {
  /// What stands on the rail beside it.
  enum Rail { case live, waiting, past, fell }

  /// A version that nobody described, and the file that would.
  struct Hint: Model {
    let version: String
    let file: String

    static let fields = Fields<Hint>(
      .text("version") { $0.version },
      .text("file") { $0.file }
    )
  }

  let id: String
  var classes: [String] = []
  var rail = Rail.past
  var time: TimeText?
  /// It happened, and no record says when.
  var isUndated = false
  /// It waits, and may have happened already: what runs is unknown.
  var isDoubtful = false
  /// To the place of the entry that does not move.
  var permalink: String?
  /// Below the time: `approved by Ines Rocha, 13:58`, `asked for …`.
  var remark: Sentence = ""
  var heading: Sentence = ""
  /// After the heading: `, hotfix`.
  var kind: Sentence = ""
  var isLive = false
  var isStruck = false
  var isYanked = false
  /// `breaking`, `security`: of the one release that the entry is about.
  var badges: [String] = []
  var why: Sentence = ""
  /// What a reader must not miss: reasons, removals, incidents, missing fixes.
  var remarks: [Sentence] = []
  /// Breaking items and those about security of all releases of the entry, where there are several.
  var lifted: [Lifted] = []
  var notes: [NoteSection] = []
  /// Of what is not here yet the notes are opened by whoever asks for them.
  var isFolded = false
  var hints: [Hint] = []
  /// What stands for the notes of versions that have none.
  var commits: [CommitNotesText] = []

  static let fields = Fields<LogEntry>(
    .text("id") { $0.id },
    .text("class") { (["entry"] + $0.classes).joined(separator: " ") },
    .flag("arrow") { $0.rail == .fell },
    .flag("dot") { $0.rail == .past },
    .object("mark") { $0.rail == .live ? Mark(.succeeded) : $0.rail == .waiting ? Mark(.waiting) : nil },
    .object("time") { $0.time },
    .flag("undated") { $0.isUndated },
    .flag("doubtful") { $0.isDoubtful },
    .url("permalink") { $0.permalink },
    .object("remark") { $0.remark.isEmpty ? nil : $0.remark },
    .object("title") { $0.heading },
    .words("kind") { $0.kind },
    .flag("live") { $0.isLive },
    .flag("struck") { $0.isStruck },
    .flag("yanked") { $0.isYanked },
    .texts("badges") { $0.badges.map($1.text) },
    .object("why") { $0.why.isEmpty ? nil : $0.why },
    .list("remarks") { $0.remarks },
    .flag("hasLifted") { !$0.lifted.isEmpty },
    .list("lifted") { $0.lifted },
    .list("notes") { $0.notes },
    .flag("folded") { $0.isFolded },
    .list("hints") { $0.hints },
    .list("commits") { $0.commits }
  )

  init(id: String) { self.id = id }

  /// Says of each version without notes what its commits say, else where its notes would stand.
  mutating func tell(of undescribed: [String], _ view: Viewpoint, _ service: Int) {
    let (texts, bare) = CommitNotesText.standing(for: undescribed, view.catalog, service: service, besides: commits.count)
    commits += texts
    hints += bare.map { LogEntry.hint(view, service, $0) }
  }

  /// The file that would describe a version.
  static func hint(_ view: Viewpoint, _ service: Int, _ version: String) -> Hint {
    Hint(version: version, file: "releases/\(view.catalog.services[service].key)/\(Version.display(version)).md")
  }
}
