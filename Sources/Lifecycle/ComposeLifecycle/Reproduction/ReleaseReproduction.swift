package import BuildSystems
package import ComposePlanning
package import ComposeStream
import ComposeTrees
import DurableFiles
package import ReleaseLedger
package import ReleaseModel

/// `verify --rebuild`: composes a release once more from its plan, in a scratch directory, and
/// compares what comes of it with the trees, file by file. Signatures are made neither anew nor
/// compared: each has the time at which it was made.
package struct ReleaseReproduction {
  private let stream: StreamContext

  /// - Parameter stream: opened for reading.
  package init(stream: StreamContext) { self.stream = stream }

  /// One result for each tree.
  ///
  /// Throws `refused` where RPMs of the plan are not among `live`, or the release is not what the
  /// plan made; and what a compose throws.
  ///
  /// - Parameters:
  ///   - record: the release.
  ///   - saved: the plan that it was composed by.
  ///   - live: the same plan made anew: where RPMs lie on this machine.
  ///   - buildSystem: of the same RPMs; its tags are in the ledger that it is given.
  package func run(
    _ record: ReleaseRecord, by saved: Plan, from live: ReleasePlanner.PlannedRelease,
    _ buildSystem: (Ledger) -> any BuildSystem
  ) throws -> CheckReport {
    guard record.planDigest == saved.digest.hex else {
      throw record.refusal(
        "it was composed by another plan", "Name the plan that it was composed by")
    }
    let plan = saved.with(builds: try Self.builds(of: saved, among: live.plan.builds))
    let scratch = try ScratchDirectory()
    defer { withExtendedLifetime(scratch) {} }
    let locations = Locations(policy: stream.policy, prefix: scratch.path)
    _ = try Directory.create(root: locations.state)
    let ledger = try Ledger.open(path: locations.ledgerFile)
    let rebuilding = stream.asOf(record.id).rebuilding(at: locations, with: ledger)
    try Executor(stream: rebuilding).run(
      ComposeOperation(plan, with: live.documents, from: buildSystem(ledger)))
    let staging = try Directory.open(root: locations.staging)
    // What is tested was in no plan.
    let results = try record.stableTrees.filter { $0.place != .gone }.map { tree in
      let there = try stream.locations.open(tree)
      var notes = [
        Finding(code: "signatures", message: "signatures are not compared", remedy: "")
      ]
      if tree.name.area == .updates, record.pushes > 0 {
        notes.append(
          Finding(
            code: "pushed", message: "it had \(record.pushes.counted("push", "pushes")) since",
            remedy: ""))
      }
      return CheckResult(
        name: tree.name.description,
        findings: try differences(
          of: tree.name, in: there, from: staging.open(tree.name.path).manifest().manifest),
        notes: notes)
    }
    try ledger.close()
    return CheckReport(release: record.id, checks: results)
  }

  /// The builds of the plan, with RPMs where they lie here.
  private static func builds(of saved: Plan, among live: [Build]) throws -> [Build] {
    let known = Dictionary(live.map { ($0.nvr, $0) }) { first, _ in first }
    return try saved.builds.map { build in
      let wanted = Set(build.rpms.map { "\($0.fileName) \($0.sha256)" })
      guard let found = known[build.nvr],
        Set(found.rpms.map { "\($0.fileName) \($0.sha256)" }) == wanted
      else {
        throw ComposeError(
          .refused, "plan of \(saved.release)",
          "the RPMs of \(build.nvr) are not there, or are not those that were planned",
          remedy: "Name the directories that have them with --rpms")
      }
      return found
    }
  }

  private func differences(
    of name: TreeName, in tree: Directory, from rebuilt: Manifest
  ) throws -> [Finding] {
    var manifest = try tree.manifest().manifest
    // What is beside an index where it is signed.
    try manifest.set(nil, of: stream.repositories(of: name, manifest))
    let recorded = manifest.checksums
    return Set(recorded.keys).union(rebuilt.checksums.keys).sorted().compactMap { path in
      let (one, other) = (recorded[path], rebuilt.checksums[path])
      if one == other { return nil }
      let (code, words) =
        one == nil
        ? ("only-rebuilt", "is made anew, and the tree does not have it")
        : other == nil
          ? ("only-there", "is in the tree, and is not made anew")
          : ("differs", "is made anew with other contents")
      return Finding(
        code: code, message: "\(tree.path)/\(path) \(words)",
        remedy: "Compare both, and the versions of libraries on the machines that made them")
    }
  }
}
