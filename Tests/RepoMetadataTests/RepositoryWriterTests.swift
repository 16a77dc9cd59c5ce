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
    dependent,
  ]

  /// Dependencies that createrepo_c leaves out, puts together or orders.
  private static let dependent: RPMSpec = {
    var spec = RPMSpec(
      "deps",
      tags: [
        // Of these only the newest is listed.
        "Requires: libc.so.6", "Requires: libc.so.6(GLIBC_2.4)", "Requires: libc.so.6()(64bit)",
        "Requires: libc.so.6(GLIBC_2.17)", "Requires: libc.so.6(GLIBC_2.17)(64bit)",
        "Requires: libc.so.6(GLIBC_2.4)(64bit)", "Requires: libc.so.6(GLIBC_PRIVATE)",
        // Provided by the package itself.
        "Provides: deps(self) = 2", "Requires: deps(self) = 2", "Requires: deps(self)",
        "Requires: /usr/bin/deps-tool",
        // Required before it is installed, and at other times.
        "Requires: /bin/sh", "Requires(post): /bin/sh", "Requires(pre): gamma",
        "Requires: gamma", "Requires: gamma", "Requires: gamma >= 1.0",
        "Requires(postun): delta", "Requires(preun): delta", "Requires(pre,post): epsilon = 0:1-1",
        "Requires: (zeta or eta)", "Requires: (iota if kappa else lambda)",
        "Recommends: rec >= 2", "Recommends: rec2", "Suggests: (sug and sug2)",
        "Supplements: sup < 3", "Enhances: enh = 1:2-3", "Conflicts: con > 4",
        "Obsoletes: obs <= 5",
      ], files: ["/usr/bin/deps-tool": "#!/bin/sh\n"])
    spec.changelog = false
    return spec
  }()

  /// A spec file that says what ``RPMSpec`` has no words for.
  private struct SpecFile {
    let name: String
    let text: String

    /// Builds its source and binary RPM.
    func build(into directory: String) throws {
      let scratch = try TemporaryDirectory.ofPlainPath()
      let out = scratch.path("out")
      try scratch.write("not free\n", to: "sources/secret.bin")
      let file = try scratch.write(text, to: "\(name).spec")
      let macros = [
        "_topdir \(scratch.path("top"))", "_sourcedir \(scratch.path("sources"))",
        "_rpmdir \(out)", "_srcrpmdir \(out)",
        "_rpmfilename %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm", "__os_install_post %{nil}",
        "debug_package %{nil}", "_buildhost builder.example", "_dbpath \(scratch.path("db"))",
        "_invalid_encoding_terminates_build 0", "use_source_date_epoch_as_buildtime 1",
      ]
      try Shell.check(
        "rpmbuild",
        ["-ba", "--quiet", "--target", "noarch"] + macros.flatMap { ["--define", $0] } + [file],
        environment: [
          "SOURCE_DATE_EPOCH": "1552000000", "HOME": scratch.path, "TZ": "UTC", "LC_ALL": "C.UTF-8",
        ])
      try FileManager.default.createDirectory(
        atPath: directory, withIntermediateDirectories: true)
      for name in try FileManager.default.contentsOfDirectory(atPath: out) {
        try FileManager.default.moveItem(atPath: "\(out)/\(name)", toPath: "\(directory)/\(name)")
      }
    }
  }

  private static let specFiles = [
    SpecFile(
      name: "words",
      text: """
        Name: words
        Version: 1.0
        Release: 1
        Epoch: 7
        Summary: Žluťoučký kůň – 日本語 🐎 <&> "quoted" 'too'
        License: MIT
        URL: https://example.invalid/?a=1&b=2
        Vendor: Ďábelské <ódy>
        Packager: Žaneta <z@example.invalid>
        BuildArch: noarch
        AutoReqProv: no
        Provides: words(žluť) = 3:1.0-2
        Provides: words(<&>"')
        Provides: words(日本🐎)
        Requires: gamma(ďas) >= 1.0
        Obsoletes: old-words < 2
        Conflicts: other(é)
        %description
        \tTabs\tand "quotes", 'apostrophes', <tags>, &amp; entities.
        A carriage return\rin a line.
        \(String(repeating: "Long: <é&🐎>. ", count: 2000))
        %install
        mkdir -p "$RPM_BUILD_ROOT/usr/share/words"
        echo x > "$RPM_BUILD_ROOT/usr/share/words/"'žluť "<&>" kůň'
        %files
        /usr/share/words
        %changelog
        * Thu Mar 07 2019 Žaneta "Z" <z@example.invalid> - 7:1.0-1
        - Tabs\tand "quotes" <&> – žluť.

        """),
    // Bytes that are not UTF-8: createrepo_c takes them for Latin-1.
    SpecFile(
      name: "latin",
      text: #"""
        Name: latin
        Version: 1.0
        Release: 1
        Summary: Caf%{lua:print("\233")}
        License: MIT
        BuildArch: noarch
        AutoReqProv: no
        Provides: latin(caf%{lua:print("\233")})
        %description
        Caf%{lua:print("\233")}, %{lua:print("\255\254")} <&>, half of one: %{lua:print("\195")}
        %install
        mkdir -p "$RPM_BUILD_ROOT/usr/share/latin"
        echo x > "$RPM_BUILD_ROOT/usr/share/latin/caf%{lua:print("\233")}"
        %files
        /usr/share/latin
        %changelog
        * Thu Mar 07 2019 Ren%{lua:print("\233")} <r@example.invalid> - 1.0-1
        - Fa%{lua:print("\231")}ade.

        """#),
    SpecFile(
      name: "files",
      text: """
        Name: files
        Version: 1.0
        Release: 1
        Summary: Files
        License: MIT
        BuildArch: noarch
        AutoReqProv: no
        %description
        Some are in primary metadata, and some are not.
        %install
        cd "$RPM_BUILD_ROOT"
        mkdir -p etc/files.d usr/bin usr/sbin usr/lib/sendmail.d usr/share/files/empty \\
          opt/files/bin var/lib/sendmail etcetera usr/share/cabin
        for file in etc/files.d/a etc/files.conf usr/bin/files usr/sbin/files usr/lib/sendmail \\
          usr/lib/sendmail.d/x usr/lib/sendmail2 opt/files/bin/run var/lib/sendmail/sendmail \\
          etcetera/x usr/share/cabin/x usr/share/files/data; do echo x > $file; done
        ln -s data usr/share/files/link
        %files
        %dir /etc/files.d
        %config /etc/files.d/a
        %config(noreplace) /etc/files.conf
        /usr/bin/files
        /usr/sbin/files
        /usr/lib/sendmail
        /usr/lib/sendmail.d
        /usr/lib/sendmail2
        /opt/files
        /var/lib/sendmail
        /etcetera/x
        /usr/share/cabin
        /usr/share/files
        %ghost /var/log/files.log
        %ghost %dir /var/cache/files
        %ghost /etc/files.ghost
        %ghost /usr/bin/files-ghost
        %changelog
        \(changelog)
        """),
    SpecFile(
      name: "secret",
      text: """
        Name: secret
        Version: 1.0
        Release: 1
        Summary: It may not be given away
        License: Proprietary
        BuildArch: noarch
        AutoReqProv: no
        Source0: secret.bin
        NoSource: 0
        %description
        Its source RPM has no source.
        %install
        mkdir -p "$RPM_BUILD_ROOT/usr/share/secret"
        %files
        /usr/share/secret

        """),
  ]

  /// More entries than are listed. Two are of one day, and of two others of one
  /// day only the newer is listed.
  private static let changelog: String = {
    let weekdays = ["Fri", "Sat", "Sun", "Mon", "Tue", "Wed", "Thu"]
    let days = [28, 27, 26, 26, 25, 24, 23, 22, 21, 20, 20, 19, 18, 17]
    let entries = days.enumerated().map { index, day in
      let number = days.count - index
      return """
        * \(weekdays[(day - 1) % 7]) Feb \(day) 2019 Ann <ann@example.invalid> - 1.0-\(number)
        - Entry \(number).

        """
    }
    return entries.joined(separator: "\n")
  }()

  /// RPMs with text that rpmbuild would have put right: each new one is as long
  /// as what it replaces.
  private static func buildOdd(into directory: String) throws {
    let file = try RPMSpec("odd").build(into: directory, sources: false)[0]
    var rpm = try Data(contentsOf: URL(fileURLWithPath: file))
    rpm = RenamedRPM.data(rpm, "in its words.", by: "in its wo\r\n\n\t")
    rpm = RenamedRPM.data(rpm, "Ann Packager", by: "Ann \"<&>\".\r\t")
    let summaries = [
      "Test pack\r\n\n", "Test pack \u{7F}\t", "Test packa\u{85}", "Test pack\u{FFFD}",
      "Test pac\u{1F40E}",
    ]
    for (number, summary) in summaries.enumerated() {
      try RenamedRPM.data(rpm, "Test package", by: summary)
        .write(to: URL(fileURLWithPath: "\(directory)/odd-\(number).rpm"))
    }
    try FileManager.default.removeItem(atPath: file)
  }

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
          file: .init(
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
    for spec in Self.specFiles { try spec.build(into: ours.path) }
    try Self.buildOdd(into: ours.path)
    let theirs = try TemporaryDirectory()
    try Shell.check("cp", ["-a", ours.path + "/.", theirs.path])
    _ = try Self.write(ours)
    try Shell.check(
      "createrepo_c", ["--quiet", "--no-database", "--checksum", "sha256", theirs.path])
    for kind in ["primary", "filelists", "other"] {
      let mine = try elements(of: ours, kind)
      #expect(mine.count == 22)
      let wanted = try elements(of: theirs, kind)
      #expect(mine == wanted, "\(kind)")
      // Strings are equal where characters are: bytes are what counts.
      #expect(mine.map { Array($0.utf8) } == wanted.map { Array($0.utf8) }, "\(kind)")
    }
    // What is hard has come through rpmbuild.
    let primary = try elements(of: ours, "primary").joined()
    for text in [
      "<rpm:entry name=\"gamma\" pre=\"1\"/>", "\"libc.so.6(GLIBC_2.17)\"", "\"(zeta or eta)\"",
      "<rpm:supplements>", "&#xE9;", "Café", "&#13;", "&#x1F40E;", "epoch=\"7\"",
      "<file type=\"ghost\">/etc/files.ghost</file>", "<file type=\"dir\">/etc/files.d</file>",
      "<file>/usr/lib/sendmail</file>", "secret-1.0-1.nosrc.rpm",
    ] {
      #expect(primary.contains(text), "\(text)")
    }
    for text in ["libc.so.6(GLIBC_2.4)", "\"/usr/bin/deps-tool\"", "sendmail2", "Caf\u{FFFD}"] {
      #expect(!primary.contains(text), "\(text)")
    }
  }

  @Test(arguments: ["Test packag\u{1}", "Test pack\u{FFFE}"])
  func `text that no document may have is bad data`(summary: String) throws {
    let directory = try TemporaryDirectory()
    let file = try RPMSpec("odd").build(into: directory.path, sources: false)[0]
    _ = try Self.write(directory)
    let rpm = try Data(contentsOf: URL(fileURLWithPath: file))
    try RenamedRPM.data(rpm, "Test package", by: summary)
      .write(to: URL(fileURLWithPath: file))
    let error = #expect(throws: ComposeError.self) { try Self.write(directory) }
    #expect(error?.kind == .badData)
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
