extension Unicode.Scalar {
  /// Whether it would change how the text around it reads or breaks, without being
  /// seen itself: controls (C0, DEL, C1, which terminals obey), marks of direction
  /// (Unicode Standard Annex 9), separators of lines and paragraphs, characters
  /// without width or glyph, and what is no character at all.
  ///
  /// The joiners U+200C and U+200D are not among them: several scripts need them.
  package var isHidden: Bool {
    switch value {
    case 0x20..<0x7F: false
    case ..<0x20, 0x7F...0x9F: true
    case ..<0x061C: false
    case 0x061C, 0x180E, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x206F, 0xFEFF,
      0xFFF9...0xFFFB, 0xFDD0...0xFDEF, 0xE0000...0xE007F:
      true
    default: value & 0xFFFE == 0xFFFE
    }
  }
}
