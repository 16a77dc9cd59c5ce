package import ComposeStream
package import ComposeTrees
package import ReleaseLedger
package import ReleaseModel

/// Something that changes trees, links and the ledger together.
///
/// Its description is written to the ledger before the first change, and is
/// enough to finish it, or to undo it, after any interruption.
package protocol Operation: Codable, Sendable {
  /// By which the ledger names it; see ``OperationKind``.
  static var kind: OperationKind { get }

  /// The release that it changes.
  var release: ReleaseID { get }

  /// What it is called in messages and history, such as `promote 7.06.201903`.
  var title: String { get }

  /// One line for the history once it is done.
  var summary: String { get }

  /// Trees that it writes into, moves, copies, links to, takes files from or
  /// removes: they must be as the ledger recorded them before it begins.
  func touchedTrees(in stream: StreamContext) throws -> [TreeRecord]

  /// Whether trees that are not there any more stand in its way.
  static var needsAllTrees: Bool { get }

  /// How far it brings the trees whose lists or indexes it changes, by name: an
  /// operation that was interrupted may have brought them there already.
  func reach(in stream: StreamContext) throws -> [TreeName: TreeGeneration]

  /// Whether it changes what mirrors fetch, so that they must be told.
  func changesServedTrees(in stream: StreamContext) -> Bool

  /// Looks whether it can succeed: names, permissions, space, what is in the
  /// trees. Changes nothing; what a dry run would meet ends here.
  ///
  /// Throws `refused`, `cannotCreate`, `permission` or `inputOutput`.
  func preflight(in stream: StreamContext) throws

  /// Has everything signed that it will write and that can be signed before its first
  /// change, and keeps the signatures: they go into the ledger with it. Called once, after
  /// ``preflight(in:)``; never in a dry run.
  ///
  /// Throws what cannot be signed.
  mutating func sign(in stream: StreamContext) throws

  /// Changes to the ledger that become durable together with the opening of
  /// the operation.
  func begin(_ change: LedgerChange, in stream: StreamContext) throws

  /// What to do, in order. Each step asks the disk whether it is done.
  func steps(in stream: StreamContext) throws -> [any Step]

  /// What is true in the ledger once all steps are done; read from the disk,
  /// never from memory, so that recovery comes to the same.
  func conclude(in stream: StreamContext) throws -> @Sendable (LedgerChange) throws -> Void

  /// Takes everything back. Returns nil, with nothing changed, when the
  /// operation can or must be finished instead; else what is then true in
  /// the ledger.
  func undo(
    in stream: StreamContext, after reason: UndoReason
  ) throws -> (@Sendable (LedgerChange) throws -> Void)?
}

/// Why an operation would be undone.
package enum UndoReason: Sendable {
  /// The process ended in the middle: what can be finished should be.
  case interruption
  /// A step cannot be done: an operation that stayed open would lock the
  /// stream, so it is closed as long as nobody has seen any of it.
  case failure
}

extension Operation {
  package static var needsAllTrees: Bool { true }

  package func reach(in stream: StreamContext) throws -> [TreeName: TreeGeneration] { [:] }

  package func changesServedTrees(in stream: StreamContext) -> Bool { true }

  package mutating func sign(in stream: StreamContext) throws {}

  package func begin(_ change: LedgerChange, in stream: StreamContext) throws {}

  package func undo(
    in stream: StreamContext, after reason: UndoReason
  ) throws -> (@Sendable (LedgerChange) throws -> Void)? { nil }
}

/// One step of an operation.
package protocol Step: Sendable {
  /// What it does, as a sentence without a full stop.
  var title: String { get }

  /// Whether the disk says that nothing is left to do.
  func isDone(in stream: StreamContext) throws -> Bool

  /// Does it, durably. Called again after an interruption, it goes on.
  func perform(in stream: StreamContext) throws
}
