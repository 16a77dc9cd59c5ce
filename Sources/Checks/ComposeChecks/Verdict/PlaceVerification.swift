package import ComposeStream
import ComposeTrees
import Digests
package import DocumentSigning
import DurableFiles
package import ReleaseLedger
package import ReleaseModel

/// `verify --against`: a tree as somebody else has it, file by file.
///
/// What it should be is known from the ledger and our own tree, or from a signed manifest
/// alone.
package struct PlaceVerification: Sendable {
  private let activity: any ActivityReporting
  private let verifier: SignatureVerifier?
  private let sample: Int?

  /// Bytes of the largest manifest: one of a hundred thousand files has 15 million.
  private static let manifestLimit = 1 << 28
  private static let signatureLimit = 1 << 16
  /// Bytes of the largest file where nobody knows its size: the largest RPMs have a few
  /// gibibytes.
  private static let fileLimit = 1 << 33
  /// Files without an answer after which a server is asked no more.
  private static let patience = 10

  /// - Parameters:
  ///   - activity: hears of every file.
  ///   - verifier: what verifies the manifest's signature; nil where none is asked for.
  ///   - sample: how many RPMs of each tree are read, chosen by chance; nil for all. All other
  ///     files are always read.
  package init(
    activity: any ActivityReporting, verifier: SignatureVerifier?, sample: Int? = nil
  ) {
    self.activity = activity
    self.verifier = verifier
    self.sample = sample
  }

  // MARK: With the ledger

  /// The trees of `record` as `place` has them, each at its path below it.
  ///
  /// Throws `unavailable` where a server does not answer, `refused` where the release has no
  /// trees.
  package func run(
    _ record: ReleaseRecord, at place: TreePlace, in stream: StreamContext
  ) throws -> CheckReport {
    let trees = record.trees.filter { $0.place != .gone || $0.isArchived }
    guard !trees.isEmpty else {
      throw record.refusal(
        "it is \(record.state.rawValue) and has no trees", "Verify a release that has trees")
    }
    let results = try trees.map { tree in
      let there = place.appending(tree.name.path)
      var tree = tree
      if tree.place == .gone { tree.place = .archive }
      let own = try? stream.locations.open(tree)
      return try result(
        of: there, recorded: tree.manifest, own: own, name: "\(tree.name) at \(place.name)")
    }
    return CheckReport(release: record.id, checks: results)
  }

  private func result(
    of place: TreePlace, recorded: Checksum, own: Directory?, name: String
  ) throws -> CheckResult {
    var findings: [Finding] = []
    var notes: [Finding] = []
    let bytes = try manifest(at: place)
    if let bytes {
      let isExpected = try own.map {
        try $0.status(of: RelativePath.of(Manifest.signatureName)) != nil
      }
      if let verifier, isExpected ?? true {
        (findings, notes) = try signature(of: bytes, at: place, by: verifier)
      }
      if Checksum(of: bytes) != recorded {
        findings.append(
          Finding(
            code: "manifest",
            message: "\(place.name)/\(Manifest.fileName) is not what was recorded",
            remedy: Self.remedy))
      }
    } else {
      findings.append(Self.missing(Manifest.fileName, at: place))
    }
    // Our own copy says what the files should be, whatever the manifest over there says.
    let ours = try? own?.manifest()
    let manifest: Manifest
    if let ours, ours.checksum == recorded {
      manifest = ours.manifest
    } else if let bytes, Checksum(of: bytes) == recorded {
      manifest = try Manifest(contents: bytes, file: "\(place.name)/\(Manifest.fileName)")
    } else {
      findings.append(
        Finding(
          code: "unknown-files",
          message: "the files of \(place.name) were not compared: neither it nor this machine has "
            + "the manifest that was recorded",
          remedy: "Restore the tree's own \(Manifest.fileName) from a backup, then verify again"))
      return CheckResult(name: name, findings: findings, notes: notes)
    }
    let (files, more) = try compare(manifest, with: place, own: own)
    return CheckResult(name: name, findings: findings + files, notes: notes + more)
  }

  /// Signature of the manifest of our own tree, which may be older than signing: a finding
  /// where it does not hold, a warning where there is none.
  static func signature(
    of tree: Directory, by verifier: SignatureVerifier
  ) throws -> (findings: [Finding], warnings: [Finding]) {
    let name = try RelativePath.of(Manifest.signatureName)
    let path = "\(tree.path)/\(name)"
    guard try tree.status(of: name)?.kind == .file else {
      return (
        [],
        [
          Finding(
            code: "unsigned-manifest", message: "\(path) is missing",
            remedy: "Nothing, if the tree is older than signing; else find out who removed it. The "
              + "next push into the tree signs it")
        ]
      )
    }
    let manifest = try tree.openFile(RelativePath.of(Manifest.fileName))
      .contents(limit: manifestLimit)
    do {
      _ = try verifier.verify(
        tree.openFile(name).contents(limit: signatureLimit), over: manifest)
      return ([], [])
    } catch let flaw as SignatureFlaw {
      return (
        [
          Finding(
            code: flaw.meaning.rawValue, message: "\(path): \(flaw.cause(over: "this manifest"))",
            remedy: "Find out who changed it; the next push into the tree signs it anew")
        ], []
      )
    }
  }

  // MARK: Without it

  /// The tree that `place` is, by its signed manifest alone.
  ///
  /// Throws `unavailable` where a server does not answer, `noInput` where there is no manifest,
  /// `refused` where its signature does not hold, `badData` for what is none of ours.
  package func run(at place: TreePlace) throws -> CheckReport {
    let name = "\(place.name)/\(Manifest.fileName)"
    guard let bytes = try manifest(at: place) else {
      throw ComposeError(
        .noInput, name, "it is not there",
        remedy: "Name the tree itself, whose top has \(Manifest.fileName)")
    }
    var notes: [Finding] = []
    if let verifier {
      let (findings, more) = try signature(of: bytes, at: place, by: verifier)
      if let first = findings.first {
        throw ComposeError(
          .refused, name, first.message, remedy: first.remedy, findings: findings)
      }
      notes = more
    }
    let manifest = try Manifest(contents: bytes, file: name)
    let identity = try identity(of: place, manifest)
    let (findings, more) = try compare(manifest, with: place, own: nil)
    return CheckReport(
      release: identity.release,
      checks: [CheckResult(name: place.name, findings: findings, notes: notes + more)])
  }

  /// Which release a tree says that it is of, in a file that its manifest knows.
  private func identity(
    of place: TreePlace, _ manifest: Manifest
  ) throws -> ComposeInfo.Identity {
    let path = try RelativePath.of(ComposeInfo.fileName)
    guard let expected = manifest.checksums[path],
      case .found(let bytes) = try place.contents(of: path, limit: 1 << 16),
      Checksum(of: bytes) == expected, let identity = ComposeInfo.Identity(contents: bytes)
    else {
      throw ComposeError(
        .badData, "\(place.name)/\(path)", "it is missing, or not what the manifest says",
        remedy: "Fetch the tree from another mirror")
    }
    return identity
  }

  // MARK: Files

  private func manifest(at place: TreePlace) throws -> [UInt8]? {
    switch try place.contents(
      of: RelativePath.of(Manifest.fileName), limit: Self.manifestLimit)
    {
    case .found(let bytes): return bytes
    case .missing: return nil
    case .none(let cause): throw Self.unavailable("\(place.name)/\(Manifest.fileName)", cause)
    }
  }

  private func signature(
    of manifest: [UInt8], at place: TreePlace, by verifier: SignatureVerifier
  ) throws -> (findings: [Finding], notes: [Finding]) {
    let name = Manifest.signatureName
    switch try place.contents(of: RelativePath.of(name), limit: Self.signatureLimit) {
    case .missing:
      return (
        [
          Finding(
            code: "stripped", message: "\(place.name)/\(name) is missing: nobody says who made it",
            remedy: Self.remedy)
        ], []
      )
    case .none(let cause): throw Self.unavailable("\(place.name)/\(name)", cause)
    case .found(let text):
      do {
        let signature = try verifier.verify(text, over: manifest)
        return (
          [],
          [
            Finding(
              code: "signed",
              message: "signed by \(signature.fingerprint) on \(Moment(signature.made))", remedy: ""
            )
          ]
        )
      } catch let flaw as SignatureFlaw {
        return (
          [
            Finding(
              code: flaw.meaning.rawValue,
              message: "\(place.name)/\(name): \(flaw.cause(over: "this manifest"))",
              remedy: Self.remedy)
          ], []
        )
      }
    }
  }

  private func compare(
    _ manifest: Manifest, with place: TreePlace, own: Directory?
  ) throws -> (findings: [Finding], notes: [Finding]) {
    var files = manifest.sorted
    var notes: [Finding] = []
    let rpms = files.filter { $0.path.description.hasSuffix(".rpm") }
    if let sample, sample < rpms.count {
      let chosen = Set(rpms.shuffled().prefix(sample).map(\.path))
      files.removeAll { $0.path.description.hasSuffix(".rpm") && !chosen.contains($0.path) }
      notes.append(
        Finding(
          code: "sample", message: "\(sample.grouped) of \(rpms.count.grouped) RPMs were read",
          remedy: "Verify without --sample to read all"))
    }
    let root: Directory? =
      if case .directory(let path) = place { try Directory.openIfPresent(root: path) } else { nil }
    activity.begin("Verifying \(place.name)", total: files.count, unit: "files")
    defer { activity.end() }
    let silent = Guarded(0)
    let findings = try Concurrently.map(files, threads: place.threads) { file -> [Finding] in
      try Interruption.check(remaining: "verifying \(place.name)")
      activity.advance(by: 1)
      // One byte more shows that it is another file.
      let size = try own?.status(of: file.path)?.size.addingClamped(1)
      let found = try place.checksum(of: file.path, in: root, limit: size ?? Self.fileLimit)
      if case .none(let cause) = found,
        silent.withLock({
          $0 += 1; return $0
        }) > Self.patience
      {
        throw Self.unavailable("\(place.name)/\(file.path)", cause)
      }
      return Self.finding(file.path, file.checksum, found, at: place).map { [$0] } ?? []
    }.flatMap { $0 }
    return (findings + (try root.map { try unknown(in: $0, manifest, place) } ?? []), notes)
  }

  private static func finding(
    _ path: RelativePath, _ expected: Checksum, _ found: WebChecksum, at place: TreePlace
  ) -> Finding? {
    switch found {
    case .found(expected): nil
    case .found:
      Finding(
        code: "changed", message: "\(place.name)/\(path) has other contents than recorded",
        remedy: remedy)
    case .missing: missing(path.description, at: place)
    case .none(let cause):
      Finding(
        code: "unread", message: "\(place.name)/\(path) could not be read: \(cause)", remedy: remedy
      )
    }
  }

  /// Only a directory tells what else is there.
  private func unknown(
    in root: Directory, _ manifest: Manifest, _ place: TreePlace
  ) throws -> [Finding] {
    try root.walk().map(\.path).filter {
      manifest.checksums[$0] == nil && !Manifest.isOwn($0)
    }.map {
      Finding(
        code: "unknown", message: "\(place.name)/\($0) is in no record",
        remedy: "Find out who put it there, and remove it")
    }
  }

  private static let remedy = "Have it fetched again from the primary mirror, or use another one"

  private static func missing(_ path: String, at place: TreePlace) -> Finding {
    Finding(code: "missing", message: "\(place.name)/\(path) is missing", remedy: remedy)
  }

  private static func unavailable(_ thing: String, _ cause: String) -> ComposeError {
    ComposeError(
      .unavailable, thing.sanitizedForDisplay, cause,
      remedy: "Check the address and the server, then run the command again")
  }
}
