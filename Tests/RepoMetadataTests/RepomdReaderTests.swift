import CCreaterepo
import ComposeTestSupport
import Foundation
import ReleaseModel
import Testing

@testable import RepoMetadata

/// Indexes are read with libxml2; libcreaterepo_c's own reader is the oracle.
@Suite struct RepomdReaderTests {
  private let scratch: TemporaryDirectory

  init() throws { scratch = try TemporaryDirectory() }

  /// What libcreaterepo_c reads, a line for each document.
  private func oracle(_ path: String) throws -> [String] {
    let repomd = try #require(cr_repomd_new())
    defer { cr_repomd_free(repomd) }
    try #require(cr_xml_parse_repomd(path, repomd, nil, nil, nil) == 0)
    func text(_ pointer: UnsafeMutablePointer<CChar>?) -> String {
      pointer.map { String(cString: $0) } ?? ""
    }
    var lines = ["revision \(text(repomd.pointee.revision))"]
    var item = repomd.pointee.records
    while let node = item {
      let raw = try #require(node.pointee.data?.assumingMemoryBound(to: cr_RepomdRecord.self))
        .pointee
      lines.append(
        "\(text(raw.type)) \(text(raw.location_href)) \(text(raw.checksum_type)) "
          + "\(text(raw.checksum)) \(text(raw.checksum_open)) \(raw.timestamp) \(raw.size) "
          + "\(max(0, raw.size_open)) \(raw.db_ver)")
      item = node.pointee.next
    }
    return lines
  }

  private func lines(_ path: String) throws -> [String] {
    let document = try RepomdReader(file: path, openedAs: nil)
    return ["revision \(document.revision)"]
      + document.records.map {
        "\($0.type) \($0.location) \($0.checksumType) \($0.checksum) \($0.openChecksum) "
          + "\($0.timestamp) \($0.size) \($0.openSize) \($0.databaseVersion)"
      }
  }

  @Test func `what createrepo_c has written is read as it reads it`() throws {
    try RPMSpec("alpha", "1.0").build(into: scratch.path)
    try Shell.check(
      "createrepo_c", ["--quiet", "--database", "--revision", "7", "--distro", "x,y", scratch.path])
    let path = scratch.path("repodata/repomd.xml")
    let read = try lines(path)
    #expect(read.count == 7 && read.first == "revision 7", "\(read)")
    let expected = try oracle(path)
    #expect(read == expected)
  }

  @Test func `odd ways to write an index are read as libcreaterepo_c reads them`() throws {
    let path = try scratch.write(
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <!-- <data type="no"/> -->
      <repomd xmlns="http://linux.duke.edu/metadata/repo" xmlns:rpm="http://linux.duke.edu/metadata/rpm">
        <rpm:revision>8</rpm:revision><revision>1&#55;</revision>
        <tags><content>x</content></tags>
        <data note="&lt;" type="primary"><location xml:base="http://a/" href='repodata/p.xml'/>
          <timestamp> 12.75</timestamp><size>3</size><unknown><size>9</size></unknown>
          <checksum type="sha256"><![CDATA[ab]]></checksum><checksum_open>no</checksum_open>
        </data>
        <data type="db"><database_version>10</database_version><open-size>5</open-size></data>
        <data type="empty"/>
      </repomd>
      """, to: "repomd.xml")
    let read = try lines(path)
    #expect(
      read == [
        "revision 17", "primary repodata/p.xml sha256 ab  12 3 0 0", "db     0 0 5 10",
        "empty     0 0 0 0",
      ], "\(read)")
    // It knows no CDATA.
    let plain = try String(contentsOfFile: path, encoding: .utf8)
      .replacing("<![CDATA[ab]]>", with: "ab")
    let expected = try oracle(scratch.write(plain, to: "plain.xml"))
    #expect(read == expected)
  }

  @Test func `a file that was opened before is read from its beginning, and stays where it was`()
    throws
  {
    let path = try scratch.write(
      "<repomd><revision>3</revision></repomd>", to: "repomd.xml")
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
    try file.seek(toOffset: 5)
    let index = try Repomd(path: "a name", openedAs: file.fileDescriptor)
    #expect(index.revision == 3 && index.timestamp == 3 && index.records.isEmpty)
    #expect(try file.offset() == 5)
  }

  @Test(arguments: [
    ("<repomd><revision>1</revision><data/></repomd>", "an element 'data' has no type"),
    ("<repomd>\n<revision>1</revision>", "it is no well-formed XML, line 2"),
    ("<!DOCTYPE repomd []><repomd/>", "it is no well-formed XML, line 1"),
    ("<repomd><revision>&#0;</revision></repomd>", "it is no well-formed XML, line 1"),
    ("<other><revision>1</revision></other>", "it has no revision number"),
    ("", "it is no well-formed XML, line 1"),
  ])
  func `what is no index is bad data`(text: String, cause: String) throws {
    let path = try scratch.write(text, to: "repomd.xml")
    let error = #expect(throws: ComposeError.self) { try Repomd(path: path) }
    #expect(error?.kind == .badData && error?.cause == cause, "\(error as Any)")
    #expect(error?.thing == path)
  }

  @Test func `an endless file is not read to its end`() throws {
    let path = scratch.path("repomd.xml")
    #expect(truncate(try scratch.write("<repomd>", to: "repomd.xml"), 1 << 40) == 0)
    let error = #expect(throws: ComposeError.self) { try Repomd(path: path) }
    #expect(error?.cause == "it is larger than 16 MiB")
  }

  @Test func `one that is not there is named`() throws {
    let path = scratch.path("nothing/repomd.xml")
    let error = #expect(throws: ComposeError.self) { try Repomd(path: path) }
    #expect(error?.thing == path && error?.cause == "No such file or directory")
  }
}
