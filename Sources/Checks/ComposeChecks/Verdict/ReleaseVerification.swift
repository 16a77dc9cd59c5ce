package import ComposeStream
import ComposeTrees
import DocumentSigning
import DurableFiles
package import ReleaseLedger
package import ReleaseModel

/// `verify`: every file of a release, wherever its trees are, against what
/// was recorded.
package struct ReleaseVerification: Sendable {
  private let stream: StreamContext

  /// Trees are looked for where the ledger of `stream` says.
  package init(stream: StreamContext) {
    self.stream = stream
  }

  /// One result for each tree in each place.
  ///
  /// Throws `refused` where the release has no trees.
  package func run(_ record: ReleaseRecord) throws -> CheckReport {
    let verification = TreeVerification(activity: stream.activity)
    let verifier = try stream.signer?.verifier()
    var results: [CheckResult] = []
    for tree in record.trees {
      var places: [TreeRecord.Place] = tree.place == .gone ? [] : [tree.place]
      if tree.isArchived, tree.place != .archive { places.append(.archive) }
      for place in places {
        var located = tree
        located.place = place
        let signatures = try verifier.flatMap { verifier in
          try manifestSignature(of: located, by: verifier)
        }
        results.append(
          CheckResult(
            name: "\(place.rawValue) \(tree.name)",
            findings: try (older(tree, in: place) ?? findings(in: located, verification))
              + (signatures?.findings ?? []), warnings: signatures?.warnings ?? []))
      }
    }
    guard !results.isEmpty else {
      throw record.refusal(
        "it is \(record.state.rawValue) and has no trees", "Verify a release that has trees")
    }
    return CheckReport(release: record.id, checks: results)
  }

  /// Where the ledger or the tree is an older copy: what to do about that one. "Restore
  /// the tree" would send users back. Nil where both are of one age.
  private func older(_ tree: TreeRecord, in place: TreeRecord.Place) throws -> [Finding]? {
    guard place == tree.place else { return nil }
    return try LedgerComparison(stream, only: [tree]).deviations.first {
      $0.cause == .treeIsAhead || $0.cause == .ledgerIsAhead
    }.map { [$0.finding] }
  }

  /// Signatures that do not hold. Those of a tree that nobody signs anew, such as an archived
  /// one, are by the keys of their time, which are in it as they were recorded.
  private func signatures(in directory: Directory) throws -> [Finding] {
    let manifest = try directory.manifest().manifest
    var known: [Checksum: SignatureVerifier] = [:]
    return try manifest.repositories.compactMap { repository in
      let key = try RepositoryMetadata.publicKeyPath(of: repository)
      guard let checksum = manifest.checksums[key] else { return nil }
      let path = "\(directory.path)/\(key)"
      do {
        let verifier =
          try known[checksum]
          ?? SignatureVerifier(
            publicKeys: directory.openFile(key).contents(limit: SmallFile.limit), file: path)
        known[checksum] = verifier
        let state = try IndexVerification(directory, manifest, by: verifier).state(of: repository)
        guard case .broken(let problem) = state, !problem.isAboutTime else { return nil }
        return Finding(
          code: "bad-signature",
          message: "\(directory.path)/\(repository): the signature of repomd.xml does not count: "
            + problem.cause(file: path), remedy: "Restore it from a mirror or backup")
      } catch let error as ComposeError where error.kind == .badData {
        return Finding(
          code: "metadata-key", message: "\(error.thing): \(error.cause)", remedy: error.remedy)
      }
    }
  }

  /// Nil where the tree is not there, which is told otherwise.
  private func manifestSignature(
    of tree: TreeRecord, by verifier: SignatureVerifier
  ) throws -> (findings: [Finding], warnings: [Finding])? {
    do {
      return try PlaceVerification.signature(of: stream.locations.open(tree), by: verifier)
    } catch let error as ComposeError where error.kind == .noInput || error.kind == .cannotCreate {
      return nil
    }
  }

  private func findings(
    in tree: TreeRecord, _ verification: TreeVerification
  ) throws -> [Finding] {
    do {
      let directory = try stream.locations.open(tree)
      let found = try verification.findings(
        in: directory, recorded: tree.manifest, fromDevice: true)
      // What is not as recorded is told already.
      return try found.isEmpty ? signatures(in: directory) : found
    } catch let error as ComposeError where error.kind == .noInput || error.kind == .cannotCreate {
      return [
        Finding(
          code: "missing", message: "\(error.thing): \(error.cause)",
          remedy: "Restore the tree from a mirror or backup")
      ]
    }
  }
}
