/// How often each path was missing, for each reason: at most 16,384 of them. Where there
/// are more, those that were missing least often are forgotten, and counted.
struct PathCounts {
  struct Entry {
    var text: String
    var count: Int
    let hash: UInt64
    let reason: MissingClass
  }

  private struct Key: Hashable {
    let hash: UInt64
    let reason: MissingClass
  }

  private static let limit = 16_384
  private static let textLimit = 300

  private var entries: [Key: Entry] = [:]
  private(set) var forgotten: [MissingClass: Int] = [:]

  mutating func add(_ path: LogSlice, _ hash: UInt64, _ reason: MissingClass) {
    let key = Key(hash: hash, reason: reason)
    if (entries[key]?.count += 1) != nil { return }
    makeRoom()
    entries[key] = Entry(
      text: path.text(limit: Self.textLimit), count: 1, hash: hash, reason: reason)
  }

  private mutating func makeRoom() {
    guard entries.count >= Self.limit else { return }
    let sorted = entries.sorted {
      ($1.value.count, $0.value.text) < ($0.value.count, $1.value.text)
    }
    for (key, entry) in sorted[(Self.limit / 2)...] {
      forgotten[entry.reason, default: 0] += entry.count
      entries[key] = nil
    }
  }

  mutating func move(_ hash: UInt64, from reason: MissingClass, to other: MissingClass) {
    let key = Key(hash: hash, reason: reason)
    guard let entry = entries[key] else { return }
    entries[key]?.count -= 1
    if entry.count == 1 { entries[key] = nil }
    let target = Key(hash: hash, reason: other)
    if (entries[target]?.count += 1) != nil { return }
    entries[target] = Entry(text: entry.text, count: 1, hash: hash, reason: other)
  }

  mutating func merge(_ next: PathCounts) {
    for (key, entry) in next.entries {
      if (entries[key]?.count += entry.count) != nil { continue }
      makeRoom()
      entries[key] = entry
    }
    forgotten.merge(next.forgotten, uniquingKeysWith: +)
  }

  /// The commonest of a reason, commonest first.
  func top(_ count: Int, of reason: MissingClass) -> [Entry] {
    Array(
      entries.values.filter { $0.reason == reason }
        .sorted { ($1.count, $0.text) < ($0.count, $1.text) }.prefix(count))
  }
}
