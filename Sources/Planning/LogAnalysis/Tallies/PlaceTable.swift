/// What paths of repositories, or requests for metalinks, lead to: worked out once for
/// each that was seen, at most 65,536.
///
/// One place may be asked for in several spellings: each is known by what it is decoded to.
struct PlaceTable {
  private static let limit = 65_536
  private var index = HashIndex(limit: limit)
  private var entries: [Entry] = []

  struct Entry {
    let place: StreamPaths.Place
    /// Hash of the path or name as it is without escapes and doubled slashes.
    let hash: UInt64
  }

  /// Whether the path with this hash was seen.
  func knows(_ hash: UInt64) -> Bool { index.find(hash) != nil }

  /// What is known of `slice`, whose hash is `hash`; of a new one, what `make` says of it
  /// as it is decoded.
  @inline(__always)
  mutating func entry(
    _ slice: LogSlice, _ hash: UInt64, _ make: (LogSlice) -> StreamPaths.Place
  ) -> Entry {
    if let known = index.find(hash) { return entries[known] }
    return add(slice, hash, make)
  }

  @inline(never)
  private mutating func add(
    _ slice: LogSlice, _ hash: UInt64, _ make: (LogSlice) -> StreamPaths.Place
  ) -> Entry {
    let entry = slice.withPlainPath { Entry(place: make($0), hash: $0.hash) }
    insert(entry, hash)
    if entry.hash != hash, index.find(entry.hash) == nil { insert(entry, entry.hash) }
    return entry
  }

  private mutating func insert(_ entry: Entry, _ hash: UInt64) {
    if case .new = index.insert(hash) { entries.append(entry) }
  }
}
