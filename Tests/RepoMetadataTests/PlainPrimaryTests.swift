import ComposeTestSupport
import Digests
import Foundation
import ReleaseModel
import Testing

@testable import RepoMetadata

/// libcreaterepo_c is the oracle: what is read without it is what it reads, and what it refuses is
/// never read without it.
@Suite struct PlainPrimaryTests {
  private static let element = """
    <package type="rpm">
      <name>a&amp;b</name>
      <arch>x86_64</arch>
      <version epoch="2" ver="1.0~rc1" rel="3.el7"/>
      <checksum type="sha256" pkgid="YES">\(String(repeating: "5a", count: 32))</checksum>
      <summary>Žluť &lt;x&gt;</summary>
      <description>Of two
    lines.</description>
      <packager></packager>
      <url>https://example.invalid/?a=1&amp;b=2</url>
      <time file="1552000000" build="1551000000"/>
      <size package="4711" installed="9" archive="12"/>
      <location href="Packages/a/a-1.0-3.x86_64.rpm"/>
      <format>
        <rpm:license>MIT</rpm:license>
        <rpm:vendor></rpm:vendor>
        <rpm:group>Unspecified</rpm:group>
        <rpm:buildhost>builder.example</rpm:buildhost>
        <rpm:sourcerpm>source-1.0-3.el7.src.rpm</rpm:sourcerpm>
        <rpm:header-range start="280" end="2900"/>
        <rpm:provides>
          <rpm:entry name="a" flags="EQ" epoch="2" ver="1.0~rc1" rel="3.el7"/>
          <rpm:entry name="a(&#x17E;)"/>
        </rpm:provides>
        <rpm:requires>
          <rpm:entry name="/bin/sh" pre="1"/>
        </rpm:requires>
        <rpm:obsoletes>
          <rpm:entry name="b&quot;" flags="LT" epoch="0" ver="2"/>
          <rpm:entry name="c"/>
        </rpm:obsoletes>
        <rpm:suggests/>
        <file>/usr/bin/a</file>
        <file type="dir">/etc/a</file>
      </format>
    </package>

    """

  private static let head = """
    <?xml version="1.0" encoding="UTF-8"?>
    <metadata xmlns="http://linux.duke.edu/metadata/common" \
    xmlns:rpm="http://linux.duke.edu/metadata/rpm" packages="2">

    """

  private static let document = Array((head + element + element + "</metadata>").utf8)

  private let scratch: TemporaryDirectory

  init() throws { scratch = try TemporaryDirectory() }

  private func write(_ bytes: [UInt8]) throws -> String {
    let path = scratch.path("primary.xml")
    try Data(bytes).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func plain(_ bytes: [UInt8]) throws -> [ListedPackage]? {
    try PrimaryReader.plainDocument(in: write(bytes), openChecksum: nil)?.packages
  }

  @Test func `what is written as createrepo_c writes it is read without a parser`() throws {
    let plain = try #require(try plain(Self.document))
    #expect(try plain == PrimaryReader.parsedPackages(in: write(Self.document), openChecksum: nil))
    let package = try #require(plain.first)
    #expect(package.nevra.description == "a&b-2:1.0~rc1-3.el7.x86_64")
    #expect(package.package == "source")
    #expect(package.size == 4711)
    #expect(package.obsoletes.map(\.name) == ["b\"", "c"])
    #expect(package.obsoletes[0].bound?.evr.version == "2")
  }

  /// However the document is cut into pieces.
  @Test func `pieces of any length give the same packages and parts`() throws {
    for (document, lengths) in [(Self.document, [1, 7, 64, 1000]), (Self.parted, [61, 5000])] {
      let whole = try #require(
        try PrimaryReader.plainDocument(in: write(document), openChecksum: nil))
      for length in lengths {
        var scanner = PlainPrimaryScanner()
        for start in stride(from: 0, to: document.count, by: length) {
          let piece = Array(document[start...].prefix(length))
          #expect(piece.withUnsafeBytes { scanner.take($0) })
        }
        #expect(scanner.finish() == whole)
      }
    }
  }

  /// One byte after the other becomes another one, goes, or gets one before it.
  @Test func `what is read without a parser, the parser reads the same`() throws {
    let others = Array("<>&\"'/ \n\t\r;]x1=".utf8) + [0, 7, 0x7F, 0x80, 0xC3, 0xEF, 0xFF]
    let start = Self.head.utf8.count
    let length = Self.element.utf8.count
    var read = 0
    for (round, place) in stride(from: 0, to: start + length, by: 2).enumerated() {
      var changed = Self.document
      switch round % 3 {
      case 0: changed[place] = others[(round / 3) % others.count]
      case 1: changed.remove(at: place)
      default: changed.insert(others[(round / 3) % others.count], at: place)
      }
      guard let plain = try plain(changed) else { continue }
      read += 1
      let parsed = try? PrimaryReader.parsedPackages(in: write(changed), openChecksum: nil)
      #expect(plain == parsed, "byte \(place), round \(round)")
    }
    #expect(read > 50, "changes of text leave the form")
  }

