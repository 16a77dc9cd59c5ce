import ComposeTestSupport
import Foundation
import RPMPackages
import ReleaseModel
import RepoMetadata
import Testing

/// createrepo_c is the oracle: for the same files it must write the same
/// `<package>` elements.
@Suite struct RepositoryWriterTests {
  static let specs = [
    RPMSpec(
      "eta", "0.9~rc1", "3", epoch: 2, tags: ["Requires: gamma >= 1.0", "Provides: eta(api) = 3"],
      files: ["/etc/eta.conf": "x=1\n", "/usr/bin/eta": "#!/bin/sh\n"]),
    RPMSpec("lambda", "1.0^git1", arch: "x86_64", subpackages: [.init("doc", arch: "noarch")]),
    RPMSpec("unicode", files: ["/usr/share/unicode/žluť <&> kůň": "x"]),
  ]

  /// Builds a repository's files and writes its metadata into `repodata`.
  static func write(
    _ directory: TemporaryDirectory, compression: MetadataCompression = .gz, revision: Int = 1
  ) throws -> Repomd {
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.path)
      .filter { $0.hasSuffix(".rpm") }.sorted()
    var data: [String: Data] = [:]
    let writer = try RepositoryWriter(
      packageCount: names.count, form: MetadataForm(compression: compression, changelogs: 10)
    ) {
      data[$0, default: Data()].append(contentsOf: $1)
    }
    var records: [PackageRecord] = []
    let reader = RPMReader(keyring: nil, markerPattern: GlobPattern("README-RETIRED*"))
    for name in names {
      let path = directory.path(name)
      let rpm = try reader.read(path)
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      let modified = try #require(attributes[.modificationDate] as? Date)
      let location = try #require(RelativePath(name))
      let xml = try RPMReader.withHeader(of: path) { header, range in
        try PackageXML(
          header: header,
          facts: .init(
            sha256: rpm.sha256, size: rpm.size, modified: Int(modified.timeIntervalSince1970),
            headerRange: range, location: location), changelogLimit: 10)
      }
      records.append(
        PackageRecord(
          xml: xml, sha256: rpm.sha256, location: location,
          modified: Int(modified.timeIntervalSince1970)))
    }
    let metadata = try finish(writer, records)
    try FileManager.default.createDirectory(
      atPath: directory.path("repodata"), withIntermediateDirectories: true)
    for record in metadata {
      try data[record.type]?.write(to: directory.url.appending(path: "repodata/\(record.fileName)"))
    }
    let repomd = Repomd(revision: revision, records: metadata)
    try Data(repomd.xml()).write(to: directory.url.appending(path: "repodata/repomd.xml"))
    return repomd
  }

  /// Writes all packages in rounds of three.
  private static func finish(
    _ writer: RepositoryWriter, _ records: [PackageRecord]
  ) throws -> [MetadataRecord] {
    for start in stride(from: 0, to: records.count, by: 3) {
      let jobs = writer.take(Array(records[start...].prefix(3)))
      Concurrently.forEach(jobs.indices) { jobs[$0]() }
      try writer.drain()
    }
    return try writer.finish()
  }

  private func elements(of directory: TemporaryDirectory, _ kind: String) throws -> [String] {
    let text = try Shell.check(
      "sh", ["-c", "zcat \(directory.path)/repodata/*-\(kind).xml.gz"])
    return text.components(separatedBy: "<package ").dropFirst().map {
      String($0.prefix(upTo: $0.range(of: "</package>")?.upperBound ?? $0.endIndex))
    }
  }

  @Test func `package elements equal createrepo_c's`() throws {
    let ours = try TemporaryDirectory()
    for spec in Self.specs { try spec.build(into: ours.path) }
    let theirs = try TemporaryDirectory()
    try Shell.check("cp", ["-a", ours.path + "/.", theirs.path])
    _ = try Self.write(ours)
    try Shell.check(
      "createrepo_c", ["--quiet", "--no-database", "--checksum", "sha256", theirs.path])
    for kind in ["primary", "filelists", "other"] {
      let mine = try elements(of: ours, kind)
      #expect(mine.count == 7)
      #expect(try mine == elements(of: theirs, kind), "\(kind)")
    }
  }

  @Test(arguments: MetadataCompression.allCases)
  func `clients read what is written, in every compression`(
    compression: MetadataCompression
  ) throws {
    let directory = try TemporaryDirectory()
    try RPMSpec("eta", epoch: 1).build(into: directory.path, sources: false)
    let repomd = try Self.write(directory, compression: compression, revision: 77)
    let back = try Repomd(path: directory.path("repodata/repomd.xml"))
    #expect(back == repomd)
    #expect(back.revision == 77)
    let text = try String(contentsOfFile: directory.path("repodata/repomd.xml"), encoding: .utf8)
    #expect(text.components(separatedBy: "<timestamp>77</timestamp>").count == 4)
    let primary = try #require(back.records.first { $0.type == "primary" })
    #expect(primary.fileName.hasPrefix(primary.checksum.hex))
    let path = directory.path("repodata/\(primary.fileName)")
    let listed = try PrimaryReader.packages(in: path, openChecksum: primary.openChecksum)
    #expect(listed.map(\.nevra.description) == ["eta-1:1.0-1.noarch"])
    let error = #expect(throws: ComposeError.self) {
      try PrimaryReader.packages(in: path, openChecksum: primary.checksum)
    }
    #expect(error?.kind == .badData)
    #expect(try DnfClient().offered("file://\(directory.path)") == ["eta-1:1.0-1.noarch"])
  }

  @Test func `the same packages give the same bytes`() throws {
    let directory = try TemporaryDirectory()
    for spec in Self.specs { try spec.build(into: directory.path) }
    let first = try Self.write(directory)
    #expect(try Self.write(directory) == first)
  }

  @Test(arguments: [
    "<?xml version=\"1.0\"?><repomd", "", "not xml",
    "<repomd xmlns=\"http://linux.duke.edu/metadata/repo\"></repomd>",
    """
    <?xml version="1.0" encoding="UTF-8"?>
    <repomd xmlns="http://linux.duke.edu/metadata/repo"><revision>1</revision>
    <data type="primary"><checksum type="sha256">00</checksum>
    <location href="repodata/../../etc/passwd"/></data></repomd>
    """,
  ])
  func `a repomd that clients would not accept is bad data`(text: String) throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write(text, to: "repomd.xml")
    let error = #expect(throws: ComposeError.self) { try Repomd(path: path) }
    #expect(error?.kind == .badData)
  }

  @Test func `damaged primary metadata is bad data`() throws {
    let directory = try TemporaryDirectory()
    let path = try directory.write("<metadata packages=\"1\"><package", to: "primary.xml")
    let sum = try Shell.check("sha256sum", [path]).prefix(64)
    let checksum = try #require(Checksum(hex: String(sum)))
    let error = #expect(throws: ComposeError.self) {
      try PrimaryReader.packages(in: path, openChecksum: checksum)
    }
    #expect(error?.kind == .badData)
  }
}
