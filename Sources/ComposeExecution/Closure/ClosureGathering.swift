import ComposePlanning
import ComposePolicy
import DependencyClosure
import Dispatch
import DurableFiles
import ReleaseLedger
import ReleaseModel
import RepoMetadata

/// What the dependencies of a release's trees come to, by area. Where two
/// areas have the same packages, they share the answer.
struct ClosureFacts: Sendable {
  var broken: [Area: [Architecture: [BrokenPackage]]] = [:]
  var lost: [Area: [Architecture: [LostRecommendation]]] = [:]
  var overlaps: [Area: [Architecture: [Overlap]]] = [:]
  /// Repositories whose own metadata cannot be read: nothing is known of them.
  var unreadable: [Area: [ComposeError]] = [:]
}

/// Reads what the closure of a release is judged by: the metadata that clients
/// will read, never the RPMs behind it.
struct ClosureGathering {
  let site: Site

  /// Asks about the trees of `record` as they are on disk.
  func facts(of record: ReleaseRecord) throws -> ClosureFacts {
    let layout = site.policy.repositories
    let leaving = try site.ledger.leaving(of: record.id)
    let baseline = try Baseline.of(record, at: site)
    let results = try Concurrently.map(site.policy.arches) {
      arch -> [(areas: [Area], answer: Result<Answer, ComposeError>)] in
      guard let path = RelativePath(layout.binary.filled(arch: arch)) else { return [] }
      return try answers(record, path, arch, baseline, leaving)
    }
    var facts = ClosureFacts()
    for (arch, answers) in zip(site.policy.arches, results) {
      for (areas, answer) in answers {
        for area in areas {
          guard case .success(let answer) = answer else {
            if case .failure(let error) = answer {
              facts.unreadable[area, default: []].append(error)
            }
            continue
          }
          facts.broken[area, default: [:]][arch] = answer.broken
          facts.lost[area, default: [:]][arch] = answer.lost
          facts.overlaps[area, default: [:]][arch] = answer.overlaps
        }
      }
    }
    return facts
  }

  private struct Answer: Sendable {
    let broken: [BrokenPackage]
    let lost: [LostRecommendation]
    let overlaps: [Overlap]
  }

  private func answers(
    _ record: ReleaseRecord, _ path: RelativePath, _ arch: Architecture, _ baseline: Baseline?,
    _ leaving: [FormerRPM]
  ) throws -> [(areas: [Area], answer: Result<Answer, ComposeError>)] {
    var groups: [(checksum: Checksum?, areas: [Area], documents: RepositoryDocuments)] = []
    for tree in record.trees {
      let directory = try site.locations.open(tree)
      guard try directory.status(of: path) != nil else { continue }
      // One that cannot be read at all is the metadata check's to tell.
      guard
        let documents = try? RepositoryDocuments(
          DirectorySource(directory: directory.open(path)), by: .ours)
      else { continue }
      if let index = groups.firstIndex(where: { $0.checksum == documents.primaryChecksum }) {
        groups[index].areas.append(tree.name.area)
      } else {
        groups.append((documents.primaryChecksum, [tree.name.area], documents))
      }
    }
    let beginsEmpty = site.policy.areas[.updates]?.begins == .empty
    return try groups.map { _, areas, documents in
      try Interruption.check(remaining: "resolving dependencies")
      let universe = try PackageUniverse(
        arch: arch, assumesExternals: site.policy.gate.base.isEmpty)
      do {
        try universe.add(documents, as: .release, label: documents.label)
        // Users of a tree that began empty have the release beside it.
        for other in groups where beginsEmpty && areas == [.updates] && other.areas != areas {
          try universe.add(other.documents, as: .release, label: other.documents.label)
        }
        try baseline?.add(to: universe, path)
      } catch let error as ComposeError where error.kind == .badData {
        return (areas, .failure(error))
      }
      try BaseRepositories(site: site).add(to: universe, arch, for: record.id)
      try universe.add(records: leaving, label: "left out")
      let answer = Answer(
        broken: try universe.brokenPackages(), lost: try universe.lostRecommendations(),
        overlaps: try universe.overlaps())
      return (areas, .success(answer))
    }
  }
}

/// The release that users have, or had, before another one: what it provided
/// is not taken for granted.
struct Baseline: Sendable {
  let release: ReleaseID
  private let trees: [Directory]

  /// The current release where it is older; else the one that was current when
  /// `record` was composed. Nil where there is none, or none that can still be
  /// read.
  static func of(_ record: ReleaseRecord, at site: Site) throws -> Baseline? {
    let id = try site.ledger.currentRelease(before: record.id)?.id ?? record.previous
    return try id.flatMap { try site.ledger.release($0) }.flatMap { try Baseline($0, at: site) }
  }

  /// The current release, before anything new is there.
  static func current(at site: Site) throws -> Baseline? {
    try site.ledger.currentRelease().flatMap { try Baseline($0, at: site) }
  }

  private init?(_ record: ReleaseRecord, at site: Site) throws {
    release = record.id
    // A tree of pushes that began as the release has all of it.
    let isWhole = site.policy.areas[.updates]?.begins == .release
    let trees = record.trees.filter { !isWhole || $0.name.area == .updates }
    do {
      self.trees = try trees.filter { $0.place != .gone }.map { try site.locations.open($0) }
    } catch let error as ComposeError where error.kind == .noInput {
      return nil
    }
    if self.trees.isEmpty { return nil }
  }

  func add(
    to universe: PackageUniverse, _ path: RelativePath, as role: PackageUniverse.Role = .former
  ) throws {
    for tree in trees where try tree.status(of: path) != nil {
      let documents = try RepositoryDocuments(
        DirectorySource(directory: tree.open(path)), by: .ours)
      try universe.add(documents, as: role, label: "\(release)")
    }
  }

  /// What the repository at `path` lists, in all trees.
  func packages(of path: RelativePath) throws -> [ListedPackage] {
    try trees.flatMap { tree -> [ListedPackage] in
      guard try tree.status(of: path) != nil else { return [] }
      return try tree.packages(of: path, tree.repomd(of: path))
    }
  }
}

/// Work that can be done on several processors at once.
enum Concurrently {
  /// What `body` makes of each item, in order; throws the first error.
  static func map<Item: Sendable, Value: Sendable>(
    _ items: [Item], _ body: @Sendable (Item) throws -> Value
  ) throws -> [Value] {
    let results = Guarded<[Int: Result<Value, any Error>]>([:])
    DispatchQueue.concurrentPerform(iterations: items.count) { index in
      let result = Result { try body(items[index]) }
      results.withLock { $0[index] = result }
    }
    let all = results.withLock { $0 }
    return try items.indices.compactMap { try all[$0]?.get() }
  }
}

/// A value that is made while its owner does something else.
final class Prefetched<Value: Sendable>: Sendable {
  private let result = Guarded<Result<Value, any Error>?>(nil)
  private let isDone = DispatchSemaphore(value: 0)

  init(_ make: @escaping @Sendable () throws -> Value) {
    DispatchQueue.global().async { [result, isDone] in
      let made = Result { try make() }
      result.withLock { $0 = made }
      isDone.signal()
    }
  }

  /// Waits for it; may be asked again.
  func value() throws -> Value {
    isDone.wait()
    isDone.signal()
    guard let made = result.withLock({ $0 }) else {
      throw ComposeError(.failed, "a document", "it was not read", remedy: "Try again")
    }
    return try made.get()
  }
}
