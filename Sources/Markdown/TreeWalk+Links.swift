import Documents

// Where links and pictures lead.

extension TreeWalk {
  /// An image asks another host for something, so it is a link. A link in a link, and one to an unsafe address, is its words.
  mutating func leaveLink(_ node: TreeNode) {
    let start = linkStarts.popLast() ?? 0
    if node.kind == .image, showImage(node, words: found.plain[start...]) { return }
    let file = file(meantBy: node)
    let isPlaced = file != nil || place(node)
    if file == nil { readPerson(node, found.plain[start...]) }
    let address = node.url
    let isSafe = file != nil || isPlaced && isSafeAddress(address)
    if isSafe, !address.isEmpty, !found.plain[start...].contains(where: { $0 > 0x20 }) { name(node, by: address) }
    guard isSafe, linkStarts.isEmpty else { return node.unwrap() }
    let title = node.title
    if needsRepair(title) { node.setTitle(String(decoding: repairedText(title), as: UTF8.self)) }
    let link = node.kind == .image ? linkStanding(for: node) : node
    if let file {
      annotations.targets[link] = file
    } else if links.hasAnchors, link.url.first == UInt8(ascii: "#") {
      placeLinks.append(link)
    }
  }

  private func linkStanding(for image: TreeNode) -> TreeNode {
    let link = TreeNode(.link)
    link.setURL(String(decoding: image.url, as: UTF8.self))
    link.setTitle(String(decoding: image.title, as: UTF8.self))
    link.setWrittenLine(image.writtenLine)
    image.moveChildren(into: link)
    image.replace(by: link)
    return link
  }

  /// A picture of the content folder is shown, at its own size, when it comes into sight. False where it is none.
  private func showImage(_ node: TreeNode, words: ArraySlice<UInt8>) -> Bool {
    let address = node.url
    guard isRelativeAddress(address), let image = links.images.image(at: String(decoding: address, as: UTF8.self)) else {
      return false
    }
    let title = node.title
    let more = title.isEmpty ? "" : " title=\"\(escaped(repairedText(title)))\""
    let attributes =
      "\" alt=\"\(escaped(words))\"\(more) width=\"\(image.width)\" height=\"\(image.height)\" loading=\"lazy\">"
    node.replace(by: .inline(.picture, image.path, attributes))
    return true
  }

  private mutating func readPerson(_ link: TreeNode, _ words: ArraySlice<UInt8>) {
    let name = words.dropFirst()
    guard words.first == UInt8(ascii: "@"), !name.isEmpty, name.count <= 64,
      name.allSatisfy({ isWordByte($0) || "-_.[]".utf8.contains($0) })
    else { return }
    let address = link.url
    if isSafeAddress(address) { found.addPerson(name, address: address) }
  }

  /// The text of the content folder that a link leads to; nil where it leads to none.
  private func file(meantBy node: TreeNode) -> Fragment.Hole? {
    let address = node.url
    guard node.kind == .link, links.relative != .kept, isRelativeAddress(address),
      let text = links.images.text(at: String(decoding: repairedText(address), as: UTF8.self))
    else { return nil }
    return .file(path: text.path, place: text.place.map(percentEncodedAddress))
  }

  /// Gives a relative address its base. False where it has none to lead anywhere with.
  private mutating func place(_ node: TreeNode) -> Bool {
    let address = node.url
    guard links.relative != .kept, isRelativeAddress(address) else { return true }
    let text = String(decoding: repairedText(address), as: UTF8.self)
    guard case .base(let base) = links.relative else {
      let isImage = node.kind == .image
      found.add(RelativeLink(address: text, isImage: isImage, line: node.writtenLine))
      return false
    }
    node.setURL(base + (base.hasSuffix("/") ? "" : "/") + text.drop { $0 == "/" })
    return true
  }

  /// Leads a link to the place of its section that it means, else to the section that has the name.
  mutating func leadToPlace(_ link: TreeNode) {
    let text = String(decoding: repairedText(link.url), as: UTF8.self)
    let fragment = String(text.dropFirst())
    if let name = anchors.name(ofFragment: fragment) {
      annotations.targets[link] = .place(name)
    } else if let version = openers.release(ofFragment: fragment) {
      annotations.targets[link] = .release(version: version)
    } else {
      found.add(RelativeLink(address: text, line: link.writtenLine))
      link.unwrap()
    }
  }

  /// A link without words could not be heard.
  private mutating func name(_ node: TreeNode, by address: UnsafeBufferPointer<UInt8>) {
    let shown = repairedText(address)
    node.append(TreeNode.text(shown))
    found.add(shown)
  }
}
