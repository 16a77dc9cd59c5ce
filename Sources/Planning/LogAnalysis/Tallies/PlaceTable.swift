/// What paths of repositories, or requests for metalinks, lead to: worked out once for
/// each that was seen, at most 65,536.
///
/// One place may be asked for in several spellings: each is known by what it is decoded to.
struct PlaceTable {
  private static let limit = 65_536
  private var index = HashIndex(limit: limit)
  private var entries: [Entry] = []
  /// Those of ``entries``.
  private var places: [StreamPaths.Place] = []

  /// What every line needs: numbers alone, of which nothing has to be counted.
  struct Entry {
    /// Hash of the path or name as it is without escapes and doubled slashes.
    let hash: UInt64
    let way: StreamPaths.Way
    /// See ``StreamPaths/Place/release``.
    let release: Int?
    /// See ``StreamPaths/Place/mover``.
    let mover: Int

    /// Of what leads nowhere.
    static let none = Entry(hash: 0, way: .none, release: nil, mover: 0)
  }

  /// Whether the path with this hash was seen.
  func knows(_ hash: UInt64) -> Bool { index.find(hash) != nil }

  /// What the path with this hash leads to; nil where it was not seen.
  func place(_ hash: UInt64) -> StreamPaths.Place? { index.find(hash).map { places[$0] } }

  /// What is known of the path with this hash; nil where it was not seen.
  @inline(__always)
  func find(_ hash: UInt64) -> Entry? { index.find(hash).map { entries[$0] } }

  /// Adds what `make` says of `slice` as it is decoded.
  ///
  /// - Parameter hash: of `slice`, which was not seen yet.
  @inline(never)
  mutating func add(
    _ slice: LogSlice, _ hash: UInt64, _ make: (LogSlice) -> StreamPaths.Place
  ) -> Entry {
    let (plain, place) = slice.withPlainPath { ($0.hash, make($0)) }
    let entry = Entry(hash: plain, way: place.way, release: place.release, mover: place.mover)
    insert(entry, place, hash)
    if plain != hash, index.find(plain) == nil { insert(entry, place, plain) }
    return entry
  }

  private mutating func insert(_ entry: Entry, _ place: StreamPaths.Place, _ hash: UInt64) {
    guard case .new = index.insert(hash) else { return }
    entries.append(entry)
    places.append(place)
  }
}
