/// Whether a text says that there is nothing of its kind: "None in this release.", "This release contains no breaking changes.", "N/A",
/// "Nicht zutreffend", "Aucun". Every word of it must be one that such a sentence is made of: "None of the old keys is read any more."
/// says something. What else it says may only calm: "No breaking changes since 1.0.0, upgrade is safe."
func saysNone(_ text: some Collection<UInt8>) -> Bool {
  guard text.count <= 200 else { return false }
  // To drop something is an action; a drop-in replacement asks for none.
  let lower = String(decoding: text, as: UTF8.self).lowercased()
    .replacing("drop-in replacement", with: "dropin").replacing("drop in replacement", with: "dropin").replacing(
      "drop-in", with: "dropin")
  let clauses = clauses(lower)
  guard let first = clauses.first else { return true }
  return saysNone(clauses.flatMap(\.self))
    || (clauses.count > 1 && saysNone(first) && clauses.dropFirst().allSatisfy { saysNone($0) || calms($0) })
}

/// The words between the marks that divide a text: each clause says something of its own.
private func clauses(_ text: String) -> [[String]] {
  var clauses: [[String]] = []
  var isNew = true
  var rest = text[...]
  while let first = rest.first {
    let word = rest.prefix { $0.isLetter || $0.isNumber }
    if word.isEmpty {
      // The dot of `1.0` and the dash of `drop-in` divide nothing.
      rest = rest.dropFirst()
      let isEnd = rest.first.map { !$0.isLetter && !$0.isNumber } ?? true
      if ",.;:!?–—\n".contains(first), isEnd || first == "\n" { isNew = true }
      continue
    }
    if isNew { clauses.append([]) }
    clauses[clauses.count - 1].append(String(word))
    (rest, isNew) = (rest[word.endIndex...], false)
  }
  return clauses
}

/// Whether a clause only says that all is well: "upgrade is safe", "fully compatible with 1.x".
private func calms(_ words: [String]) -> Bool {
  words.contains(where: NothingWords.calming.contains)
    && words.allSatisfy { NothingWords.calm.contains($0) || isVersionPart($0) }
}

private func saysNone(_ words: [String]) -> Bool {
  if words.isEmpty || NothingWords.phrases.contains(words) { return true }
  guard words.allSatisfy({ NothingWords.all.contains($0) || isVersionPart($0) }) else { return false }
  let hasChange = words.contains(where: NothingWords.changes.contains)
  // "No API" is a change; "No API changes" is none.
  if !hasChange, words.contains(where: NothingWords.kinds.contains) { return false }
  if words.contains(where: NothingWords.none.contains) { return true }
  guard let denied = words.firstIndex(where: NothingWords.denials.contains) else { return false }
  // "It breaks without an update."
  let behind = words[denied...]
  if behind.contains(where: NothingWords.changes.contains) { return true }
  return NothingWords.not.contains(words[denied]) && behind.contains(where: NothingWords.any.contains)
}

/// `2`, `v2`: parts of "in 2.0".
private func isVersionPart(_ word: String) -> Bool {
  let digits = word.first == "v" ? word.dropFirst() : word[...]
  return !digits.isEmpty && digits.allSatisfy(\.isNumber)
}

/// The words of which people make the sentence that there is nothing, in English, German, French and Spanish, and some of their neighbours.
private enum NothingWords {
  /// All of a text, as their words.
  static let phrases: Set<[String]> = Set(
    [
      "n a", "na", "n v t", "k a", "s o", "nil", "not applicable", "does not apply", "nothing to report", "nothing to see here",
      "nicht zutreffend", "nicht anwendbar", "nicht relevant", "nicht vorhanden", "trifft nicht zu", "entfällt", "fehlanzeige",
      "sans objet", "non applicable", "non concerné", "néant", "rien à signaler", "ras", "no aplica", "no procede",
      "no corresponde",
      "nada que informar", "nada que reportar", "non applicabile", "não aplicável", "não se aplica", "niet van toepassing",
      "ej tillämpligt", "ikke relevant", "なし", "無し", "特になし", "ありません", "无", "無", "没有", "暂无", "нет", "отсутствуют", "없음", "yok",
    ].map { $0.split(separator: " ").map(String.init) })

