import BuildSystems
import ComposePolicy
import ComposeStream
import ReleaseLedger
import ReleaseModel

/// Tags of the hub that are locked because a stream, or one of its releases, ends.
///
/// They are locked before the operation opens, and opened before it is taken back: recovery
/// never waits for a hub. The ledger knows each before it is locked, so that whatever is
/// interrupted, `end --undo` opens just those that were open before.
struct TagLocks {
  private let system: (any BuildSystem)?
  private let stream: StreamContext
  private let subject: ReleaseID?

  /// - Parameters:
  ///   - system: the hub; nil where nothing was ever composed from one.
  ///   - subject: the release that ends; nil for the whole stream.
  fileprivate init(
    _ system: (any BuildSystem)?, of subject: ReleaseID?, in stream: StreamContext
  ) {
    self.system = system
    self.subject = subject
    self.stream = stream
  }

  /// Tags that belong to what ends and to nothing that goes on: live, pending and compose tags.
  private func names() throws -> [String] {
    guard let koji = stream.policy.koji else { return [] }
    func tags(_ record: ReleaseRecord) throws -> Set<String> {
      let filled = ([koji.liveTag] + koji.pendingTags).map { $0.filled(release: record.id) }
      return try Set(
        filled + (stream.ledger.knowsHubTag(record.composeTag) ? [record.composeTag] : []))
    }
    var (own, others): (Set<String>, Set<String>) = ([], [])
    for record in try stream.ledger.releases() where record.state != .abandoned {
      if subject.map({ $0 == record.id }) ?? true {
        own.formUnion(try tags(record))
      } else if try stream.ending(of: record.id) == nil {
        others.formUnion(try tags(record))
      }
    }
    return own.subtracting(others).sorted()
  }

  /// Those that are there and open. Throws `unavailable`.
  private func open() throws -> [String] {
    guard let system else { return [] }
    return try names().filter { try system.protection(of: $0)?.isLocked == false }
  }

  /// What ``lock()`` would do, one sentence each.
  func lockingSteps() throws -> [String] { try open().map { "lock the tag \($0) in the hub" } }

  /// Locks all that are open; those that somebody else has locked stay that person's.
  /// Returns what it did, one sentence each.
  func lock() throws -> [String] {
    guard let system else { return [] }
    let tags = try open()
    if let first = tags.first { try system.requireTagging(into: first) }
    for tag in tags {
      try stream.ledger.commit { try $0.rememberLock(of: tag, for: subject) }
      try system.setLocked(true, of: tag)
    }
    return tags.map { "lock the tag \($0) in the hub" }
  }

  /// Whether any was locked, or was about to be.
  var areKnown: Bool { get throws { try !stream.ledger.lockedTags(of: subject).isEmpty } }

  /// What ``unlock()`` would do, one sentence each.
  func unlockingSteps() throws -> [String] {
    try stream.ledger.lockedTags(of: subject).map { "unlock the tag \($0) in the hub" }
  }

  /// Opens those that ``lock()`` has locked. Returns what it did, one sentence each.
  func unlock() throws -> [String] {
    let steps = try unlockingSteps()
    for tag in try stream.ledger.lockedTags(of: subject) {
      guard let system else {
        throw ComposeError(
          .usage, stream.policy.stream,
          "its policy names no hub, and the tag \(tag.sanitizedForDisplay) was locked there",
          remedy: "Put 'koji' back into the policy")
      }
      try system.setLocked(false, of: tag)
      try stream.ledger.commit { try $0.forgetLock(of: tag) }
    }
    return steps
  }
}

extension Context {
  /// Tags that an end locks.
  func tagLocks(of subject: ReleaseID?, in stream: StreamContext) throws -> TagLocks {
    let known = try stream.ledger.releases().first { try stream.ledger.knowsHubTag($0.composeTag) }
    let system = try known.flatMap { try hub(ofTag: $0.composeTag, stream, for: $0.id) }
    return TagLocks(system, of: subject, in: stream)
  }
}
