import ComposeTestSupport
import Digests
import DurableFiles
import Foundation
import Glibc
import HeaderCache
import PackageLibrary
import RPMPackages
import ReleaseModel
import RepoMetadata
import Testing

/// An RPM is opened once. The oracle is ``RPMReader`` and a library without a
/// cache: who remembers must not say anything else.
@Suite struct PackageLibraryTests {
  private let scratch: TemporaryDirectory

  init() throws { scratch = try TemporaryDirectory() }

  private func cache(_ name: String = "cache") throws -> HeaderCache {
    try #require(HeaderCache.open(directory: scratch.path(name), access: .writing))
  }

  private func library(
    _ cache: HeaderCache?, keyring: Keyring? = nil, marker: String = "README-RETIRED*",
    changelogs: Int = 10
  ) -> PackageLibrary {
    PackageLibrary(
      reader: reader(keyring, marker), cache: cache,
      form: MetadataForm(compression: .gz, changelogs: changelogs))
  }

  private func reader(
    _ keyring: Keyring? = nil, _ marker: String = "README-RETIRED*"
  ) -> RPMReader {
    RPMReader(keyring: keyring, markerPattern: GlobPattern(marker))
  }

  /// A binary RPM that can be remembered.
  private func build(_ spec: RPMSpec) throws -> String {
    let path = try spec.build(into: scratch.path("pool"), sources: false)[0]
    settle()
    return path
  }

  /// What changed within a tick can change again unseen, so nobody remembers it.
  private func settle() { usleep(60_000) }

  private func status(_ path: String) throws -> FileStatus {
    try #require(FileStatus(path: path))
  }

  private func data(_ path: String) throws -> Data {
    try Data(contentsOf: URL(fileURLWithPath: path))
  }

  /// Writes to the file that is there, and sets its time back.
  private func rewrite(_ path: String, _ contents: Data) throws {
    let before = try status(path)
    try contents.write(to: URL(fileURLWithPath: path))
    let time = timespec(tv_sec: before.modified, tv_nsec: before.modifiedFraction)
    try #require(utimensat(AT_FDCWD, path, [time, time], 0) == 0)
    // Size, time and inode are the same: only one thing tells.
    try #require(try before.isUnchanged(status(path)))
  }

  // MARK: Files

  @Test func `an RPM says what its file was like, which is no fact about the RPM`() throws {
    let path = try build(RPMSpec("alpha"))
    let library = try library(cache())
    let read = try library.rpm(path)
    #expect(try read.seenAs == status(path).identity)
    #expect(try library.rpm(status(path), at: path)?.seenAs == read.seenAs)
    try #require(link(path, path + ".second") == 0)
    settle()
    let later = try library.rpm(path)
    #expect(try later.seenAs == status(path).identity)
    #expect(later.seenAs != read.seenAs)
    #expect(later == read)
  }

  @Test func `an RPM that is known is not opened again`() throws {
    let path = try build(RPMSpec("alpha"))
    let fresh = try reader().read(path)
    let cache = try cache()
    let first = library(cache)
    let status = try status(path)
    #expect(first.rpm(status, at: path) == nil)
    #expect(try first.rpm(path) == fresh)
    cache.flush()
    // Now there is nothing to open.
    try FileManager.default.removeItem(atPath: path)
    #expect(first.rpm(status, at: path) == fresh)
    let reopened = try self.cache()
    #expect(library(reopened).rpm(status, at: path) == fresh)
    let second = library(reopened)
    second.recall([status])
    #expect(second.rpm(status, at: "elsewhere")?.path == "elsewhere")
    #expect(second.rpm(status, at: "elsewhere")?.sha256 == fresh.sha256)
    #expect(library(nil).rpm(status, at: path) == nil)
    let error = #expect(throws: ComposeError.self) { try second.rpm(path) }
    #expect(error?.kind == .noInput)
  }

