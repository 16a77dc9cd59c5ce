import ComposeTestSupport
import Foundation
import ReleaseModel
import RepoMetadata
import Testing

/// Documents are compressed in chunks, which are kept from run to run: nobody
/// must be able to tell that from the bytes.
@Suite struct ChunkTests {
  // MARK: Packages

  /// A package that nobody has built.
  private struct Sample {
    var name: String
    var version = "1.0"
    var modified = 1_552_000_000
    /// How many files it lists.
    var files = 3

    var nevra: String { "\(name)-0:\(version)-1.noarch" }

    var record: PackageRecord {
      get throws {
        let location = try RelativePath.of("Packages/p/\(name)-\(version)-1.noarch.rpm")
        let words = Array("\(name) \(version)".utf8) + [UInt8](repeating: 0, count: 32)
        let sha256 = Checksum(digest: Array(words.prefix(Checksum.byteCount)))
        return PackageRecord(
          xml: PackageXML(
            primary: Array(primary(sha256, location).utf8),
            filelists: Array(filelists(sha256).utf8), other: Array(other(sha256).utf8)),
          sha256: sha256, location: location, modified: modified)
      }
    }

    private func primary(_ sha256: Checksum, _ location: RelativePath) -> String {
      """
      <package type="rpm">
        <name>\(name)</name>
        <arch>noarch</arch>
        <version epoch="0" ver="\(version)" rel="1"/>
        <checksum type="sha256" pkgid="YES">\(sha256)</checksum>
        <summary>The package \(name)</summary>
        <description>It is the package \(name), and has \(files) files.</description>
        <packager></packager>
        <url></url>
        <time file="\(modified)" build="1551000000"/>
        <size package="7000" installed="100" archive="200"/>
        <location href="\(location)"/>
        <format>
          <rpm:license>MIT</rpm:license>
          <rpm:vendor></rpm:vendor>
          <rpm:group>Unspecified</rpm:group>
          <rpm:buildhost>builder.example</rpm:buildhost>
          <rpm:sourcerpm>\(name)-\(version)-1.src.rpm</rpm:sourcerpm>
          <rpm:header-range start="4504" end="6800"/>
          <rpm:provides>
            <rpm:entry name="\(name)" flags="EQ" epoch="0" ver="\(version)" rel="1"/>
          </rpm:provides>
        </format>
      </package>

      """
    }

    private func opening(_ sha256: Checksum) -> String {
      """
      <package pkgid="\(sha256)" name="\(name)" arch="noarch">
        <version epoch="0" ver="\(version)" rel="1"/>

      """
    }

    private func filelists(_ sha256: Checksum) -> String {
      let lines = (0..<files).map { "  <file>/usr/share/\(name)/data/file-\($0).txt</file>\n" }
      return opening(sha256) + lines.joined() + "</package>\n"
    }

    private func other(_ sha256: Checksum) -> String {
      opening(sha256)
        + "  <changelog author=\"Ann\" date=\"1551960000\">- Build \(version).</changelog>\n"
        + "</package>\n"
    }
  }

  /// In the order of their files' names.
  private func samples(_ count: Int) -> [Sample] {
    (0..<count).map { Sample(name: "package-\(1000 + $0)") }
  }

  /// The same with some packages more, some less, and some of another version or
  /// time.
  private func changed(_ samples: [Sample]) -> [Sample] {
    var samples = samples
    samples[150].version = "1.1"
    samples[120].modified += 1
    samples.insert(Sample(name: "package-1099b"), at: 100)
    samples.removeSubrange(46...47)
    samples.remove(at: 0)
    return samples
  }

  // MARK: Writing

  /// What a writer gave: files by their type in repomd.xml.
  private struct Output: Equatable {
    var files: [String: Data] = [:]
    var records: [MetadataRecord] = []
  }

  private func write(
    _ samples: [Sample], _ compression: MetadataCompression = .gz, round: Int = 64,
    store: (any ChunkStore)? = nil
  ) throws -> Output {
    try write(samples.map { try $0.record }, compression, round: round, store: store)
  }

  private func write(
    _ packages: [PackageRecord], _ compression: MetadataCompression = .gz, round: Int = 64,
    store: (any ChunkStore)?, elements: (any ElementSource)? = nil
  ) throws -> Output {
    var files: [String: Data] = [:]
    let writer = try RepositoryWriter(
      packageCount: packages.count, form: MetadataForm(compression: compression, changelogs: 10),
      store: store, elements: elements
    ) {
      files[$0, default: Data()].append(contentsOf: $1)
    }
    for start in stride(from: 0, to: packages.count, by: round) {
      let jobs = writer.take(Array(packages[start...].prefix(round)))
      Concurrently.forEach(jobs.indices) { jobs[$0]() }
      try writer.drain()
    }
    let records = try writer.finish()
    return Output(files: files, records: records)
  }

