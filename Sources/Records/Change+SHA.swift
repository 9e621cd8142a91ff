extension Change {
  /// What all spellings of a sha share: the first 7 digits that any of them must have, in lower case.
  package static func stem(_ sha: String) -> String { String(sha.prefix(7)).lowercased() }

  /// Whether two shas name one commit: equal, or one the beginning of the other with at least 7 digits.
  package static func isSame(_ left: String, _ right: String) -> Bool {
    if left == right { return true }
    let (short, long) = left.utf8.count < right.utf8.count ? (left, right) : (right, left)
    return short.utf8.count >= 7 && long.lowercased().hasPrefix(short.lowercased())
  }
}