  @Test func `an RPM that is open is told by what it is, not by its name`() throws {
    let path = try build(RPMSpec("alpha"))
    let library = try library(cache())
    let open = try ReadableFile(path: path)
    for _ in 0..<2 {
      let rpm = try open.withDescriptor { try library.rpm("no name", openedAs: $0) }
      #expect(rpm.nevra.name == "alpha")
      #expect(rpm.path == "no name")
    }
    #expect(try library.rpm(open.status, at: path) == reader().read(path))
  }

  enum Change: CaseIterable { case touched, rewritten, replaced }

  @Test(arguments: Change.allCases)
  func `a file that somebody has touched is read again`(change: Change) throws {
    let path = try build(RPMSpec("alpha"))
    let cache = try cache()
    let first = library(cache)
    let before = try status(path)
    #expect(try first.rpm(path).nevra.name == "alpha")
    #expect(first.rpm(before, at: path) != nil)
    let other = RenamedRPM.data(try data(path), "alpha", by: "omega")
    switch change {
    case .touched: try #require(utimensat(AT_FDCWD, path, nil, 0) == 0)
    case .rewritten: try rewrite(path, other)
    case .replaced:
      try other.write(to: URL(fileURLWithPath: path + ".new"))
      try #require(rename(path + ".new", path) == 0)
    }
    let after = try status(path)
    for library in [first, library(cache)] {
      #expect(library.rpm(after, at: path) == nil)
      #expect(library.sha256(of: after) == nil)
    }
    settle()
    let fresh = try reader().read(path)
    #expect(fresh.nevra.name == (change == .touched ? "alpha" : "omega"))
    for library in [first, library(cache)] {
      #expect(try library.rpm(path) == fresh)
      #expect(library.rpm(after, at: path) == fresh, "it is known again")
    }
    // One that was replaced may live on by another name.
    if change != .replaced { #expect(first.rpm(before, at: path) == nil) }
  }

  @Test func `a further name is followed`() throws {
    let path = try build(RPMSpec("alpha"))
    let cache = try cache()
    let first = library(cache)
    let fresh = try first.rpm(path)
    let before = try status(path)
    try #require(link(path, path + ".second") == 0)
    let after = try status(path)
    #expect(first.rpm(after, at: path) == nil, "nobody has said so yet")
    let second = try RelativePath.of(URL(fileURLWithPath: path + ".second").lastPathComponent)
    let tree = try Directory.open(root: URL(fileURLWithPath: path).deletingLastPathComponent().path)
    try first.follow([LinkedFile(path: second, before: before.identity, made: after)], in: tree)
    for library in [first, library(cache)] {
      #expect(library.rpm(after, at: path) == fresh)
      #expect(library.sha256(of: after) == fresh.sha256)
    }
  }

  @Test func `nothing is followed but the same contents of what was known`() throws {
    let path = try build(RPMSpec("alpha"))
    let strange = try build(RPMSpec("beta"))
    let library = try library(cache())
    _ = try library.rpm(path)
    let tree = try Directory.open(root: URL(fileURLWithPath: path).deletingLastPathComponent().path)
    func follow(_ file: String, as other: FileStatus? = nil) throws {
      let name = try RelativePath.of(URL(fileURLWithPath: file).lastPathComponent)
      let now = try status(file)
      try library.follow(
        [LinkedFile(path: name, before: (other ?? now).identity, made: now)], in: tree)
    }
    try follow(strange)
    try follow(strange, as: status(path))
    #expect(try library.rpm(status(strange), at: strange) == nil, "it was never read")
    #expect(try library.rpm(status(path), at: path) != nil)
    // Written to after the program made its link, with the time set back.
    let before = try status(path)
    try #require(link(path, path + ".second") == 0)
    let made = try status(path)
    settle()
    var changed = try data(path)
    changed[changed.count - 1] ^= 1
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
    try file.write(contentsOf: changed)
    try file.close()
    var times = [timespec](
      repeating: timespec(tv_sec: before.modified, tv_nsec: before.modifiedFraction), count: 2)
    try #require(utimensat(AT_FDCWD, path, &times, 0) == 0)
    let name = try RelativePath.of(URL(fileURLWithPath: path).lastPathComponent)
    try library.follow([LinkedFile(path: name, before: before.identity, made: made)], in: tree)
    #expect(try library.sha256(of: status(path)) == nil, "it has other contents")
  }

  enum Stray: CaseIterable { case replaced, longer, gone, unknown }

  @Test(arguments: Stray.allCases)
  func `a name that has led elsewhere since is not followed`(stray: Stray) throws {
    let path = try build(RPMSpec("alpha"))
    let pool = try Directory.open(root: scratch.path("pool"))
    let library = try library(cache())
    if stray != .unknown { _ = try library.rpm(path) }
    let before = try status(path)
    let made = try #require(try pool.link(path, as: "second.rpm", ifStill: before.identity))
    settle()
    let second = scratch.path("pool/second.rpm")
    switch stray {
    case .replaced:
      try #require(unlink(second) == 0)
      try RenamedRPM.data(try data(path), "alpha", by: "omega")
        .write(to: URL(fileURLWithPath: second))
    case .longer:
      var longer = try data(path)
      longer.append(0)
      try longer.write(to: URL(fileURLWithPath: second))
    case .gone: try #require(unlink(second) == 0)
    case .unknown: break
    }
    let name = try RelativePath.of("second.rpm")
    try library.follow([LinkedFile(path: name, before: before.identity, made: made)], in: pool)
    for name in try pool.names() {
      let status = try #require(try pool.status(named: name))
      #expect(library.sha256(of: status) == nil, "\(name)")
    }
  }

  @Test func `what has just changed is not remembered`() throws {
    let library = library(nil)
    let sum = Checksum(of: Array("text".utf8))
    let path = try scratch.write("text", to: "file")
    // On a busy machine a tick may pass between two lines.
    for _ in 0..<100 {
      let start = ContinuousClock.now
      try scratch.write("text", to: "file")
      let status = try status(path)
      library.note(status, sum)
      let known = library.sha256(of: status)
      guard start.duration(to: .now) < .milliseconds(30) else { continue }
      #expect(known == nil)
      settle()
      library.note(status, sum)
      #expect(library.sha256(of: status) == sum)
      return
    }
    Issue.record("no try took less than a tick")
  }

  @Test func `contents are read once`() throws {
    let path = try build(RPMSpec("alpha"))
    let library = try library(cache())
    var opened = 0
    func contents() throws -> Checksum {
      try library.contents(of: status(path)) {
        opened += 1
        return try ReadableFile(path: path)
      }
    }
    let sum = try contents()
    #expect(try sum == ReadableFile(path: path).sha256())
    #expect(try contents() == sum)
    #expect(opened == 1)
    try rewrite(path, RenamedRPM.data(data(path), "alpha", by: "omega"))
    settle()
    #expect(try contents() != sum)
    #expect(opened == 2)
  }

  @Test func `many threads get what one gets`() throws {
    let paths = try ["alpha", "beta", "gamma"].map { try build(RPMSpec($0)) }
    let fresh = try paths.map { try reader().read($0) }
    let library = try library(cache())
    let found = try Concurrently.map(Array(0..<60), threads: 8) { number in
      try library.rpm(paths[number % 3])
    }
    for (number, rpm) in found.enumerated() { #expect(rpm == fresh[number % 3]) }
  }

  // MARK: Markers

  @Test func `another marker is looked for in the RPM itself`() throws {
    var spec = RPMSpec("gamma").retired("It is retired.\n")
    spec.documents["/usr/share/doc/gamma/GONE.txt"] = "It is gone.\n"
    spec.files["/usr/share/gamma/MOVED"] = "no %doc"
    let path = try build(spec)
    let cache = try cache()
    let texts: [(String, String?)] = [
      ("README-RETIRED*", "It is retired.\n"), ("GONE*", "It is gone.\n"), ("MOVED", nil),
      ("NOTHING", nil),
    ]
    for (pattern, text) in texts + texts {
      let library = library(cache, marker: pattern)
      #expect(try library.rpm(status(path), at: path) == nil, "\(pattern): it cannot be told")
      let rpm = try library.rpm(path)
      #expect(rpm.marker?.text == text)
      let undocumented = pattern == "MOVED" ? ["/usr/share/gamma/MOVED"] : []
      #expect(rpm.undocumentedMarkers == undocumented)
      #expect(try rpm == reader(nil, pattern).read(path))
      #expect(try library.rpm(status(path), at: path) == rpm)
    }
  }

  // MARK: Damage

  @Test func `kept bytes that are no verified RPM are not believed`() throws {
    let path = try build(RPMSpec("alpha").retired())
    let cache = try cache()
    let fresh = try library(cache).rpm(path)
    let kept = try #require(cache.bytes(.verifiedRPM, of: [fresh.sha256])[0])
    var garbage = stride(from: 0, to: kept.count, by: 11).map { Array(kept.prefix($0)) }
    garbage.append(kept + [0])
    garbage.append([UInt8](repeating: 0xFF, count: kept.count))
    var otherForm = kept
    // Behind its length.
    otherForm[8] &+= 1
    garbage.append(otherForm)
    for bytes in garbage {
      cache.keep(bytes, as: .verifiedRPM, of: fresh.sha256)
      let library = library(cache)
      #expect(try library.rpm(status(path), at: path) == nil, "\(bytes.count) bytes")
      #expect(try library.rpm(path) == fresh)
      #expect(cache.bytes(.verifiedRPM, of: [fresh.sha256])[0] == kept, "they are right again")
    }
  }

  @Test func `an RPM that is damaged later is refused`() throws {
    let path = try build(RPMSpec("alpha", files: ["/usr/share/alpha/text": "words"]))
    let intact = try data(path)
    let cache = try cache()
    let first = library(cache)
    let fresh = try first.rpm(path)
    var damaged = intact
    damaged[damaged.count - 20] ^= 1
    try rewrite(path, damaged)
    settle()
    for library in [first, library(cache), library(cache), library(nil)] {
      let error = #expect(throws: ComposeError.self) { try library.rpm(path) }
      #expect(error?.kind == .badData)
      #expect(try library.rpm(status(path), at: path) == nil)
    }
    // Somebody else, who only hashed it, has noted its contents.
    _ = try first.contents(of: status(path)) { try ReadableFile(path: path) }
    #expect(throws: ComposeError.self) { try library(cache).rpm(path) }
    try rewrite(path, intact)
    settle()
    #expect(try first.rpm(path) == fresh)
  }

  @Test func `what metadata cannot say keeps nobody from reading an RPM`() throws {
    let path = try build(RPMSpec("alpha"))
    let odd = RenamedRPM.data(try data(path), "Test package", by: "Test packag\u{1}")
    try odd.write(to: URL(fileURLWithPath: path))
    settle()
    let fresh = try reader().read(path)
    #expect(try library(nil).rpm(path) == fresh)
    // A cache saves time, and changes nothing else.
    #expect(try library(cache()).rpm(path) == fresh)
    let listed = PackageLibrary.Listed(
      sha256: fresh.sha256, location: try fresh.nevra.location, modified: 1)
    for library in try [library(nil), library(cache())] {
      let error = #expect(throws: ComposeError.self) {
        try library.records([listed]) { _ in try ReadableFile(path: path) }
      }
      #expect(error?.kind == .badData)
    }
  }

  // MARK: Metadata

  private func records(
    _ library: PackageLibrary, _ listed: [PackageLibrary.Listed], _ paths: [String]
  ) throws -> (records: [PackageRecord], opened: Int) {
    var opened = 0
    let records = try library.records(listed) { index in
      opened += 1
      return try ReadableFile(path: paths[index])
    }
    return (records, opened)
  }

  private func expectSame(
    _ found: [PackageRecord], _ wanted: [PackageRecord],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(found.map(\.xml) == wanted.map(\.xml), sourceLocation: sourceLocation)
    #expect(found.map(\.sha256) == wanted.map(\.sha256), sourceLocation: sourceLocation)
    #expect(found.map(\.location) == wanted.map(\.location), sourceLocation: sourceLocation)
    #expect(found.map(\.modified) == wanted.map(\.modified), sourceLocation: sourceLocation)
  }

  private func primary(_ record: PackageRecord) -> String {
    String(decoding: record.xml?.primary ?? [], as: UTF8.self)
  }

  private func buildSeveral() throws -> [String] {
    let specs = [
      RPMSpec("alpha", epoch: 1, arch: "x86_64", files: ["/etc/alpha.conf": "x=1\n"]),
      RPMSpec("beta", subpackages: [.init("doc")]).retired(),
    ]
    let paths = try specs.flatMap { try $0.build(into: scratch.path("pool")) }
    settle()
    return paths
  }

  @Test func `records from the cache equal those that are made anew`() throws {
    let paths = try buildSeveral()
    let cache = try cache()
    let rpms = try paths.map { try library(cache).rpm($0) }
    let times = try paths.map { try status($0).modified }
    func listed(
      _ place: String? = nil, later seconds: Int = 0
    ) throws -> [PackageLibrary.Listed] {
      try zip(rpms, times).map { rpm, time in
        try PackageLibrary.Listed(
          sha256: rpm.sha256,
          location: place.map { try RelativePath.of("\($0)/\(rpm.nevra.fileName)") }
            ?? rpm.nevra.location, modified: time + seconds)
      }
    }
    // What reading has kept is what most will ask for.
    let own = try listed()
    let (first, opened) = try records(library(cache), own, paths)
    #expect(opened == 0)
    try expectSame(first, records(library(nil), own, paths).records)
    for other in try [listed("other"), listed(later: 60), own] {
      let wanted = try records(library(nil), other, paths)
      #expect(wanted.opened == paths.count)
      let made = try records(library(cache), other, paths)
      #expect(made.opened == paths.count, "they are kept for another place or time")
      expectSame(made.records, wanted.records)
      let known = try records(library(cache), other, paths)
      #expect(known.opened == 0)
      expectSame(known.records, wanted.records)
    }
  }

  @Test func `metadata is not made of another file than the one that is listed`() throws {
    let paths = try ["alpha", "omega"].map { try build(RPMSpec($0)) }
    let sum = try ReadableFile(path: paths[0]).sha256()
    let listed = PackageLibrary.Listed(
      sha256: sum, location: try RelativePath.of("alpha.rpm"), modified: 1)
    for library in try [library(nil), library(cache())] {
      for _ in 0..<2 {
        let error = #expect(throws: ComposeError.self) {
          try records(library, [listed], [paths[1]])
        }
        #expect(error?.kind == .badData)
      }
      let found = try records(library, [listed], [paths[0]]).records
      #expect(primary(found[0]).contains("<name>alpha<"))
    }
  }

