import ComposePolicy
import ComposeStream
import ComposeTrees
import DependencyClosure
import DurableFiles
import ReleaseLedger
import ReleaseModel
import RepoMetadata

/// Result of resolving the dependencies of a release's trees, by area. Areas with
/// the same packages are resolved once.
struct ClosureResult: Sendable {
  var broken: [Area: [Architecture: [BrokenPackage]]] = [:]
  var lost: [Area: [Architecture: [LostRecommendation]]] = [:]
  var overlaps: [Area: [Architecture: [Overlap]]] = [:]
  /// Repositories whose own metadata cannot be read: nothing is known of them.
  var unreadable: [Area: [ComposeError]] = [:]
  /// Names that are taken for granted, on any architecture.
  var assumed: Set<String> = []
}

/// Reads what the closure of a release is computed from: the metadata that clients
/// will read, never the RPMs behind it.
struct ClosureGathering {
  let stream: StreamContext

  /// Asks about `trees`, which are those of `record`.
  func result(of record: ReleaseRecord, _ trees: [CheckedTree]) throws -> ClosureResult {
    let layout = stream.policy.repositories
    let leaving = try stream.ledger.leaving(of: record.id)
    let removed = try stream.ledger.removedRPMs()
    let baseline = try Baseline.of(record, in: stream)
    let results = try Concurrently.map(stream.policy.arches) {
      arch -> [(areas: [Area], answer: Result<Answer, ComposeError>)] in
      let paths = layout.binaryPaths(of: arch)
      if paths.isEmpty { return [] }
      return try answers(
        on: record, trees, repositories: paths, of: arch, baseline: baseline, leaving: leaving,
        removed: removed)
    }
    var result = ClosureResult()
    for (arch, answers) in zip(stream.policy.arches, results) {
      for (areas, answer) in answers {
        for area in areas {
          switch answer {
          case .failure(let error): result.unreadable[area, default: []].append(error)
          case .success(let answer):
            result.broken[area, default: [:]][arch] = answer.broken
            result.assumed.formUnion(answer.assumed)
            result.lost[area, default: [:]][arch] = answer.lost
            result.overlaps[area, default: [:]][arch] = answer.overlaps
          }
        }
      }
    }
    return result
  }

  private struct Answer: Sendable {
    let broken: [BrokenPackage]
    let lost: [LostRecommendation]
    let overlaps: [Overlap]
    let assumed: Set<String>
  }

  private func answers(
    on record: ReleaseRecord, _ trees: [CheckedTree], repositories paths: [RelativePath],
    of arch: Architecture, baseline: Baseline?, leaving: [FormerRPM], removed: [RemovedRPM]
  ) throws -> [(areas: [Area], answer: Result<Answer, ComposeError>)] {
    var groups: [(checksums: [Checksum?], areas: [Area], documents: [RepositoryDocuments])] = []
    for tree in trees {
      let directory = tree.metadata
      let documents = try paths.compactMap { path -> RepositoryDocuments? in
        guard try directory.status(of: path) != nil else { return nil }
        // The check `metadata` reports a repository that cannot be read at all.
        return try? RepositoryDocuments(
          DirectorySource(directory: directory.open(path)), by: .ours)
      }
      if documents.isEmpty { continue }
      let checksums = documents.flatMap { [$0.primaryChecksum, $0.modulesChecksum] }
      if let index = groups.firstIndex(where: { $0.checksums == checksums }) {
        groups[index].areas.append(tree.name.area)
      } else {
        groups.append((checksums, [tree.name.area], documents))
      }
    }
    let beginsEmpty = stream.policy.areas[.updates]?.begins == .empty
    return try groups.map { _, areas, documents in
      try Interruption.check(remaining: "resolving dependencies")
      let universe = try PackageUniverse(
        arch: arch, assumesExternals: stream.policy.gate.base.isEmpty,
        platform: stream.policy.modulePlatform)
      do {
        for documents in documents {
          try universe.add(documents, as: .release, label: documents.label, store: stream.library)
        }
        // An updates tree that began empty is used together with the release, so
        // resolve both.
        for other in groups where beginsEmpty && areas == [.updates] && other.areas != areas {
          for documents in other.documents {
            try universe.add(
              documents, as: .release, label: documents.label, store: stream.library)
          }
        }
        for path in paths { try baseline?.add(to: universe, path) }
        // What a push takes out, users have.
        for (former, path) in trees.compactMap(\.former).flatMap({ tree in
          paths.map { (tree, $0) }
        }) where try former.status(of: path) != nil {
          let documents = try RepositoryDocuments(
            DirectorySource(directory: former.open(path)), by: .ours)
          try universe.add(documents, as: .former, label: documents.label, store: stream.library)
        }
      } catch let error as ComposeError where error.kind == .badData {
        return (areas, .failure(error))
      }
      try BaseRepositories(stream: stream).add(to: universe, arch, for: record.id)
      try universe.add(records: leaving, label: "left out")
      try universe.add(removed, of: arch)
      let answer = Answer(
        broken: try universe.brokenPackages(), lost: try universe.lostRecommendations(),
        overlaps: try universe.overlaps(), assumed: try universe.assumedNames())
      return (areas, .success(answer))
    }
  }
}
