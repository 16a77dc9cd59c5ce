package import ComposeStream
package import ComposeTrees
package import ReleaseLedger
package import ReleaseModel

/// An operation whose steps are those of a ``LinkChange``: it moves links, or prepares that
/// they move.
package protocol LinkOperation: Operation {
  var links: LinkChange { get set }
}

extension LinkOperation {
  package func touchedTrees(in stream: StreamContext) throws -> [TreeRecord] {
    try links.touchedTrees(of: release, in: stream)
  }

  package func reach(in stream: StreamContext) throws -> [TreeName: TreeGeneration] {
    links.reach
  }

  package func preflight(in stream: StreamContext) throws { try links.preflight(in: stream) }

  package mutating func sign(in stream: StreamContext) throws { try links.sign(in: stream) }

  package func steps(in stream: StreamContext) throws -> [any Step] {
    try links.steps(to: release, in: stream)
  }

  package func undo(
    in stream: StreamContext, after reason: UndoReason
  ) throws -> (@Sendable (LedgerChange) throws -> Void)? {
    try links.undo(in: stream, after: reason)
  }
}
