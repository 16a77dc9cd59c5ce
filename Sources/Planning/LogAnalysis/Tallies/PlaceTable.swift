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

  /// What every line needs: numbers alone, of which nothing has to be counted, and small
  /// ones: ``RequestTable`` has thousands of them in the processor's cache.
  struct Entry {
    /// Stands for no release; nobody has as many.
    private static let noRelease = UInt16.max

    /// Hash of the path or name as it is without escapes and doubled slashes.
    let hash: UInt64
    private let releaseNumber: UInt16
    private let moverNumber: UInt16
    let way: StreamPaths.Way

    /// See ``StreamPaths/Place/release``.
    @inline(__always) var release: Int? {
      releaseNumber == Self.noRelease ? nil : Int(releaseNumber)
    }
    /// See ``StreamPaths/Place/mover``.
    @inline(__always) var mover: Int { Int(moverNumber) }

    init(hash: UInt64, _ place: StreamPaths.Place) {
      self.hash = hash
      way = place.way
      releaseNumber = place.release.map { UInt16(clamping: $0) } ?? Self.noRelease
      moverNumber = UInt16(clamping: place.mover)
    }

    /// Of what leads nowhere.
    static let none = Entry(hash: 0, .none)
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
    let entry = Entry(hash: plain, place)
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
