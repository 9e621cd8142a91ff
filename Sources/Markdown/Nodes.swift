import CCmark

/// The children of a node, in order; each may be removed or replaced while it is looked at.
struct ChildNodes: Sequence, IteratorProtocol {
  private var upcoming: OpaquePointer?

  init(of parent: OpaquePointer) { upcoming = cmark_node_first_child(parent) }

  mutating func next() -> OpaquePointer? {
    guard let node = upcoming else { return nil }
    upcoming = cmark_node_next(node)
    return node
  }
}

/// The parents of the nodes of a type below `top`, each once, in order.
func parents(of type: cmark_node_type, below top: OpaquePointer) -> [OpaquePointer] {
  guard let steps = TreeSteps(top) else { return [] }
  var parents: [OpaquePointer] = []
  var seen: Set<OpaquePointer> = []
  while let step = steps.next() {
    guard cmark_node_get_type(step.node) == type, let parent = cmark_node_parent(step.node) else { continue }
    if seen.insert(parent).inserted { parents.append(parent) }
  }
  return parents
}

func textNode(_ text: some Collection<UInt8>) -> OpaquePointer? {
  let node = cmark_node_new(CMARK_NODE_TEXT)
  cmark_node_set_literal(node, String(decoding: text, as: UTF8.self))
  return node
}

/// Markup of our own around what the node will hold. `type`: a custom block or a custom inline.
func markupNode(_ type: cmark_node_type, _ start: String, _ end: String = "") -> OpaquePointer? {
  guard let node = cmark_node_new(type) else { return nil }
  cmark_node_set_on_enter(node, start)
  cmark_node_set_on_exit(node, end)
  return node
}

/// The line that a node was written in. Nodes of our own have none: `setWrittenLine` gives it to them, for all that they hold.
func writtenLine(of node: OpaquePointer) -> Int {
  var next: OpaquePointer? = node
  while let place = next {
    let line = Int(bitPattern: cmark_node_get_user_data(place))
    if line > 0 { return line }
    next = cmark_node_parent(place)
  }
  return Int(cmark_node_get_start_line(node))
}

func setWrittenLine(_ line: Int, of node: OpaquePointer) {
  cmark_node_set_user_data(node, UnsafeMutableRawPointer(bitPattern: line))
}

func remove(_ node: OpaquePointer) {
  cmark_node_unlink(node)
  cmark_node_free(node)
}

func replace(_ node: OpaquePointer, by other: OpaquePointer) {
  cmark_node_insert_before(node, other)
  remove(node)
}

/// Everything that a node holds becomes the last of what another one does.
func moveChildren(of node: OpaquePointer, into other: OpaquePointer) {
  while let child = cmark_node_first_child(node), cmark_node_append_child(other, child) == 1 {}
}

/// What stands between two nodes beside each other becomes the last of what another one holds; all behind `start` without an `end`.
func moveNodes(between start: OpaquePointer, and end: OpaquePointer?, into other: OpaquePointer) {
  while let node = cmark_node_next(start), node != end, cmark_node_append_child(other, node) == 1 {}
}

func unwrap(_ node: OpaquePointer) {
  while let child = cmark_node_first_child(node), cmark_node_insert_before(node, child) == 1 {}
  remove(node)
}

func rendered(_ node: OpaquePointer) -> [UInt8] {
  guard let html = cmark_render_html(node, CMARK_OPT_DEFAULT) else { return [] }
  let result = Array(bytes(html))
  cmark_get_default_mem_allocator()?.pointee.free(html)
  return result
}

/// The bytes of a C string; they live as long as the node that owns them is not changed.
func bytes(_ text: UnsafePointer<CChar>?) -> UnsafeBufferPointer<UInt8> {
  guard let text else { return UnsafeBufferPointer(start: nil, count: 0) }
  var end = text
  while end.pointee != 0 { end += 1 }
  return UnsafeBufferPointer(start: UnsafeRawPointer(text).assumingMemoryBound(to: UInt8.self), count: end - text)
}