  @Test func `records without elements know how long these are`() throws {
    let paths = try buildSeveral()
    let cache = try cache()
    let rpms = try paths.map { try library(cache).rpm($0) }
    let listed = try zip(rpms, paths).map { rpm, path in
      PackageLibrary.Listed(
        sha256: rpm.sha256, location: try rpm.nevra.location, modified: try status(path).modified)
    }
    let wanted = try records(library(cache), listed, paths).records
    let known = library(cache)
    let bare = try known.records(listed, withElements: false) { _ in
      throw ComposeError(.failed, "RPM", "it was opened", remedy: "")
    }
    #expect(bare.map(\.xml) == listed.map { _ in nil })
    #expect(bare.map(\.sizes) == wanted.map(\.sizes))
    let fetched = try known.elements(of: listed) { try ReadableFile(path: paths[$0]) }
    #expect(fetched == wanted.map(\.xml))
    // At another time, at another place, or of one that is not known, it is read.
    var others = listed
    others[0] = PackageLibrary.Listed(
      sha256: listed[0].sha256, location: listed[0].location, modified: listed[0].modified + 1)
    others[1] = PackageLibrary.Listed(
      sha256: listed[1].sha256, location: try RelativePath.of("elsewhere.rpm"),
      modified: listed[1].modified)
    for library in [known, library(nil)] {
      let read = try library.records(others, withElements: false) {
        try ReadableFile(path: paths[$0])
      }
      #expect(read[0].xml != nil && read[1].xml != nil)
      #expect(primary(read[1]).contains("\"elsewhere.rpm\""))
    }
  }

