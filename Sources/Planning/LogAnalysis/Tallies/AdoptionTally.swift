import ReleaseModel

/// Requests for repomd.xml and for metalinks by hour, release, and way.
struct AdoptionTally {
  private static let hourLimit = 100_000

  /// For each hour since 1970, a number for each release and way: see ``column``.
  private(set) var hours: [Int: [Int]] = [:]
  private let paths: StreamPaths?
  private let width: Int
  /// The hour that is counted now; put away when another comes.
  private var current = -1
  private var counts: [Int]
  /// Which release links lead to now, by what moves them.
  private var leading: [(release: Int?, range: Range<Int>)]

  /// - Parameter paths: what paths mean; where that is nil, nothing can be counted.
  init(_ paths: StreamPaths?) {
    self.paths = paths
    width = 2 * ((paths?.releases.count ?? 0) + 1)
    counts = [Int](repeating: 0, count: width)
    leading = Array(repeating: (nil, 0..<0), count: paths?.movers.count ?? 1)
  }

  /// - Parameter release: nil for what links led to before the first flip that is known.
  static func column(release: Int?, isLink: Bool) -> Int {
    2 * (release.map { $0 + 1 } ?? 0) + (isLink ? 1 : 0)
  }

  @inline(__always)
  mutating func add(_ place: PlaceTable.Entry, at time: Int) {
    let column: Int
    switch place.way {
    case .concrete: column = Self.column(release: place.release, isLink: false)
    case .link:
      if !leading[place.mover].range.contains(time) { lead(place.mover, at: time) }
      column = Self.column(release: leading[place.mover].release, isLink: true)
    case .name, .none: return
    }
    let hour = time / 3600
    if hour != current {
      flush()
      current = hour
    }
    counts[column] += 1
  }

  @inline(never)
  private mutating func lead(_ mover: Int, at time: Int) {
    if let paths { leading[mover] = paths.current(at: time, movedBy: mover) }
  }

  @inline(never)
  private mutating func flush() {
    guard current >= 0, hours.count < Self.hourLimit || hours[current] != nil else { return }
    add(counts, to: current)
    for index in counts.indices { counts[index] = 0 }
  }

  private mutating func add(_ row: [Int], to hour: Int) {
    var sum = hours[hour] ?? [Int](repeating: 0, count: width)
    for index in row.indices { sum[index] += row[index] }
    hours[hour] = sum
  }

  mutating func finish() {
    flush()
    current = -1
  }

  mutating func merge(_ other: AdoptionTally) {
    finish()
    var other = other
    other.finish()
    for (hour, row) in other.hours { add(row, to: hour) }
  }
}
