import Digests
import Foundation
import ReleaseModel
import RepoMetadata

/// File lists, which are searched without an XML parser.
struct FileListsTarget: FuzzTarget {
  static let name = "filelists"
  static let words = ["<file>", "</file>", "<package pkgid=\"", "<", ">", "&amp;"]
  private let search = FileListsSearch(["/usr/share/alpha/data", "/usr/lib/a&b"])

  init() {}

  func seeds() throws -> [[UInt8]] {
    [
      Array(
        """
        <filelists packages="1"><package pkgid="\(Checksum(of: [1]))" name="alpha" arch="noarch">
          <version epoch="0" ver="1.0" rel="1"/>
          <file>/usr/share/alpha/data</file><file type="dir">/usr/lib/a&amp;b</file>
        </package></filelists>
        """.utf8)
    ]
  }

  func run(_ input: [UInt8]) throws {
    // Just its bytes, so that a read behind the end is one outside of the memory.
    let exact = UnsafeMutableRawBufferPointer.allocate(byteCount: input.count, alignment: 1)
    defer { exact.deallocate() }
    exact.copyBytes(from: input)
    _ = try search.owners(in: UnsafeRawBufferPointer(exact))
  }
}

/// The index of a repository, ours and others'.
struct RepomdTarget: FuzzTarget {
  static let name = "repomd"
  static let words = ["<data type=\"primary\">", "<checksum type=\"sha256\">", "repodata/", "../"]
  private let scratch: Scratch

  init() throws { scratch = try Scratch() }

  func seeds() throws -> [[UInt8]] {
    let record = MetadataRecord(
      type: "primary", fileName: "a-primary.xml.gz", checksum: Checksum(of: [1]),
      openChecksum: Checksum(of: [2]), size: 10, openSize: 20, databaseVersion: 10)
    return [try Repomd(revision: 1_552_000_000, records: [record]).xml()]
  }

  func run(_ input: [UInt8]) throws {
    let file = try scratch.write(input, as: "repomd.xml")
    let own = try? Repomd(path: file)
    _ = try own?.xml()
    _ = try Repomd(path: file, by: .others).xml()
  }
}

/// Groups.
struct CompsTarget: FuzzTarget {
  static let name = "comps"
  static let words = [
    "<group>", "</group>", "<packagereq>", "<!DOCTYPE comps [<!ENTITY a \"bbbbbbbb\">]>", "&a;",
    "<id>",
  ]

  init() {}

  func seeds() throws -> [[UInt8]] {
    [
      Array(
        """
        <?xml version="1.0"?>
        <!DOCTYPE comps PUBLIC "-//Red Hat, Inc.//DTD Comps info//EN" "comps.dtd">
        <comps><group><id>tools</id><name>Tools</name><packagelist>
        <packagereq type="default">alpha</packagereq></packagelist></group></comps>
        """.utf8)
    ]
  }

  func run(_ input: [UInt8]) throws {
    _ = try CompsReader.groups(
      in: OpenedMetadata(contents: input, of: "comps.xml"), of: "comps.xml")
  }
}

/// Modules, which libmodulemd reads.
struct ModulesTarget: FuzzTarget {
  static let name = "modules"
  static let words = [
    "---\n", "...\n", "document: modulemd\n", "*a", "&a ", "stream: ", "- ", "{", "[", "rpms:\n",
  ]

  init() {}

  func seeds() throws -> [[UInt8]] {
    [
      Array(
        """
        ---
        document: modulemd
        version: 2
        data:
          name: tool
          stream: "1"
          version: 20190301
          context: deadbeef
          arch: x86_64
          summary: A tool
          description: It is one.
          license: {module: [MIT]}
          dependencies: [{requires: {platform: [el8]}}]
          artifacts: {rpms: ["alpha-0:1.0-1.noarch"]}
        ---
        document: modulemd-defaults
        version: 1
        data: {module: tool, stream: "1", profiles: {"1": [default]}}
        ...
        """.utf8)
    ]
  }

  func run(_ input: [UInt8]) throws {
    _ = try ModulesReader.streams(
      in: OpenedMetadata(contents: input, of: "modules.yaml"), of: "modules.yaml")
  }
}

/// Advisories as repositories have them.
struct UpdateinfoTarget: FuzzTarget {
  static let name = "updateinfo"
  static let words = ["<update", "<package name=\"", "<collection>", "epoch=\"", "<reference "]

  init() {}

  func seeds() throws -> [[UInt8]] {
    let nevra = NEVRA(
      name: "alpha", evr: EVR(epoch: 1, version: "1.0", rpmRelease: "1"), arch: .noarch)
    let advisory = Advisory(
      id: "EPEL-1", title: "An update", description: "It mends <it>.", kind: .security,
      severity: .low, issued: 1_552_000_000, updated: 1_553_000_000, builds: ["alpha-1.0-1"],
      references: [.init(kind: .bugzilla, id: "1", title: "A bug", url: "https://example.com/1")],
      suggestsReboot: true)
    return [
      try UpdateinfoWriter.document(
        [(advisory, [.init(nevra: nevra, sourceRPM: nil)])], of: .init(name: "epel", title: "EPEL"))
    ]
  }

  func run(_ input: [UInt8]) throws {
    _ = try UpdateinfoReader.advisories(
      in: OpenedMetadata(contents: input, of: "updateinfo.xml"), of: "updateinfo.xml")
  }
}
