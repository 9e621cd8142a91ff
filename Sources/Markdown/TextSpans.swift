/// A part of a text that is shown as something else: a link, a character.
struct TextSpan {
  let range: Range<Int>
  /// nil: no link.
  let address: String?
  /// What is shown instead; nil: the text itself.
  var shown: String?
}

/// Finds what stands bare in a text that no markup surrounds: addresses (GFM, Autolinks), references, short codes of emoji. One walk
/// over the bytes; what is looked at twice is bounded.
struct TextSpans {
  private let text: [UInt8]
  private let links: MarkdownLinks
  private var spans: [TextSpan] = []
  /// By byte: how a key of an issue may begin. Empty without any.
  private let beginsKey: [Bool]

  static func find(in text: [UInt8], _ links: MarkdownLinks) -> [TextSpan] {
    var finder = TextSpans(text: text, links: links)
    finder.run()
    return finder.spans
  }

  /// Keys of issues alone.
  static func keys(in text: [UInt8], _ patterns: [KeyPattern]) -> [TextSpan] {
    var links = MarkdownLinks()
    links.keys = patterns
    let finder = TextSpans(text: text, links: links)
    var spans: [TextSpan] = []
    var index = 0
    while index < text.count {
      let found = finder.key(at: index)
      if let found { spans.append(found) }
      index = found?.range.upperBound ?? index + 1
    }
    return spans
  }

  private init(text: [UInt8], links: MarkdownLinks) {
    self.text = text
    self.links = links
    let first: Set<UInt8> = links.keys.reduce(into: []) { $0.formUnion($1.first) }
    beginsKey = first.isEmpty ? [] : (0...255).map(first.contains)
  }

  private mutating func run() {
    var index = 0
    while index < text.count {
      let found: TextSpan? =
        switch text[index] {
        case UInt8(ascii: "h"), UInt8(ascii: "H"): address(at: index) ?? hash(at: index)
        case UInt8(ascii: "w"), UInt8(ascii: "W"): host(at: index)
        case UInt8(ascii: "@"): mail(at: index) ?? mention(at: index)
        case UInt8(ascii: "#"): issue(at: index)
        case UInt8(ascii: ":"): emoji(at: index)
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"): hash(at: index)
        default: nil
        }
      guard let found = found ?? key(at: index), found.range.lowerBound >= spans.last?.range.upperBound ?? 0 else {
        index += 1
        continue
      }
      spans.append(found)
      index = found.range.upperBound
    }
  }

  private func byte(_ index: Int) -> UInt8? { text.indices.contains(index) ? text[index] : nil }
  private func isWord(_ index: Int) -> Bool { byte(index).map { isWordByte($0) || $0 >= 0x80 } ?? false }
  private func string(_ range: Range<Int>) -> String { String(decoding: text[range], as: UTF8.self) }

  private func has(_ word: StaticString, at index: Int) -> Bool {
    let bytes = word.withUTF8Buffer { Array($0) }
    guard index + bytes.count <= text.count else { return false }
    return text[index..<(index + bytes.count)].elementsEqual(bytes) { $0 == $1 || ($0 | 0x20) == $1 }
  }

  // MARK: Addresses

  private func address(at index: Int) -> TextSpan? {
    guard !isWord(index - 1) else { return nil }
    let scheme = has("https://", at: index) ? 8 : has("http://", at: index) ? 7 : 0
    guard scheme > 0, let domain = domainEnd(from: index + scheme, needsDot: false) else { return nil }
    let range = index..<addressEnd(from: domain, start: index)
    return TextSpan(range: range, address: string(range))
  }

  private func host(at index: Int) -> TextSpan? {
    guard has("www.", at: index), index == 0 || " \t\n*_~(".utf8.contains(text[index - 1]),
      let domain = domainEnd(from: index, needsDot: true)
    else { return nil }
    let range = index..<addressEnd(from: domain, start: index)
    return TextSpan(range: range, address: "http://" + string(range))
  }

  /// The end of a domain: parts of letters, digits, `-` and `_` between full stops, no `_` in the last two. nil where there is none.
  private func domainEnd(from start: Int, needsDot: Bool) -> Int? {
    var index = start
    var dots = 0
    var (inLast, inSecondLast) = (false, false)
    while let byte = byte(index) {
      if byte == UInt8(ascii: ".") {
        (inSecondLast, inLast) = (inLast, false)
        dots += 1
      } else if byte == UInt8(ascii: "_") {
        inLast = true
      } else if !isWordByte(byte), byte != UInt8(ascii: "-"), byte < 0x80 {
        break
      }
      index += 1
    }
    return index > start && !inLast && !inSecondLast && (dots > 0 || !needsDot) && text[start] != UInt8(ascii: ".")
      ? index : nil
  }

