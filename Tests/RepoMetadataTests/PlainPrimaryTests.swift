import ComposeTestSupport
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
    try PrimaryReader.plainPackages(in: write(bytes), openChecksum: nil)
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
  @Test func `pieces of any length give the same packages`() throws {
    let whole = try #require(try plain(Self.document))
    for length in [1, 7, 64, 1000] {
      var scanner = PlainPrimaryScanner()
      for start in stride(from: 0, to: Self.document.count, by: length) {
        let piece = Array(Self.document[start...].prefix(length))
        #expect(piece.withUnsafeBytes { scanner.take($0) })
      }
      #expect(scanner.finish() == whole)
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
    let plain = try #require(try PrimaryReader.plainPackages(in: path, openChecksum: nil))
    #expect(try plain == PrimaryReader.parsedPackages(in: path, openChecksum: nil))
    #expect(plain.count == 4)
  }
}
