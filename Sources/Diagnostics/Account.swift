/// What became of everything that was read, so that nothing is lost in silence. The three counts of a tally add up to what was read.
package struct Account: Hashable, Sendable {
  package struct Tally: Hashable, Sendable {
    package var rendered = 0
    package var skipped = 0
    package var error = 0

    package init(rendered: Int = 0, skipped: Int = 0, error: Int = 0) {
      self.rendered = rendered
      self.skipped = skipped
      self.error = error
    }

    package var total: Int { rendered + skipped + error }

    package static func += (left: inout Tally, right: Tally) {
      left.rendered += right.rendered
      left.skipped += right.skipped
      left.error += right.error
    }
  }

  /// An input that was left out, and why. `record` names it within its file (its kind and id, or its place), nil for a whole file.
  package struct Skipped: Hashable, Sendable {
    package var file: String
    package var record: String?
    package var reason: String
    /// What would change that, where somebody can; nil where the reason says it.
    package var remedy: String?
    /// Where the record begins, as far as it is known: the account does not print it.
    package var position: Position?

    package init(file: String, record: String?, reason: String, remedy: String? = nil, position: Position? = nil) {
      self.file = file
      self.record = record
      self.reason = reason
      self.remedy = remedy
      self.position = position
    }

    /// By what the account prints.
    package static func == (left: Skipped, right: Skipped) -> Bool {
      left.file == right.file && left.record == right.record && left.reason == right.reason && left.remedy == right.remedy
    }

    package func hash(into hasher: inout Hasher) {
      hasher.combine(file)
      hasher.combine(record)
      hasher.combine(reason)
      hasher.combine(remedy)
    }
  }

  package var files = Tally()
  package var records = Tally()
  package var skipped: [Skipped] = []
  /// How many of the records that were skipped tell nothing that another one does not: duplicates, and older states.
  package var toldElsewhere = 0
  /// How many of `records` are notes, and how many are incidents that somebody wrote.
  package var notes = 0
  package var incidents = 0

  package init() {}

  /// What was skipped, by file, record and reason: as everything that lists it does.
  package var skippedInOrder: [Skipped] {
    skipped.sorted { ($0.file, $0.record ?? "", $0.reason) < ($1.file, $1.record ?? "", $1.reason) }
  }

  package static func + (left: Account, right: Account) -> Account {
    var sum = left
    sum += right
    return sum
  }

  package static func += (left: inout Account, right: Account) {
    left.files += right.files
    left.records += right.records
    left.skipped += right.skipped
    left.toldElsewhere += right.toldElsewhere
    left.notes += right.notes
    left.incidents += right.incidents
  }
}
