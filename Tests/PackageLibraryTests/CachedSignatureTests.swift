import ComposeTestSupport
import DurableFiles
import Foundation
import Glibc
import HeaderCache
import PackageLibrary
import RPMPackages
import ReleaseModel
import RepoMetadata
import Testing

/// What the header cache has of signatures that were verified with some keys is
/// evaluated with other keys later. That must give what reading the RPM with
/// those other keys gives.
@Suite(.waiting) struct CachedSignatureTests {
  /// Made once: GnuPG takes its time over keys.
  private static let cases: TemporaryDirectory? = {
    guard let directory = try? TemporaryDirectory() else { return nil }
    directory.removeAtExit()
    let script = "\(Fixtures.checkout)/Tests/Fixtures/make-signature-cases"
    guard (try? Shell.check(script, [directory.path("cases")])) != nil else {
      return nil
    }
    // What has just been written is not remembered.
    usleep(60_000)
    return directory
  }()

  private let scratch: TemporaryDirectory

  init() throws { scratch = try TemporaryDirectory() }

  private func path(_ name: String) throws -> String {
    let directory = try #require(Self.cases, "make-signature-cases failed")
    return directory.path("cases/\(name)/\(name)-1.0-1.noarch.rpm")
  }

  /// Readers with different keys, each with a name for messages.
  private func readers() throws -> [(word: String, reader: RPMReader)] {
    let directory = try #require(Self.cases, "make-signature-cases failed")
    let all = ["good", "expired", "revoked-subkey", "revoked", "good-subkey"]
    func reader(_ keys: [String], _ now: Int = 1_600_000_000) throws -> RPMReader {
      let files = keys.map { directory.path("cases/keys/\($0).asc") }
      return RPMReader(
        keyring: try Keyring(files: files, now: now), markerPattern: GlobPattern("README-RETIRED*"))
    }
    return [
      ("no keyring", RPMReader(keyring: nil, markerPattern: GlobPattern("README-RETIRED*"))),
      ("no keys", try reader([])), ("an untrusted key", try reader(["untrusted"])),
      ("all keys", try reader(all)),
      // In February 2020, before any key expires.
      ("all keys, earlier", try reader(all, 1_580_500_000)),
    ]
  }

  private func library(_ reader: RPMReader, _ cache: HeaderCache?) -> PackageLibrary {
    PackageLibrary(
      reader: reader, cache: cache, form: MetadataForm(compression: .gz, changelogs: 10))
  }

  private func cache(_ name: String) throws -> HeaderCache {
    try #require(HeaderCache.open(directory: scratch.path(name), access: .writing))
  }

  /// - Parameter count: how many different results there are.
  @Test(arguments: [
    ("unsigned", 1), ("good", 2), ("good-subkey", 2), ("legacy", 2), ("wrong-key", 2),
    ("expired-key", 3), ("revoked-key", 2), ("revoked-subkey", 2), ("no-payload-digest", 2),
    ("weak-signature", 2),
  ])
  func `what was read with other keys is evaluated as if it were read now`(name: String, count: Int)
    throws
  {
    let path = try path(name)
    let readers = try readers()
    let fresh = try readers.map { try $0.reader.read(path) }
    #expect(Set(fresh.map(\.signature)).count == count, "\(fresh.map(\.signature))")
    let status = try #require(FileStatus(path: path))
    for (number, first) in readers.enumerated() {
      let cache = try cache("\(number)")
      #expect(try library(first.reader, cache).rpm(path) == fresh[number], "\(first.word)")
      let kept = try #require(cache.bytes(.verifiedRPM, of: [fresh[0].sha256])[0])
      for (second, wanted) in zip(readers, fresh) {
        // Each begins with what the first one left.
        cache.keep(kept, as: .verifiedRPM, of: wanted.sha256)
        let library = library(second.reader, cache)
        if let evaluated = library.rpm(status, at: path) {
          #expect(evaluated == wanted, "\(first.word), then \(second.word), unopened")
        }
        #expect(try library.rpm(path) == wanted, "\(first.word), then \(second.word)")
        #expect(library.rpm(status, at: path) == wanted, "it is known now")
      }
    }
  }

  @Test func `who reads by the same keys again opens nothing`() throws {
    for name in ["good", "legacy", "expired-key", "revoked-key", "wrong-key", "unsigned"] {
      let path = try path(name)
      let status = try #require(FileStatus(path: path))
      let cache = try cache(name)
      for (word, reader) in try readers() {
        let rpm = try library(reader, cache).rpm(path)
        #expect(library(reader, cache).rpm(status, at: path) == rpm, "\(name), \(word)")
      }
    }
  }

  @Test func `a key that nobody verified with means reading again`() throws {
    let path = try path("good")
    let status = try #require(FileStatus(path: path))
    let cache = try cache("cache")
    let readers = try readers()
    #expect(try library(readers[0].reader, cache).rpm(path).signature.isTrusted == false)
    #expect(library(readers[3].reader, cache).rpm(status, at: path) == nil)
    #expect(try library(readers[3].reader, cache).rpm(path).signature.isTrusted)
  }

  @Test(arguments: ["corrupted-payload", "corrupted-header", "truncated", "truncated-header"])
  func `a damaged RPM is refused again and again`(name: String) throws {
    let path = try path(name)
    let status = try #require(FileStatus(path: path))
    let cache = try cache("cache")
    let readers = try readers()
    for (word, reader) in readers + readers {
      let library = library(reader, cache)
      for _ in 0..<2 {
        let error = #expect(throws: ComposeError.self, "\(word)") { try library.rpm(path) }
        #expect(error?.kind == .badData, "\(word)")
        #expect(library.rpm(status, at: path) == nil, "\(word)")
      }
      // Its sum may be known: nothing follows from that.
      _ = try library.contents(of: status) { try ReadableFile(path: path) }
    }
    let sum = try ReadableFile(path: path).sha256()
    #expect(cache.bytes(.verifiedRPM, of: [sum])[0] == nil)
  }
}
