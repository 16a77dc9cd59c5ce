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

  mutating func mayBeTorn(_ client: UInt64, at time: Int, _ group: Group, path: LogSlice) {
    guard pending.count < Self.pendingLimit else { return }
    pending.append(Pending(client: client, time: time, group: group, path: path.hash))
  }

  /// Adds the log that comes next.
  ///
  /// - Parameters:
  ///   - kinds: what the kinds of `next` are here.
  ///   - last: when a client, with its repository, last got repomd.xml in this log.
  mutating func append(_ next: MissingTally, kinds: [Int], last: (UInt64) -> Int?) {
    var next = next
    for one in next.pending {
      guard let time = last(one.client), (0...RecentFetches.window).contains(one.time - time)
      else { continue }
      var torn = one.group
      torn.reason = .torn
      next.groups[one.group, default: 1] -= 1
      next.groups[torn, default: 0] += 1
      next.paths.move(one.path, from: one.group.reason, to: .torn)
    }
    for (group, count) in next.groups where count > 0 {
      let place = number(of: next.places[group.place])
      groups[Group(reason: group.reason, place: place, kind: kinds[group.kind]), default: 0] +=
        count
    }
    paths.merge(next.paths)
  }
}
