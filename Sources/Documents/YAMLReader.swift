import Diagnostics

/// Reads the one document of a YAML file onto a tape, so that consumers need not know which format a node came from.
struct YAMLReader {
  /// Aliases may repeat this many nodes in all; more is an attack ("billion laughs"), not a configuration.
  private static let maximumCopies = 10_000
  private static let maximumDepth = JSONScanner.maximumDepth

  /// A container that is still open.
  private struct Frame {
    let token: Int
    let anchor: String?
    /// Of mappings: the tape index of each key by its text. nil in sequences.
    var keys: [[UInt8]: Int]?
    /// Of mappings: the next value on the tape is a key.
    var expectsKey: Bool
  }

  private let source: Source
  private var scalars: ScalarPlaces
  private var tape: [Token] = []
  private var text: [UInt8] = []
  private var textStarts: [UInt32] = []
  private var frames: [Frame] = []
  private var anchors: [String: Range<Int>] = [:]
  private var copies = 0
  private var documents = 0
  private var warnings: [Diagnostic] = []

  /// A fault of ours, worded where it is found.
  private struct Stop: Error {
    let message: Diagnostic.Message
    let offset: Int
  }

  init(_ source: Source) {
    self.source = source
    scalars = ScalarPlaces(source.bytes)
  }

  mutating func read() -> Parsed<Node?> {
    if let stop = firstBadByte() ?? readEvents() {
      return Parsed(nil, warnings + [source.diagnostic(.error, stop.message, at: stop.offset)])
    }
    let isEmpty = tape.isEmpty || (tape.count == 1 && tape[0].kind == .null && tape[0].extent == 0)
    let document = Document(source: source, tape: tape, text: text, textStarts: textStarts)
    return Parsed(isEmpty ? nil : Node(document: document, index: 0), warnings)
  }

  /// libyaml reads ahead in blocks: the place of a byte that is no UTF-8 must be found before.
  private func firstBadByte() -> Stop? {
    let bytes = source.bytes.span
    var place = 0
    while place < bytes.count {
      let length = sequenceLength(bytes, place)
      if length == 0 { return Stop(message: .invalidUTF8(found(bytes, at: place)), offset: place) }
      place += length
    }
    return nil
  }

  private mutating func readEvents() -> Stop? {
    guard var events = YAMLEvents(source.bytes[scalars.start...]) else {
      return Stop(message: .yaml("out of memory"), offset: 0)
    }
    do {
      while true {
        let event = try events.next()
        let offset = scalars.offset(of: event.place)
        if case .streamEnd = event.kind { return nil }
        try take(event.kind, at: offset)
      }
    } catch let stop as Stop {
      return stop
    } catch let fault as YAMLFault {
      return stop(fault)
    } catch {
      return Stop(message: .yaml("\(error)"), offset: 0)
    }
  }

  private mutating func stop(_ fault: YAMLFault) -> Stop {
    let offset = fault.isEncoding ? fault.place + scalars.start : scalars.offset(of: fault.place)
    let context = fault.contextPlace.map { scalars.offset(of: $0) }
    let (message, isAtContext) = Diagnostic.Message.yaml(fault.problem, source, at: offset, context: context)
    return Stop(message: message, offset: isAtContext ? context ?? offset : offset)
  }

  // MARK: Events

  private mutating func take(_ kind: YAMLEvent.Kind, at offset: Int) throws(Stop) {
    switch kind {
    case .streamStart, .streamEnd, .documentEnd: break
    case .documentStart:
      documents += 1
      if documents > 1 { throw Stop(message: .severalDocuments, offset: offset) }
    case .scalar(let scalar): try take(scalar, at: offset)
    case .alias(let anchor): try takeAlias(anchor, at: offset)
    case .sequenceStart(let properties): try open(.array, properties, at: offset)
    case .mappingStart(let properties): try open(.object, properties, at: offset)
    case .sequenceEnd, .mappingEnd: close()
    }
  }

  private mutating func take(_ scalar: YAMLScalar, at offset: Int) throws(Stop) {
    let isKey = frames.last?.expectsKey ?? false
    let (kind, flags) = isKey ? (.string, []) : self.kind(of: scalar, at: offset)
    if isKey { try takeKey(scalar, at: offset) }
    let index = tape.count
    append(Token(kind, start: offset, extent: scalar.text.count, flags: flags), text: text.count)
    text += scalar.text
    if let anchor = scalar.properties.anchor { anchors[anchor] = index..<tape.count }
    finishValue()
  }

