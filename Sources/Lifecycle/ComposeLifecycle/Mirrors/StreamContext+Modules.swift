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

  /// One sentence for each module of what telling mirrors would write, for dry runs.
  package var tellingSteps: [String] {
    (policy.mirrors?.modules ?? []).map {
      "tell mirrors: write the file lists of \($0.name) (\(locations.prefix)\($0.path))"
        + (policy.mirrors?.feed == true ? " and its change feed" : "")
    }
  }

  /// What `status` says of lists that are older than the trees.
  package func owedFindings() throws -> [Finding] {
    try owedModules().map { record in
      Finding(
        code: "lists-owed",
        message: "the file lists of \(record.module) are older than the trees since "
          + "\(Moment(record.owedSince ?? 0)) (\(record.owedBy ?? "")): mirrors that work by lists "
          + "do not know of it",
        remedy: "Write them with: " + commands.commandLine("mirrors lists \(policy.major)"))
    }
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
