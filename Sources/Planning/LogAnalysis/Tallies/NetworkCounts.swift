/// Requests of each network, at most 2^20 of them. Where there are more, those with the
/// fewest requests are forgotten, and their requests counted.
struct NetworkCounts {
  private static let limit = 1 << 20
  /// Networks that are counted together. The table is larger than the processor's cache: looked
  /// into at every line, it would drive out what else is needed there, above all what the log is
  /// uncompressed from.
  private static let batch = 1 << 16
  /// Networks that are looked up together: processors then wait for several places of memory
  /// at once.
  private static let group = 256

  /// A network and its requests in one word, so that more of them fit into the cache: 50 bits
  /// of the one (two of ``NetworkName``'s kind, 48 of the network), and of the other what does
  /// not stand in ``further``. No network is 0.
  private struct Entry {
    private static let bits: UInt64 = 14
    private static let most: UInt64 = 1 << bits - 1
    private static let lowest: UInt64 = 1 << 48 - 1

    private var word: UInt64 = 0

    static let free = Entry()

    private init() {}

    /// One of `network` without a request.
    init(_ network: UInt64) {
      word = ((network >> 60) << 48 | network & Self.lowest) << Self.bits
    }

    @inline(__always) var isFree: Bool { word == 0 }
    /// Requests that are counted here.
    @inline(__always) var requests: Int { Int(truncatingIfNeeded: word & Self.most) }
    @inline(__always) var key: UInt64 { word >> Self.bits }
    var network: UInt64 { (key >> 48) << 60 | key & Self.lowest }

    /// Counts requests; false where there is no room for them here.
    @inline(__always)
    mutating func add(_ requests: Int) -> Bool {
      guard self.requests &+ requests <= Self.most else { return false }
      word &+= UInt64(truncatingIfNeeded: requests)
      return true
    }

    /// The same without requests.
    var emptied: Entry {
      var entry = self
      entry.word &= ~Self.most
      return entry
    }
  }

  private var entries = [Entry](repeating: .free, count: 2048)
  private var used = 0
  /// Requests that have no room in an entry, by its key: of networks with very many.
  private var further: [UInt64: Int] = [:]
  private var waiting: [UInt64] = []
  /// Of no use but that places are read before they are searched: a search has to be guessed
  /// at, and no processor looks further ahead than to its first wrong guess.
  private var touched: UInt64 = 0
  /// Requests of networks that were forgotten.
  private(set) var forgotten = 0

  @inline(__always)
  mutating func add(_ network: UInt64) {
    waiting.append(network)
    if waiting.count == Self.batch { flush() }
  }

  @inline(never)
  mutating func flush() {
    for start in stride(from: 0, to: waiting.count, by: Self.group) {
      let end = min(start + Self.group, waiting.count)
      makeRoom(for: end - start)
      count(start..<end)
    }
    waiting.removeAll(keepingCapacity: true)
  }

  /// Counts some of those that wait, for which there is room.
  private mutating func count(_ range: Range<Int>) {
    let mask = entries.count - 1
    var added = 0
    entries.withUnsafeMutableBufferPointer { entries in
      waiting.withUnsafeBufferPointer { waiting in
        for index in range { touched ^= entries[Self.place(Entry(waiting[index]), mask)].key }
        for index in range {
          let entry = Entry(waiting[index])
          let place = Self.find(entry, in: entries, mask)
          if entries[place].isFree {
            entries[place] = entry
            added &+= 1
          }
          if !entries[place].add(1) {
            further[entry.key, default: 0] += entries[place].requests + 1
            entries[place] = entry
          }
        }
      }
    }
    used += added
  }

  /// Where the network of `entry` is, or where it can be put.
  @inline(__always)
  private static func find(
    _ entry: Entry, in entries: UnsafeMutableBufferPointer<Entry>, _ mask: Int
  ) -> Int {
    var place = place(entry, mask)
    while entries[place].key != entry.key, !entries[place].isFree { place = (place &+ 1) & mask }
    return place
  }

  @inline(__always)
  private static func place(_ entry: Entry, _ mask: Int) -> Int {
    Int(truncatingIfNeeded: ByteHash.mixed(entry.key, 7)) & mask
  }

  private mutating func makeRoom(for count: Int) {
    guard (used + count) * 2 > entries.count else { return }
    if used + count > Self.limit { forget() }
    var size = entries.count
    while (used + count) * 2 > size { size *= 2 }
    if size > entries.count { fill(entries, size) }
  }

  /// Keeps the half with the most requests.
  private mutating func forget() {
    let all = entries.filter { !$0.isFree }.map { ($0, requests(of: $0)) }
      .sorted { ($1.1, $0.0.network) < ($0.1, $1.0.network) }
    for (entry, requests) in all[(Self.limit / 2)...] {
      forgotten += requests
      further[entry.key] = nil
    }
    fill(all[..<(Self.limit / 2)].map(\.0), entries.count)
  }

  private mutating func fill(_ kept: [Entry], _ size: Int) {
    var larger = [Entry](repeating: .free, count: size)
    used = 0
    larger.withUnsafeMutableBufferPointer { larger in
      for entry in kept where !entry.isFree {
        larger[Self.find(entry, in: larger, size - 1)] = entry
        used += 1
      }
    }
    entries = larger
  }

  private func requests(of entry: Entry) -> Int {
    entry.requests + (further.isEmpty ? 0 : further[entry.key] ?? 0)
  }

  /// Gives back the memory that only counting needs; nothing can be counted any more.
  mutating func compact() {
    flush()
    entries = entries.filter { !$0.isFree }
    waiting = []
  }

  mutating func merge(_ other: NetworkCounts) {
    flush()
    var other = other
    other.flush()
    for entry in other.entries where !entry.isFree {
      makeRoom(for: 1)
      let mask = entries.count - 1
      let requests = other.requests(of: entry)
      entries.withUnsafeMutableBufferPointer { entries in
        let place = Self.find(entry, in: entries, mask)
        if entries[place].isFree {
          entries[place] = entry.emptied
          used += 1
        }
        if !entries[place].add(requests) { further[entry.key, default: 0] += requests }
      }
    }
    forgotten += other.forgotten
  }

  /// The `count` with most requests, most first; those with equally many by number.
  func top(_ count: Int) -> [(network: UInt64, requests: Int)] {
    var copy = self
    copy.flush()
    var top: [(network: UInt64, requests: Int)] = []
    for entry in copy.entries where !entry.isFree {
      let requests = copy.requests(of: entry)
      if top.count >= count {
        // Nearly all have fewer than the last of them.
        guard let last = top.last, requests >= last.requests else { continue }
      }
      let network = entry.network
      let place =
        top.firstIndex { ($0.requests, network) < (requests, $0.network) } ?? top.count
      top.insert((network, requests), at: place)
      if top.count > count { top.removeLast() }
    }
    return top
  }
}
