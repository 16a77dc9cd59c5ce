import ComposePolicy
import ComposeStream
import ComposeTrees
import DependencyClosure
import Digests
import DurableFiles
import Foundation
import HeaderCache
import PackageLibrary
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

  /// Leaves out what is said of other packages than `own`: of trees that are used beside those
  /// that were asked about.
  mutating func keep(_ own: Set<NEVRA>) {
    broken = broken.mapValues { $0.mapValues { $0.filter { own.contains($0.rpm.nevra) } } }
    lost = lost.mapValues { $0.mapValues { $0.filter { own.contains($0.rpm.nevra) } } }
    overlaps = overlaps.mapValues { $0.mapValues { $0.filter { own.contains($0.rpm.nevra) } } }
  }
}

/// Reads what the closure of a release is computed from: the metadata that clients
/// will read, never the RPMs behind it.
struct ClosureGathering {
  let stream: StreamContext
  /// Whether everything is resolved, whatever is known of the same repositories.
  var isThorough = false

  /// Asks about `trees`, which are of `record`.
  ///
  /// - Parameter besides: others of `record` that clients use together with them.
  func result(
    of record: ReleaseRecord, _ trees: [CheckedTree], beside besides: [CheckedTree] = []
  ) throws -> ClosureResult {
    let layout = stream.policy.repositories
    let leaving = try stream.ledger.leaving(of: record.id)
    let removed = try stream.ledger.removedRPMs()
    let baseline = try Baseline.of(record, in: stream)
    let results = try Concurrently.map(stream.policy.arches) {
      arch -> [(areas: [Area], answer: Result<Answer, ComposeError>)] in
      let paths = layout.binaryPaths(of: arch)
      if paths.isEmpty { return [] }
      return try answers(
        on: record, trees, besides, repositories: paths, of: arch, baseline: baseline,
        leaving: leaving,
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

  struct Answer: Sendable {
    let broken: [BrokenPackage]
    let lost: [LostRecommendation]
    let overlaps: [Overlap]
    let assumed: Set<String>
  }

  private func answers(
    on record: ReleaseRecord, _ trees: [CheckedTree], _ besides: [CheckedTree],
    repositories paths: [RelativePath], of arch: Architecture, baseline: Baseline?,
    leaving: [FormerRPM], removed: [RemovedRPM]
  ) throws -> [(areas: [Area], answer: Result<Answer, ComposeError>)] {
    var groups: [(checksums: [Checksum?], areas: [Area], documents: [RepositoryDocuments])] = []
    func read(_ tree: CheckedTree) throws -> [RepositoryDocuments] {
      let directory = tree.metadata
      return try paths.compactMap { path -> RepositoryDocuments? in
        guard try directory.status(of: path) != nil else { return nil }
        // The check `metadata` reports a repository that cannot be read at all.
        return try? RepositoryDocuments(
          DirectorySource(directory: directory.open(path)), by: .ours)
      }
    }
    for tree in trees {
      let documents = try read(tree)
      if documents.isEmpty { continue }
      let checksums = documents.flatMap { [$0.primaryChecksum, $0.modulesChecksum] }
      if let index = groups.firstIndex(where: { $0.checksums == checksums }) {
        groups[index].areas.append(tree.name.area)
      } else {
        groups.append((checksums, [tree.name.area], documents))
      }
    }
    let others = try besides.map { ($0.name.area, try read($0)) }
    return try groups.map { _, areas, documents in
      try Interruption.check(remaining: "resolving dependencies")
      // A tree that began empty is used together with others, so resolve all.
      let needed = areas.map { Set(stream.policy.areas(beside: $0)) }
      let all = needed.dropFirst().reduce(needed.first ?? []) { $0.intersection($1) }
        .subtracting(areas)
      let beside =
        groups.filter { !all.isDisjoint(with: $0.areas) }.flatMap(\.documents)
        + others.filter { all.contains($0.0) }.flatMap(\.1)
      // What a push takes out, users have.
      let formers = try trees.compactMap(\.former).flatMap { tree in
        try paths.filter { try tree.status(of: $0) != nil }.map {
          try RepositoryDocuments(DirectorySource(directory: tree.open($0)), by: .ours)
        }
      }
      let base = try BaseRepositories(stream: stream).documents(of: arch, for: record.id)
      let key = try key(
        arch,
        (documents + beside).map { $0.closureIdentity(as: "release") }
          + (baseline?.closureIdentities(of: paths) ?? [])
          + formers.map { $0.closureIdentity(as: "former") } + base.identities,
        leaving, removed)
      if !isThorough, (documents + beside).allSatisfy({ $0.isIntact() }),
        let known = key.flatMap(known)
      {
        return (areas, .success(known))
      }
      let universe = try PackageUniverse(
        arch: arch, assumesExternals: stream.policy.gate.base.isEmpty,
        platform: stream.policy.modulePlatform)
      do {
        for documents in documents {
          try universe.add(documents, as: .release, label: documents.label, store: stream.library)
        }
        for documents in beside {
          try universe.add(
            documents, as: .release, label: documents.label, store: stream.library)
        }
        for path in paths { try baseline?.add(to: universe, path) }
        for documents in formers {
          try universe.add(documents, as: .former, label: documents.label, store: stream.library)
        }
      } catch let error as ComposeError where error.kind == .badData {
        return (areas, .failure(error))
      }
      try base.add(to: universe, store: stream.library)
      try universe.add(records: leaving, label: "left out")
      try universe.add(removed, of: arch)
      let answer = Answer(
        broken: try universe.brokenPackages(), lost: try universe.lostRecommendations(),
        overlaps: try universe.overlaps(), assumed: try universe.assumedNames())
      if let key, let fields = try? JSONEncoder().encode(StoredAnswer(answer)) {
        stream.library.keep(Array(fields), as: .closure, of: key)
      }
      return (areas, .success(answer))
    }
  }

  // MARK: Known answers

  /// Names all that an answer depends on; nil where a repository does not say what it has.
  private func key(
    _ arch: Architecture, _ repositories: [String?], _ leaving: [FormerRPM],
    _ removed: [RemovedRPM]
  ) throws -> Checksum? {
    let named = repositories.compactMap(\.self)
    guard named.count == repositories.count else { return nil }
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let records = try [encoder.encode(leaving), encoder.encode(removed)].map {
      Checksum(of: Array($0)).hex
    }
    let words =
      [
        PackageUniverse.version, "\(arch)", "platform \(stream.policy.modulePlatform)",
        "externals \(stream.policy.gate.base.isEmpty)",
      ] + named + records
    return Checksum(of: Array(words.joined(separator: "\n").utf8))
  }

  /// What was answered before; nil where nothing was.
  private func known(_ key: Checksum) -> Answer? {
    stream.library.made(.closure, of: key).flatMap {
      try? JSONDecoder().decode(StoredAnswer.self, from: Data($0)).answer
    }
  }
}
