/// One line of the facts under a title: its name, a commit or digest in the font for codes, and the words.
package struct Fact: Hashable, Sendable {
  package let name: Sentence
  package let code: LinkText?
  package let value: Sentence?

  package init(_ name: Sentence, _ value: Sentence, code: LinkText? = nil) {
    self.name = name
    self.code = code
    self.value = value.isEmpty ? nil : value
  }
}
