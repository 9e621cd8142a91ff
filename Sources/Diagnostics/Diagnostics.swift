/// What is wrong with an input, where, and what would be right; and the account of what was read.
///
/// **In:** what a reader noticed. **Out:** a `Diagnostic`, its order in print, a near miss among known names; an `Account` whose tallies
/// add up, and the `Story` of how a record came to what it says.
///
/// ```swift
/// let source = Source(file: "runs/7.json", bytes: Array(#"{"id": "7", "stat": "succeeded"}"#.utf8))
/// source.diagnostic(.warning, message, at: 12)  // runs/7.json:1:13, with the line for a caret
/// nearMiss("stat", among: ["state", "steps"])  // "state"
/// ```
///
/// **Never here:** printing, exit codes, the wording of a fault of another room. It imports nothing.
