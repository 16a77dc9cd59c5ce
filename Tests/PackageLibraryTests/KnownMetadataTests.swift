import ComposeTestSupport
import Digests
import DurableFiles
import Foundation
import HeaderCache
import PackageLibrary
import RPMPackages
import ReleaseModel
import RepoMetadata
import Testing

/// What a file of metadata has in it is known by the file's SHA-256. The oracle is
/// ``PrimaryReader``.
@Suite struct KnownMetadataTests {
  private let scratch: TemporaryDirectory
  private let primary: String
  private let open: Checksum

  init() throws {
    scratch = try TemporaryDirectory()
    let pool = scratch.path("pool")
    for spec in [
      RPMSpec("alpha", epoch: 3, tags: ["Obsoletes: beta < 2:1-4", "Obsoletes: gamma"]),
      RPMSpec("unicode", files: ["/usr/share/unicode/žluť": "x"]),
    ] {
      try spec.build(into: pool)
    }
    try Shell.check("createrepo_c", ["--quiet", "--no-database", pool])
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(pool)/repodata")
    primary = "\(pool)/repodata/\(try #require(names.first { $0.contains("-primary.xml") }))"
    let sum = try Shell.check("sh", ["-c", "gzip -dc <\(primary) | sha256sum"])
    open = try #require(Checksum(hex: String(sum.prefix(64))))
  }

  private func cache() throws -> HeaderCache {
    try #require(HeaderCache.open(directory: scratch.path("cache"), access: .writing))
  }

  private func library(_ cache: HeaderCache?) -> PackageLibrary {
    PackageLibrary(
      reader: RPMReader(keyring: nil, markerPattern: GlobPattern("README-RETIRED*")),
      cache: cache, form: MetadataForm(compression: .gz, changelogs: 10))
  }

  private func packages(
    _ library: PackageLibrary, _ checksum: Checksum? = nil, reading: Bool = false
  ) throws -> [ListedPackage] {
    try library.packages(
      in: ReadableFile(path: primary), openChecksum: checksum ?? open, reading: reading)
  }

  private func oracle() throws -> [ListedPackage] {
    try PrimaryReader.packages(in: primary, openChecksum: open)
  }

  @Test func `what primary lists is the same whoever asks, with a cache and without`() throws {
    let wanted = try oracle()
    #expect(wanted.count == 4)
    #expect(wanted.contains { $0.obsoletes.count == 2 && $0.obsoletes[0].bound != nil })
    #expect(try packages(library(nil)) == wanted)
    do {
      let cache = try cache()
      let first = library(cache)
      #expect(try packages(first) == wanted)
      #expect(try packages(first) == wanted)
    }
    #expect(try packages(library(cache())) == wanted)
    #expect(try packages(library(cache()), reading: true) == wanted)
  }