  /// Keeps chunks in memory, and counts.
  private final class MemoryStore: ChunkStore {
    struct State {
      var chunks: [Checksum: [UInt8]] = [:]
      /// How often somebody asked.
      var questions = 0
      /// How often it had an answer.
      var answers = 0
      /// How many chunks were made anew.
      var made = 0
    }

    private let guarded: Guarded<State>

    init(_ chunks: [Checksum: [UInt8]] = [:]) { guarded = Guarded(State(chunks: chunks)) }

    var state: State { guarded.withLock { $0 } }

    func chunks(_ keys: [Checksum]) -> [[UInt8]?] {
      guarded.withLock { state in
        keys.map { key in
          let chunk = state.chunks[key]
          state.questions += 1
          if chunk != nil { state.answers += 1 }
          return chunk
        }
      }
    }

    func keep(_ chunk: [UInt8], as key: Checksum) {
      guarded.withLock { state in
        state.chunks[key] = chunk
        state.made += 1
      }
    }
  }

  // MARK: Bytes

  @Test(arguments: MetadataCompression.allCases)
  func `the same packages give the same bytes, however they come`(
    compression: MetadataCompression
  ) throws {
    let samples = samples(200)
    let wanted = try write(samples, compression, round: samples.count)
    #expect(wanted.files.keys.sorted() == ["filelists", "other", "primary"])
    let (same, other) = (MemoryStore(), MemoryStore())
    let first = try write(samples, compression, store: same)
    #expect(first == wanted)
    let differing = try write(changed(samples), compression, store: other)
    #expect(differing != wanted)
    for round in [1, 3, samples.count] {
      let plain = try write(samples, compression, round: round)
      #expect(plain == wanted, "in rounds of \(round)")
      for chunks in [[:], same.state.chunks, other.state.chunks] {
        let store = MemoryStore(chunks)
        let found = try write(samples, compression, round: round, store: store)
        #expect(found == wanted, "in rounds of \(round), with \(chunks.count) chunks")
      }
    }
  }

  @Test(arguments: [MetadataCompression.gz, .zstd])
  func `what is kept is not made again`(compression: MetadataCompression) throws {
    let samples = samples(2000)
    let cold = MemoryStore()
    _ = try write(samples, compression, store: cold)
    #expect(cold.state.answers == 0)
    #expect(cold.state.made == cold.state.questions)
    // Some frames of zstd are longer than these documents.
    #expect(cold.state.made >= (compression == .gz ? 15 : 3), "of three documents")
    let warm = MemoryStore(cold.state.chunks)
    _ = try write(samples, compression, store: warm)
    #expect(warm.state.answers == cold.state.made)
    #expect(warm.state.made == 0)
    // What the other compression has made is of no use.
    let other = MemoryStore(cold.state.chunks)
    _ = try write(samples, compression == .gz ? .zstd : .gz, store: other)
    #expect(other.state.answers == 0)
  }

  @Test func `a kept chunk that is not what it was is made again`() throws {
    let samples = samples(200)
    let cold = MemoryStore()
    let wanted = try write(samples, store: cold)
    let damages: [([UInt8]) -> [UInt8]] = [
      { $0.indices.map { index in index == 20 ? 0xFF : 0 } },
      { Array($0.dropLast(5)) },
      { Array($0.dropLast()) + [($0.last ?? 0) ^ 1] },
      { _ in [] },
      // Of another part, which is whole.
      { _ in [3, 0, 0, 0, 0, 0] },
    ]
    for (number, damage) in damages.enumerated() {
      let store = MemoryStore(cold.state.chunks.mapValues(damage))
      #expect(try write(samples, store: store) == wanted, "damage \(number)")
      #expect(store.state.made == cold.state.made, "damage \(number)")
    }
  }

  // MARK: Elements

  /// Has the elements of samples, and counts how many it was asked for.
  private final class Elements: ElementSource {
    private let known: [Checksum: PackageXML]
    private let asked = Guarded(0)

    init(_ records: [PackageRecord]) {
      known = Dictionary(
        uniqueKeysWithValues: records.compactMap { record in
          record.xml.map { (record.sha256, $0) }
        })
    }

    var questions: Int { asked.withLock { $0 } }

