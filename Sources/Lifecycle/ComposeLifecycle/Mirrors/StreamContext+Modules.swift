import ComposePolicy
package import ComposeStream
package import ReleaseLedger
package import ReleaseModel

extension StreamContext {
  /// Names of the rsync modules whose lists tell of this stream; none where the policy has no
  /// `mirrors`.
  package var moduleNames: [ModuleName] { policy.mirrors?.modules.map(\.name) ?? [] }

  /// Whether staged trees are in an rsync module.
  var servesStaging: Bool {
    policy.mirrors?.modules.contains { $0.holds(policy.roots.staging) } ?? false
  }

  /// Modules of the policy whose lists are older than the trees.
  package func owedModules() throws -> [MirrorModuleRecord] {
    let names = Set(moduleNames)
    guard !names.isEmpty else { return [] }
    return try ledger.mirrorModules().filter { names.contains($0.module) && $0.owedSince != nil }
  }

  /// Modules with public trees whose lists were not written since `time`, seconds since 1970,
  /// though trees have changed.
  package func untoldModules(since time: Int) throws -> [ModuleName] {
    let modules = (policy.mirrors?.modules ?? []).filter { $0.holds(policy.roots.public) }
    let names = Set(modules.map(\.name))
    return try owedModules().filter {
      names.contains($0.module) && $0.owesLists && ($0.writtenAt ?? .min) < time
    }.map(\.module)
  }

  /// Published releases that mirrors were never told of, each with the modules that owe it.
  ///
  /// - Parameter time: only those that were published before, seconds since 1970.
  func untoldReleases(publishedBefore time: Int) throws -> [ReleaseID: [ModuleName]] {
    var untold: [ReleaseID: [ModuleName]] = [:]
    for record in try ledger.releases() where record.state == .published && record.since < time {
      let modules = try untoldModules(since: record.since)
      if !modules.isEmpty { untold[record.id] = modules }
    }
    return untold
  }

  /// One sentence for each module of what telling mirrors would write, for dry runs.
  package var tellingSteps: [String] {
    (policy.mirrors?.modules ?? []).map {
      "tell mirrors: write the file lists of \($0.name) (\(locations.prefix)\($0.path))"
        + (policy.mirrors?.feed == true ? " and its change feed" : "")
    }
  }

  /// What `status` says of lists that are older than the trees.
  package func owedFindings() throws -> [Finding] {
    let owed = try owedModules()
    // Lists were written, and then something failed.
    let documents = owed.filter { !$0.owesLists }
    let remedy = "Write them with: " + commands.commandLine("mirrors lists \(policy.major)")
    let files = documents.first.map { record in
      Finding(
        code: "files-owed",
        message: "overlay, maps and hand-over of \(policy.stream) are older than the trees since "
          + "\(Moment(record.owedSince ?? 0)) (\(record.owedBy ?? "")): who answers clients by them "
          + "does not know of it",
        remedy: remedy)
    }
    return owed.filter(\.owesLists).map { record in
      Finding(
        code: "lists-owed",
        message: "the file lists of \(record.module) are older than the trees since "
          + "\(Moment(record.owedSince ?? 0)) (\(record.owedBy ?? "")): mirrors that work by lists "
          + "do not know of it",
        remedy: remedy)
    } + [files].compactMap { $0 }
  }
}

extension LedgerChange {
  /// Notes that `operation` has changed what mirrors see.
  func owe(_ operation: some Operation, in stream: StreamContext) throws {
    guard operation.changesServedTrees(in: stream) else { return }
    try owe(
      stream.moduleNames, by: "\(type(of: operation).kind.rawValue) \(operation.release)",
      at: stream.time.now)
  }
}
