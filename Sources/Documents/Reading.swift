package import Diagnostics

/// The top-level values of a JSON file: one document, or JSON Lines (one value a line). A BOM and CRLF are accepted.
/// A fault costs the value that holds it, or the element of the array (also of the envelope's array) that holds it; reading goes on
/// behind it. Every error diagnostic stands for one value that was lost.
package func readJSON(_ source: Source) -> Parsed<[Node]> {
  guard source.bytes.count < Int(UInt32.max) else {
    return Parsed([], [Diagnostic(.error, .fileTooLarge(source.bytes.count), file: source.file)])
  }
  if isUTF16(source.bytes) { return Parsed([], [source.diagnostic(.error, .utf16, at: 0)]) }
  var reader = JSONReader(source)
  reader.read()
  return reader.finish()
}

/// The one document of a YAML file by the core schema of YAML 1.2; nil if it is empty or has an error. A second document is an error.
/// Aliases are expanded, up to a limit; repeated keys are warnings, the last one counts.
package func readYAML(_ source: Source) -> Parsed<Node?> {
  guard source.bytes.count < Int(UInt32.max) else {
    return Parsed(nil, [Diagnostic(.error, .fileTooLarge(source.bytes.count), file: source.file)])
  }
  if isUTF16(source.bytes) { return Parsed(nil, [source.diagnostic(.error, .utf16, at: 0)]) }
  var reader = YAMLReader(source)
  return reader.read()
}
