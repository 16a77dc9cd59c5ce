import ComposePolicy
import ComposeStream
import ComposeTrees
import Digests
import DocumentSigning
import DurableFiles
import ReleaseLedger
import ReleaseModel

/// `metadata-signature`: each repomd.xml has a signature by the policy's key beside it, and
/// the public key that clients shall have.
///
/// A tree that a push will write is signed once it is judged, and its signatures are verified
/// when they are made.
struct MetadataSignatureCheck: ReleaseCheck {
  func check(_ release: CheckedRelease) throws -> CheckFindings {
    guard let signer = release.stream.signer else { return CheckFindings() }
    var found = CheckFindings()
    let verifier: SignatureVerifier
    let key: Checksum
    do {
      verifier = try signer.verifier()
      key = Checksum(of: try signer.publicKey())
    } catch let error as ComposeError {
      return CheckFindings(findings: [
        Finding(
          code: "metadata-key", message: "\(error.thing): \(error.cause)", remedy: error.remedy)
      ])
    }
    for tree in release.trees where tree.former == nil {
      // The check `manifest` reports one that cannot be read.
      guard let manifest = try? tree.manifest() else { continue }
      let judge = IndexJudge(
        tree: tree, manifest: manifest, settings: signer.settings, key: key,
        verification: IndexVerification(tree.files.tree, manifest, by: verifier),
        release: release)
      try judge.look(
        at: release.stream.repositories(of: tree.name, manifest), findings: &found)
    }
    return found
  }
}

/// Looks at the indexes of one tree.
private struct IndexJudge {
  let tree: CheckedTree
  let manifest: Manifest
  let settings: MetadataSigning
  /// SHA-256 of the file of public keys.
  let key: Checksum
  let verification: IndexVerification
  let release: CheckedRelease

  func look(at repositories: [RelativePath], findings found: inout CheckFindings) throws {
    var unsigned: [RelativePath] = []
    var former = 0
    for repository in repositories {
      switch TreeScanner.attempt({ try verdict(on: repository) }) {
      case .failure(let error):
        found.findings.append(
          finding("unreadable-signature", "\(error.thing): \(error.cause)", repository))
      case .success(.unsigned): unsigned.append(repository)
      case .success(.former): former += 1
      case .success(.good): break
      case .success(.bad(let code, let message)):
        found.findings.append(finding(code, message, repository))
      }
    }
    if unsigned.count < repositories.count {
      found.findings += unsigned.map {
        finding("unsigned-index", "its repomd.xml is not signed, as others are", $0)
      }
    } else if !unsigned.isEmpty {
      found.notes.append(
        Finding(
          code: "unsigned-metadata",
          message: "\(tree.name) is from before metadata was signed", remedy: next))
    }
    if former > 0 {
      found.notes.append(
        Finding(
          code: "former-metadata-key",
          message: "\(former.counted("repomd.xml", "repomd.xml")) of \(tree.name) signed with the "
            + "keys that the policy had before", remedy: next))
    }
  }

  private enum Verdict {
    case good, unsigned
    /// Signed with what the policy named before: made anew by the next change.
    case former
    case bad(code: String, message: String)
  }

  private func verdict(on repository: RelativePath) throws -> Verdict {
    switch try verification.state(of: repository) {
    case .unsigned: return .unsigned
    case .stripped(let path):
      return .bad(
        code: "signature-missing", message: "\(path) is missing: repomd.xml was signed")
    case .broken(let problem):
      if let key = problem.key, !key.hasSuffix(settings.key), !settings.key.hasSuffix(key),
        try verification.isAsRecorded(repository)
      {
        return .former
      }
      return .bad(
        code: "bad-signature",
        message: "the signature of repomd.xml does not count: \(problem.cause(for: settings))")
    case .signed(let signature):
      guard try verification.isAsRecorded(repository) else {
        return .bad(code: "changed-index", message: "repomd.xml or its signature was replaced")
      }
      let path = try RepositoryMetadata.publicKeyPath(of: repository)
      return signature.isBy(settings.key) && manifest.checksums[path] == key ? .good : .former
    }
  }

  private func finding(_ code: String, _ message: String, _ repository: RelativePath) -> Finding {
    Finding(
      code: code, message: "\(tree.files.path)/\(repository): \(message)",
      remedy: release.remedyForDamage)
  }

  /// What signs it.
  private var next: String {
    release.record.state == .current
      ? "The next update signs it, even where nothing is pushed: epel-compose update "
        + "\(release.record.id.major)"
      : "The next command that brings it to users signs it"
  }
}
