/// What makes the pages.
package enum Generator {
  /// Semantic Versioning; also the version of the program.
  package static let version = "0.1.0"
}