  private static let parted = document(of: 64)

  /// A package in sixteen ends a part.
  private static func document(of count: Int) -> [UInt8] {
    let digest = String(repeating: "5a", count: 32)
    let elements = (0..<count).map { number in
      element.replacing(
        digest, with: String(format: "%02x", number % 256) + digest.dropFirst(2), maxReplacements: 1
      )
    }
    return Array((head + elements.joined() + "</metadata>").utf8)
  }

  /// The larger one is read in several pieces.
  @Test(arguments: [64, 1000])
  func `parts are all that is between head and end, and each is a document`(count: Int) throws {
    let bytes = Self.document(of: count)
    let path = try write(bytes)
    let document = try PrimaryReader.document(in: path, openChecksum: nil)
    let parts = try #require(document.parts)
    #expect(document.packages.count == count)
    #expect(parts.count == (count + 15) / 16 + 1)
    #expect(parts.first?.bytes.lowerBound == Self.head.utf8.count)
    #expect(parts.last?.bytes.upperBound == bytes.count - "</metadata>".utf8.count)
    #expect(zip(parts, parts.dropFirst()).allSatisfy { $0.bytes.upperBound == $1.bytes.lowerBound })
    var packages: [ListedPackage] = []
    try PrimaryReader.read(parts, in: path) { part, piece in
      #expect(Checksum(of: Array(bytes[part.bytes])) == part.checksum)
      let file = scratch.path("part.xml")
      try Data(piece).write(to: URL(fileURLWithPath: file))
      packages += try PrimaryReader.parsedPackages(in: file, openChecksum: nil)
    }
    #expect(packages == document.packages)
    // Some of them.
    var read: [PrimaryPart] = []
    try PrimaryReader.read([parts[1], parts[3]], in: path) { part, _ in read.append(part) }
    #expect(read == [parts[1], parts[3]])
  }

  @Test func `parts of another document are not handed over`() throws {
    let parts = try #require(
      try PrimaryReader.document(in: write(Self.parted), openChecksum: nil).parts)
    var changed = Self.parted
    changed[parts[2].bytes.lowerBound + 20] ^= 1
    for other in [changed, Array(Self.parted.prefix(parts[2].bytes.lowerBound + 5))] {
      let path = try write(other)
      var read = 0
      let error = #expect(throws: ComposeError.self) {
        try PrimaryReader.read(parts, in: path) { _, _ in read += 1 }
      }
      #expect(error?.kind == .badData)
      #expect(read == 2)
    }
  }

  @Test func `what is not plain has no parts`() throws {
    let other = String(decoding: Self.parted, as: UTF8.self).replacing(
      "\n  <name>", with: " <name>")
    let path = try write(Array(other.utf8))
    let document = try PrimaryReader.document(in: path, openChecksum: nil)
    #expect(document.parts == nil)
    #expect(document.packages.count == 64)
  }

  @Test func `what XML does not allow is left to the parser`() throws {
    for text in [
      "]]>", "&nbsp;", "&#0;", "&#xFFFE;", "&#x110000;", "&#+65;", "\u{1}", "\u{FFFF}", "a>b", "\r",
    ] {
      let changed = String(decoding: Self.document, as: UTF8.self)
        .replacing("Of two", with: "Of \(text) two")
      #expect(try plain(Array(changed.utf8)) == nil, "\(text)")
    }
    var cut = Self.document
    cut.removeLast(3)
    #expect(try plain(cut) == nil)
    #expect(try plain(Self.document + Array("<x/>".utf8)) == nil)
    #expect(throws: ComposeError.self) { try plain([]) }
  }

  @Test func `what createrepo_c writes is plain`() throws {
    let pool = scratch.path("pool")
    for spec in [
      RPMSpec(
        "eta", "0.9~rc1", "3", epoch: 2,
        tags: ["Requires: gamma >= 1.0", "Obsoletes: theta < 2", "Recommends: rec >= 2"],
        files: ["/etc/eta.conf": "x=1\n", "/usr/bin/eta": "#!/bin/sh\n"]),
      RPMSpec("unicode", files: ["/usr/share/unicode/žluť <&> kůň": "x"]),
    ] {
      try spec.build(into: pool)
    }
    try Shell.check("createrepo_c", ["--quiet", "--no-database", pool])
    let repodata = "\(pool)/repodata"
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: repodata).first {
        $0.contains("-primary.xml")
      })
    let path = "\(repodata)/\(name)"
    let plain = try #require(
      try PrimaryReader.plainDocument(in: path, openChecksum: nil)?.packages)
    #expect(try plain == PrimaryReader.parsedPackages(in: path, openChecksum: nil))
    #expect(plain.count == 4)
  }
}
