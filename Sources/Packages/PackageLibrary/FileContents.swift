import DurableFiles
import Glibc
import HeaderCache
import ReleaseModel

/// Which contents a file has: the SHA-256 of whatever was read or seen before,
/// by the identity of the file, for as long as nobody touches it.
///
/// Safe for any number of threads.
final class FileContents: Sendable {
  private let store: LazyHeaderCache
  private let known = Guarded(Known())

  /// What this process has met.
  private struct Known {
    var files: [FileIdentity.Inode: (identity: FileIdentity, sha256: Checksum)] = [:]
    /// Files that the cache does not know: it is asked only once.
    var unknownToCache: Set<FileIdentity> = []
  }

  init(cache: LazyHeaderCache) { store = cache }

  /// SHA-256 of the file of which `status` was just read, where it is known.
  func sha256(of status: FileStatus) -> Checksum? { sha256(of: [status])[0] }

  /// The same for many files at once.
  func sha256(of files: [FileStatus]) -> [Checksum?] { sha256(of: files.map(\.identity)) }

  private func sha256(of identities: [FileIdentity]) -> [Checksum?] {
    var sums = known.withLock { known in
      identities.map { identity -> Checksum? in
        guard let found = known.files[identity.file], found.identity == identity else { return nil }
        return found.sha256
      }
    }
    var missing = sums.indices.filter { sums[$0] == nil }
    if !missing.isEmpty {
      missing = known.withLock { known in
        missing.filter { !known.unknownToCache.contains(identities[$0]) }
      }
    }
    guard !missing.isEmpty, let cache = store.cache else { return sums }
    let unknown = missing.map { identities[$0] }
    let found = Concurrently.map(Concurrently.shares(of: unknown.count, size: 1024)) { share in
      cache.sha256(of: Array(unknown[share]))
    }
    known.withLock { known in
      for (index, sum) in zip(missing, found.joined()) {
        guard let sum else {
          known.unknownToCache.insert(identities[index])
          continue
        }
        sums[index] = sum
        known.files[identities[index].file] = (identities[index], sum)
      }
    }
    return sums
  }

  /// SHA-256 of the file of which `status` was just read: known, or read now.
  func contents(of status: FileStatus, open: () throws -> ReadableFile) throws -> Checksum {
    if let known = sha256(of: status) { return known }
    let file = try open()
    let sum = try file.sha256()
    if let after = file.withDescriptor({ FileStatus(descriptor: $0) }),
      after.identity == status.identity
    {
      note(after, sum)
    }
    return sum
  }

  /// Notes that a file contains `sha256`, which the caller has just seen.
  func note(_ status: FileStatus, _ sha256: Checksum) {
    let identity = status.identity
    guard status.kind == .file, identity.isSettled else { return }
    known.withLock { $0.files[identity.file] = (identity, sha256) }
    store.cache?.note(identity, sha256)
  }

  /// Notes what files are like after they got further names: those that were
  /// known, and have not changed since the program itself made the last of the
  /// names, are still what they were.
  ///
  /// - Parameter tree: where the names are.
  func follow(_ links: [LinkedFile], in tree: Directory) throws {
    let sums = sha256(of: links.map(\.before))
    // The last name that was made of each file, in the order of `links`.
    var last: [FileIdentity.Inode: Int] = [:]
    last.reserveCapacity(links.count)
    var contents: [FileIdentity.Inode: Checksum] = [:]
    for (index, sum) in sums.enumerated() {
      let made = links[index].made.identity
      if let sum, links[index].before.hasContents(of: made) { contents[made.file] = sum }
      if let other = last[made.file], links[other].made.identity.changed >= made.changed {
        continue
      }
      last[made.file] = index
    }
    let known = last.filter { contents[$0.key] != nil }.values.sorted()
    if known.isEmpty { return }
    // Wait for the next tick of the file system's clock: a second change within
    // one tick would not show in the times.
    usleep(UInt32(FileIdentity.tick / 1000) + 1000)
    let now = try Concurrently.map(Concurrently.shares(of: known.count, size: 4096)) { share in
      try tree.statuses(of: known[share].map { links[$0].path })
    }
    for (index, status) in zip(known, now.joined()) {
      let made = links[index].made.identity
      guard let status, status.identity == made, let sum = contents[made.file] else { continue }
      note(status, sum)
    }
  }
}

extension FileIdentity {
  /// Whether the last change is so long ago that another one would show.
  var isSettled: Bool {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return Int64(now.tv_sec) &* 1_000_000_000 &+ Int64(now.tv_nsec) &- changed > Self.tick
  }
}
