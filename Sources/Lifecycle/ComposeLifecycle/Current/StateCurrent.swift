import ComposePolicy
import ComposeStream
import MirrorDocuments
import ReleaseLedger
import ReleaseModel

/// States what links will show, signed, right before they do.
struct StateCurrent: Step {
  /// The release that links lead to, or are about to.
  let release: ReleaseID
  /// What is done right after it in trees that links lead to.
  private let refreshes: [RefreshRevision]
  /// The file that is written.
  let file: String

  /// Nil where nothing is stated.
  init?(_ release: ReleaseID, before refreshes: [RefreshRevision] = [], in stream: StreamContext) {
    guard stream.signer != nil else { return nil }
    self.release = release
    self.refreshes = refreshes
    file = "\(stream.locations.public)/\(CurrentStatement.name(of: stream.policy.stream))"
  }

  var title: String { "sign \(file), which says what is current" }

  func isDone(in stream: StreamContext) throws -> Bool {
    guard let publication = StatementPublication(stream) else { return true }
    return try publication.need(of: state(stream), among: publication.found()) == nil
  }

  func perform(in stream: StreamContext) throws {
    guard let publication = StatementPublication(stream) else { return }
    try publication.publish(state(stream), after: publication.found())
  }

  private func state(_ stream: StreamContext) throws -> CurrentState {
    try CurrentState(
      of: stream.release(release), in: stream, arriving: refreshes.arriving(in: stream),
      isRecorded: false)
  }
}

extension StreamContext {
  /// States what a push is about to make visible; nothing where the policy has nothing signed,
  /// and where the release is not current.
  ///
  /// - Parameter arriving: each repomd.xml that the push writes.
  func stateCurrent(of release: ReleaseID, arriving: CurrentState.Arriving) throws {
    guard let publication = StatementPublication(self),
      try ledger.currentRelease()?.id == release
    else { return }
    let state = try CurrentState(
      of: self.release(release), in: self, arriving: arriving, isRecorded: false)
    let found = try publication.found()
    // A push that is finished after an interruption has stated it before.
    guard try publication.need(of: state, among: found) != nil else { return }
    try publication.publish(state, after: found)
  }
}
