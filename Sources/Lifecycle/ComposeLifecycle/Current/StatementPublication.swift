import ComposePolicy
package import ComposeStream
import ComposeTrees
import Digests
import DocumentSigning
import DurableFiles
package import MirrorDocuments
import ReleaseLedger
import ReleaseModel

/// Writes and renews the signed statement of what is current. Docs/Trust.md, "When it is
/// written", has the order and what an interruption leaves.
package struct StatementPublication {
  let stream: StreamContext
  let signer: DocumentSigner
  private let validity: Int

  /// Nil where the policy has nothing signed: then nothing is stated.
  package init?(_ stream: StreamContext) {
    guard let signer = stream.signer, let signing = stream.policy.gate.signing.metadata else {
      return nil
    }
    self.stream = stream
    self.signer = signer
    validity = signing.validity.seconds
  }

  /// The file's name in the public root.
  var name: String { CurrentStatement.name(of: stream.policy.stream) }

  /// How long mirrors may take to follow, in seconds: the soak time is just that. At least an
  /// hour.
  static func patience(of stream: StreamContext) -> Int {
    max(stream.policy.clocks.soak.seconds, 3600)
  }

  // MARK: What is there

  /// A statement as it lies in the public root.
  struct Found {
    let bytes: [UInt8]
    let signature: [UInt8]?
    /// Nil where the bytes are none.
    let statement: CurrentStatement?
  }

  /// Nil where there is none.
  func found() throws -> Found? {
    guard let root = try Directory.openIfPresent(root: stream.locations.public),
      let bytes = try Self.contents(of: name, in: root, limit: CurrentStatement.limit)
    else { return nil }
    let signature = try Self.contents(
      of: CurrentStatement.signatureName(of: name), in: root,
      limit: CurrentStatement.signatureLimit)
    return Found(bytes: bytes, signature: signature, statement: CurrentStatement(bytes))
  }

  private static func contents(
    of name: String, in root: Directory, limit: Int
  ) throws -> [UInt8]? {
    let path = try RelativePath.of(name)
    guard let status = try root.status(of: path), status.kind == .file, status.size <= limit
    else { return nil }
    return try root.openFile(path).contents(limit: limit)
  }

  /// Why a new statement is needed.
  package enum Need: String, Sendable {
    /// There is none, or it is not the one that was recorded last.
    case missing
    /// Links show something else.
    case other
    /// Its signature does not hold, or is not by the policy's key.
    case unsigned
    /// Half of its time is over.
    case due

    /// As the end of a sentence about the statement.
    package var words: String {
      switch self {
      case .missing: "it is missing, or not what was recorded"
      case .other: "it does not say what links show"
      case .unsigned: "its signature does not hold, or is by another key than the policy's"
      case .due: "more than half of its time is over"
      }
    }
  }

  /// Nil where the statement that is there will do.
  func need(of state: CurrentState, among found: Found?) throws -> Need? {
    guard let found, let statement = found.statement,
      let recorded = try stream.ledger.newestStatement(),
      recorded.sha256 == Checksum(of: found.bytes)
    else { return .missing }
    guard state.isSaid(by: statement) else { return .other }
    guard let signature = found.signature,
      let verified = try? signer.verifier().verify(signature, over: found.bytes),
      verified.isBy(signer.settings.key)
    else { return .unsigned }
    let now = stream.time.now
    let left = statement.validUntil.subtractingClamped(now)
    return left < validity / 2 || left > validity.addingClamped(86_400) ? .due : nil
  }

  /// What ``renew()`` would do; nil where nothing is current, or nothing is to do.
  package func need() throws -> Need? {
    guard try stream.ledger.openOperation() == nil,
      let linked = try stream.statedReleases()
    else { return nil }
    return try need(
      of: CurrentState(of: linked, in: stream, isRecorded: true), among: found())
  }

  /// The newest statement, as it is in the public root; nil where there is none that was
  /// recorded.
  package func newest() throws -> CurrentStatement? {
    guard let found = try found(), let recorded = try stream.ledger.newestStatement(),
      recorded.sha256 == Checksum(of: found.bytes)
    else { return nil }
    return found.statement
  }

  // MARK: Writing

  /// Writes a new statement where the one that is there says something else, is not signed as
  /// it should be, or has less than half of its time left. Returns it; nil where nothing was
  /// to do.
  ///
  /// Throws what signing does, and `refused` where trees are not what was recorded.
  @discardableResult
  package func renew() throws -> CurrentStatement? {
    guard try stream.ledger.openOperation() == nil,
      let linked = try stream.statedReleases()
    else { return nil }
    let state = try CurrentState(of: linked, in: stream, isRecorded: true)
    let found = try found()
    guard try need(of: state, among: found) != nil else { return nil }
    return try publish(state, after: found)
  }

  /// Signs and writes a statement of `state`, before links show it: what they showed until
  /// now is named as former, so that whoever reads meanwhile finds both in it.
  ///
  /// - Parameter found: the statement that is there.
  @discardableResult
  func publish(_ state: CurrentState, after found: Found?) throws -> CurrentStatement {
    let now = stream.time.now
    let recorded = try stream.ledger.newestStatement()
    // A ledger that was made anew, or restored from an older copy, goes on above the disk.
    let serial = max(recorded?.serial ?? 0, found?.statement?.serial ?? 0).addingClamped(1)
    let statement = CurrentStatement(
      stream: stream.policy.stream, serial: serial, release: state.release, written: now,
      validUntil: now.addingClamped(validity), links: state.links,
      repositories: state.repositories, former: try former(than: state, found, now))
    let bytes = try statement.bytes()
    let signature = try signer.signature(of: bytes, named: name)
    // The serial is taken before anybody sees it.
    try stream.ledger.commit { change in
      try change.add(
        StatementRecord(
          serial: serial, release: state.release, written: now, validUntil: statement.validUntil,
          sha256: Checksum(of: bytes)))
      try change.owe(stream.moduleNames, by: "mirrors lists", at: now)
    }
    try write(bytes, Array(signature.utf8))
    return statement
  }

  /// Names that a former repomd.xml is kept by for each repository: more flips than that
  /// within the time that mirrors take are not told.
  private static let kept = 8

  /// What stood there until now, and what mirrors may still have of the time before.
  private func former(
    than state: CurrentState, _ found: Found?, _ now: Int
  ) throws -> [CurrentStatement.Former] {
    // Only our own words are repeated. Where a power cut has separated them from their
    // signature, the ledger knows them; where the ledger was lost, the signature tells.
    guard let found, let before = found.statement,
      try stream.ledger.hasStatement(Checksum(of: found.bytes))
        || found.signature.map({
          (try? signer.verifier().verify($0, over: found.bytes)) != nil
        }) == true
    else { return [] }
    let current = Dictionary(
      state.repositories.map { ($0.path, $0.sha256) }
    ) { first, _ in first }
    let until = now.addingClamped(Self.patience(of: stream))
    var entries = before.repositories.map {
      CurrentStatement.Former(path: $0.path, sha256: $0.sha256, until: until)
    }
    entries += before.former.filter { $0.until > now }
    var counts: [RelativePath: Int] = [:]
    var seen: Set<CurrentStatement.Former.Identity> = []
    return entries.sorted { $0.until > $1.until }.filter { entry in
      guard let checksum = current[entry.path], checksum != entry.sha256,
        seen.insert(entry.identity).inserted
      else { return false }
      counts[entry.path, default: 0] += 1
      return counts[entry.path, default: 0] <= Self.kept
    }
  }

  /// Two renames, one right after the other: only between them the pair does not match.
  private func write(_ bytes: [UInt8], _ signature: [UInt8]) throws {
    let root = try Directory.open(root: stream.locations.public)
    let pair = [
      (CurrentStatement.signatureName(of: name), signature), (name, bytes),
    ].map { (name: $0.0, temporary: Directory.temporaryPrefix + $0.0, bytes: $0.1) }
    do {
      for file in pair {
        try root.removeFile(file.temporary)
        let written = try root.createFile(file.temporary)
        try file.bytes.withUnsafeBytes { try written.write($0) }
        try written.sync()
      }
      for file in pair { try root.replace(file.name, with: file.temporary) }
    } catch {
      for file in pair { _ = try? root.removeFile(file.temporary) }
      throw error
    }
    try root.sync()
  }
}

extension CurrentStatement.Former {
  fileprivate struct Identity: Hashable {
    let path: RelativePath
    let sha256: Checksum
  }

  fileprivate var identity: Identity { Identity(path: path, sha256: sha256) }
}
