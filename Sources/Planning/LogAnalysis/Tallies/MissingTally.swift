import ReleaseModel

/// Why a file was missing, as far as a log can tell.
package enum MissingClass: String, CaseIterable, Codable, Sendable {
  /// Metadata named by its checksum, or an RPM, of a repository whose repomd.xml the same
  /// client had got up to 15 minutes before: what it read there was gone already.
  case torn
  /// Of a release that had been archived.
  case archived
  /// A metalink or mirror list was asked for the path of a link, which MirrorManager
  /// does not know.
  case link
  /// A metalink or mirror list of a repository name that is not known there.
  case unknownRepo = "unknown-repo"
  /// Everything else.
  case other
}

/// Requests that were answered with 404.
struct MissingTally {
  /// What requests are counted by.
  struct Group: Hashable {
    var reason: MissingClass
    /// Index of ``places``.
    var place: Int
    var kind: Int
  }

  struct Pending {
    let client: UInt64
    let time: Int
    let group: Group
    let path: UInt64
  }

  private static let placeLimit = 16_384

  private(set) var groups: [Group: Int] = [:]
  private(set) var places: [StreamPaths.Place] = []
  private var placeNumbers: [StreamPaths.Place: Int] = [:]
  private(set) var paths = PathCounts()
  /// What may be torn by what the client had before this log begins.
  private(set) var pending: [Pending] = []
  private static let pendingLimit = 1_000_000
  /// What is torn if the line of what the client had before comes yet, by client and
  /// repository: lines may be 15 minutes late.
  private var waiting: [UInt64: [Pending]] = [:]
  private var waitingCount = 0
  private var swept = Int.min
  private static let waitingLimit = 100_000
  /// Requests that could not wait because there were too many.
  private(set) var forgotten = 0

  mutating func number(of place: StreamPaths.Place) -> Int {
    if let known = placeNumbers[place] { return known }
    let isFull = places.count >= Self.placeLimit
    let place = isFull ? .none : place
    if let known = placeNumbers[place] { return known }
    placeNumbers[place] = places.count
    places.append(place)
    return places.count - 1
  }

  mutating func add(_ group: Group, path: LogSlice) {
    groups[group, default: 0] += 1
    paths.add(path, path.hash, group.reason)
  }

  /// - Parameters:
  ///   - path: as it was counted.
  ///   - last: the latest time of the log.
  ///   - isFirst: whether the client may have had repomd.xml before this log begins.
  mutating func mayBeTorn(
    _ client: UInt64, at time: Int, _ group: Group, path: LogSlice, last: Int, isFirst: Bool
  ) {
    let one = Pending(client: client, time: time, group: group, path: path.hash)
    if isFirst, pending.count < Self.pendingLimit { pending.append(one) }
    sweep(last)
    guard waitingCount < Self.waitingLimit else {
      forgotten += 1
      return
    }
    waiting[client, default: []].append(one)
    waitingCount += 1
  }

  private mutating func sweep(_ last: Int) {
    guard last > swept, last - RecentFetches.window / 10 > swept else { return }
    swept = last
    waiting = waiting.compactMapValues { all in
      let left = all.filter { $0.time >= last - FailedSessions.lateness }
      return left.isEmpty ? nil : left
    }
    waitingCount = waiting.values.reduce(0) { $0 + $1.count }
  }

  /// A client got repomd.xml, and the line of that came late.
  mutating func read(_ client: UInt64, at time: Int) {
    guard !waiting.isEmpty, let all = waiting[client] else { return }
    func isTorn(_ one: Pending) -> Bool { (0...RecentFetches.window).contains(one.time - time) }
    for one in all where isTorn(one) {
      move(one)
      pending.removeAll { $0.client == client && $0.time == one.time && $0.path == one.path }
    }
    let left = all.filter { !isTorn($0) }
    waitingCount -= all.count - left.count
    waiting[client] = left.isEmpty ? nil : left
  }

  private mutating func move(_ one: Pending) {
    var torn = one.group
    torn.reason = .torn
    groups[one.group, default: 1] -= 1
    groups[torn, default: 0] += 1
    paths.move(one.path, from: one.group.reason, to: .torn)
  }

  /// Adds the log that comes next.
  ///
  /// - Parameters:
  ///   - kinds: what the kinds of `next` are here.
  ///   - wasRead: whether a client, with its repository, got repomd.xml in this log before
  ///     a time.
  mutating func append(_ next: MissingTally, kinds: [Int], wasRead: (UInt64, Int) -> Bool) {
    var next = next
    for one in next.pending where wasRead(one.client, one.time) { next.move(one) }
    for (group, count) in next.groups where count > 0 {
      let place = number(of: next.places[group.place])
      groups[Group(reason: group.reason, place: place, kind: kinds[group.kind]), default: 0] +=
        count
    }
    paths.merge(next.paths)
    forgotten += next.forgotten
  }
}