  @Test func `another form is made anew`() throws {
    let path = try build(RPMSpec("alpha"))
    let cache = try cache()
    let rpm = try library(cache).rpm(path)
    let listed = PackageLibrary.Listed(
      sha256: rpm.sha256, location: try rpm.nevra.location, modified: try status(path).modified)
    for changelogs in [10, 0, 10] {
      let wanted = try records(library(nil, changelogs: changelogs), [listed], [path]).records
      let found = try records(library(cache, changelogs: changelogs), [listed], [path]).records
      expectSame(found, wanted)
      let text = String(decoding: found[0].xml?.other ?? [], as: UTF8.self)
      #expect(text.contains("<changelog") == (changelogs > 0))
    }
  }

  @Test func `elements from the cache equal those that are made anew`() throws {
    let paths = try buildSeveral()
    let cache = try cache()
    let rpms = try paths.map { try library(cache).rpm($0) }
    for kind in [MetadataKind.primary, .filelists] {
      let wanted = try library(nil).elements(kind, of: rpms)
      #expect(try library(cache).elements(kind, of: rpms) == wanted)
      let other = try self.cache("other \(kind)")
      #expect(try library(other).elements(kind, of: rpms) == wanted)
      #expect(Set(wanted).count == paths.count)
    }
    // Nothing is opened for them.
    for path in paths { try FileManager.default.removeItem(atPath: path) }
    #expect(try library(cache).elements(.primary, of: rpms).count == paths.count)
    #expect(throws: ComposeError.self) { try library(nil).elements(.primary, of: rpms) }
  }

