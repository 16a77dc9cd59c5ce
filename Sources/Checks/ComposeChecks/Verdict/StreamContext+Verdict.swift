import ComposePolicy
package import ComposeStream
import DurableFiles
package import ReleaseLedger
import ReleaseModel

/// Why a verdict no longer holds.
package struct StaleVerdict: Hashable, Sendable {
  /// A clause about the release.
  package let cause: String
  /// What helps before the checks run again; nil where they only have to.
  package let remedy: String?

  init(_ cause: String, remedy: String? = nil) {
    self.cause = cause
    self.remedy = remedy
  }
}

extension StreamContext {
  /// What a verdict on `record` is about now.
  package func checkSubject(of record: ReleaseRecord) throws -> CheckSubject {
    // As `Baseline.of` has it: of a release that is current, the one before it.
    let current =
      try ledger.currentRelease(before: record.id)
      ?? record.previous.flatMap { try ledger.release($0) }
    let revoked = certificates.flatMap(\.keys).filter { $0.revoked != nil }.map(\.fingerprint)
      .sorted()
    return CheckSubject(
      manifests: Dictionary(
        record.stableTrees.map { ($0.name.path.description, $0.manifest.hex) }
      ) { first, _ in first },
      baseline: current?.id.description, baselinePushes: current?.pushes ?? 0,
      gate: try policy.gateYAML() + keyDigests(), rolledBack: try rolledBack(before: record),
      revokedKeys: revoked.isEmpty ? nil : revoked)
  }

  /// Releases that links led to, between the one that `record` follows and itself;
  /// nil for none.
  private func rolledBack(before record: ReleaseRecord) throws -> [String]? {
    guard let base = try ledger.currentRelease(before: record.id)?.id ?? record.previous else {
      return nil
    }
    let found = try ledger.releases().filter {
      $0.promotion != nil && base < $0.id && $0.id < record.id
    }.map(\.id.description).sorted()
    return found.isEmpty ? nil : found
  }

  /// SHA-256 of each key file: their contents matter to the verdict, not their
  /// names.
  private func keyDigests() throws -> String {
    try keyFiles.map { try ReadableFile(path: $0).sha256().hex }.joined(separator: "\n")
  }

  /// Why the last verdict on `record` no longer holds; nil where it does.
  package func staleVerdict(of record: ReleaseRecord) throws -> StaleVerdict? {
    guard let run = try ledger.checkRun(of: record.id) else {
      return StaleVerdict("it is not recorded what its checks were run on")
    }
    let now = try checkSubject(of: record)
    return staleKey(since: run)
      ?? staleCause(of: run, now).map { StaleVerdict($0) }
  }

  /// A key that the verdict went by, and that counts no longer.
  private func staleKey(since run: CheckRun) -> StaleVerdict? {
    let known = Set(run.subject.revokedKeys ?? [])
    for certificate in certificates {
      for key in certificate.keys where key.canSign {
        switch key.flaw(at: time.now) {
        case .revoked(let since)? where !known.contains(key.fingerprint):
          return StaleVerdict(
            "the signing key \(key.id) was revoked on \(CalendarDate(secondsSince1970: since)), "
              + "and its checks did not know that",
            remedy: "Sign by another key what it signed")
        case .expired(let since)? where since > run.at:
          return StaleVerdict(
            "the signing key \(key.id) expired on \(CalendarDate(secondsSince1970: since)), "
              + "after its checks ran",
            remedy: "Renew the key and its file in signing.keys, or sign by another key what it "
              + "signed")
        default: continue
        }
      }
    }
    return nil
  }

  private func staleCause(of run: CheckRun, _ now: CheckSubject) -> String? {
    if run.subject.manifests != now.manifests { return "its checks are older than its trees" }
    if run.subject.gate != now.gate { return "the policy's checks or keys changed after they ran" }
    if run.subject.baseline != now.baseline {
      return "its checks compared it with \(run.subject.baseline ?? "no release"), "
        + "and \(now.baseline ?? "none") is current now"
    }
    let others = Set(now.rolledBack ?? []).subtracting(run.subject.rolledBack ?? [])
    if let other = others.min() { return "users got \(other) after its checks ran" }
    if run.subject.baselinePushes != now.baselinePushes {
      return "\(now.baseline ?? "the current release") was pushed to after its checks ran"
    }
    return nil
  }
}
