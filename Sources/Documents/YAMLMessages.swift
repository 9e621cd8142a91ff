import Diagnostics

extension Diagnostic.Message {
  static let severalDocuments = Self(
    id: "yaml-several-documents", "a second document begins here; a file holds one", suggestion: "move it to a file of its own")
  static let mergeKey = Self(
    id: "yaml-merge-key", "merge keys (<<) are not part of YAML 1.2",
    suggestion: "write the keys out, or use an alias as a value")
  static let complexKey = Self(id: "yaml-key", "a key must be plain or quoted text, not a list, a mapping or an alias")
  static let tooDeep = Self(id: "yaml-depth", "values are nested deeper than \(JSONScanner.maximumDepth) levels")

  static func unknownTag(_ tag: String) -> Self {
    Self(id: "yaml-tag", "the tag \(tag.prefix(60)) is not known and is left out; known are !!str !!int !!float !!bool !!null")
  }

  static func unknownAlias(_ anchor: String, _ near: String?) -> Self {
    Self(
      id: "yaml-alias", "there is no anchor &\(anchor.prefix(60)) before this alias",
      suggestion: near.map { "*\($0)" } ?? "put a text that begins with * in quotes")
  }

  static func recursiveAlias(_ anchor: String) -> Self {
    Self(id: "yaml-alias", "the alias *\(anchor.prefix(60)) stands inside its own anchor")
  }

  static func tooManyCopies(_ limit: Int) -> Self {
    Self(id: "yaml-expansion", "aliases repeat more than \(limit) nodes in all")
  }

  static func invalidUTF8(_ found: String) -> Self {
    Self(id: "invalid-utf8", "\(found) is no UTF-8 text; files must be saved as UTF-8")
  }

  private static let quoteColon = "put a text that holds ': ' in quotes"

  static func yaml(_ problem: String) -> Self { Self(id: "yaml-syntax", problem) }

  /// The wording of a fault that libyaml found. `isAtContext`: it is better shown where libyaml began to read the value.
  static func yaml(
    _ problem: String, _ source: Source, at offset: Int, context: Int?
  ) -> (message: Self, isAtContext: Bool) {
    let begun = context.map { " begun in line \(source.position(at: $0).line)" } ?? ""
    switch problem {
    case "found character that cannot start any token": return (badStart(source, offset), false)
    case "found a tab character where an indentation space is expected", "found a tab character that violates indentation":
      return (tab, false)
    case "mapping values are not allowed in this context":
      return (
        Self(
          id: "yaml-colon", "a ':' cannot stand here: the value before it is complete, or the line is indented wrongly",
          suggestion: quoteColon), false
      )
    case "could not find expected ':'":
      return (Self(id: "yaml-colon", "expected ':' behind the key"), true)
    case "did not find expected key":
      return (
        Self(
          id: "yaml-indentation", "expected a key of the mapping\(begun), found \(found(source, offset))",
          suggestion: "indent all keys of a mapping alike; put a value that begins with a quote wholly in quotes"), false
      )
    case "did not find expected '-' indicator":
      return (
        Self(
          id: "yaml-indentation", "expected '- ' of the list\(begun), found \(found(source, offset))",
          suggestion: "indent all items of a list alike"), false
      )
    case "block sequence entries are not allowed in this context":
      return (Self(id: "yaml-list", "a '- ' cannot stand here", suggestion: "begin the list on a line of its own"), false)
    case "found unexpected end of stream", "found unexpected document indicator":
      return (Self(id: "yaml-unterminated-string", "the quoted text is not closed"), true)
    case "did not find expected ',' or ']'", "did not find expected ',' or '}'":
      let closer = problem.hasSuffix("']'") ? "list" : "mapping"
      return (
        Self(
          id: "yaml-expected-comma",
          "expected \(problem.dropFirst(22)) of the \(closer)\(begun), found \(found(source, offset))",
          suggestion: offset < source.bytes.count && source.bytes[offset] == UInt8(ascii: ":") ? quoteColon : nil), false
      )
    case "found unknown escape character":
      return (
        Self(
          id: "yaml-escape", "unknown escape in a text in double quotes",
          suggestion: "use single quotes, in which a backslash is an ordinary character"), false
      )
    case "control characters are not allowed":
      return (
        Self(id: "yaml-control-character", "\(found(source, offset)) is not allowed; write it as an escape in double quotes"),
        false
      )
    case "did not find expected <document start>":
      return (
        Self(id: "yaml-text-behind-value", "expected the end of the document behind its value, found \(found(source, offset))"),
        false
      )
    case "did not find expected alphabetic or numeric character":
      return (
        Self(
          id: "yaml-alias", "an anchor or alias needs a name of letters and digits",
          suggestion: "put a text that begins with & or * in quotes"), true
      )
    case "did not find expected comment or line break":
      return (Self(id: "yaml-text-behind-value", "expected the end of the line, found \(found(source, offset))"), false)
    case "did not find expected node content":
      return (Self(id: "yaml-expected-value", "expected a value, found \(found(source, offset))"), false)
    default: return (Self(id: "yaml-syntax", problem), false)
    }
  }

  private static let tab = Self(id: "yaml-tab", "a tab cannot indent YAML", suggestion: "use spaces")

  private static func badStart(_ source: Source, _ offset: Int) -> Self {
    if offset < source.bytes.count, source.bytes[offset] == 0x09 { return tab }
    return Self(
      id: "yaml-expected-value", "a plain text cannot begin with \(found(source, offset))", suggestion: "put it in quotes")
  }

  private static func found(_ source: Source, _ offset: Int) -> String { Documents.found(source.bytes.span, at: offset) }
}
