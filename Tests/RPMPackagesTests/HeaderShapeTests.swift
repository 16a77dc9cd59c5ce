import ComposeTestSupport
import Foundation
import RPMPackages
import ReleaseModel
import Testing

/// Headers whose digests hold and whose contents do not fit together: bad data, never a
/// signal of a library that takes them for granted.
@Suite struct HeaderShapeTests {
  private let scratch: TemporaryDirectory
  private let intact: String

  init() throws {
    scratch = try TemporaryDirectory()
    let files = try RPMSpec("alpha").build(into: scratch.path)
    intact = try #require(files.first { !$0.hasSuffix(".src.rpm") })
  }

  /// The RPM with one tag changed: number, type and count as rpm's headers have them.
  private func rpm(_ tag: Int, type: Int, count: Int, _ hexadecimal: String) throws -> String {
    let path = scratch.path("\(UUID()).rpm")
    try FileManager.default.copyItem(atPath: intact, toPath: path)
    try Shell.check(
      "\(Fixtures.checkout)/Tests/Fixtures/edit-rpm",
      ["set-header-tag", path, "--", "\(tag)", "\(type)", "\(count)", hexadecimal])
    return path
  }

  private func read(_ path: String) throws -> RPMFile {
    try RPMReader(keyring: nil, markerPattern: GlobPattern("README-RETIRED*")).read(path)
  }

  private func cause(_ path: String) -> String? {
    do {
      _ = try read(path)
      return nil
    } catch {
      guard let error = error as? ComposeError, error.kind == .badData else { return "\(error)" }
      return error.cause
    }
  }

  private static func hex(_ text: String) -> String {
    (Array(text.utf8) + [0]).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  @Test(arguments: [(1117, 6), (1117, 9), (1118, 6), (1118, 9), (1047, 6), (1049, 9), (1081, 9)])
  func `a list that is none is refused, whatever type it has`(tag: Int, type: Int) throws {
    let path = try rpm(tag, type: type, count: 1, Self.hex("alpha"))
    let cause = cause(path)
    #expect(cause?.hasPrefix("its header has no list of strings as '") == true, "\(cause ?? "")")
  }

  @Test(arguments: [
    // Sizes and inodes of five files; the third directory of one; no directory at all.
    (1028, 4, 5, "0000000100000001000000010000000100000001"),
    (1096, 4, 5, "0000000100000001000000010000000100000001"),
    (1116, 4, 1, "00000007"), (1039, 8, 2, "726f6f7400726f6f7400"),
  ])
  func `lists of files that do not fit together are refused`(
    tag: Int, type: Int, count: Int, bytes: String
  ) throws {
    let path = try rpm(tag, type: type, count: count, bytes)
    #expect(cause(path)?.contains("its header") == true, "\(cause(path) ?? "taken")")
    // rpm refuses it as well, when it installs.
    let outcome = try Shell.run(
      "rpm",
      [
        "--dbpath", scratch.path("db-\(UUID())"), "--root", scratch.path, "-i", "--test",
        "--nodeps", "--nosignature", "--ignorearch", path,
      ])
    #expect(outcome.status != 0, "\(outcome.output)\(outcome.errors)")
  }

  @Test func `what rpm does not install is refused`() throws {
    let payload = try rpm(1124, type: 6, count: 1, Self.hex("tape"))
    #expect(cause(payload)?.contains("its payload is 'tape'") == true)
    let system = try rpm(1021, type: 6, count: 1, Self.hex("solaris"))
    #expect(cause(system)?.contains("made for the system 'solaris'") == true)
  }

  @Test func `scripts of every kind are read, whatever runs them`() throws {
    let scripts = [
      "%pre", "true", "%post -p /sbin/ldconfig", "%preun -p <lua>", "print(1)",
      "%postun -p /sbin/ldconfig", "%pretrans -p <lua>", "print(1)", "%posttrans", "true",
      "%verifyscript", "true", "%triggerin -- beta", "true",
    ]
    let files = try RPMSpec("beta", tags: scripts).build(into: scratch.path)
    for path in files { #expect(cause(path) == nil, "\(cause(path) ?? "")") }
    let tags = try Shell.check("rpm", ["-qp", "--qf", "%{POSTINPROG} %{VERIFYSCRIPTPROG}"] + files)
    #expect(tags.contains("/sbin/ldconfig /bin/sh"))
  }

  @Test func `an intact one is read, and one without files`() throws {
    #expect(cause(intact) == nil)
    #expect(cause(try rpm(1004, type: 9, count: 1, Self.hex("another summary"))) == nil)
  }
}
