package import ReleaseModel

/// What clients asked for that was not there.
package struct MissingReport: Hashable, Sendable, Encodable {
  /// Requests of one class.
  package struct Group: Hashable, Sendable, Encodable {
    /// Why, as far as a log can tell.
    package let `class`: MissingClass
    /// Nil where the path is of no release.
    @OrNull package var release: String?
    /// Below the tree, such as `Everything/x86_64`, or the name that was asked for.
    package let repository: String
    /// `link`, `concrete`, `name` or `none`.
    package let way: String
    /// The link that moves alone by which it was asked for; left out for all else.
    package let link: String?
    /// Of the client.
    package let family: String
    /// How often.
    package let requests: Int

    /// ``way`` and ``link``, for people.
    package var by: String { way + (link.map { " \($0)" } ?? "") }
  }

  /// One path of the commonest.
  package struct Path: Hashable, Sendable, Encodable {
    /// As in ``Group``.
    package let `class`: MissingClass
    /// As it was asked for, at most 300 bytes of it.
    package let path: String
    /// How often.
    package let requests: Int
  }

  /// All requests that were answered with 404.
  package let requests: Int
  /// Most requests first.
  package let groups: [Group]
  /// The ten commonest of each class.
  package let paths: [Path]
  /// Requests for paths that were forgotten because there were too many.
  package let forgotten: Int

  /// How many of a class.
  package func count(_ reason: MissingClass) -> Int {
    groups.filter { $0.class == reason }.reduce(0) { $0 + $1.requests }
  }

  init(_ logs: [ServerLog], _ paths: StreamPaths) {
    struct Key: Hashable {
      let reason: MissingClass
      let place: StreamPaths.Place
      let family: ClientFamily
    }
    var sums: [Key: Int] = [:]
    var counts = PathCounts()
    for log in logs {
      let missing = log.tally.missing
      for (group, count) in missing.groups {
        let key = Key(
          reason: group.reason, place: missing.places[group.place],
          family: log.tally.kinds[group.kind].family)
        sums[key, default: 0] += count
      }
      counts.merge(missing.paths)
    }
    groups = sums.map { key, count in
      Group(
        class: key.reason, release: key.place.release.map { paths.releases[$0] },
        repository: key.place.repository, way: "\(key.place.way)",
        link: paths.movers[key.place.mover], family: key.family.rawValue, requests: count)
    }.sorted {
      ($1.requests, $0.class.rawValue, $0.release ?? "", $0.repository, $0.family, $0.by)
        < ($0.requests, $1.class.rawValue, $1.release ?? "", $1.repository, $1.family, $1.by)
    }
    self.paths = MissingClass.allCases.flatMap { reason in
      counts.top(10, of: reason).map { Path(class: reason, path: $0.text, requests: $0.count) }
    }
    requests = groups.reduce(0) { $0 + $1.requests }
    forgotten = counts.forgotten.values.reduce(0, +)
  }
}
