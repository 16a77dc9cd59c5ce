/// What a line says from its request on, as numbers: all that has to be counted of it.
struct KnownRequest {
  /// What it is about.
  enum Subject: UInt8 {
    /// The repomd.xml of a repository.
    case repository
    /// A metalink or mirror list that is counted.
    case metalink
    case other
  }

  // In the order in which they need least memory.

  /// Hash of the target.
  let target: UInt64
  /// Of the repository or the metalink.
  let place: PlaceTable.Entry
  let subject: Subject
  /// Of the kind of client.
  let kind: UInt16
  /// 100 to 999.
  let status: UInt16
  /// Where the target begins in the rest of the line.
  let start: UInt32
  /// Bytes of the target without its query, where ``subject`` is a repository.
  let pathCount: UInt32
}

/// What the rests of lines that came last say. Clients ask the same again and again, and most
/// answers are the same: then nothing of it is taken apart again.
///
/// Each rest has one place, which the next with this place takes over. It is told by its
/// length and 64 bits, as ``ByteHash`` makes them.
struct RequestTable {
  private struct Entry {
    let hash: UInt64
    let request: KnownRequest
    /// Of the rest; nothing is known by 0.
    let count: UInt32
  }

  /// A fifth of a megabyte: more would drive out of the processor's cache what logs are
  /// uncompressed from.
  private static let size = 4096
  private static let free = Entry(
    hash: 0,
    request: KnownRequest(
      target: 0, place: PlaceTable.Entry.none, subject: .other, kind: 0, status: 0, start: 0,
      pathCount: 0), count: 0)

  private var entries = [Entry](repeating: free, count: size)

  @inline(__always)
  private static func place(_ hash: UInt64) -> Int {
    Int(truncatingIfNeeded: hash) & (size &- 1)
  }

  /// What the rest of a line with this hash says; nil where it is not known.
  ///
  /// - Parameter count: bytes of the rest.
  @inline(__always)
  func find(_ hash: UInt64, count: Int) -> KnownRequest? {
    guard !entries.isEmpty else { return nil }
    let entry = entries[Self.place(hash)]
    return entry.hash == hash && Int(entry.count) == count ? entry.request : nil
  }

  mutating func keep(_ request: KnownRequest, _ hash: UInt64, count: Int) {
    entries[Self.place(hash)] = Entry(hash: hash, request: request, count: UInt32(count))
  }
}
