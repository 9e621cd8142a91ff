import Documents

/// What the walk over a tree finds beside the markup, for the section that is open: its words, headings and breaking items.
struct Findings {
  private struct Item {
    var start: Int
    /// Its first paragraph begins with the word.
    var isMarked = false
  }

  private enum Bold { case none, open(start: Int), read(end: Int, fromStart: Bool) }

  private(set) var plain: [UInt8] = []
  private(set) var headings: [MarkdownHeading] = []
  private(set) var relativeLinks: [RelativeLink] = []
  private var breaking: [String] = []
  private var security: [String] = []
  private var contributors: [RenderedMarkdown.Contributor] = []
  private var people: Set<String> = []
  /// What the headings above are about, outer ones first.
  private var groups: [(level: Int, group: ChangeGroup)] = []
  private var blockStart = 0
  private var blockIsMarked = false
  private var items: [Item] = []
  private var strongDepth = 0
  /// The first bold words of the block: only they are looked at.
  private var bold = Bold.none
  private var emphasisDepth = 0
  /// The first words of the block in italics.
  private var italic = Bold.none
  /// Level of the heading above that announces breaking changes.
  private var breakingLevel: Int?
  /// The paragraph before says nothing but "Breaking changes:", so the list behind it is meant.
  private var isLeadIn = false
  /// Paragraphs under that heading; they count if it has no items.
  private var paragraphs: [String] = []
  /// One of them says that there is nothing.
  private var saysNothing = false
  private var hasItems = false

  mutating func add(_ text: some Sequence<UInt8>) { plain.append(contentsOf: text) }

  mutating func add(_ link: RelativeLink) { relativeLinks.append(link) }

  mutating func dropRelativeLinks(after count: Int) { relativeLinks.removeSubrange(count...) }

  mutating func enterBlock() {
    if let last = plain.last, last != UInt8(ascii: "\n") { plain.append(UInt8(ascii: "\n")) }
    blockStart = plain.count
    blockIsMarked = false
    (strongDepth, emphasisDepth) = (0, 0)
    (bold, italic) = (.none, .none)
  }

  mutating func leaveParagraph() {
    if items.isEmpty, breakingLevel == nil, isBreakingTitle(plain[blockStart...]) {
      isLeadIn = true
      hasItems = false
      return
    }
    if items.isEmpty, isNextLabel { return endBreaking() }
    // What a lead-in announces is a list, or the one paragraph behind it.
    let isAnnounced = items.isEmpty && isLeadIn && !hasItems
    if items.isEmpty { isLeadIn = false }
    let isMarked = blockIsMarked || isAnnounced || saysBreaking(plain[blockStart...])
    if items.isEmpty, breakingLevel != nil, !isMarked {
      let text = words(from: blockStart)
      saysNothing = saysNothing || saysNone(text.utf8)
      paragraphs.append(text)
    } else if isMarked, let item = items.last, item.start == blockStart {
      items[items.count - 1].isMarked = true
    } else if isMarked, !itemIsReported {
      report(from: blockStart)
    }
  }

  /// Whether the paragraph is the label of the next list: "Features:" behind "Breaking changes:", or behind the word that there are none.
  /// Below a heading, labels divide what it announces.
  private var isNextLabel: Bool {
    guard isLeadIn && !hasItems || saysNothing else { return false }
    let text = trimmed(plain[blockStart...])
    let isClosed = text.last == UInt8(ascii: ":")
    guard text.count <= 60, isClosed || isAll(bold) || isAll(italic) else { return false }
    if let group = ChangeGroup(heading: text) { return group != .breaking }
    return isClosed && lowerWords(text).split(separator: " ").count <= 3
  }

  /// Whether all words of the block are of that kind.
  private func isAll(_ kind: Bold) -> Bool {
    if case .read(let end, true) = kind { return !plain[end...].contains(where: isWordByte) }
    return false
  }

  mutating func enterItem() {
    enterBlock()
    items.append(Item(start: plain.count))
  }

