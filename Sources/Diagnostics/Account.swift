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

    package init(file: String, record: String?, reason: String) {
      self.file = file
      self.record = record
      self.reason = reason
    }
  }

  package var files = Tally()
  package var records = Tally()
  package var skipped: [Skipped] = []

  package init() {}

  package static func += (left: inout Account, right: Account) {
    left.files += right.files
    left.records += right.records
    left.skipped += right.skipped
  }
}
