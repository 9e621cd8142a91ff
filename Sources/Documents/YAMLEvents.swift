import CYaml

/// One step of a YAML file as libyaml sees it. Places count Unicode scalars from the start.
struct YAMLEvent {
  enum Kind {
    case documentStart
    case documentEnd
    case alias(anchor: String)
    case scalar(YAMLScalar)
    case sequenceStart(YAMLProperties)
    case sequenceEnd
    case mappingStart(YAMLProperties)
    case mappingEnd
    case streamStart
    case streamEnd
  }

  let kind: Kind
  let place: Int
}

/// What may stand before a value: `&anchor` and `!tag`.
struct YAMLProperties {
  let anchor: String?
  let tag: String?
}

struct YAMLScalar {
  let properties: YAMLProperties
  let text: [UInt8]
  /// Without quotes and not a block: the text decides what kind it is.
  let isPlain: Bool
}

/// Where libyaml stopped and what it says.
struct YAMLFault: Error {
  let problem: String
  /// Scalars from the start, except for faults of the encoding: bytes.
  let place: Int
  /// The start of what it was reading then, where it says so.
  let contextPlace: Int?
  let isEncoding: Bool
}

/// libyaml's event parser over a copy of the bytes, which begin with no byte order mark: the only owner of its pointers.
struct YAMLEvents: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>

  /// nil when there is no memory for it.
  init?(_ bytes: ArraySlice<UInt8>) {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    guard yaml_parser_initialize(parser) == 1 else {
      parser.deallocate()
      return nil
    }
    self.parser = parser
    input = .allocate(capacity: max(bytes.count, 1))
    _ = input.initialize(from: bytes)
    yaml_parser_set_input_string(parser, input.baseAddress, bytes.count)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    input.deallocate()
  }

  mutating func next() throws(YAMLFault) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw fault }
    defer { yaml_event_delete(&event) }
    return YAMLEvent(kind: YAMLEvents.kind(event), place: event.start_mark.index)
  }

  private var fault: YAMLFault {
    let state = parser.pointee
    let isEncoding = state.error == YAML_READER_ERROR
    return YAMLFault(
      problem: state.problem.map { String(cString: $0) } ?? "out of memory",
      place: isEncoding ? state.problem_offset : state.problem_mark.index,
      contextPlace: state.context == nil || isEncoding ? nil : state.context_mark.index,
      isEncoding: isEncoding)
  }

  private static func kind(_ event: yaml_event_t) -> YAMLEvent.Kind {
    switch event.type {
    case YAML_STREAM_START_EVENT: .streamStart
    case YAML_DOCUMENT_START_EVENT: .documentStart
    case YAML_DOCUMENT_END_EVENT: .documentEnd
    case YAML_ALIAS_EVENT: .alias(anchor: text(event.data.alias.anchor) ?? "")
    case YAML_SCALAR_EVENT: .scalar(scalar(event))
    case YAML_SEQUENCE_START_EVENT:
      .sequenceStart(
        YAMLProperties(anchor: text(event.data.sequence_start.anchor), tag: text(event.data.sequence_start.tag)))
    case YAML_SEQUENCE_END_EVENT: .sequenceEnd
    case YAML_MAPPING_START_EVENT:
      .mappingStart(YAMLProperties(anchor: text(event.data.mapping_start.anchor), tag: text(event.data.mapping_start.tag)))
    case YAML_MAPPING_END_EVENT: .mappingEnd
    default: .streamEnd
    }
  }

  private static func scalar(_ event: yaml_event_t) -> YAMLScalar {
    let scalar = event.data.scalar
    return YAMLScalar(
      properties: YAMLProperties(anchor: text(scalar.anchor), tag: text(scalar.tag)),
      text: Array(UnsafeBufferPointer(start: scalar.value, count: scalar.length)),
      isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
  }

  private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
  }
}
