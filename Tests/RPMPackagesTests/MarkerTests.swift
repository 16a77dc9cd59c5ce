import ComposeTestSupport
import Foundation
import RPMPackages
import ReleaseModel
import Testing

/// The text of a marker in every form that a payload can have.
@Suite(.waiting) struct MarkerTests {
  private static let words = "echo Upstream is gone. > $D/README-RETIRED"
  private static let text = "Upstream is gone.\n"

  static let readable =
    ["w6.gzdio", "w9.bzdio", "w7.xzdio", "w7.lzdio", "w3.zstdio", "w.ufdio"].map {
      PayloadCase(testDescription: "compressed by \($0)", install: words, compression: $0)
    } + [
      PayloadCase(testDescription: "numbered files", install: words, isNumbered: true),
      PayloadCase(
        testDescription: "numbered files, not compressed",
        install: "echo other > $D/A; \(words); echo > $D/Z", compression: "w.ufdio",
        isNumbered: true),
      PayloadCase(
        testDescription: "several names of one file",
        install: "\(words); ln $D/README-RETIRED $D/ANOTHER; ln $D/README-RETIRED $D/zlast"),
      PayloadCase(
        testDescription: "several names and numbers",
        install: "\(words); ln $D/README-RETIRED $D/ANOTHER; ln $D/README-RETIRED $D/zlast",
        isNumbered: true),
      PayloadCase(
        testDescription: "a link",
        install: "mv $D $D.x; mkdir $D; D=$D.x; \(words)\n"
          + "mv $D/README-RETIRED %{buildroot}/usr/share/doc/gamma/why\n"
          + "ln -s ./../gamma/why %{buildroot}/usr/share/doc/gamma/README-RETIRED"),
      PayloadCase(
        testDescription: "links by way of a linked directory",
        install: "mkdir -p %{buildroot}/usr/share/texts\n"
          + "echo Upstream is gone. > %{buildroot}/usr/share/texts/why\n"
          + "ln -s /usr/share/texts %{buildroot}/usr/share/linked\n"
          + "ln -s ../../linked/why $D/README-RETIRED",
        files: ["%doc /usr/share/doc/gamma", "/usr/share/texts", "/usr/share/linked"]),
      PayloadCase(
        testDescription: "the first of several is empty",
        install: "touch $D/README-RETIRED; echo Upstream is gone. > $D/README-RETIRED.md"),
    ]
    + ["gzip", "bzip2", "xz", "zstd -q --rm"].map {
      PayloadCase(
        testDescription: "itself packed by \($0)", install: "\(words); \($0) $D/README-RETIRED")
    }

  @Test(arguments: readable)
  func `its text is read`(_ item: PayloadCase) throws {
    let directory = try TemporaryDirectory.ofPlainPath()
    let marker = try #require(try item.build(into: directory)[0].marker)
    #expect(marker.text == Self.text)
    #expect(marker.problem == nil)
  }

  @Test(arguments: [
    (
      PayloadCase(
        testDescription: "to nothing", install: "ln -s /usr/share/none $D/README-RETIRED"),
      "it is a link to /usr/share/none, which the RPM does not have"
    ),
    (
      PayloadCase(
        testDescription: "not packed", install: "echo text > $D/README-RETIRED.gz"),
      nil
    ),
    (
      PayloadCase(
        testDescription: "broken",
        install: "seq 30000 | gzip | head -c 2000 > $D/README-RETIRED.gz"),
      "it cannot be uncompressed: truncated gzip input"
    ),
    (
      PayloadCase(
        testDescription: "large and packed",
        install: "head -c 1500000 /dev/urandom | gzip > $D/README-RETIRED.gz"),
      "it is compressed, and has more than 1 MiB, the limit for a marker"
    ),
  ])
  func `what cannot be read is said`(_ item: PayloadCase, cause: String?) throws {
    let directory = try TemporaryDirectory()
    let marker = try #require(try item.build(into: directory)[0].marker)
    #expect(marker.problem == cause)
    #expect(marker.text == (cause == nil ? "text\n" : ""))
  }

  @Test(arguments: [
    "head -c 100000 /dev/zero | tr '\\0' a > $D/README-RETIRED",
    // Ten thousand times as large as its file.
    "head -c 200000000 /dev/zero | tr '\\0' a | gzip > $D/README-RETIRED.gz",
  ])
  func `what is too long is cut`(install: String) throws {
    let directory = try TemporaryDirectory()
    let item = PayloadCase(testDescription: "long", install: install)
    let marker = try #require(try item.build(into: directory)[0].marker)
    #expect(marker.text == String(repeating: "a", count: 65_536))
    #expect(marker.problem == "only its first 64 KiB are read, the limit of a marker's text")
  }

  @Test func `a payload that breaks off in its own form`() throws {
    let directory = try TemporaryDirectory()
    let item = PayloadCase(
      testDescription: "short", install: "seq 9999 > $D/A; \(Self.words)", compression: "w.ufdio",
      isNumbered: true)
    let file = try item.build(into: directory)[0]
    // Another size than the payload has: the archive within is no archive then.
    var bytes = try Data(contentsOf: URL(fileURLWithPath: file.path))
    let number = try #require(bytes.range(of: Data("07070X00000000".utf8))?.upperBound)
    bytes[number - 1] = UInt8(ascii: "7")
    try bytes.write(to: URL(fileURLWithPath: file.path))
    try Shell.check(
      "\(Fixtures.checkout)/Tests/Fixtures/edit-rpm",
      [
        "drop-signature-tags", file.path, "--", "1007",
      ])
    let marker = try #require(try RPMReaderTests.reader.read(file.path).marker)
    #expect(marker.problem == "its payload is no archive that rpm writes")
  }

  @Test func `links that lead in a circle`() throws {
    let directory = try TemporaryDirectory()
    let item = PayloadCase(
      testDescription: "circle", install: "ln -s README-RETIREX $D/README-RETIRED")
    let file = try item.build(into: directory)[0]
    // rpmbuild packs no such thing.
    var bytes = try Data(contentsOf: URL(fileURLWithPath: file.path))
    while let found = bytes.range(of: Data("README-RETIREX".utf8)) {
      bytes.replaceSubrange(found, with: Data("README-RETIRED".utf8))
    }
    try bytes.write(to: URL(fileURLWithPath: file.path))
    try Shell.check(
      "\(Fixtures.checkout)/Tests/Fixtures/edit-rpm",
      ["drop-header-tags", file.path, "--", "5092", "5093", "5097"])
    let marker = try #require(try RPMReaderTests.reader.read(file.path).marker)
    #expect(marker.problem == "its links lead in a circle")
  }

  @Test func `directories and sources are no markers`() throws {
    let directory = try TemporaryDirectory()
    let files = try PayloadCase(
      testDescription: "none", install: "mkdir $D/README-RETIRED.d; echo > $D/README-RETIRED.d/x",
      sources: ["README-RETIRED": "It is gone."]
    ).build(into: directory)
    #expect(files.map(\.marker) == [nil, nil])
    #expect(files[0].undocumentedMarkers == ["/usr/share/doc/gamma/README-RETIRED.d/"])
    #expect(files[1].undocumentedMarkers == ["README-RETIRED"])
  }
}
