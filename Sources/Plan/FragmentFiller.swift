package import Documents
import Markdown
import Records
import Report
import Template

extension Viewpoint {
  /// Rendered Markdown as it fits a page that holds more than it.
  ///
  /// The first heading gets the level `headings` and none is more than one below the heading before it, so that the headings of the whole
  /// page are in order; nil: they stay. Places and the links to them get `ids` before their names. Pictures and releases of `service` have
  /// their addresses from here. What the Markdown room says itself, as the title of an alert, is said in the language of the site.
  ///
  /// `page`: where the places of the text can be found, if not here: the address of a page and what stands before their names there.
  package func placed(
    _ fragment: Fragment, headings: Int? = nil, ids: String = "", service: Int?, page: String? = nil
  ) -> [UInt8] {
    var filler = FragmentFiller(
      headings: headings, ids: ids, root: root, page: page ?? "#" + ids, book: book,
      release: { version in service.flatMap { wording.release($0, version).destination }.flatMap(address) },
      file: { path, place in map.page(ofFile: path, place: place).map(url) })
    return filler.bytes(of: fragment)
  }
}

/// Fills the holes of one fragment for one page.
struct FragmentFiller {
  let headings: Int?
  /// What stands before the names of places.
  let ids: String
  /// What stands before the paths of pictures.
  let root: String
  /// What stands before the names of places in links to them.
  let page: String
  let book: Phrasebook
  /// The address of a release by its version.
  let release: (String) -> String?
  /// The address of a file of the content folder, with a place in it behind `#`.
  let file: (_ path: String, _ place: String?) -> String?
  /// The levels, as written, of the headings that the next one can stand under.
  private var open: [Int] = []
  /// Two places of a text may have one name, as an anchor that looks like that of a footnote: the first keeps it.
  private var names: Set<String> = []

  init(
    headings: Int?, ids: String, root: String, page: String, book: Phrasebook, release: @escaping (String) -> String?,
    file: @escaping (_ path: String, _ place: String?) -> String?
  ) {
    (self.headings, self.ids, self.root, self.page, self.book) = (headings, ids, root, page, book)
    (self.release, self.file) = (release, file)
  }

  mutating func bytes(of fragment: Fragment) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(fragment.weight + 64)
    fragment.write(into: &output) { hole, output in fill(hole, &output) }
    return output
  }

  private mutating func fill(_ hole: Fragment.Hole, _ output: inout [UInt8]) {
    switch hole {
    case .headingStart(let level):
      while let last = open.last, last >= level { open.removeLast() }
      open.append(level)
      output += String(shown(level)).utf8
    case .headingEnd(let level): output += String(shown(level)).utf8
    case .anchor(let name):
      guard names.insert(name).inserted else { return }
      output += " id=\"\(ids)".utf8
      appendPlaceName(name, to: &output)
      output.append(UInt8(ascii: "\""))
    case .place(let name):
      output += " href=\"".utf8
      appendEscaped(page, to: &output)
      appendAddress(name.utf8, to: &output)
      output.append(UInt8(ascii: "\""))
    case .picture(let path):
      output += root.utf8
      appendEscaped(path, to: &output)
    case .release(let version): link(release(version), &output)
    case .file(let path, let place): link(file(path, place), &output)
    case .phrase(let phrase): say(phrase, &output)
    }
  }

  private func shown(_ level: Int) -> Int { headings.map { min(6, $0 + max(0, open.count - 1)) } ?? level }

  private func link(_ address: String?, _ output: inout [UInt8]) {
    guard let address else { return }
    output += " href=\"".utf8
    appendEscaped(address, to: &output)
    output.append(UInt8(ascii: "\""))
  }

  private func say(_ phrase: Fragment.Phrase, _ output: inout [UInt8]) {
    if book.isEnglish { return output += phrase.english.utf8 }
    let sentence: Sentence =
      if case .footnote(let number) = phrase { "Footnote \(words: String(number))" } else { "\(words: phrase.english)" }
    appendEscaped(sentence.plain(in: book), to: &output)
  }
}