  @Test(arguments: [HeaderCache.Kind.primary, .lists])
  func `elements that are none are not believed`(kind: HeaderCache.Kind) throws {
    let path = try build(RPMSpec("alpha"))
    let cache = try cache()
    let rpm = try library(cache).rpm(path)
    let listed = PackageLibrary.Listed(
      sha256: rpm.sha256, location: try rpm.nevra.location, modified: try status(path).modified)
    let wanted = try records(library(nil), [listed], [path]).records
    let form = MetadataForm(compression: .gz, changelogs: 10)
    let key = Checksum(of: rpm.sha256.bytes + Array(form.identity.utf8))
    let kept = try #require(cache.bytes(kind, of: [key])[0], "it is kept by another key now")
    var garbage = stride(from: 0, to: kept.count, by: 97).map { Array(kept.prefix($0)) }
    garbage.append(kept + [0])
    garbage.append([UInt8](repeating: 0xFF, count: kept.count))
    for bytes in garbage {
      cache.keep(bytes, as: kind, of: key)
      let found = try records(library(cache), [listed], [path])
      #expect(found.opened == 1, "\(bytes.count) bytes")
      expectSame(found.records, wanted)
      #expect(cache.bytes(kind, of: [key])[0] == kept, "they are right again")
    }
  }
}
