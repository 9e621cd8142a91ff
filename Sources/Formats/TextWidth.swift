/// How wide a text is in Verdana or DejaVu Sans at 11 px, near enough for `textLength` to correct the rest.
enum TextWidth {
  /// In pixels, rounded up.
  static func of(_ text: String) -> Int {
    let tenths = text.reduce(0) { $0 + width($1) }
    return (tenths + 9) / 10
  }

  /// Tenths of a pixel of `U+0020` to `U+007E`, measured in DejaVu Sans, whose figures are those of Verdana.
  private static let ascii = [
    35, 44, 51, 92, 70, 105, 86, 30, 43, 43, 55, 92, 35, 40, 35, 37, 70, 70, 70, 70, 70, 70, 70, 70, 70, 70, 37, 37, 92, 92, 92,
    58,
    110, 75, 75, 77, 85, 70, 63, 85, 83, 32, 32, 72, 61, 95, 82, 87, 66, 87, 76, 70, 67, 80, 75, 109, 75, 67, 75, 43, 37, 43,
    92, 55,
    55, 67, 70, 60, 70, 68, 39, 70, 70, 30, 30, 64, 30, 107, 70, 67, 70, 70, 45, 57, 43, 70, 65, 90, 65, 65, 58, 70, 37, 70, 92,
  ]
  private static let wide = 110
  private static let emoji = 150

  /// What people see as one character is as wide as its first scalar: marks stand above it, and joined emoji are one picture.
  private static func width(_ character: Character) -> Int {
    guard let first = character.unicodeScalars.first else { return 0 }
    let index = Int(first.value) - 0x20
    if ascii.indices.contains(index) { return ascii[index] }
    if first.properties.isEmojiPresentation || character.unicodeScalars.contains("\u{FE0F}") { return emoji }
    switch first.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format, .control: return 0
    default: return width(first)
    }
  }

  private static func width(_ scalar: Unicode.Scalar) -> Int {
    switch scalar {
    // East Asian Wide (Unicode Standard Annex 11), and the pictures.
    case "\u{1100}"..."\u{115F}", "\u{2E80}"..."\u{A4CF}", "\u{AC00}"..."\u{D7A3}", "\u{F900}"..."\u{FAFF}",
      "\u{FE30}"..."\u{FE4F}", "\u{FF00}"..."\u{FF60}", "\u{FFE0}"..."\u{FFE6}", "\u{1F300}"..."\u{1FAFF}",
      "\u{20000}"..."\u{3FFFD}":
      wide
    case "\u{0590}"..."\u{05FF}", "\u{FB1D}"..."\u{FB4F}": 55
    case "\u{0600}"..."\u{08FF}", "\u{FB50}"..."\u{FDFF}", "\u{FE70}"..."\u{FEFC}": 57
    case "\u{0400}"..."\u{052F}": scalar.properties.isUppercase ? 80 : 67
    default: scalar.properties.isUppercase ? 76 : 68
    }
  }
}
