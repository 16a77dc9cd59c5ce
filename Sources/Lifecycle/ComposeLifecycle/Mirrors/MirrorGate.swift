import ComposePolicy
package import ComposeStream
import MirrorDocuments
package import ReleaseLedger
package import ReleaseModel

/// What mirrors and clients must have before links move, and before an original goes.
package struct MirrorGate {
  private let stream: StreamContext

  /// Asks nobody yet.
  package init(_ stream: StreamContext) { self.stream = stream }

  /// Why `record` must not be promoted yet: clients would all be sent to the few hosts that
  /// are always up to date. Empty where the policy has no `mirrors.minimum`.
  ///
  /// Throws `unavailable` where the server does not answer.
  package func beforePromotion(of record: ReleaseRecord) throws -> [Finding] {
    guard let mirrors = stream.policy.mirrors, mirrors.minimum > 0,
      let survey = try MirrorSurvey(stream)
    else { return [] }
    return try Self.findings(
      survey.repositories(of: [record])[record.id] ?? [], of: record.id,
      in: stream.servedTree(of: record.id), minimum: mirrors.minimum)
  }

  /// Binary repositories of `tree` that fewer than `minimum` mirrors have, or that the server
  /// does not know as they are.
  package static func findings(
    _ surveyed: [MirrorSurvey.Finding], of release: ReleaseID, in tree: TreeName?, minimum: Int
  ) throws -> [Finding] {
    try surveyed.compactMap { item -> Finding? in
      let repository = item.repository
      guard repository.kind == .binary, tree.map({ repository.path.isWithin($0.path) }) == true
      else { return nil }
      let name = "\(repository.name) \(repository.label)"
      switch item.answer {
      case .none(let cause): throw MirrorSurvey.unavailable(item.url, cause)
      case .missing:
        return Finding.notScanned("MirrorManager does not know \(name)", release)
      case .listed(_, .older, _):
        return Finding.notScanned("MirrorManager knows an older repomd.xml of \(name)", release)
      case .listed(_, .unknown, _):
        return Finding.notScanned("MirrorManager knows another repomd.xml of \(name)", release)
      case .listed(let hosts, .newest, _) where hosts < minimum:
        return Finding(
          code: "too-few-mirrors",
          message: "\(hosts) mirror\(hosts == 1 ? " has" : "s have") \(name), "
            + "and 'mirrors.minimum' is \(minimum)",
          remedy:
            "Wait until more mirrors have it, or go on with --skip-mirrors and a reason; look "
            + "with: epel-compose mirrors status \(release)")
      case .listed: return nil
      }
    }
  }

  /// Why the original of `record` must not go yet: clients are still led to it, or would be
  /// led to nothing. Empty where the policy names no server.
  ///
  /// Throws `unavailable` where the server does not answer.
  ///
  /// - Parameter isLast: whether the stream ends with it: then names of clients lead to its
  ///   release for good, and where that leads is what counts.
  package func beforeRemoval(
    of record: ReleaseRecord, isLast: Bool = false
  ) throws -> [Finding] {
    guard let mirrors = stream.policy.mirrors, mirrors.names.updates != nil,
      let survey = try MirrorSurvey(stream)
    else { return [] }
    var findings: [Finding] = []
    for item in try survey.repositories(of: [record])[record.id] ?? [] {
      let name = "\(item.repository.name) \(item.repository.label)"
      if case .none(let cause) = item.answer { throw MirrorSurvey.unavailable(item.url, cause) }
      guard let directory = stream.archiveDirectory(of: item.repository) else { continue }
      switch try survey.archive(of: item, at: directory) {
      case .unknown:
        // Nor may it go where the name is not known either: then clients would be led to
        // nothing for ever.
        findings.append(
          Finding.notScanned("MirrorManager does not know the archive \(directory)", record.id))
      case .known:
        findings.append(
          Finding.stillServed("clients of \(name) are led to the original", record.id))
      case .served, .unnamed: continue
      }
    }
    for client in isLast ? [] : try survey.clients() {
      guard client.isAnswered else {
        throw MirrorSurvey.unavailable(
          "\(client.name) \(client.arch)", "the server does not answer")
      }
      if client.release == record.id {
        findings.append(
          Finding.stillServed(
            "clients of \(client.name) \(client.arch) get \(record.id)", record.id))
      }
    }
    return findings
  }
}

extension Finding {
  fileprivate static func notScanned(_ message: String, _ release: ReleaseID) -> Finding {
    Finding(
      code: "not-scanned", message: message,
      remedy:
        "Have the primary mirror scanned ('epel-compose mirrors status \(release)' shows whether "
        + "it was), or go on with --skip-mirrors and a reason")
  }

  fileprivate static func stillServed(_ message: String, _ release: ReleaseID) -> Finding {
    Finding(
      code: "still-served", message: message,
      remedy:
        "Do what 'epel-compose mirrors handover \(release) --for archive' says first; or go on "
        + "with --skip-mirrors and a reason")
  }
}
