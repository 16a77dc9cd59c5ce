package import ComposePlanning
import ComposePolicy
package import ComposeStream
import ComposeTrees
import DependencyClosure
import DurableFiles
import PackageLibrary
import ReleaseLedger
package import ReleaseModel
import RepoMetadata

extension StreamContext {
  /// Resolves the dependencies of a planned release from its RPM files, to tell
  /// what breaks because packages leave.
  ///
  /// Nil where they cannot be read again: those of a preview that downloads
  /// are not kept.
  package func dependencies(
    of inventory: Inventory, for release: ReleaseID
  ) throws -> DependencyResolution? {
    let decision = Retirement.decide(inventory, RepositoryAssignment(policy: policy))
    let leaving = Set(decision.retired.map(\.package))
    let retired = inventory.builds.filter { leaving.contains($0.package) }
    guard (decision.live + retired).flatMap(\.rpms).allSatisfy({ $0.path.hasPrefix("/") }) else {
      return nil
    }
    activity.begin("Resolving dependencies", total: nil, unit: "")
    defer { activity.end() }
    let baseline = try Baseline.current(in: self)
    let layout = policy.repositories
    let removed = try ledger.removedRPMs()
    let (live, stream) = (decision.live, self)
    let answers = try Concurrently.map(policy.arches) { arch -> Answer in
      try Interruption.check(remaining: "resolving dependencies")
      let universe = try stream.universe(
        arch, for: release, live, former: retired, inventory.documents)
      var problem: ComposeError?
      do {
        for path in layout.binaryPaths(of: arch) { try baseline?.add(to: universe, path) }
      } catch let error as ComposeError where error.kind == .badData {
        // Not an error here: a new compose is what repairs the damage.
        problem = error
      }
      try universe.add(removed, of: arch)
      return Answer(
        broken: try universe.brokenPackages(), lost: try universe.lostRecommendations(),
        leaving: try universe.former(leaving), assumed: try universe.assumedNames(),
        problem: problem)
    }
    let byArch = Dictionary(uniqueKeysWithValues: zip(policy.arches, answers))
    let records = Dictionary(
      answers.flatMap(\.leaving).filter { isLeaving($0, retired) }.map { ($0.rpm, $0) }
    ) { $0.provides.count >= $1.provides.count ? $0 : $1 }
    return DependencyResolution(
      broken: byArch.mapValues(\.broken), lost: byArch.mapValues(\.lost),
      leaving: records.values.sorted { $0.rpm.nevra.description < $1.rpm.nevra.description },
      problems: answers.compactMap(\.problem).map { problem in
        Finding(
          code: "no-baseline",
          message: "\(problem.thing): \(problem.cause): what breaks is not "
            + "known in full",
          remedy: "Go on, or restore the current release from a mirror")
      }, removals: removed.removals,
      assumed: policy.gate.base.isEmpty
        ? answers.reduce(into: []) { $0.formUnion($1.assumed) } : nil)
  }

  private struct Answer: Sendable {
    let broken: [BrokenPackage]
    let lost: [LostRecommendation]
    let leaving: [FormerRPM]
    let assumed: Set<String>
    /// Why the release that users have could not be compared.
    let problem: ComposeError?
  }

  /// Whether `record` is of one of `builds`: older RPMs of the same packages come
  /// from the baseline, whose own metadata lists them.
  private func isLeaving(_ record: FormerRPM, _ builds: [Build]) -> Bool {
    builds.contains { build in
      build.package == record.rpm.package && build.rpms.contains { $0.nevra == record.rpm.nevra }
    }
  }

  /// The binary RPMs of `arch` among `live`, with the base repositories: from
  /// what metadata will say of them.
  func universe(
    _ arch: Architecture, for release: ReleaseID, _ live: [Build], former: [Build],
    _ documents: TreeDocuments
  ) throws -> PackageUniverse {
    let universe = try PackageUniverse(
      arch: arch, assumesExternals: policy.gate.base.isEmpty, platform: policy.modulePlatform)
    universe.add(modules: try documents.modules(of: arch), as: .release)
    try add(live, as: .release, to: universe, arch)
    try add(former, as: .former, to: universe, arch)
    try BaseRepositories(stream: self).add(to: universe, arch, for: release)
    return universe
  }

  /// Adds the binary RPMs of `arch` among `builds`.
  func add(
    _ builds: [Build], as role: PackageUniverse.Role, to universe: PackageUniverse,
    _ arch: Architecture
  ) throws {
    let rpms = builds.flatMap(\.rpms).filter {
      $0.isOffered(on: arch) && $0.kind == .binary
    }
    let library = self.library
    let names = rpms.map { "\($0.sha256)" }.sorted().joined(separator: "\n")
    let contents = PrimaryContents(named: "builds \(names)", store: library) { body in
      try MemoryDocument(.primary, elements: library.elements(.primary, of: rpms))
        .withDescriptor(body)
    }
    try universe.add(
      contents,
      fileLists: { paths in
        let elements = try library.elements(.filelists, of: rpms)
        let lists = try MemoryDocument(.filelists, elements: elements)
        return try lists.withBytes { try FileListsSearch(paths).owners(in: $0) }
      }, as: role, label: "builds")
  }
}
