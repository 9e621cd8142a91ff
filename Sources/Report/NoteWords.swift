package import Records

extension ReleaseNote {
  /// What its items are, that nobody should miss.
  package var badges: [String] { (breaking.isEmpty ? [] : ["breaking"]) + (security.isEmpty ? [] : ["security"]) }

  /// What a reader must know before reading it.
  package var marks: [String] {
    (yanked ? ["yanked"] : []) + (prerelease ? ["pre-release"] : []) + (draft ? ["draft"] : [])
  }
}
