import Diagnostics

// The wording of what can be wrong with a test report.
extension Diagnostic.Message {
  static func noXML(_ reason: String) -> Self {
    .init(
      id: "invalid-xml", "this is no well-formed XML: \(reason)",
      suggestion: "a report that ends early is of a run that was stopped; leave it out")
  }

  static let doctype = Self(
    id: "xml-doctype", "a document type is refused: test reports need none, and what it declares can fill the memory",
    suggestion: "remove the <!DOCTYPE …> of the file")

  static func tooDeep(_ limit: Int) -> Self {
    .init(id: "xml-too-deep", "elements lie in each other more than \(limit) deep; test reports do not")
  }

  static func tooLarge(_ limit: Int) -> Self {
    .init(
      id: "report-too-large", "the file is larger than \(limit >> 20) MiB, which is all that is read of a test report",
      suggestion: "leave the output of the tests out of the report, or split it")
  }

  static func noReport(root: String) -> Self {
    .init(
      id: "not-junit",
      "the outermost element is <\(root)>; a test report in the form of JUnit begins with <testsuites> or <testsuite>")
  }
}
