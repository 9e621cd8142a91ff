import Markdown
import Testing

@Suite struct NothingThatBreaks {
  @Test(arguments: [
    "None", "none.", "**None**", "_No changes._", "N/A", "- None", "* **None.**", "> None in this release.", "Keine", "Keine.",
    "- keine Änderungen",
    "No breaking changes in this release.", "There are no breaking changes.", "Nothing.", "Not applicable", "—",
    "No known breaking changes in 2.0",
    "Keine inkompatiblen Änderungen in dieser Version.", "Es gibt keine.", "- `None`", "No API changes",
    "Breaking changes: none", "1. n/a", "entfällt",
    "This release contains no breaking changes.", "Nicht zutreffend.", "No user-facing changes.",
    "There are no breaking changes in this release.", "Aucun", "Aucun changement incompatible dans cette version.",
    "Il n'y a pas de changement cassant.", "Sans objet", "Rien à signaler.", "Ninguno", "No hay cambios incompatibles.",
    "Sin cambios incompatibles en esta versión.", "No aplica", "Keine inkompatiblen Änderungen",
    "Es gibt keine inkompatiblen Änderungen.",
    "Dieses Release enthält keine Breaking Changes.", "n/a.", "none 🎉", "None known", "There aren't any.",
    "This release does not break anything.",
    "We are not aware of any breaking changes.", "Without breaking changes", "No action required.", "Nessuna",
    "Geen wijzigingen", "なし", "Нет",
    "k. A.", "No breaking changes since 1.0.0, upgrade is safe.", "None. It is fully backwards compatible.",
    "None\n\nReally none",
    "No breaking changes – this release is a drop-in replacement for 1.9.", "Wirklich keine.",
    "Keine, das Update ist problemlos.",
  ])
  func isNoItem(text: String) {
    #expect(renderMarkdown(Array("### Breaking changes\n\n\(text)\n".utf8)).breaking == [])
    #expect(renderMarkdown(Array("Breaking changes:\n\n\(text)\n".utf8)).breaking == [])
    #expect(renderMarkdown(Array("### Security\n\n- \(text)\n".utf8)).security == [])
  }

  @Test(arguments: [
    "None of the old keys is read any more.", "No default colour", "Nothing is cached.", "Keine alten Schlüssel",
    "No longer reads v1", "The none type is gone", "No default colour any more", "None of the old keys is read any more",
    "No API",
    "It breaks without an update", "Sin compatibilidad con la versión 1", "Keine Unterstützung für Java 8 mehr",
    "No user is needed",
    "Il n'y a plus de porte", "Ya no hay puerta", "The API is not backwards compatible",
    "Ninguna de las claves antiguas se lee",
    "Aucune des anciennes clés n'est lue", "Version 2 is not required", "No breaking changes, but the port moved.",
    "None, the upgrade is not safe", "No breaking changes. The port moved.", "Safe to upgrade",
    "None, really: the door is gone",
  ])
  func whatSaysSomethingIsOne(text: String) {
    #expect(renderMarkdown(Array("### Breaking changes\n\n\(text)\n".utf8)).breaking == [text])
    #expect(renderMarkdown(Array("Breaking changes:\n\n- \(text)\n".utf8)).breaking == [text])
  }

  @Test(arguments: [
    "Breaking changes:\n\nFeatures:\n\n- f\n", "**Breaking changes**\n\n**Features**\n\n- f\n",
    "Breaking changes:\n\n**Bug fixes:**\n\n- f\n", "Breaking\n\n*Features*\n\n- f\n", "Breaking\n\n_Bug fixes_\n\n- f\n",
    "Breaking\n\n***Features***\n\n- f\n",
    "### Breaking changes\n\nNone.\n\n**Features**\n\n- f\n", "Breaking changes:\n\nOther doors:\n\n- f\n",
  ])
  func theNextLabelIsNone(text: String) {
    #expect(renderMarkdown(Array(text.utf8)).breaking == [])
  }

  @Test func oneItemThatSaysSoHidesNoOther() {
    let text = "### Breaking changes\n\n- No breaking changes in the API, it is safe.\n- the door is gone\n- None\n"
    #expect(renderMarkdown(Array(text.utf8)).breaking == ["the door is gone"])
    #expect(renderMarkdown(Array("### Breaking changes\n\nNone.\n\n- the door\n".utf8)).breaking == ["the door"])
  }

  @Test func labelsBelowAHeadingDivideWhatItAnnounces() {
    #expect(renderMarkdown(Array("### Breaking changes\n\n**Removed**\n\n- the door\n".utf8)).breaking == ["the door"])
    #expect(renderMarkdown(Array("Breaking changes:\n\n- the door\n\nFeatures:\n\n- f\n".utf8)).breaking == ["the door"])
  }

  @Test(arguments: [
    "feat!: drop it", "feat(api)!: drop it", "refactor!: drop it", "**fix(core)!:** drop it", "BREAKING CHANGE: drop it",
    "BREAKING-CHANGE: drop it",
    "feat: add it\n  BREAKING CHANGE: drop it",
  ])
  func commitsThatSayTheyBreakAreItems(text: String) {
    #expect(renderMarkdown(Array("- \(text)\n- feat: other\n- wow! really: no\n".utf8)).breaking.count == 1)
  }
}

@Suite struct TagsThatOpenItems {
  @Test(arguments: [
    ("- <table> rows wrap", "<table> rows wrap"), ("- <p> margins", "<p> margins"), ("1. <form> posts", "<form> posts"),
    ("- <br> is kept", "<br> is kept"), ("- <hr> lines", "<hr> lines"), ("- </body> is closed", "</body> is closed"),
    ("- <script> tags load", "<script> tags load"),
    ("  * <pre>: no wrap", "<pre>: no wrap"), ("- <h1> **bold** `code`", "<h1> bold code"),
    ("- a\n\n  - <ul> inside", "a\n<ul> inside"),
  ])
  func areTheTextThatTheyWere(text: String, plain: String) {
    let lines = renderMarkdown(Array(text.utf8)).plain.split(separator: "\n").joined(separator: "\n")
    #expect(lines == plain)
  }

  @Test(arguments: [
    ("- <details><summary>more</summary>\n\n  text\n\n  </details>", "<details>"), ("- <p align=\"center\">x</p>", "<li"),
    ("- <table><tr><td>x</td></tr></table>", "<table>"), ("<table> <tr><td>x</td></tr></table>", "<table>"),
  ])
  func htmlThatIsMeantStaysHTML(text: String, tag: String) {
    let html = String(decoding: renderMarkdown(Array(text.utf8)).html, as: UTF8.self)
    #expect(html.contains(tag))
    #expect(!html.contains("&lt;"))
  }
}