  /// The words of the outermost item, where it ends here.
  mutating func leaveItem() -> ArraySlice<UInt8>? {
    guard let item = items.popLast() else { return nil }
    reportBreaking(item)
    guard items.isEmpty else { return nil }
    let text = trimmed(plain[item.start...])
    if groups.last?.group == .security || ChangeGroup(item: text) == .security || namesVulnerability(text), !saysNone(text) {
      security.append(String(decoding: text, as: UTF8.self))
    }
    return text
  }

  /// A link whose words are `@name`.
  mutating func addPerson(_ name: some Collection<UInt8>, address: UnsafeBufferPointer<UInt8>) {
    let name = String(decoding: name, as: UTF8.self)
    guard people.insert(name).inserted else { return }
    contributors.append(.init(name: name, address: String(decoding: repairedText(address), as: UTF8.self)))
  }

  private mutating func reportBreaking(_ item: Item) {
    guard !itemIsReported else { return }
    if item.isMarked || (isUnderTitle && items.isEmpty) { report(from: item.start) }
  }

  mutating func enterStrong() {
    strongDepth += 1
    if case .none = bold { bold = .open(start: plain.count) }
  }

  mutating func leaveStrong() {
    strongDepth -= 1
    guard strongDepth == 0, case .open(let start) = bold else { return }
    let isFirst = !plain[blockStart..<start].contains(where: isWordByte)
    bold = .read(end: plain.count, fromStart: isFirst)
    if isFirst, announcesBreaking(plain[start...]) { blockIsMarked = true }
  }

  mutating func enterEmphasis() {
    emphasisDepth += 1
    if case .none = italic { italic = .open(start: plain.count) }
  }

  mutating func leaveEmphasis() {
    emphasisDepth -= 1
    guard emphasisDepth == 0, case .open(let start) = italic else { return }
    italic = .read(end: plain.count, fromStart: !plain[blockStart..<start].contains(where: isWordByte))
  }

  /// The text of the heading that ends here.
  var headingText: String {
    plain[blockStart...].split { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }
      .map { String(decoding: $0, as: UTF8.self) }.joined(separator: " ")
  }

  /// A heading that stays in the open section; what it is about, if that is known.
  mutating func leaveHeading(_ heading: MarkdownHeading) -> ChangeGroup? {
    let group = ChangeGroup(heading: plain[blockStart...])
    groups.removeAll { $0.level >= heading.level }
    if let group { groups.append((heading.level, group)) }
    read(heading, group)
    return group
  }

  private mutating func read(_ heading: MarkdownHeading, _ group: ChangeGroup?) {
    headings.append(heading)
    isLeadIn = false
    if let level = breakingLevel, heading.level > level { return }
    endBreaking()
    breakingLevel = group == .breaking ? heading.level : nil
  }

  /// Ends the section; where a heading opens the next one, its text is no part of this one.
  mutating func takeSection(_ fragment: Fragment, isBeforeHeading: Bool) -> RenderedMarkdown {
    endBreaking()
    if isBeforeHeading { plain.removeSubrange(blockStart...) }
    let text = String(decoding: trimmed(plain[...]), as: UTF8.self)
    var section = RenderedMarkdown(fragment: fragment, plain: text, headings: headings, breaking: breaking)
    section.relativeLinks = relativeLinks
    section.security = security
    section.contributors = contributors
    self = Findings()
    return section
  }

  /// Whether an item around this place is listed as a whole.
  private var itemIsReported: Bool {
    (isUnderTitle && !items.isEmpty) || items.contains { $0.isMarked }
  }

  /// Whether the items here are breaking by what stands above them.
  private var isUnderTitle: Bool { breakingLevel != nil || isLeadIn }

  private mutating func report(from start: Int) {
    hasItems = true
    guard !saysNone(plain[start...]) else { return }
    breaking.append(words(from: start))
  }

  private mutating func endBreaking() {
    if breakingLevel != nil, !hasItems { breaking += paragraphs.filter { !saysNone($0.utf8) } }
    paragraphs = []
    saysNothing = false
    hasItems = false
    breakingLevel = nil
    isLeadIn = false
  }

  private func words(from start: Int) -> String { String(decoding: trimmed(plain[start...]), as: UTF8.self) }

  private func trimmed(_ text: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x0A || $0 == 0x09 }
    let end = text.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? text.startIndex
    return text[..<end].drop(while: isBlank)
  }
}
