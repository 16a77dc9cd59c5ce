import ComposePolicy
import Foundation
import ReleaseLedger
package import ReleaseModel

/// One move of a link that has moments of its own, as the journal has it.
package struct LinkMove: Hashable, Sendable {
  /// Below the public root.
  package let link: RelativePath
  /// Where it has led since.
  package let release: ReleaseID
  /// Where it led before; nil where it was made.
  package let former: ReleaseID?
  /// Whether it went back.
  package let isBack: Bool
  /// When, seconds since 1970.
  package let at: Int
  /// Of the line of history that tells of it.
  package let event: Int
}

extension StreamContext {
  /// All moves of links that have moments of their own, oldest first; those that were undone did
  /// not happen, and one that cannot be read is left out. A ledger that was made anew from the disk knows those after that.
  package func linkMoves() throws -> [LinkMove] {
    guard !policy.ownLinks.isEmpty else { return [] }
    let kind = OperationKind.moveLink.rawValue
    var operations = try ledger.closedOperations(of: kind)[...]
    return try ledger.events().compactMap { event -> LinkMove? in
      guard event.command == kind else { return nil }
      // Each closed operation has one line of history, in the same order.
      while let operation = operations.popFirst() {
        guard operation.release == event.release else { continue }
        guard !event.isUndone else { return nil }
        guard
          let move = try? JSONDecoder().decode(Recorded.self, from: Data(operation.payload.utf8))
        else { return nil }
        return LinkMove(
          link: move.link, release: move.release, former: move.former, isBack: move.isBack,
          at: event.at, event: event.sequence)
      }
      return nil
    }
  }

  /// What of the description of a move says where the link led.
  private struct Recorded: Decodable {
    let link: RelativePath
    let release: ReleaseID
    let former: ReleaseID?
    let isBack: Bool
  }
}
