import Digests
package import ReleaseModel

/// Which repomd.xml a stream has published where: by it, an older one that a metalink
/// server or a mirror still has is told from a foreign one.
package struct IndexHistory: Hashable, Sendable {
  /// One repomd.xml that mirrors have been told of.
  package struct Entry: Hashable, Sendable {
    /// Its directory, as ``Overlay/Index/directory`` has it.
    package let directory: RelativePath
    /// SHA-256 of its bytes.
    package let checksum: Checksum
    /// When mirrors were told of it first, seconds since 1970.
    package let since: Int
  }

  /// Oldest first.
  package private(set) var entries: [Entry]

  /// Of one directory, more are not kept: metalinks name the last few days.
  private static let kept = 100
  /// Bytes of the largest file that is read.
  package static let limit = 64 << 20
  private static let head = "epel-compose indexes 1"

  /// A stream that has not told mirrors anything yet.
  package init() { entries = [] }

  /// Reads what ``bytes`` wrote.
  ///
  /// Throws `badData`.
  ///
  /// - Parameter name: where the bytes come from, for messages.
  package init(_ bytes: [UInt8], from name: String) throws {
    var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")[...]
    entries = []
    let head = lines.popFirst()
    for line in lines {
      let fields = line.split(separator: "\t")
      guard fields.count == 3, let since = Int(fields[0]), NumberFromOutside.times.contains(since),
        let checksum = Checksum(hex: String(fields[1])),
        let directory = RelativePath(String(fields[2]))
      else { throw Self.problem(name) }
      entries.append(Entry(directory: directory, checksum: checksum, since: since))
    }
    guard head.map({ $0 == Self.head }) == true else { throw Self.problem(name) }
  }

  private static func problem(_ name: String) -> ComposeError {
    ComposeError(
      .badData, name.sanitizedForDisplay, "it is not a history of repomd.xml",
      remedy: "Remove it: older repomd.xml of mirrors are then called unknown")
  }

  /// A line each, fields separated by TAB.
  package var bytes: [UInt8] {
    let lines = entries.map { "\($0.since)\t\($0.checksum)\t\($0.directory)\n" }
    return Array((Self.head + "\n" + lines.joined()).utf8)
  }

  /// Adds what is published now. Directories that are gone are forgotten.
  ///
  /// - Parameter now: seconds since 1970.
  package mutating func note(_ indexes: [Overlay.Index], now: Int) {
    let current = Set(indexes.map(\.directory))
    entries.removeAll { !current.contains($0.directory) }
    for index in indexes.sorted(by: { $0.directory < $1.directory }) {
      guard let checksum = Checksum(hex: index.digests.sha256),
        !knows(checksum, at: index.directory)
      else { continue }
      entries.append(Entry(directory: index.directory, checksum: checksum, since: now))
    }
    var counts: [RelativePath: Int] = [:]
    let kept = entries.reversed().filter { entry in
      counts[entry.directory, default: 0] += 1
      return counts[entry.directory, default: 0] <= Self.kept
    }
    entries = kept.reversed()
  }

  /// Whether `checksum` is that of a repomd.xml that was published in `directory`.
  package func knows(_ checksum: Checksum, at directory: RelativePath) -> Bool {
    entries.contains { $0.checksum == checksum && $0.directory == directory }
  }

  /// When the repomd.xml with `checksum` was followed by another in `directory`, seconds since
  /// 1970; nil where it was not, or is not known.
  package func replaced(_ checksum: Checksum, at directory: RelativePath) -> Int? {
    let own = entries.filter { $0.directory == directory }
    guard let index = own.lastIndex(where: { $0.checksum == checksum }) else { return nil }
    return own.dropFirst(index + 1).first?.since
  }
}