  /// Up to a blank or `<`, without the punctuation that ends a sentence.
  private func addressEnd(from domain: Int, start: Int) -> Int {
    var end = domain
    while let byte = byte(end), byte > 0x20, byte != UInt8(ascii: "<") { end += 1 }
    var opening = text[start..<end].count { $0 == UInt8(ascii: "(") }
    var closing = text[start..<end].count { $0 == UInt8(ascii: ")") }
    while end > start + 1 {
      switch text[end - 1] {
      case UInt8(ascii: ")"):
        guard closing > opening else { return end }
        closing -= 1
      case UInt8(ascii: ";"):
        guard let entity = entityStart(before: end - 1, after: start) else { return end }
        opening -= text[entity..<end].count { $0 == UInt8(ascii: "(") }
        end = entity + 1
      case let byte where "?!.,:*_~'\"".utf8.contains(byte): break
      default: return end
      }
      end -= 1
    }
    return end
  }

  /// Where `&name` begins that ends at `end`.
  private func entityStart(before end: Int, after start: Int) -> Int? {
    var index = end - 1
    while index > start, isWordByte(text[index]) { index -= 1 }
    return index < end - 1 && text[index] == UInt8(ascii: "&") ? index : nil
  }

  private func mail(at index: Int) -> TextSpan? {
    var start = index
    while start > 0, isWordByte(text[start - 1]) || ".+-_".utf8.contains(text[start - 1]), index - start < 64 { start -= 1 }
    while start < index, text[start] == UInt8(ascii: ".") || text[start] == UInt8(ascii: "-") { start += 1 }
    guard start < index, !isWord(start - 1), byte(start - 1) != UInt8(ascii: "/"), byte(start - 1) != UInt8(ascii: "@") else {
      return nil
    }
    var end = index + 1
    var dots = 0
    while let byte = byte(end), isWordByte(byte) || "-_.".utf8.contains(byte) {
      if byte == UInt8(ascii: ".") {
        guard let next = self.byte(end + 1), isWordByte(next) else { break }
        dots += 1
      }
      end += 1
    }
    guard dots > 0, text[end - 1] != UInt8(ascii: "-"), text[end - 1] != UInt8(ascii: "_"), byte(end) != UInt8(ascii: "@")
    else { return nil }
    return TextSpan(range: start..<end, address: "mailto:" + string(start..<end))
  }

  // MARK: References

  /// `@ana`; not `@angular/cli`, not what stands in a word.
  private func mention(at index: Int) -> TextSpan? {
    guard !isWord(index - 1), byte(index - 1) != UInt8(ascii: "/"), byte(index - 1) != UInt8(ascii: ".") else { return nil }
    var end = index + 1
    while let byte = byte(end), isWordByte(byte) || (byte == UInt8(ascii: "-") && isWord(end + 1)), end - index <= 39 {
      end += 1
    }
    let nameEnd = end
    if has("[bot]", at: end) { end += 5 }
    guard end > index + 1, !isWord(end), byte(end) != UInt8(ascii: "/"), byte(end) != UInt8(ascii: "@"),
      byte(end) != UInt8(ascii: "_"),
      !(byte(end) == UInt8(ascii: ".") && isWord(end + 1)),
      let address = links.person(string((index + 1)..<nameEnd), isBot: end > nameEnd)
    else { return nil }
    return TextSpan(range: index..<end, address: address)
  }

  /// `#12`, `owner/name#12`; not `&#12;`, not a colour, not an anchor of an address.
  private func issue(at index: Int) -> TextSpan? {
    var end = index + 1
    while let byte = byte(end), (0x30...0x39).contains(byte), end - index < 9 { end += 1 }
    guard end > index + 1, text[index + 1] != 0x30, !isWord(end), byte(end) != UInt8(ascii: "-") else { return nil }
    let number = string((index + 1)..<end)
    if let start = projectStart(before: index) {
      return links.issue(number, of: string(start..<index)).map { TextSpan(range: start..<end, address: $0) }
    }
    guard !isWord(index - 1), !"&/#=?".utf8.contains(byte(index - 1) ?? 0x20), let address = links.issue(number) else {
      return nil
    }
    return TextSpan(range: index..<end, address: address)
  }

  private func projectStart(before index: Int) -> Int? {
    var start = index
    var slashes = 0
    while start > 0, index - start < 140 {
      let byte = text[start - 1]
      if byte == UInt8(ascii: "/") { slashes += 1 } else if !isWordByte(byte), !"._-".utf8.contains(byte) { break }
      start -= 1
    }
    guard slashes == 1, isWord(start), isWordByte(text[index - 1]), text[start..<index].last != UInt8(ascii: "/") else {
      return nil
    }
    return start
  }

