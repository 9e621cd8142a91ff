import CExpat
import Diagnostics

/// Why reading a file stopped, and where.
struct XMLFault: Error {
  let message: Diagnostic.Message
  let offset: Int
  /// It is sound, but no test report.
  var isForeign = false
}

/// Expat over the bytes of one file: the only owner of its pointers. A document type is refused, so that there are no entities but
/// the five of XML.
struct XMLEvents {
  static let largest = 64 << 20
  static let deepest = 64

  private let parser: XML_Parser
  private var counting: Counting
  private var depth = 0
  private var refusal: (message: Diagnostic.Message, isForeign: Bool)?

  static func read(_ bytes: [UInt8], into counting: inout Counting) -> XMLFault? {
    guard let parser = XML_ParserCreate(nil) else { return XMLFault(message: .noXML("there is no memory for it"), offset: 0) }
    defer { XML_ParserFree(parser) }
    var events = XMLEvents(parser: parser, counting: counting)
    let status = withUnsafeMutablePointer(to: &events) { events in
      XML_SetUserData(parser, events)
      XML_SetElementHandler(parser, XMLEvents.start, XMLEvents.end)
      XML_SetStartDoctypeDeclHandler(parser, XMLEvents.doctype)
      return bytes.withUnsafeBytes { XML_Parse(parser, $0.baseAddress, Int32($0.count), 1) }
    }
    counting = events.counting
    guard status != XML_STATUS_OK else { return nil }
    var offset = max(0, Int(XML_GetCurrentByteIndex(parser)))
    // It is reported at its end.
    if events.refusal?.message == .doctype {
      offset = bytes.prefix(offset).firstRange(of: "<!DOCTYPE".utf8)?.lowerBound ?? offset
    }
    if let refusal = events.refusal { return XMLFault(message: refusal.message, offset: offset, isForeign: refusal.isForeign) }
    let reason = XML_ErrorString(XML_GetErrorCode(parser)).map { String(cString: $0) } ?? "it cannot be read"
    return XMLFault(message: .noXML(reason), offset: offset)
  }

  private mutating func refuse(_ message: Diagnostic.Message, isForeign: Bool = false) {
    refusal = refusal ?? (message, isForeign)
    XML_StopParser(parser, XML_Bool(XML_FALSE))
  }

  private static let start: XML_StartElementHandler = { events, name, attributes in
    guard let events = events?.assumingMemoryBound(to: XMLEvents.self), let name else { return }
    events.pointee.start(String(cString: name), XMLAttributes(attributes))
  }

  private static let end: XML_EndElementHandler = { events, _ in
    guard let events = events?.assumingMemoryBound(to: XMLEvents.self), events.pointee.refusal == nil else { return }
    events.pointee.depth -= 1
    events.pointee.counting.end()
  }

  private static let doctype: XML_StartDoctypeDeclHandler = { events, _, _, _, _ in
    events?.assumingMemoryBound(to: XMLEvents.self).pointee.refuse(.doctype)
  }

  private mutating func start(_ name: String, _ attributes: XMLAttributes) {
    // Expat may still report what it has at hand after it was stopped.
    guard refusal == nil else { return }
    depth += 1
    if depth > XMLEvents.deepest { return refuse(.tooDeep(XMLEvents.deepest)) }
    if !counting.start(name, attributes) { refuse(.noReport(root: name), isForeign: true) }
  }
}

/// The attributes of one element, as expat hands them out: name, value, …, nil. Valid only while the element is reported.
struct XMLAttributes {
  private let pairs: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?

  init(_ pairs: UnsafeMutablePointer<UnsafePointer<XML_Char>?>?) { self.pairs = pairs }

  subscript(name: StaticString) -> String? {
    guard let pairs else { return nil }
    var index = 0
    while let key = pairs[index], let value = pairs[index + 1] {
      if XMLAttributes.isEqual(key, name) { return String(cString: value) }
      index += 2
    }
    return nil
  }

  /// Both end with a zero byte.
  private static func isEqual(_ key: UnsafePointer<XML_Char>, _ name: StaticString) -> Bool {
    var index = 0
    while UInt8(bitPattern: key[index]) == name.utf8Start[index] {
      if key[index] == 0 { return true }
      index += 1
    }
    return false
  }
}
