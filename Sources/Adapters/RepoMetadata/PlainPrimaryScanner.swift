import Digests
import Glibc
import ReleaseModel

/// Reads the packages of primary metadata that is written as createrepo_c and this program
/// write it, to the letter; tells of everything else that it is not, and never what is wrong
/// with it: libcreaterepo_c reads that, and has the last word.
///
/// Takes the document piece by piece and keeps nothing of it but the packages, and where its parts
/// are, in a tenth of the time that a parser needs.
struct PlainPrimaryScanner {
  private var packages: [ListedPackage] = []
  /// What came and is not read: part of a package, or the head.
  private var waiting: [UInt8] = []
  /// Of the first byte of ``waiting`` in the document.
  private var offset = 0
  private var place = Place.head
  /// Parts that are at their end.
  private var parts: [PrimaryPart] = []
  /// Where the part begins that is not at its end, and SHA-256 of what was read of it.
  private var partStart = 0
  private var partDigest = MessageDigest()
  /// Names of source packages by those of their files.
  private var sources: [String: String] = [:]

  private enum Place { case head, packages, end }

  /// Bytes that one package has at most: libxml2 takes no text of more than 10 million.
  private static let longest = 8 << 20

  /// Whether a part ends with a package: one in sixteen, by its checksum, so that a package that
  /// comes or goes changes one part, or two.
  private static func endsPart(_ package: ListedPackage) -> Bool {
    package.sha256.withBytes { $0[0] & 15 == 0 }
  }