  @Test func `so are its parts`() throws {
    let wanted = try PrimaryReader.document(in: primary, openChecksum: open).parts
    #expect(wanted?.isEmpty == false)
    func parts(_ library: PackageLibrary) throws -> [PrimaryPart]? {
      try library.primaryParts(in: ReadableFile(path: primary), openChecksum: open)
    }
    #expect(try parts(library(nil)) == wanted)
    for _ in 0..<2 { #expect(try parts(library(cache())) == wanted) }
    // What cannot be parted is known as well.
    let text = try Shell.check("gzip", ["-dc", primary])
      .replacing("<package type", with: "<package  type")
    let other = try scratch.write(text, to: "other.xml")
    let sum = try ReadableFile(path: other).sha256()
    for _ in 0..<2 {
      let library = library(try cache())
      let file = try ReadableFile(path: other)
      #expect(try library.primaryParts(in: file, openChecksum: sum) == nil)
      #expect(try library.packages(in: file, openChecksum: sum) == oracle())
    }
  }

  @Test func `who asks while a document is read waits for it`() throws {
    let (wanted, library) = (try oracle(), library(nil))
    let found = try Concurrently.map(Array(0..<8), threads: 8) { _ in try packages(library) }
    #expect(found.allSatisfy { $0 == wanted })
  }

  @Test func `known contents are compared with what repomd.xml says of them`() throws {
    let library = library(try cache())
    _ = try packages(library)
    let other = Checksum(of: [1, 2, 3])
    let error = #expect(throws: ComposeError.self) { try packages(library, other) }
    #expect(error?.cause == "its uncompressed contents differ from repomd.xml")
  }

  /// The file itself is hashed each time.
  @Test func `a file that was changed is read`() throws {
    let library = library(try cache())
    _ = try packages(library)
    var data = try Data(contentsOf: URL(fileURLWithPath: primary))
    data[data.count / 2] ^= 1
    try data.write(to: URL(fileURLWithPath: primary))
    #expect(throws: ComposeError.self) { try packages(library) }
  }

  @Test func `a row that is none is not believed`() throws {
    let cache = try cache()
    let wanted = try packages(library(cache))
    let key = try ReadableFile(path: primary).sha256()
    let kept = try #require(cache.bytes(.listing, of: [key])[0])
    var garbage = stride(from: 0, to: kept.count, by: 61).map { Array(kept.prefix($0)) }
    garbage.append(kept + [0])
    garbage.append([UInt8](repeating: 0xFF, count: kept.count))
    for bytes in garbage {
      cache.keep(bytes, as: .listing, of: key)
      #expect(try packages(library(cache)) == wanted, "\(bytes.count) bytes")
    }
  }

  /// The row begins with its form, the checksum of the contents, whether there are parts, and
  /// how many; then come the parts.
  @Test func `parts that do not follow each other are not believed`() throws {
    func bytes(_ number: Int) -> [UInt8] {
      withUnsafeBytes(of: Int64(number).littleEndian) { Array($0) }
    }
    let cache = try cache()
    let file = try ReadableFile(path: primary)
    func parts() throws -> [PrimaryPart]? {
      try library(cache).primaryParts(in: file, openChecksum: open)
    }
    let wanted = try #require(try parts())
    let last = try #require(wanted.last)
    let key = try file.sha256()
    let kept = try #require(cache.bytes(.listing, of: [key])[0])
    let (isParted, count) = (48..<56, 56..<64)
    #expect(Array(kept[isParted]) == bytes(1) && Array(kept[count]) == bytes(wanted.count))
    let rest = count.upperBound + wanted.count * (8 + 8 + 8 + Checksum.byteCount)
    func row(adding more: Range<Int>) -> [UInt8] {
      kept[..<count.lowerBound] + bytes(wanted.count + 1) + kept[count.upperBound..<rest]
        + bytes(more.lowerBound) + bytes(more.upperBound) + bytes(Checksum.byteCount)
        + last.checksum.bytes + kept[rest...]
    }
    let end = last.bytes.upperBound
    // The test's own row is read as it is meant: one part more than the document has.
    cache.keep(row(adding: end..<end + 9), as: .listing, of: key)
    #expect(try parts()?.count == wanted.count + 1)
    for (what, fields) in [
      ("a gap", row(adding: end + 1..<end + 9)), ("two at one place", row(adding: last.bytes)),
      ("an empty one", row(adding: end..<end)),
      ("parts of none", kept.replacing(isParted, bytes(0))),
      ("neither", kept.replacing(isParted, bytes(2))),
    ] {
      cache.keep(fields, as: .listing, of: key)
      #expect(try parts() == wanted, "\(what)")
    }
  }

  @Test func `what a file unpacks to is kept by its checksum`() throws {
    let file = try ReadableFile(path: primary).sha256()
    do {
      let cache = try cache()
      let library = library(cache)
      #expect(library.openChecksum(of: file) == nil)
      library.note(openChecksum: open, of: file)
      #expect(library.openChecksum(of: file) == open)
    }
    let cache = try cache()
    #expect(library(cache).openChecksum(of: file) == open)
    cache.keep([1, 2, 3], as: .opened, of: file)
    #expect(library(cache).openChecksum(of: file) == nil)
  }
}

extension [UInt8] {
  fileprivate func replacing(_ range: Range<Int>, _ bytes: [UInt8]) -> [UInt8] {
    self[..<range.lowerBound] + bytes + self[range.upperBound...]
  }
}
