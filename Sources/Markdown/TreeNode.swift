import CCmark

/// A node of a tree of cmark. No other file holds cmark's pointers.
///
/// A node is a reference: copies mean the same one. It lives as long as the tree that it hangs in, and one that hangs nowhere until it is
/// freed. cmark ends the program where memory is short, so that there always is a node.
struct TreeNode: Hashable {
  enum Kind {
    case document, blockQuote, list, item, codeBlock, htmlBlock, customBlock, paragraph, heading, thematicBreak
    case text, softBreak, lineBreak, code, htmlInline, customInline, emphasis, strong, link, image
  }

  /// What a custom node is. Its `start` and `end` hold what it needs for that.
  enum Role: Int {
    /// Markup of our own.
    case markup
    /// An element whose words are code.
    case code
    /// A character that the author escaped.
    case character
    /// A place that was named in HTML: its name.
    case anchor
    /// The label of a footnote; after the walk, the number of it and the name of this place.
    case footnoteReference
    /// The path of a picture, and its other attributes.
    case picture
    /// `x` where it is done.
    case task
    /// Which alert it is, in lower case.
    case alert
    case table, rowEnd, cell
  }

  fileprivate let pointer: OpaquePointer

  fileprivate init?(_ pointer: OpaquePointer?) {
    guard let pointer else { return nil }
    self.pointer = pointer
  }

  /// A node that hangs nowhere yet.
  init(_ kind: Kind) {
    guard let node = TreeNode(cmark_node_new(kind.type)) else { preconditionFailure("cmark knows every kind of node") }
    self = node
  }

  /// The document that a text is, as CommonMark. It is to be freed.
  init(document text: [UInt8]) {
    let parsed = text.withUnsafeBytes { bytes in
      cmark_parse_document(bytes.baseAddress?.assumingMemoryBound(to: CChar.self), bytes.count, CMARK_OPT_DEFAULT)
    }
    guard let node = TreeNode(parsed) else { preconditionFailure("every text is a document") }
    self = node
  }

  var kind: Kind { Kind(cmark_node_get_type(pointer)) }
}

// MARK: - What it holds

extension TreeNode {
  // Bytes of a node live as long as it is not changed.

  /// Of text, code and HTML.
  var literal: UnsafeBufferPointer<UInt8> { bytes(cmark_node_get_literal(pointer)) }
  /// Of a link or an image, as its title.
  var url: UnsafeBufferPointer<UInt8> { bytes(cmark_node_get_url(pointer)) }
  var title: UnsafeBufferPointer<UInt8> { bytes(cmark_node_get_title(pointer)) }
  /// What stands behind the fence of a block of code.
  var fenceInfo: UnsafeBufferPointer<UInt8> { bytes(cmark_node_get_fence_info(pointer)) }
  /// Of a custom node: what stands before and behind all that it holds, or what else its role needs.
  var start: UnsafeBufferPointer<UInt8> { bytes(cmark_node_get_on_enter(pointer)) }
  var end: UnsafeBufferPointer<UInt8> { bytes(cmark_node_get_on_exit(pointer)) }

  func setLiteral(_ text: some Collection<UInt8>) { cmark_node_set_literal(pointer, String(decoding: text, as: UTF8.self)) }
  func setURL(_ url: String) { cmark_node_set_url(pointer, url) }
  func setTitle(_ title: String) { cmark_node_set_title(pointer, title) }
  func setCustom(_ role: Role, _ start: String, _ end: String) {
    notes = (notes.line, role)
    cmark_node_set_on_enter(pointer, start)
    cmark_node_set_on_exit(pointer, end)
  }

  /// Of a list.
  var isOrdered: Bool { cmark_node_get_list_type(pointer) == CMARK_ORDERED_LIST }
  var firstNumber: Int { Int(cmark_node_get_list_start(pointer)) }
  /// Its items hold words and no paragraphs.
  var isTight: Bool { cmark_node_get_list_tight(pointer) == 1 }

  var headingLevel: Int { Int(cmark_node_get_heading_level(pointer)) }
  func setHeadingLevel(_ level: Int) { cmark_node_set_heading_level(pointer, Int32(level)) }

  // Lines and columns are counted from 1; they are 0 in nodes of our own.

  var startLine: Int { Int(cmark_node_get_start_line(pointer)) }
  var endLine: Int { Int(cmark_node_get_end_line(pointer)) }
  var startColumn: Int { Int(cmark_node_get_start_column(pointer)) }
  var endColumn: Int { Int(cmark_node_get_end_column(pointer)) }

  /// The line that a node was written in. Nodes of our own have none: `setWrittenLine` gives it to them, for all that they hold.
  var writtenLine: Int {
    var next: TreeNode? = self
    while let place = next {
      if place.notes.line > 0 { return place.notes.line }
      next = place.parent
    }
    return startLine
  }

  func setWrittenLine(_ line: Int) { notes = (line, notes.role) }

  /// Of a custom node.
  var role: Role { notes.role }

  /// What cmark keeps for us: a number as wide as a pointer.
  private var notes: (line: Int, role: Role) {
    get {
      let number = Int(bitPattern: cmark_node_get_user_data(pointer))
      return (number >> 4, Role(rawValue: number & 15) ?? .markup)
    }
    nonmutating set {
      let number = newValue.line << 4 | newValue.role.rawValue
      cmark_node_set_user_data(pointer, UnsafeMutableRawPointer(bitPattern: number))
    }
  }