  /// Takes further bytes of the document; false where it is not plain. Then nothing more can
  /// be asked of the scanner.
  mutating func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
    waiting.append(contentsOf: bytes)
    let whole = waiting.endOfLast("</package>\n")
    if whole > 0 {
      guard scan(whole) else { return false }
      waiting.removeFirst(whole)
      offset += whole
    }
    return waiting.count <= Self.longest
  }

  /// All packages, in the document's order, and its parts; nil where the document is not plain.
  mutating func finish() -> PrimaryDocument? {
    guard scan(waiting.count), place == .end else { return nil }
    waiting = []
    return PrimaryDocument(packages: packages, parts: parts)
  }

  /// Reads the first `count` bytes that wait: whole packages, and what is around them.
  private mutating func scan(_ count: Int) -> Bool {
    let bytes = waiting
    return bytes.withUnsafeBufferPointer { buffer in
      let text = UnsafeBufferPointer(rebasing: buffer[..<count])
      guard PlainText.isPlain(text) else { return false }
      var reader = PlainReader(text)
      if place == .head {
        guard reader.skip(Self.head), reader.number(upTo: "\">\n") != nil else { return false }
        place = .packages
        partStart = offset + reader.position
      }
      while place == .packages, !reader.isAtEnd {
        let start = reader.position
        if reader.skip("</metadata>") {
          _ = reader.skip("\n")
          place = .end
          endPart(at: offset + start)
        } else {
          guard let package = self.package(&reader) else { return false }
          packages.append(package)
          partDigest.update(
            UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(text)[start..<reader.position]))
          if Self.endsPart(package) { endPart(at: offset + reader.position) }
        }
      }
      return reader.isAtEnd
    }
  }

  private mutating func endPart(at end: Int) {
    if end == partStart { return }
    parts.append(PrimaryPart(bytes: partStart..<end, checksum: partDigest.checksum()))
    partStart = end
    partDigest = MessageDigest()
  }

  private static let head: StaticString = """
    <?xml version="1.0" encoding="UTF-8"?>
    <metadata xmlns="http://linux.duke.edu/metadata/common" \
    xmlns:rpm="http://linux.duke.edu/metadata/rpm" packages="
    """

  private mutating func package(_ reader: inout PlainReader) -> ListedPackage? {
    guard reader.skip("<package type=\"rpm\">\n  <name>"),
      let name = reader.text("</name>\n  <arch>"),
      let arch = reader.text("</arch>\n  <version epoch=\""),
      let epoch = reader.value("\" ver=\""), let version = reader.value("\" rel=\""),
      let release = reader.value("\"/>\n  <checksum type=\"sha256\" pkgid=\"YES\">"),
      let digest = reader.text("</checksum>\n  <summary>"), let sha256 = Checksum(hex: digest),
      reader.ignoreText("</summary>\n  <description>"),
      reader.ignoreText("</description>\n  <packager>"),
      reader.ignoreText("</packager>\n  <url>"),
      reader.ignoreText("</url>\n  <time file=\""),
      reader.number(upTo: "\" build=\"") != nil,
      reader.number(upTo: "\"/>\n  <size package=\"") != nil,
      let size = reader.number(upTo: "\" installed=\""),
      reader.number(upTo: "\" archive=\"") != nil,
      reader.number(upTo: "\"/>\n  <location href=\"") != nil,
      let place = reader.value("\"/>\n  <format>\n    <rpm:license>"),
      let location = RelativePath(place),
      reader.ignoreText("</rpm:license>\n    <rpm:vendor>"),
      reader.ignoreText("</rpm:vendor>\n    <rpm:group>"),
      reader.ignoreText("</rpm:group>\n    <rpm:buildhost>"),
      reader.ignoreText("</rpm:buildhost>\n    <rpm:sourcerpm>"),
      let source = reader.text("</rpm:sourcerpm>\n    <rpm:header-range start=\""),
      reader.number(upTo: "\" end=\"") != nil, reader.number(upTo: "\"/>\n") != nil,
      let obsoletes = Self.dependencies(&reader), Self.files(&reader),
      reader.skip("  </format>\n</package>\n")
    else { return nil }
    return ListedPackage(
      nevra: NEVRA(
        name: name,
        evr: EVR(epoch: Int(epoch) ?? 0, version: version, rpmRelease: release),
        arch: Architecture(arch)),
      sha256: sha256, size: size, location: location,
      package: sourceName(source, of: name), obsoletes: obsoletes)
  }

  private mutating func sourceName(_ file: String, of name: String) -> String {
    if let known = sources[file] { return known.isEmpty ? name : known }
    let source = NVR(sourceRPM: file)?.name ?? ""
    sources[file] = source
    return source.isEmpty ? name : source
  }

  /// All lists of dependencies; what the package obsoletes, or nil where they are not plain.
  private static func dependencies(_ reader: inout PlainReader) -> [ListedPackage.Obsoleted]? {
    var obsoletes: [ListedPackage.Obsoleted] = []
    for (opening, closing, none, counts) in lists {
      if reader.skip(none) { continue }
      guard reader.skip(opening) else { continue }
      repeat {
        guard reader.skip("      <rpm:entry name=\"") else { return nil }
        if counts {
          guard let entry = obsoleted(&reader) else { return nil }
          obsoletes.append(entry)
        } else {
          guard ignoreEntry(&reader) else { return nil }
        }
      } while !reader.skip(closing)
    }
    return obsoletes
  }

  private typealias List = (
    opening: StaticString, closing: StaticString, none: StaticString, counts: Bool
  )
  private static let lists: [List] = [
    ("    <rpm:provides>\n", "    </rpm:provides>\n", "    <rpm:provides/>\n", false),
    ("    <rpm:requires>\n", "    </rpm:requires>\n", "    <rpm:requires/>\n", false),
    ("    <rpm:conflicts>\n", "    </rpm:conflicts>\n", "    <rpm:conflicts/>\n", false),
    ("    <rpm:obsoletes>\n", "    </rpm:obsoletes>\n", "    <rpm:obsoletes/>\n", true),
    ("    <rpm:suggests>\n", "    </rpm:suggests>\n", "    <rpm:suggests/>\n", false),
    ("    <rpm:enhances>\n", "    </rpm:enhances>\n", "    <rpm:enhances/>\n", false),
    ("    <rpm:recommends>\n", "    </rpm:recommends>\n", "    <rpm:recommends/>\n", false),
    ("    <rpm:supplements>\n", "    </rpm:supplements>\n", "    <rpm:supplements/>\n", false),
  ]

  /// What an entry may have besides its name, in order.
  private static let attributes: [StaticString] = [
    "\" flags=\"", "\" epoch=\"", "\" ver=\"", "\" rel=\"",
  ]

  /// An entry, of which the opening was read: values of known attributes in their order.
  private static func ignoreEntry(_ reader: inout PlainReader) -> Bool {
    guard reader.ignoreValue() else { return false }
    for attribute in attributes where reader.skip(attribute) {
      guard reader.ignoreValue() else { return false }
    }
    return reader.skip("\"/>\n") || reader.skip("\" pre=\"1\"/>\n")
  }

  private static func obsoleted(_ reader: inout PlainReader) -> ListedPackage.Obsoleted? {
    guard let name = reader.value() else { return nil }
    var values = ["", "", "", ""]
    for (index, attribute) in attributes.enumerated() where reader.skip(attribute) {
      guard let value = reader.value() else { return nil }
      values[index] = value
    }
    guard reader.skip("\"/>\n") else { return nil }
    let bound = ListedPackage.Obsoleted.Relation(rawValue: values[0]).map { relation in
      ListedPackage.Obsoleted.Bound(
        relation: relation,
        evr: EVR(epoch: Int(values[1]) ?? 0, version: values[2], rpmRelease: values[3]))
    }
    return ListedPackage.Obsoleted(name: name, bound: bound)
  }

  /// Files at the end of an element.
  private static func files(_ reader: inout PlainReader) -> Bool {
    while reader.skip("    <file") {
      guard reader.skip(">") || reader.skip(" type=\"dir\">") || reader.skip(" type=\"ghost\">"),
        reader.ignoreText("</file>\n")
      else { return false }
    }
    return true
  }
}

