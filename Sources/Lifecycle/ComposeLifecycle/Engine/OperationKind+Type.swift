import ReleaseModel

extension OperationKind {
  /// The operation of this kind: what its description in the ledger is decoded
  /// as.
  var type: any Operation.Type {
    switch self {
    case .compose: ComposeOperation.self
    case .publish: PublishOperation.self
    case .prepare: PrepareOperation.self
    case .promote: PromoteOperation.self
    case .update: UpdateOperation.self
    case .beginTesting: BeginTestingOperation.self
    case .testing: TestingOperation.self
    case .rollback: RollbackOperation.self
    case .archive: ArchiveOperation.self
    case .removeOriginal: RemoveOriginalOperation.self
    case .restore: RestoreOperation.self
    case .repair: RepairOperation.self
    case .linkArchive: LinkArchiveOperation.self
    case .abandon: AbandonOperation.self
    case .moveLink: MoveLinkOperation.self
    }
  }
}
