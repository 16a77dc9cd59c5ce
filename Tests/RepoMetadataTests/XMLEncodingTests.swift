import ComposeTestSupport
import Foundation
import ReleaseModel
import Testing

@testable import RepoMetadata

/// Documents in other encodings than UTF-8 are refused before a library sees them.
@Suite struct XMLEncodingTests {
  private static let body = "<metadata packages=\"0\"></metadata>"

  private func primary(_ bytes: [UInt8]) -> ComposeError? {
    do {
      let scratch = try TemporaryDirectory()
      try Data(bytes).write(to: URL(fileURLWithPath: scratch.path("primary.xml")))
      _ = try PrimaryReader.packages(in: scratch.path("primary.xml"), openChecksum: nil)
      return nil
    } catch { return error as? ComposeError }
  }

  @Test(arguments: ["UTF-7", "ISO-8859-1", "utf-16", "", "EBCDIC-US"])
  func `another encoding is bad data`(name: String) throws {
    let text = "<?xml version=\"1.0\" encoding=\"\(name)\"?>\n<meta\\setup[\n" + Self.body
    let error = primary(Array(text.utf8))
    #expect(
      error?.kind == .badData && error?.cause.contains("not UTF-8") == true, "\(error as Any)")
  }

  @Test func `UTF-16 with its mark is bad data`() throws {
    var bytes: [UInt8] = [0xFF, 0xFE]
    for unit in Self.body.utf16 { bytes += [UInt8(truncatingIfNeeded: unit), 0] }
    #expect(primary(bytes)?.cause == "it is not UTF-8 text")
  }

  @Test(arguments: [" encoding=\"UTF-8\"", " encoding='utf-8'", "", " standalone=\"yes\""])
  func `UTF-8 is read, named or not`(encoding: String) throws {
    #expect(primary(Array("<?xml version=\"1.0\"\(encoding)?>\n\(Self.body)".utf8)) == nil)
  }

  @Test func `a damaged index is told without names of descriptors`() throws {
    let scratch = try TemporaryDirectory()
    let path = try scratch.write("<repomd></repomd>more", to: "repomd.xml")
    let file = open(path, O_RDONLY)
    defer { close(file) }
    let error = #expect(throws: ComposeError.self) { try Repomd(path: path, openedAs: file) }
    #expect(error?.cause == "it is no well-formed XML, line 1")
    #expect(error?.thing == path, "not the name of a descriptor")
  }

  @Test func `an index in another encoding is bad data`() throws {
    let scratch = try TemporaryDirectory()
    let text = "<?xml version=\"1.0\" encoding=\"UTF-7\"?>\n<repomd>\\s+</repomd>"
    let path = try scratch.write(text, to: "repomd.xml")
    let error = #expect(throws: ComposeError.self) { try Repomd(path: path) }
    #expect(error?.cause == "its encoding is 'UTF-7', not UTF-8")
  }
}
