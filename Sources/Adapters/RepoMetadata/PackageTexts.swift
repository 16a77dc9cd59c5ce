import CCreaterepo
import Glibc
import ReleaseModel

/// The texts of a package, and what of them metadata cannot hold.
///
/// Metadata is XML 1.0 in UTF-8, which has no control characters but tab, line feed
/// and carriage return, in no form at all (XML 1.0, section 2.2). libcreaterepo_c
/// refuses those; text that is no UTF-8 it takes for ISO 8859-1. It asks libxml2
/// whether text is UTF-8, which looks at the lengths of sequences alone: overlong
/// ones and surrogates pass, and would make the whole document unreadable, or in an
/// attribute another text.
enum PackageTexts {
  private typealias Text = UnsafeMutablePointer<CChar>

  /// Longest name of a file on Linux, bytes (`NAME_MAX`).
  private static let longestName = 255

  /// What no repository can have of `package`, each text once.
  ///
  /// - Parameter namesAlone: whether only names of files are looked at, because all
  ///   text is known to be plain.
  static func unlistable(
    in package: cr_Package, namesAlone: Bool = false
  ) -> [UnlistableText] {
    var found: [UnlistableText] = []
    var seen: Set<UnlistableText> = []
    if !namesAlone {
      forEachText(of: package) { field, text in
        guard let problem = problem(of: text) else { return }
        let flaw = UnlistableText(field: field(), problem: problem)
        if seen.insert(flaw).inserted { found.append(flaw) }
      }
    }
    forEachItem(package.files, of: cr_PackageFile.self) { file in
      guard let name = file.name, let problem = nameProblem(of: name) else { return }
      found.append(UnlistableText(field: fileField(file), problem: problem))
    }
    return found
  }

  /// Replaces what metadata cannot hold by question marks, in place.
  static func mend(_ package: cr_Package) {
    forEachText(of: package) { _, text in
      guard problem(of: text) != nil else { return }
      let length = strlen(text)
      for index in 0..<length where !(0x20..<0x7F).contains(text[index]) {
        text[index] = CChar(bitPattern: UInt8(ascii: "?"))
      }
    }
  }

  /// Whether XML 1.0 may have `scalar`.
  static func isXML(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x09, 0x0A, 0x0D: true
    case ..<0x20, 0xFFFE, 0xFFFF: false
    default: true
    }
  }

  // MARK: One text

  private static func problem(of text: Text) -> String? {
    let bytes = UnsafeRawBufferPointer(start: text, count: strlen(text))
    if bytes.allSatisfy({ (0x20..<0x80).contains($0) }) { return nil }
    if let byte = bytes.first(where: { $0 < 0x20 && !"\t\n\r".utf8.contains($0) }) {
      return "has the control character \(codePoint(UInt32(byte)))"
    }
    if let valid = String(validating: bytes, as: UTF8.self) {
      return valid.unicodeScalars.first { !isXML($0) }
        .map { "has \(codePoint($0.value)), which is no character of XML" }
    }
    return looksLikeUTF8(bytes)
      ? "has an overlong or otherwise impossible sequence of UTF-8" : nil
  }

  private static func nameProblem(of name: Text) -> String? {
    let text = UnsafeRawBufferPointer(start: name, count: strlen(name))
    if text.count > longestName { return "is longer than \(longestName) bytes" }
    if text.contains(UInt8(ascii: "/")) { return "has a slash within a name" }
    let dot = UInt8(ascii: ".")
    return text.elementsEqual([dot]) || text.elementsEqual([dot, dot])
      ? "is no name of a file" : nil
  }

  private static func codePoint(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }

  /// What libxml2's `xmlCheckUTF8` says: libcreaterepo_c does not mend text that
  /// passes.
  private static func looksLikeUTF8(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var index = 0
    while index < bytes.count {
      let width: Int
      switch bytes[index] {
      case ..<0x80: width = 1
      case 0xC0...0xDF: width = 2
      case 0xE0...0xEF: width = 3
      case 0xF0...0xF7: width = 4
      default: return false
      }
      guard index + width <= bytes.count,
        bytes[index + 1..<index + width].allSatisfy({ $0 & 0xC0 == 0x80 })
      else { return false }
      index += width
    }
    return true
  }

  // MARK: All texts

  private static func forEachText(
    of package: cr_Package, _ body: (() -> String, Text) -> Void
  ) {
    func visit(_ field: @autoclosure @escaping () -> String, _ text: Text?) {
      if let text { body(field, text) }
    }
    visit("the name", package.name)
    visit("the architecture", package.arch)
    visit("the epoch", package.epoch)
    visit("the version", package.version)
    visit("the release", package.release)
    visit("the summary", package.summary)
    visit("the description", package.description)
    visit("the URL", package.url)
    visit("the license", package.rpm_license)
    visit("the vendor", package.rpm_vendor)
    visit("the group", package.rpm_group)
    visit("the build host", package.rpm_buildhost)
    visit("the name of the source RPM", package.rpm_sourcerpm)
    visit("the packager", package.rpm_packager)
    for (kind, list) in [
      ("Provides", package.provides), ("Requires", package.requires),
      ("Conflicts", package.conflicts), ("Obsoletes", package.obsoletes),
      ("Suggests", package.suggests), ("Enhances", package.enhances),
      ("Recommends", package.recommends), ("Supplements", package.supplements),
    ] {
      forEachItem(list, of: cr_Dependency.self) { entry in
        for text in [entry.name, entry.epoch, entry.version, entry.release] {
          visit("\(kind) \(excerpt(entry.name))", text)
        }
      }
    }
    forEachItem(package.files, of: cr_PackageFile.self) { file in
      visit(fileField(file), file.path)
      visit(fileField(file), file.name)
    }
    forEachItem(package.changelogs, of: cr_ChangelogEntry.self) { entry in
      let date = "\(CalendarDate(secondsSince1970: Int(entry.date)))"
      visit("the author of the changelog of \(date)", entry.author)
      visit("the changelog of \(date)", entry.changelog)
    }
  }

  private static func fileField(_ file: cr_PackageFile) -> String {
    "the file name \((text(file.path) + text(file.name)).excerptForDisplay)"
  }

  private static func excerpt(_ pointer: Text?) -> String { text(pointer).excerptForDisplay }

  private static func text(_ pointer: Text?) -> String {
    pointer.map { String(cString: $0) } ?? ""
  }
}