/// Reads XML whose every byte is foreseen: what is marked up must be just what is asked for.
struct PlainReader {
  private let bytes: UnsafeBufferPointer<UInt8>
  /// Of the next byte.
  private(set) var position = 0

  /// - Parameter bytes: of which ``PlainText/isPlain(_:)`` holds.
  init(_ bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

  var isAtEnd: Bool { position == bytes.count }

  /// Goes on behind `markup` where that comes next.
  mutating func skip(_ markup: StaticString) -> Bool {
    let length = markup.utf8CodeUnitCount
    guard bytes.count - position >= length, let base = bytes.baseAddress,
      memcmp(base + position, markup.utf8Start, length) == 0
    else { return false }
    position += length
    return true
  }

  /// Text up to the next tag. It must not have `]]>`: whoever escapes text escapes `>`.
  private mutating func text() -> UnsafeBufferPointer<UInt8>? {
    guard let end = PlainText.find(UInt8(ascii: "<"), in: bytes, from: position) else {
      return nil
    }
    let text = UnsafeBufferPointer(rebasing: bytes[position..<end])
    guard PlainText.find(UInt8(ascii: ">"), in: text, from: 0) == nil else { return nil }
    position = end
    return text
  }

  /// Text, behind which `markup` follows.
  mutating func text(_ markup: StaticString) -> String? {
    guard let text = text(), skip(markup) else { return nil }
    return PlainText.decoded(text)
  }

  mutating func ignoreText(_ markup: StaticString) -> Bool { text() != nil && skip(markup) }

  /// Value of an attribute, up to its quotation mark. Parsers make blanks of line feeds and
  /// tabs there.
  private mutating func bareValue() -> UnsafeBufferPointer<UInt8>? {
    guard let end = PlainText.find(UInt8(ascii: "\""), in: bytes, from: position) else {
      return nil
    }
    let value = UnsafeBufferPointer(rebasing: bytes[position..<end])
    for byte in value where byte < 0x20 || byte == UInt8(ascii: "<") { return nil }
    position = end
    return value
  }

  mutating func value() -> String? { bareValue().map(PlainText.decoded) }

  /// A value, behind which `markup` follows.
  mutating func value(_ markup: StaticString) -> String? {
    guard let value = bareValue(), skip(markup) else { return nil }
    return PlainText.decoded(value)
  }

  mutating func ignoreValue() -> Bool { bareValue() != nil }

  /// Digits, behind which `markup` follows.
  mutating func number(upTo markup: StaticString) -> Int? {
    let start = position
    var number = 0
    while position < bytes.count, case let digit = Int(bytes[position]) - 48, 0...9 ~= digit {
      number = number * 10 + digit
      position += 1
      guard position - start <= 18 else { return nil }
    }
    guard position > start, skip(markup) else { return nil }
    return number
  }
}