  static let none = set(
    """
    none no nothing nope zero kein keine keinen keiner keinerlei keines nichts entfällt aucun aucune rien néant ninguno ninguna ningún \
    nada nessuno nessuna nessun niente nenhum nenhuma geen niets ingen inga inget brak нет nein non
    """)
  /// They need something behind them that is not there: "without changes".
  static let without = set("without ohne sans sin sem senza zonder utan uden bez pas")
  static let not = set("not isn aren wasn weren doesn don didn hasn haven nicht ne não niet")
  static let denials = without.union(not)
  static let any = set("any anything applicable relevant known irgendwelche bekannt zutreffend")

  /// What there are none of.
  static let changes = set(
    """
    change changes breaking break breaks broken incompatible incompatibility incompatibilities action actions migration migrations \
    änderung änderungen inkompatibel inkompatible inkompatiblen inkompatibler inkompatibilität inkompatibilitäten brechend brechende \
    brechenden abwärtsinkompatible abwärtsinkompatiblen anpassung anpassungen handlungsbedarf \
    changement changements modification modifications incompatibilité incompatibilités rupture ruptures cassant cassants cassante \
    cassantes incompatibles cambio cambios incompatibilidad incompatibilidades ruptura rupturas modificación modificaciones \
    modifica modifiche incompatibile incompatibili cambiamento cambiamenti mudança mudanças alteração alterações incompatível \
    incompatíveis quebra wijziging wijzigingen incompatibele brekende ändringar ændringer endringer zmian zmiany изменений
    """)

  /// Of what kind they would be: said alone, each is something that can be taken away.
  static let kinds = set(
    "api apis security user users facing visible functional nutzer nutzerseitigen sichtbaren utilisateur visible visibles usuario"
  )

  private static let others = set(
    """
    applicable there are were is was has have had been be should will any anything known aware backward backwards relevant in for \
    with of on to from this the that these those which our we it its itself a an since release releases version versions update \
    upgrade at all yet report here so far expected introduced introduces introduce made make required needed necessary time \
    contains contain contained includes include included including brings bring current currently significant notable major minor \
    new other further such do does apply thing by your and or as \
    irgendwelche bekannt bekannte bekannten für mit diese diesem diesen dieser dieses das die der den dem es gibt gab sind ist war \
    waren wurden wurde vorhanden ausgabe veröffentlichung enthält enthalten enthaltenen bringt liegen liegt vor nötig notwendig \
    erforderlich wesentlichen wesentliche größeren sonstigen sonstige weiteren bisher derzeit aktuell hier im am zutreffend zu und oder \
    von an auch wirklich tatsächlich really truly absolutely \
    dans cette ce cet ces version versions à de d des du n y il a est sont la le les l pour livraison publication mise jour contient \
    comporte apporte introduit connu connue connus connues majeur majeure majeurs majeures été avec qui et ou par notable notables \
    hay en esta este ese esto la el los las lo para con de del versión versiones lanzamiento actualización publicación contiene \
    incluye introduce conocido conocida conocidos conocidas importante importantes se ha han que y o nuevo nuevos \
    in questa questo versione rilascio di nota note ci sono nesta neste versão há conhecida conhecidas conhecido conhecidos deze dit \
    versie er zijn bekende i denna det finns w tej wersji в этой версии
    """)

  /// They say that nobody needs to do anything, where no denial stands beside them.
  static let calming = set(
    """
    safe safely smooth smoothly seamless seamlessly compatible dropin fine worry worries sicher gefahrlos problemlos kompatibel \
    abwärtskompatibel bedenkenlos
    """)
  static let calm = calming.union(others).union(
    set("upgrading updating fully completely everything works you can still just go ahead x kann vollständig"))

  static let all = none.union(denials).union(["t"]).union(any).union(changes).union(kinds).union(others)

  private static func set(_ words: String) -> Set<String> { Set(words.split { $0 == " " || $0 == "\n" }.map(String.init)) }
}
