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
    case .end: EndOperation.self
    case .undoEnd: UndoEndOperation.self
    case .removeEnded: RemoveEndedOperation.self
    }
  }

  /// Whether users get something by it that they did not have, or are led elsewhere: nothing of
  /// the kind happens to what has ended.
  var bringsUsersSomething: Bool {
    switch self {
    case .compose, .publish, .prepare, .promote, .update, .beginTesting, .testing, .rollback,
      .moveLink:
      true
    case .archive, .removeOriginal, .restore, .repair, .linkArchive, .abandon, .end, .undoEnd,
      .removeEnded:
      false
    }
  }
}
