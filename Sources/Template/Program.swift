/// A compiled template: flat lists of instructions over one buffer of literal bytes.
struct Program: Sendable {
  /// Where a value stands: a slot of a frame, and the way through objects from there (`paths`, -1 for none).
  struct Address: Sendable {
    let frame: Int
    let slot: Int
    let path: Int
  }

  /// What entering a section does to the frames.
  enum Entry: Sendable {
    /// A flag gives no context.
    case stay
    case push
    /// The same model stands further out and is hidden by the new one for good: its frame goes, so that recursion ends.
    case replace(Int)
  }

  enum Instruction: Sendable {
    case literal(start: Int, count: Int)
    case text(Address)
    case url(Address)
    /// Bytes as they are.
    case verbatim(Address)
    /// The body follows, up to `end`.
    case section(Address, Entry, end: Int)
    case inverted(Address, end: Int)
    case call(routine: Int)
    /// The routine whose name the value is; nothing if there is none.
    case choose(Address, choices: Int)
  }

  var literals: [UInt8] = []
  /// The first is the page.
  var routines: [[Instruction]] = []
  var paths: [[Int]] = []
  var choices: [[(name: String, routine: Int)]] = []
}
