package import Template

/// Words that lead somewhere, if there is a page.
package struct LinkText: Hashable, Sendable {
  /// A text from outside, isolated from the words around it.
  package let text: String
  package let destination: Destination?
  /// Our own words within the link: `run ` before a number, ` waits` after a version.
  package let before: Sentence
  package let after: Sentence

  package init(text: String, to destination: Destination?, before: Sentence = "", after: Sentence = "") {
    (self.text, self.destination, self.before, self.after) = (text, destination, before, after)
  }

  package var isEmpty: Bool { text.isEmpty && before.isEmpty && after.isEmpty }

  /// As it reads, without the link.
  package func plain(in book: Phrasebook) -> String { before.plain(in: book) + text + after.plain(in: book) }
}
