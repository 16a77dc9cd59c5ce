import ReleaseModel
import Testing

@Suite struct PackageNameTests {
  @Test(arguments: [
    ("eta-0.9-1.src.rpm", "eta", "0.9", "1"),
    ("perl-Foo-Bar-1.0~rc1-2.el7.src.rpm", "perl-Foo-Bar", "1.0~rc1", "2.el7"),
    ("blob-1-1.nosrc.rpm", "blob", "1", "1"),
  ])
  func `a source RPM's name splits from the right`(
    file: String, name: String, version: String, rpmRelease: String
  ) throws {
    let nvr = try #require(NVR(sourceRPM: file))
    #expect(nvr == NVR(name: name, version: version, rpmRelease: rpmRelease))
  }

  @Test(arguments: [
    "eta-0.9-1.noarch.rpm", "eta-0.9.src.rpm", "-0.9-1.src.rpm", "eta--1.src.rpm", "",
  ])
  func `what is no source RPM has no NVR`(file: String) {
    #expect(NVR(sourceRPM: file) == nil)
  }

  @Test func `the epoch shows in the NEVRA, never in the file name`() {
    let evr = EVR(epoch: 1, version: "0.9", rpmRelease: "1")
    let nevra = NEVRA(name: "eta", evr: evr, arch: .noarch)
    #expect(nevra.description == "eta-1:0.9-1.noarch")
    #expect(nevra.fileName == "eta-0.9-1.noarch.rpm")
  }

  @Test(arguments: [
    ("alpha", "x86_64", RPMFile.Kind.binary), ("alpha-debuginfo", "x86_64", .debug),
    ("alpha-debugsource", "x86_64", .debug), ("alpha-libs-debuginfo", "x86_64", .debug),
    ("kernel-debuginfo-common", "x86_64", .debug), ("alpha", "src", .source),
    ("alpha-debuginfo", "nosrc", .source), ("debuginfod", "noarch", .binary),
  ])
  func `the kind follows from name and architecture`(
    name: String, arch: String, kind: RPMFile.Kind
  ) throws {
    let nevra = NEVRA(
      name: name, evr: EVR(version: "1", rpmRelease: "1"), arch: Architecture(arch))
    let file = RPMFile(
      path: "/x", nevra: nevra, sourceRPM: nil, size: 1,
      sha256: try #require(Checksum(hex: String(repeating: "0", count: 64))), buildTime: 0,
      signature: .unsigned, marker: nil, undocumentedMarkers: [])
    #expect(file.kind == kind)
  }

  @Test func `a checksum is 64 hexadecimal digits`() {
    #expect(
      Checksum(hex: String(repeating: "AB", count: 32))?.hex == String(repeating: "ab", count: 32))
    #expect(Checksum(hex: String(repeating: "a", count: 63)) == nil)
    #expect(Checksum(hex: String(repeating: "g", count: 64)) == nil)
    let digest = [0, 15, 255] + [UInt8](repeating: 1, count: 29)
    #expect(Checksum(digest: digest).hex == "000fff" + String(repeating: "01", count: 29))
    #expect(Checksum(digest: digest).bytes == digest)
  }
}
