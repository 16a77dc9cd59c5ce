import ComposePlanning
import ComposePolicy
package import ComposeStream
import ComposeTrees
import DependencyClosure
package import ReleaseLedger
package import ReleaseModel

extension PackageUniverse {
  /// Adds what the stream took away, as far as it is for `arch`.
  func add(_ removed: [RemovedRPM], of arch: Architecture) throws {
    let records = removed.map(\.former).filter { [arch, .noarch].contains($0.rpm.nevra.arch) }
    if !records.isEmpty { try add(records: records, as: .removed, label: "taken away") }
  }
}

/// Finds out what users cannot get any more, for the ledger to remember: closures
/// of all later releases ask for it.
package struct RemovalGathering: Sendable {
  private let stream: StreamContext

  package init(stream: StreamContext) {
    self.stream = stream
  }

  /// RPMs for machines that `record` lists now, of those files, with all that they
  /// provide. Empty where its metadata cannot be read, as for the other questions:
  /// that is no reason to leave users with what is taken from them.
  package func listed(_ fileNames: Set<String>, in record: ReleaseRecord) throws -> [FormerRPM] {
    try merged("what is taken out of \(record.id)") { universe, paths in
      let tree = try Baseline(record, in: stream)
      for path in paths { try tree?.add(to: universe, path, as: .release) }
      return try universe.records { fileNames.contains($0.fileName) }
    }
  }

  /// Of `formerly`, what nothing in `record` provides, as it is now.
  package func lost(_ formerly: [FormerRPM], in record: ReleaseRecord) throws -> [FormerRPM] {
    try merged("what was taken out of \(record.id)") { universe, paths in
      let tree = try Baseline(record, in: stream)
      for path in paths { try tree?.add(to: universe, path, as: .release) }
      try universe.add(records: formerly, label: "taken out")
      return try universe.lost()
    }
  }

  /// RPMs that `former` lists and `next` does not, with what nothing there
  /// provides.
  private func lost(from former: ReleaseRecord, to next: ReleaseRecord?) throws -> [FormerRPM] {
    try merged("what leaves with \(former.id)") { universe, paths in
      let tree = try Baseline(former, in: stream)
      for path in paths { try tree?.add(to: universe, path) }
      let following = try next.flatMap { try Baseline($0, in: stream) }
      for path in paths { try following?.add(to: universe, path, as: .release) }
      return try universe.lost()
    }
  }

  /// What users of `former` cannot get any more once `next` is what they have, and
  /// how it went.
  package func removals(
    from former: ReleaseRecord, to next: ReleaseRecord
  ) throws -> [RemovedRPM] {
    let lost = try lost(from: former, to: next)
    if lost.isEmpty { return [] }
    let removed = try RemovedPackages(of: next.id, in: stream.ledger)
    return lost.map { record in
      let package = record.rpm.package
      if let text = removed.retired[package] {
        return self.record(record, .retired, by: next.id, text)
      }
      if removed.blocked.contains(package) {
        return self.record(record, .blocked, by: next.id, nil)
      }
      let cause: Removal.Cause = removed.present[package] == nil ? .vanished : .replaced
      return self.record(record, cause, by: next.id, nil)
    }
  }

  /// What only `release` had, which users do not get any more.
  package func removals(
    with release: ReleaseRecord, insteadOf current: ReleaseRecord?, _ cause: Removal.Cause
  ) throws -> [RemovedRPM] {
    try lost(from: release, to: current).map { record($0, cause, by: release.id, nil) }
  }

  private func record(
    _ former: FormerRPM, _ cause: Removal.Cause, by release: ReleaseID, _ reason: String?
  ) -> RemovedRPM {
    RemovedRPM(
      former, build: nil, release: release, cause: cause, push: nil, at: stream.time.now,
      operatorName: stream.operatorName, reason: reason)
  }

  /// What `body` says for each architecture; of an RPM for all of them, the most.
  private func merged(
    _ what: String, _ body: @Sendable (PackageUniverse, [RelativePath]) throws -> [FormerRPM]
  ) throws -> [FormerRPM] {
    let layout = stream.policy.repositories
    do {
      let found = try Concurrently.map(stream.policy.arches) { arch -> [FormerRPM] in
        let paths = layout.binaryPaths(of: arch)
        if paths.isEmpty { return [] }
        return try body(PackageUniverse(arch: arch, assumesExternals: false), paths)
      }
      return Dictionary(found.joined().map { ($0.rpm, $0) }) {
        $0.provides.count >= $1.provides.count ? $0 : $1
      }.values.sorted { $0.rpm.nevra.description < $1.rpm.nevra.description }
    } catch let error as ComposeError where [.badData, .noInput].contains(error.kind) {
      stream.activity.note("\(what) cannot be remembered: \(error)")
      return []
    }
  }
}
