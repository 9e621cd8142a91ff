extension Fragment: CustomStringConvertible {
  /// As HTML, with what it would have where it is all of a page and nothing is known of the site.
  package var description: String {
    var html: [UInt8] = []
    write(into: &html) { hole, html in html += hole.description.utf8 }
    return String(decoding: html, as: UTF8.self)
  }
}

extension Fragment.Hole: CustomStringConvertible {
  package var description: String {
    switch self {
    case .headingStart(let level), .headingEnd(let level): "\(level)"
    case .anchor(let name): " id=\"\(name)\""
    case .place(let name): " href=\"#\(percentEncoded(name))\""
    case .picture(let path): path
    case .release(let version): " href=\"release:\(version)\""
    case .file(let path, let place): " href=\"file-of-content:\(percentEncoded(path))\(place.map { "#" + $0 } ?? "")\""
    case .phrase(let phrase): phrase.english
    }
  }

  /// About how many bytes it takes on a page.
  var weight: Int {
    switch self {
    case .headingStart, .headingEnd: 1
    case .anchor(let name): name.utf8.count + 6
    // Beyond ASCII it is percent-encoded.
    case .place(let name): name.utf8.reduce(9) { $0 + ($1 < 0x80 ? 1 : 3) }
    case .picture(let path): path.utf8.count
    case .release(let version): version.utf8.count + 16
    case .file(let path, let place): path.utf8.count + 24 + (place.map { $0.utf8.count + 1 } ?? 0)
    case .phrase(let phrase): phrase.english.utf8.count
    }
  }
}

extension Fragment.Phrase {
  /// As the phrasebooks know it; those of a footnote with its number as a part.
  package var english: String {
    switch self {
    case .note: "Note"
    case .tip: "Tip"
    case .important: "Important"
    case .warning: "Warning"
    case .caution: "Caution"
    case .table: "Table"
    case .done: "done"
    case .toDo: "to do"
    case .footnotes: "Footnotes"
    case .footnote(let number): "Footnote \(number)"
    case .backToText: "Back to the text"
    }
  }
}