  /// As a word of its own: `SHOP-12`, not `WORKSHOP-12` and not `SHOP-12-x`.
  private func key(at index: Int) -> TextSpan? {
    guard !beginsKey.isEmpty, beginsKey[Int(text[index])], !isWord(index - 1),
      !"/-_#=@.".utf8.contains(byte(index - 1) ?? 0x20)
    else { return nil }
    for pattern in links.keys {
      guard let end = pattern.end(in: text, from: index), !isWord(end),
        !("-_/".utf8.contains(byte(end) ?? 0x20) && isWord(end + 1))
      else { continue }
      let key = String(decoding: text[index..<end], as: UTF8.self)
      return TextSpan(range: index..<end, address: pattern.address.replacing("{key}", with: key))
    }
    return nil
  }

  /// Seven to forty hexadecimal digits with a letter and a figure among them, as a word of their own.
  private func hash(at index: Int) -> TextSpan? {
    guard !isWord(index - 1), !"#/-._=@".utf8.contains(byte(index - 1) ?? 0x20) else { return nil }
    var end = index
    var (hasLetter, hasDigit) = (false, false)
    while let byte = byte(end), end - index <= 40 {
      if (0x30...0x39).contains(byte) {
        hasDigit = true
      } else if (0x61...0x66).contains(byte) {
        hasLetter = true
      } else {
        break
      }
      end += 1
    }
    guard (7...40).contains(end - index), hasLetter, hasDigit, !isWord(end), !"-_=/".utf8.contains(byte(end) ?? 0x20),
      !(byte(end) == UInt8(ascii: ".") && isWord(end + 1)), let address = links.commit(string(index..<end))
    else { return nil }
    return TextSpan(range: index..<end, address: address)
  }

  private func emoji(at index: Int) -> TextSpan? {
    guard links.emoji, !isWord(index - 1) else { return nil }
    var end = index + 1
    while let byte = byte(end), isWordByte(byte) || "_+-".utf8.contains(byte), end - index < 32 { end += 1 }
    guard byte(end) == UInt8(ascii: ":"), let character = Emoji.named[string((index + 1)..<end)] else { return nil }
    return TextSpan(range: index..<(end + 1), address: nil, shown: character)
  }
}

/// The short codes that release notes use.
enum Emoji {
  static let named: [String: String] = [
    "adhesive_bandage": "🩹", "alien": "👽️", "ambulance": "🚑️", "arrow_down": "⬇️", "arrow_up": "⬆️", "art": "🎨", "bar_chart": "📊",
    "beers": "🍻", "bento": "🍱", "bookmark": "🔖", "boom": "💥", "broom": "🧹", "bug": "🐛", "building_construction": "🏗️",
    "bulb": "💡",
    "busts_in_silhouette": "👥", "camera_flash": "📸", "card_file_box": "🗃️", "children_crossing": "🚸",
    "closed_lock_with_key": "🔐",
    "clown_face": "🤡", "coffin": "⚰️", "construction": "🚧", "construction_worker": "👷", "dizzy": "💫", "egg": "🥚", "fire": "🔥",
    "gear": "⚙️", "globe_with_meridians": "🌐", "goal_net": "🥅", "green_heart": "💚", "hammer": "🔨", "heart": "❤️",
    "heavy_check_mark": "✔️",
    "heavy_minus_sign": "➖", "heavy_plus_sign": "➕", "house": "🏠", "iphone": "📱", "label": "🏷️", "lipstick": "💄", "lock": "🔒",
    "loud_sound": "🔊", "mag": "🔍", "memo": "📝", "microscope": "🔬", "money_with_wings": "💸", "monocle_face": "🧐", "mute": "🔇",
    "nail_care": "💅", "necktie": "👔", "new": "🆕", "package": "📦", "page_facing_up": "📄", "passport_control": "🛂", "pencil": "📝",
    "pencil2": "✏️", "poop": "💩", "pushpin": "📌", "recycle": "♻️", "rewind": "⏪️", "rocket": "🚀", "rotating_light": "🚨",
    "safety_vest": "🦺", "see_no_evil": "🙈", "seedling": "🌱", "shield": "🛡️", "sparkles": "✨", "speech_balloon": "💬",
    "star": "⭐", "stethoscope": "🩺", "tada": "🎉", "technologist": "🧑‍💻", "test_tube": "🧪", "thread": "🧵", "thumbsup": "👍",
    "+1": "👍",
    "triangular_flag_on_post": "🚩", "truck": "🚚", "twisted_rightwards_arrows": "🔀", "warning": "⚠️", "wastebasket": "🗑️",
    "wheelchair": "♿️", "white_check_mark": "✅", "wrench": "🔧", "x": "❌", "zap": "⚡️",
  ]
}
