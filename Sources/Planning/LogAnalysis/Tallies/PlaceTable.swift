/// What paths of repositories, or requests for metalinks, lead to: worked out once for
/// each that was seen, at most 65,536.
struct PlaceTable {
  private static let limit = 65_536
  private var index = HashIndex(limit: limit)
  private var places: [StreamPaths.Place] = []

  /// Whether the path with this hash was seen.
  func knows(_ hash: UInt64) -> Bool { index.find(hash) != nil }

  /// The place of `hash`; of a new one, what `make` says.
  @inline(__always)
  mutating func place(_ hash: UInt64, _ make: () -> StreamPaths.Place) -> StreamPaths.Place {
    if let known = index.find(hash) { return places[known] }
    return add(hash, make)
  }

  @inline(never)
  private mutating func add(_ hash: UInt64, _ make: () -> StreamPaths.Place) -> StreamPaths.Place {
    let place = make()
    if case .new = index.insert(hash) { places.append(place) }
    return place
  }
}