    func elements(of records: [PackageRecord]) throws -> [PackageXML] {
      asked.withLock { $0 += records.count }
      return records.compactMap { known[$0.sha256] }
    }
  }

  /// The same without their elements.
  private func bare(_ records: [PackageRecord]) -> [PackageRecord] {
    records.map {
      PackageRecord(
        sizes: $0.sizes, sha256: $0.sha256, location: $0.location, modified: $0.modified)
    }
  }

  @Test(arguments: MetadataCompression.allCases)
  func `elements are asked for where chunks are not known`(
    compression: MetadataCompression
  ) throws {
    let (samples, others) = (samples(2000), changed(samples(2000)))
    let store = MemoryStore()
    _ = try write(samples, compression, store: store)
    let records = try others.map { try $0.record }
    let wanted = try write(others, compression)
    let source = Elements(records)
    let found = try write(bare(records), compression, store: store, elements: source)
    #expect(found == wanted)
    // gzip gives the text of the others. Documents ask at the same time: some may
    // be asked for more than once.
    if compression == .gz {
      #expect((1...records.count).contains(source.questions))
    } else {
      #expect(source.questions >= records.count)
    }
  }

  @Test func `elements that nobody has, or of another length, stop it`() throws {
    let records = try samples(20).map { try $0.record }
    let unknown = try #require(throws: ComposeError.self) {
      try write(bare(records), store: nil)
    }
    #expect(unknown.cause == "nobody knows it")
    let longer = Elements(try samples(20).map { try Sample(name: $0.name, files: 9).record })
    let other = try #require(throws: ComposeError.self) {
      try write(bare(records), store: nil, elements: longer)
    }
    #expect(other.cause == "it is not as long as it was")
  }

  @Test func `xz knows no chunks`() throws {
    let store = MemoryStore()
    _ = try write(samples(200), .xz, store: store)
    #expect(store.state.questions == 0)
    #expect(store.state.made == 0)
  }

  @Test func `a package more or less makes few chunks anew`() throws {
    let samples = samples(3000)
    let cold = MemoryStore()
    _ = try write(samples, store: cold)
    let all = cold.state.made
    #expect(all > 30, "of three documents")
    var more = samples
    more.insert(Sample(name: "package-1200b"), at: 201)
    var less = samples
    less.remove(at: 114)
    var newer = samples
    newer[57].version = "1.1"
    var touched = samples
    touched[57].modified += 1
    for (word, others) in [
      ("more", more), ("less", less), ("newer", newer), ("touched", touched),
    ] {
      let store = MemoryStore(cold.state.chunks)
      _ = try write(others, store: store)
      // One in each document, or two where it divides them, and the one behind, which
      // refers to it.
      #expect((1...9).contains(store.state.made), "\(word)")
    }
    for index in touched.indices { touched[index].modified = 1_553_000_000 }
    let store = MemoryStore(cold.state.chunks)
    _ = try write(touched, store: store)
    #expect(store.state.made == all, "all of them have another time")
  }

  @Test func `a long element is not made again for its neighbours`() throws {
    var samples = samples(20)
    samples[10].files = 4000
    let cold = MemoryStore()
    _ = try write(samples, store: cold)
    let long = cold.state.chunks.values.map(\.count).max() ?? 0
    var newer = samples
    newer[9].version = "1.1"
    newer[11].version = "1.1"
    let warm = MemoryStore(cold.state.chunks)
    _ = try write(newer, store: warm)
    let made = warm.state.chunks.filter { cold.state.chunks[$0.key] == nil }
    #expect(!made.isEmpty)
    #expect(made.values.allSatisfy { $0.count < long })
    // Itself it is, of course.
    newer[10].version = "1.1"
    let other = MemoryStore(cold.state.chunks)
    _ = try write(newer, store: other)
    let again = other.state.chunks.filter { cold.state.chunks[$0.key] == nil }
    #expect(again.values.contains { $0.count >= long / 2 })
  }

  @Test func `long elements end a chunk before it is too long`() throws {
    var samples = samples(8)
    let small = MemoryStore()
    _ = try write(samples, store: small)
    #expect(small.state.made == 3, "by their names they are one chunk")
    for index in samples.indices { samples[index].files = 30_000 }
    let large = MemoryStore()
    let wanted = try write(samples, round: samples.count, store: large)
    #expect(large.state.made > 3)
    for round in [1, 3] {
      let found = try write(samples, round: round)
      #expect(found == wanted, "in rounds of \(round)")
    }
  }

  // MARK: Readers

  /// Writes a repository's files; returns their paths by type.
  private func publish(
    _ output: Output, into directory: TemporaryDirectory
  ) throws -> [String: String] {
    let repodata = directory.path("repodata")
    try FileManager.default.createDirectory(
      atPath: repodata, withIntermediateDirectories: true)
    var paths: [String: String] = [:]
    for record in output.records {
      let path = "\(repodata)/\(record.fileName)"
      try #require(output.files[record.type]).write(to: URL(fileURLWithPath: path))
      paths[record.type] = path
    }
    let repomd = try Repomd(revision: 1, records: output.records).xml()
    try Data(repomd).write(to: URL(fileURLWithPath: "\(repodata)/repomd.xml"))
    return paths
  }

  private static let oneMember = """
    import sys, zlib
    data = open(sys.argv[1], "rb").read()
    member = zlib.decompressobj(31)
    text = member.decompress(data) + member.flush()
    if not member.eof or member.unused_data:
        sys.exit("it is not one whole member")
    sys.stdout.buffer.write(text)
    """

  private static let oneStream = """
    import lzma, sys
    data = open(sys.argv[1], "rb").read()
    stream = lzma.LZMADecompressor(lzma.FORMAT_XZ)
    text = stream.decompress(data)
    if not stream.eof or stream.unused_data:
        sys.exit("it is not one whole stream")
    sys.stdout.buffer.write(text)
    """

  /// Readers that stop at the end of the first part would see some packages
  /// only, and say nothing.
  @Test(arguments: [MetadataCompression.gz, .xz])
  func `a file is of one part`(compression: MetadataCompression) throws {
    let script = compression == .gz ? Self.oneMember : Self.oneStream
    let program = compression == .gz ? "zcat" : "xzcat"
    let directory = try TemporaryDirectory()
    let output = try write(samples(1000), compression, round: 30)
    let paths = try publish(output, into: directory)
    for record in output.records {
      let path = try #require(paths[record.type])
      let text = try Shell.check(Shell.python, ["-c", script, path])
      #expect(try text == Shell.check(program, [path]), "\(record.type)")
      #expect(text.utf8.count == record.openSize)
      let twice = "\(path).twice"
      try Shell.check("sh", ["-c", "cat '\(path)' '\(path)' > '\(twice)'"])
      #expect(try Shell.run(Shell.python, ["-c", script, twice]).status != 0)
    }
  }

  @Test(arguments: MetadataCompression.allCases)
  func `repomd tells what the files are`(compression: MetadataCompression) throws {
    let directory = try TemporaryDirectory()
    let output = try write(samples(200), compression, round: 3)
    let paths = try publish(output, into: directory)
    let repomd = try Repomd(path: directory.path("repodata/repomd.xml"))
    #expect(repomd.records == output.records)
    for record in output.records {
      let path = try #require(paths[record.type])
      let sum = try Shell.check("sha256sum", [path]).prefix(64)
      #expect(record.checksum.hex == String(sum))
      #expect(record.size == output.files[record.type]?.count)
      #expect(try OpenedMetadata(file: path).checksum == record.openChecksum)
      #expect(record.checksum != record.openChecksum)
    }
  }

  private static let counts = """
    import gzip, lzma, sys
    import xml.etree.ElementTree as tree
    for path in sys.argv[1:]:
        with (lzma if path.endswith(".xz") else gzip).open(path) as file:
            root = tree.parse(file).getroot()
        found = [child for child in root if child.tag.endswith("}package")]
        print(root.get("packages"), len(found))
    """

  @Test(arguments: [MetadataCompression.gz, .xz])
  func `a parser of XML finds all packages`(compression: MetadataCompression) throws {
    let directory = try TemporaryDirectory()
    let paths = try publish(write(samples(1000), compression, round: 30), into: directory)
    let found = try Shell.check(Shell.python, ["-c", Self.counts] + paths.values.sorted())
    #expect(found == "1000 1000\n1000 1000\n1000 1000\n")
  }

  /// yum's parser and others open compressed files by libxml2 itself.
  private static let libxml2 = """
    import ctypes, sys
    library = ctypes.CDLL("libxml2.so.2")
    library.xmlReadFile.restype = library.xmlDocGetRootElement.restype = ctypes.c_void_p
    library.xmlReadFile.argtypes = ctypes.c_char_p, ctypes.c_char_p, ctypes.c_int
    library.xmlDocGetRootElement.argtypes = library.xmlChildElementCount.argtypes = (ctypes.c_void_p,)
    library.xmlChildElementCount.restype = ctypes.c_ulong
    for path in sys.argv[1:]:
        # XML_PARSE_HUGE: texts may be as long as they are.
        document = library.xmlReadFile(path.encode(), None, 1 << 19)
        if not document:
            sys.exit(f"{path}: libxml2 reads nothing")
        print(library.xmlChildElementCount(library.xmlDocGetRootElement(document)))
    """

  @Test(arguments: [MetadataCompression.gz, .xz])
  func `libxml2 reads the compressed file to its end`(compression: MetadataCompression) throws {
    let directory = try TemporaryDirectory()
    let paths = try publish(write(samples(1000), compression, round: 30), into: directory)
    let found = try Shell.check(Shell.python, ["-c", Self.libxml2] + paths.values.sorted())
    #expect(found == "1000\n1000\n1000\n")
  }

  /// What a window is does not depend on rounds, jobs, or what is known of the chunk
  /// that it belongs to.
  @Test func `a chunk after an unknown one is the same`() throws {
    let samples = samples(2000)
    let cold = MemoryStore()
    let wanted = try write(samples, store: cold)
    for (number, skipped) in cold.state.chunks.keys.sorted().enumerated() where number % 5 == 0 {
      var chunks = cold.state.chunks
      chunks[skipped] = nil
      let store = MemoryStore(chunks)
      #expect(try write(samples, round: 700, store: store) == wanted)
      #expect(store.state.made == 1)
      #expect(store.state.chunks[skipped] == cold.state.chunks[skipped])
    }
  }

  /// As long as metadata of many packages is, and a good deal shorter than if each chunk
  /// knew nothing of the others.
  @Test func `chunks are hardly longer than the whole`() throws {
    let directory = try TemporaryDirectory()
    let output = try write(samples(3000))
    let paths = try publish(output, into: directory)
    for record in output.records {
      let path = try #require(paths[record.type])
      let text = try Shell.check(Shell.python, ["-c", Self.oneMember, path])
      let whole = try GzipDocument.compressed(Array(text.utf8))
      #expect(record.size < whole.count * 110 / 100, "\(record.type): \(whole.count)")
    }
  }

  private static let databases = """
    import glob, gzip, sqlite3, sys, tempfile
    for kind in "primary", "filelists", "other":
        path, = glob.glob(f"{sys.argv[1]}/repodata/*-{kind}.sqlite.gz")
        with tempfile.NamedTemporaryFile() as file:
            file.write(gzip.open(path).read())
            file.flush()
            rows = sqlite3.connect(file.name).execute("SELECT count(*) FROM packages")
            print(kind, rows.fetchone()[0])
    """

  @Test func `createrepo_c's reader finds all packages`() throws {
    let directory = try TemporaryDirectory()
    _ = try publish(write(samples(1000), round: 30), into: directory)
    try Shell.check(
      "sqliterepo_c", ["--quiet", "--force", "--compress-type", "gz", directory.path])
    let found = try Shell.check(Shell.python, ["-c", Self.databases, directory.path])
    #expect(found == "primary 1000\nfilelists 1000\nother 1000\n")
  }

  @Test(arguments: MetadataCompression.allCases)
  func `clients are offered all packages, and those alone`(
    compression: MetadataCompression
  ) throws {
    let directory = try TemporaryDirectory()
    let store = MemoryStore()
    let samples = samples(1000)
    // The second time most of it has been kept.
    for listed in [samples, changed(samples)] {
      let output = try write(listed, compression, store: store)
      let paths = try publish(output, into: directory)
      let primary = try #require(output.records.first { $0.type == "primary" })
      let path = try #require(paths["primary"])
      let packages = try PrimaryReader.packages(in: path, openChecksum: primary.openChecksum)
      let names = listed.map { "\($0.name)-\($0.version)-1.noarch" }
      #expect(packages.map(\.nevra.description) == names)
    }
    let wanted = changed(samples).map(\.nevra).sorted()
    #expect(try DnfClient().offered("file://\(directory.path)") == wanted)
  }

  @Test(arguments: MetadataCompression.allCases)
  func `a repository may be empty`(compression: MetadataCompression) throws {
    let directory = try TemporaryDirectory()
    let output = try write([], compression)
    let paths = try publish(output, into: directory)
    let primary = try #require(output.records.first { $0.type == "primary" })
    let path = try #require(paths["primary"])
    let packages = try PrimaryReader.packages(in: path, openChecksum: primary.openChecksum)
    #expect(packages.isEmpty)
    guard compression == .gz else { return }
    #expect(try DnfClient().offered("file://\(directory.path)") == [])
  }
}
