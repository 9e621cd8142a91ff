/// A template as it is written: text, tags and what they hold. Offsets are bytes in the source.
indirect enum Syntax: Sendable {
  case text([UInt8])
  /// The beginning of a line that has more on it than standalone tags, and the white space it begins with.
  case lineStart([UInt8])
  case variable(Name, isEscaped: Bool)
  /// `{{"words"}}`: words of the interface, which have a translation.
  case phrase(String)
  case section(Name, isInverted: Bool, [Syntax])
  case partial(PartialName, indentation: [UInt8]?)
  case parent(PartialName, [Block], indentation: [UInt8]?)
  case block(Block)

  struct Name: Sendable {
    /// The parts between full stops; `["."]` for the value itself.
    let parts: [Substring]
    let offset: Int

    var text: String { parts == ["."] ? "." : parts.joined(separator: ".") }
  }

  struct PartialName: Sendable {
    let text: String
    /// `{{>*name}}`: the name is a variable whose value names the partial.
    let isDynamic: Bool
    let offset: Int
  }

  /// `{{$name}}…{{/name}}`: a default where it stands in a template, a replacement where it stands in a parent.
  struct Block: Sendable {
    let name: String
    let body: [Syntax]
    let offset: Int
    /// Whether its opening tag is alone on its line.
    let isStandalone: Bool
    /// What a replacement is indented by here: the white space of the default's first line, else of the tag's own line.
    let indentation: [UInt8]
  }
}

extension [Syntax] {
  /// The white space of the first line, where the first thing is the beginning of a line.
  var firstIndentation: [UInt8]? {
    if case .lineStart(let space) = first { return space }
    return nil
  }
}
