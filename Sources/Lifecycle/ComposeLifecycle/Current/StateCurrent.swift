import ComposePolicy
import ComposeStream
import MirrorDocuments
import ReleaseLedger
import ReleaseModel

/// States what links will show, signed, right before they do.
struct StateCurrent: Step {
  /// The release that links lead to, or are about to.
  let release: ReleaseID
  /// The link that moves, where it has a moment of its own.
  private let mover: RelativePath?
  /// Whether links are about to move.
  private let isMoving: Bool
  /// What is done right after it in trees that links lead to.
  private let refreshes: [RefreshRevision]
  /// The file that is written.
  let file: String

  /// Before links move to `release`. Nil where nothing is stated.
  init?(_ release: ReleaseID, moving mover: RelativePath?, in stream: StreamContext) {
    self.init(release, mover, isMoving: true, [], stream)
  }

  /// Before trees of `release` change that links lead to; the links stay. Nil where nothing is
  /// stated.
  init?(_ release: ReleaseID, before refreshes: [RefreshRevision], in stream: StreamContext) {
    self.init(release, nil, isMoving: false, refreshes, stream)
  }

  private init?(
    _ release: ReleaseID, _ mover: RelativePath?, isMoving: Bool, _ refreshes: [RefreshRevision],
    _ stream: StreamContext
  ) {
    guard stream.signer != nil else { return nil }
    self.release = release
    self.mover = mover
    self.isMoving = isMoving
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
      of: isMoving
        ? stream.linkedReleases().moving(mover, to: release) : stream.linkedReleases(),
      in: stream, arriving: refreshes.arriving(in: stream), isRecorded: false)
  }
}

extension StreamContext {
  /// Where links lead; nil while none leads anywhere, so that nothing can be stated.
  func statedReleases() throws -> LinkedReleases? {
    let linked = try linkedReleases()
    return linked.leading == nil ? nil : linked
  }

  /// States what a push is about to make visible; nothing where the policy has nothing signed,
  /// and where no link leads to the release.
  ///
  /// - Parameter arriving: each repomd.xml that the push writes.
  func stateCurrent(of release: ReleaseID, arriving: CurrentState.Arriving) throws {
    guard let publication = StatementPublication(self) else { return }
    let linked = try linkedReleases()
    guard linked.leads(policy.links, to: release) else { return }
    let state = try CurrentState(of: linked, in: self, arriving: arriving, isRecorded: false)
    let found = try publication.found()
    // A push that is finished after an interruption has stated it before.
    guard try publication.need(of: state, among: found) != nil else { return }
    try publication.publish(state, after: found)
  }
}