  private func bytes(_ text: UnsafePointer<CChar>?) -> UnsafeBufferPointer<UInt8> {
    guard let text else { return UnsafeBufferPointer(start: nil, count: 0) }
    var end = text
    while end.pointee != 0 { end += 1 }
    return UnsafeBufferPointer(start: UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self), count: end - text)
  }
}

// MARK: - Where it hangs

extension TreeNode {
  var parent: TreeNode? { TreeNode(cmark_node_parent(pointer)) }
  var next: TreeNode? { TreeNode(cmark_node_next(pointer)) }
  var previous: TreeNode? { TreeNode(cmark_node_previous(pointer)) }
  var firstChild: TreeNode? { TreeNode(cmark_node_first_child(pointer)) }
  var lastChild: TreeNode? { TreeNode(cmark_node_last_child(pointer)) }

  /// In order; each may be removed or replaced while it is looked at.
  var children: Children { Children(upcoming: firstChild) }

  struct Children: Sequence, IteratorProtocol {
    fileprivate var upcoming: TreeNode?

    mutating func next() -> TreeNode? {
      guard let node = upcoming else { return nil }
      upcoming = node.next
      return node
    }

    /// Of our own: that of the standard library, inlined here, ends the optimizer of Swift 6.3.1.
    func allSatisfy(_ test: (TreeNode) -> Bool) -> Bool {
      for node in self where !test(node) { return false }
      return true
    }
  }

  /// Everything below the node, and itself.
  var steps: TreeSteps { TreeSteps(self) }

  // Each takes the node out of where it hangs first. False, and nothing changed, where it cannot stand there.

  @discardableResult
  func append(_ child: TreeNode) -> Bool { cmark_node_append_child(pointer, child.pointer) == 1 }
  @discardableResult
  func insert(before node: TreeNode) -> Bool { cmark_node_insert_before(node.pointer, pointer) == 1 }
  @discardableResult
  func insert(after node: TreeNode) -> Bool { cmark_node_insert_after(node.pointer, pointer) == 1 }

  func unlink() { cmark_node_unlink(pointer) }

  /// Frees a node that hangs nowhere, and all that it holds.
  func free() { cmark_node_free(pointer) }
}

/// cmark's own walk, which survives the removal of the node it has just left.
struct TreeSteps: ~Copyable {
  struct Step {
    let isEntering: Bool
    let node: TreeNode
  }

  private let iterator: OpaquePointer

  fileprivate init(_ top: TreeNode) {
    guard let made = cmark_iter_new(top.pointer) else { preconditionFailure("every node can be walked over") }
    iterator = made
  }

  deinit { cmark_iter_free(iterator) }

  func next() -> Step? {
    let event = cmark_iter_next(iterator)
    guard event != CMARK_EVENT_DONE, let node = TreeNode(cmark_iter_get_node(iterator)) else { return nil }
    return Step(isEntering: event == CMARK_EVENT_ENTER, node: node)
  }
}

extension TreeNode.Kind {
  fileprivate init(_ type: cmark_node_type) {
    switch type {
    case CMARK_NODE_DOCUMENT: self = .document
    case CMARK_NODE_BLOCK_QUOTE: self = .blockQuote
    case CMARK_NODE_LIST: self = .list
    case CMARK_NODE_ITEM: self = .item
    case CMARK_NODE_CODE_BLOCK: self = .codeBlock
    case CMARK_NODE_HTML_BLOCK: self = .htmlBlock
    case CMARK_NODE_CUSTOM_BLOCK: self = .customBlock
    case CMARK_NODE_PARAGRAPH: self = .paragraph
    case CMARK_NODE_HEADING: self = .heading
    case CMARK_NODE_THEMATIC_BREAK: self = .thematicBreak
    case CMARK_NODE_TEXT: self = .text
    case CMARK_NODE_SOFTBREAK: self = .softBreak
    case CMARK_NODE_LINEBREAK: self = .lineBreak
    case CMARK_NODE_CODE: self = .code
    case CMARK_NODE_HTML_INLINE: self = .htmlInline
    case CMARK_NODE_CUSTOM_INLINE: self = .customInline
    case CMARK_NODE_EMPH: self = .emphasis
    case CMARK_NODE_STRONG: self = .strong
    case CMARK_NODE_LINK: self = .link
    case CMARK_NODE_IMAGE: self = .image
    default: preconditionFailure("cmark 0.30 has no other nodes")
    }
  }

  fileprivate var type: cmark_node_type {
    switch self {
    case .document: CMARK_NODE_DOCUMENT
    case .blockQuote: CMARK_NODE_BLOCK_QUOTE
    case .list: CMARK_NODE_LIST
    case .item: CMARK_NODE_ITEM
    case .codeBlock: CMARK_NODE_CODE_BLOCK
    case .htmlBlock: CMARK_NODE_HTML_BLOCK
    case .customBlock: CMARK_NODE_CUSTOM_BLOCK
    case .paragraph: CMARK_NODE_PARAGRAPH
    case .heading: CMARK_NODE_HEADING
    case .thematicBreak: CMARK_NODE_THEMATIC_BREAK
    case .text: CMARK_NODE_TEXT
    case .softBreak: CMARK_NODE_SOFTBREAK
    case .lineBreak: CMARK_NODE_LINEBREAK
    case .code: CMARK_NODE_CODE
    case .htmlInline: CMARK_NODE_HTML_INLINE
    case .customInline: CMARK_NODE_CUSTOM_INLINE
    case .emphasis: CMARK_NODE_EMPH
    case .strong: CMARK_NODE_STRONG
    case .link: CMARK_NODE_LINK
    case .image: CMARK_NODE_IMAGE
    }
  }
}
