import ComposePolicy
import ComposeStream
import MirrorDocuments
import ReleaseLedger
import ReleaseModel

/// States what links will show, signed, right before they do.
struct StateCurrent: Step {
  /// The release that links are about to lead to.
  let release: ReleaseID
  /// The link that moves, where it has a moment of its own.
  let mover: RelativePath?
  /// The file that is written.
  let file: String

  /// Nil where nothing is stated.
  init?(_ release: ReleaseID, moving mover: RelativePath?, in stream: StreamContext) {
    guard stream.signer != nil else { return nil }
    self.release = release
    self.mover = mover
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
      of: stream.linkedReleases().moving(mover, to: release), in: stream, isRecorded: false)
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
  /// - Parameter arriving: each repomd.xml of its updates tree, by the path of its repository.
  func stateCurrent(of release: ReleaseID, arriving: [RelativePath: [UInt8]]) throws {
    guard let publication = StatementPublication(self),
      let tree = policy.tree(.updates, of: release)?.path
    else { return }
    let linked = try linkedReleases()
    guard linked.leads(policy.links, to: release) else { return }
    let state = try CurrentState(
      of: linked, in: self, arriving: [tree: arriving], isRecorded: false)
    let found = try publication.found()
    // A push that is finished after an interruption has stated it before.
    guard try publication.need(of: state, among: found) != nil else { return }
    try publication.publish(state, after: found)
  }
}
