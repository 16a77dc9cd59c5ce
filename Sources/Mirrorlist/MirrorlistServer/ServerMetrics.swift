package import MirrorlistSnapshot
import ReleaseModel

/// What is counted, and how it is told.
package final class ServerMetrics: Sendable {
  /// What a request was for.
  enum Endpoint: String, CaseIterable, Sendable {
    case mirrorlist, metalink, live, ready, metrics, other
  }

  fileprivate struct Key: Hashable {
    let endpoint: Endpoint
    let status: Int
  }

  /// Counts of one event loop: no two loops wait for each other.
  final class Share: Sendable {
    fileprivate struct Counts {
      var requests: [Key: Int] = [:]
      var buckets = [Int](repeating: 0, count: ServerMetrics.bounds.count + 1)
      var nanoseconds = 0
      var opened = 0
      var closed = 0
    }

    fileprivate let counts = Guarded(Counts())

    func count(_ endpoint: Endpoint, status: Int, nanoseconds: Int) {
      let bucket =
        ServerMetrics.bounds.firstIndex { nanoseconds <= $0.nanoseconds }
        ?? ServerMetrics.bounds.count
      counts.withLock { counts in
        counts.requests[Key(endpoint: endpoint, status: status), default: 0] += 1
        counts.buckets[bucket] += 1
        counts.nanoseconds = counts.nanoseconds.addingClamped(nanoseconds)
      }
    }

    func countOpened() { counts.withLock { $0.opened += 1 } }
    func countClosed() { counts.withLock { $0.closed += 1 } }
  }

  /// Bounds of latency, as they are written and in nanoseconds.
  fileprivate static let bounds: [(text: String, nanoseconds: Int)] = [
    ("0.00005", 50_000), ("0.0001", 100_000), ("0.00025", 250_000), ("0.0005", 500_000),
    ("0.001", 1_000_000), ("0.0025", 2_500_000), ("0.005", 5_000_000), ("0.01", 10_000_000),
    ("0.05", 50_000_000), ("0.25", 250_000_000),
  ]

  private struct Swaps {
    var done = 0
    var refused: [SnapshotRefusal.Reason: Int] = [:]
  }

  private let shares = Guarded<[Share]>([])
  private let swaps = Guarded(Swaps())

  /// Nothing is counted yet.
  package init() {}

  func makeShare() -> Share {
    let share = Share()
    shares.withLock { $0.append(share) }
    return share
  }

  /// A snapshot took the place of another.
  package func countSwap() { swaps.withLock { $0.done += 1 } }

  /// A snapshot was not used.
  package func count(_ reason: SnapshotRefusal.Reason) {
    swaps.withLock { $0.refused[reason, default: 0] += 1 }
  }

  /// All of it in Prometheus' text form.
  func text(of holder: SnapshotHolder, droppedLines: Int, now: Int) -> String {
    let counts = shares.withLock { $0 }.map { $0.counts.withLock { $0 } }
    var lines: [String] = []
    func name(_ name: String, _ type: String, _ help: String) {
      lines += ["# HELP epel_mirrorlist_\(name) \(help)", "# TYPE epel_mirrorlist_\(name) \(type)"]
    }
    func value(_ name: String, _ value: Int, _ labels: String = "") {
      lines.append("epel_mirrorlist_\(name)\(labels) \(value)")
    }
    name("requests_total", "counter", "Requests answered.")
    var requests: [Key: Int] = [:]
    for share in counts { requests.merge(share.requests) { $0 + $1 } }
    for (key, count) in requests.sorted(by: {
      ($0.key.endpoint.rawValue, $0.key.status) < ($1.key.endpoint.rawValue, $1.key.status)
    }) {
      value(
        "requests_total", count,
        "{endpoint=\"\(key.endpoint.rawValue)\",status=\"\(key.status)\"}")
    }
    name("request_seconds", "histogram", "Time from the end of a request to its answer.")
    var sum = 0
    for index in Self.bounds.indices {
      sum += counts.reduce(0) { $0 + $1.buckets[index] }
      value("request_seconds_bucket", sum, "{le=\"\(Self.bounds[index].text)\"}")
    }
    sum += counts.reduce(0) { $0 + $1.buckets[Self.bounds.count] }
    value("request_seconds_bucket", sum, "{le=\"+Inf\"}")
    let nanoseconds = counts.clampedSum { $0.nanoseconds }
    lines.append("epel_mirrorlist_request_seconds_sum \(Double(nanoseconds) / 1e9)")
    value("request_seconds_count", sum)
    let opened = counts.reduce(0) { $0 + $1.opened }
    let closed = counts.reduce(0) { $0 + $1.closed }
    name("connections", "gauge", "Connections that are open.")
    value("connections", opened - closed)
    name("connections_total", "counter", "Connections accepted.")
    value("connections_total", opened)
    let snapshot = holder.snapshot
    name("snapshot_time_seconds", "gauge", "When the cache in use was made, by its own word.")
    value("snapshot_time_seconds", Int(clamping: snapshot.time))
    name("snapshot_age_seconds", "gauge", "How long ago that was.")
    value("snapshot_age_seconds", max(0, now.subtractingClamped(Int(clamping: snapshot.time))))
    name("snapshot_since_seconds", "gauge", "Since when it answers.")
    value("snapshot_since_seconds", holder.since)
    name("snapshot_entries", "gauge", "How much there is in it.")
    let kinds = snapshot.counts
    value("snapshot_entries", kinds.directories, "{kind=\"directories\"}")
    value("snapshot_entries", kinds.hosts, "{kind=\"hosts\"}")
    value("snapshot_entries", kinds.networks, "{kind=\"networks\"}")
    value("snapshot_entries", kinds.repositories, "{kind=\"repositories\"}")
    name("overlay_ignored", "gauge", "What overlays say that is not used now.")
    let ignored = snapshot.ignoredOverlays
    value("overlay_ignored", ignored.ended, "{kind=\"ended\"}")
    value("overlay_ignored", ignored.files, "{kind=\"file\"}")
    value("overlay_ignored", ignored.links, "{kind=\"link\"}")
    value("overlay_ignored", ignored.redirects, "{kind=\"redirect\"}")
    let changes = swaps.withLock { $0 }
    name("swaps_total", "counter", "Snapshots that took the place of another.")
    value("swaps_total", changes.done)
    name("refusals_total", "counter", "Snapshots that were not used.")
    for reason in SnapshotRefusal.Reason.allCases {
      value("refusals_total", changes.refused[reason] ?? 0, "{reason=\"\(reason.rawValue)\"}")
    }
    name("statistics_dropped_total", "counter", "Lines of statistics that were not written.")
    value("statistics_dropped_total", droppedLines)
    return lines.joined(separator: "\n") + "\n"
  }
}