  private mutating func kind(of scalar: YAMLScalar, at offset: Int) -> (Token.Kind, Token.Flags) {
    switch scalar.properties.tag {
    case nil: return scalar.isPlain ? CoreSchema.kind(of: scalar.text) : (.string, [])
    case "!", "tag:yaml.org,2002:str": return (.string, [])
    case "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null":
      return CoreSchema.kind(of: scalar.text)
    case .some(let tag):
      warnings.append(source.diagnostic(.warning, .unknownTag(tag), at: offset))
      return scalar.isPlain ? CoreSchema.kind(of: scalar.text) : (.string, [])
    }
  }

  /// Notes the key that is about to be appended, and marks an earlier one of the same text.
  private mutating func takeKey(_ scalar: YAMLScalar, at offset: Int) throws(Stop) {
    if scalar.isPlain, scalar.text == Array("<<".utf8) { throw Stop(message: .mergeKey, offset: offset) }
    guard let earlier = frames[frames.count - 1].keys?.updateValue(tape.count, forKey: scalar.text) else { return }
    tape[earlier].flags.insert(.replaced)
    let key = "\"" + String(decoding: scalar.text.prefix(60), as: UTF8.self) + "\""
    warnings.append(source.diagnostic(.warning, .duplicateKey(key), at: offset))
  }

  private mutating func open(_ kind: Token.Kind, _ properties: YAMLProperties, at offset: Int) throws(Stop) {
    if frames.last?.expectsKey ?? false { throw Stop(message: .complexKey, offset: offset) }
    guard frames.count < YAMLReader.maximumDepth else { throw Stop(message: .tooDeep, offset: offset) }
    switch properties.tag {
    case nil, "!", "tag:yaml.org,2002:map", "tag:yaml.org,2002:seq": break
    case .some(let tag): warnings.append(source.diagnostic(.warning, .unknownTag(tag), at: offset))
    }
    let isMapping = kind == .object
    frames.append(
      Frame(token: tape.count, anchor: properties.anchor, keys: isMapping ? [:] : nil, expectsKey: isMapping))
    append(Token(kind, start: offset, extent: 0), text: 0)
  }

  private mutating func close() {
    guard let frame = frames.popLast() else { return }
    tape[frame.token].extent = UInt32(truncatingIfNeeded: tape.count)
    if let anchor = frame.anchor { anchors[anchor] = frame.token..<tape.count }
    finishValue()
  }

  private mutating func append(_ token: Token, text start: Int) {
    tape.append(token)
    textStarts.append(UInt32(truncatingIfNeeded: start))
  }

  /// In a mapping keys and values take turns.
  private mutating func finishValue() {
    guard let last = frames.indices.last, frames[last].keys != nil else { return }
    frames[last].expectsKey.toggle()
  }

  // MARK: Aliases

  private mutating func takeAlias(_ anchor: String, at offset: Int) throws(Stop) {
    if frames.last?.expectsKey ?? false { throw Stop(message: .complexKey, offset: offset) }
    if frames.contains(where: { $0.anchor == anchor }) && anchors[anchor] == nil {
      throw Stop(message: .recursiveAlias(anchor), offset: offset)
    }
    guard let range = anchors[anchor] else {
      throw Stop(message: .unknownAlias(anchor, nearMiss(anchor, among: anchors.keys)), offset: offset)
    }
    copies += range.count
    guard copies <= YAMLReader.maximumCopies else {
      throw Stop(message: .tooManyCopies(YAMLReader.maximumCopies), offset: offset)
    }
    guard frames.count + height(of: range) <= YAMLReader.maximumDepth else { throw Stop(message: .tooDeep, offset: offset) }
    copy(range)
    finishValue()
  }

  private mutating func copy(_ range: Range<Int>) {
    let shift = UInt32(truncatingIfNeeded: tape.count - range.lowerBound)
    for index in range {
      var token = tape[index]
      if token.isContainer { token.extent &+= shift }
      append(token, text: Int(textStarts[index]))
    }
  }

  /// How deep containers are nested in a part of the tape.
  private func height(of range: Range<Int>) -> Int {
    var ends: [Int] = []
    var height = 0
    for index in range {
      while let end = ends.last, end <= index { ends.removeLast() }
      if tape[index].isContainer { ends.append(Int(tape[index].extent)) }
      height = max(height, ends.count)
    }
    return height
  }
}

/// Turns libyaml's places, which count scalars, into byte offsets. They come nearly in order: it walks from the last one.
private struct ScalarPlaces {
  private let bytes: [UInt8]
  /// Behind the byte order mark, if there is one.
  let start: Int
  private var place = 0
  private var offset: Int

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    offset = start
  }

  mutating func offset(of wanted: Int) -> Int {
    while place < wanted, offset < bytes.count {
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      place += 1
    }
    while place > wanted, offset > start {
      offset -= 1
      while offset > start, bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
      place -= 1
    }
    return offset
  }
}
