import ComposePolicy
package import ComposeStream
import Digests
import DocumentSigning
import DurableFiles
import Glibc
package import MirrorDocuments
import ReleaseLedger
package import ReleaseModel

/// Asks mirrors for the signed statement that they serve, and for each repomd.xml that their
/// links lead to. What the same command finds, any user can find out with the public key alone.
package struct StatementSurvey {
  private let stream: StreamContext
  private let fetching: any WebFetching
  private let verifier: SignatureVerifier
  private let known: CurrentVerdict.Known

  /// Files of one mirror that are fetched at a time.
  private static let threads = 2
  /// Seconds for each try of a question.
  private static let patience = 10
  /// Seconds after which a mirror is asked once more that may be in the middle of a change.
  private static let pause: UInt32 = 2
  /// Repositories that one mirror is asked for.
  private static let most = 2000

  /// Nil where nothing was stated yet, or nobody can be asked.
  ///
  /// Throws what the policy's public key does.
  package init?(_ stream: StreamContext) throws {
    guard let publication = StatementPublication(stream), let fetching = stream.fetching,
      let newest = try publication.newest()
    else { return nil }
    self.stream = stream
    self.fetching = fetching
    verifier = try publication.signer.verifier()
    known = CurrentVerdict.Known(
      newest: newest,
      written: try stream.ledger.statements().map { ($0.serial, $0.written) },
      patience: StatementPublication.patience(of: stream), now: stream.time.now)
  }

  /// The newest statement.
  package var newest: CurrentStatement { known.newest }

  /// What is to be thought of a mirror.
  ///
  /// - Parameters:
  ///   - url: where it serves the public root, without a slash at the end.
  ///   - retrying: whether what looks wrong is looked at again a moment later.
  package func verdict(of url: String, retrying: Bool = true) throws -> CurrentVerdict {
    let verdict = try once(url)
    switch verdict.state {
    case _ where !retrying: return verdict
    case .mixed, .changed, .rolledBack, .forged, .stripped:
      // It may be between two renames.
      try Interruption.check(remaining: "asking what mirrors have")
      sleep(Self.pause)
      return try once(url)
    default: return verdict
    }
  }

  private func once(_ url: String) throws -> CurrentVerdict {
    let name = CurrentStatement.name(of: stream.policy.stream)
    let statement: CurrentStatement
    switch try ask("\(url)/\(name.percentEncodedPath)", limit: CurrentStatement.limit) {
    case .none(let cause): return CurrentVerdict(.unreachable, cause)
    case .missing: return try withoutStatement(url)
    case .body(let bytes):
      let signature = CurrentStatement.signatureName(of: name)
      switch try ask(
        "\(url)/\(signature.percentEncodedPath)", limit: CurrentStatement.signatureLimit)
      {
      case .none(let cause): return CurrentVerdict(.unreachable, cause)
      case .missing: return CurrentVerdict(.stripped, "its statement has no signature")
      case .body(let text):
        do {
          _ = try verifier.verify(text, over: bytes)
        } catch let flaw as SignatureFlaw {
          return Self.verdict(flaw)
        }
      }
      guard let found = CurrentStatement(bytes) else {
        return CurrentVerdict(.forged, "what is signed is no statement")
      }
      statement = found
    }
    guard statement.repositories.count <= Self.most else {
      return CurrentVerdict(.forged, "its statement names too many repositories")
    }
    return try verdict(of: statement, at: url)
  }

  private func verdict(of statement: CurrentStatement, at url: String) throws -> CurrentVerdict {
    var served: [RelativePath: CurrentVerdict.Served] = [:]
    let answers = try Concurrently.map(statement.repositories, threads: Self.threads) { index in
      (index.path, try repomd(of: index.path, at: url, size: index.size))
    }
    for (path, answer) in answers {
      switch answer {
      case .body(let bytes):
        served[path] = .found(Checksum(of: bytes), revision: IndexRevision.number(in: bytes))
      case .missing: served[path] = .missing
      case .none(let cause):
        return CurrentVerdict(.unreachable, "\(path): \(cause)", serial: statement.serial)
      }
    }
    return CurrentVerdict(of: statement, serving: served, knowing: known)
  }

  /// A mirror without a statement: one that has the trees had it taken away.
  private func withoutStatement(_ url: String) throws -> CurrentVerdict {
    guard let first = known.newest.repositories.first else { return CurrentVerdict(.missing) }
    switch try repomd(of: first.path, at: url, size: first.size) {
    case .body: return CurrentVerdict(.stripped, "it has no statement")
    case .missing: return CurrentVerdict(.missing, "it has neither a statement nor \(first.path)")
    case .none(let cause): return CurrentVerdict(.unreachable, cause)
    }
  }

  private static func verdict(_ flaw: SignatureFlaw) -> CurrentVerdict {
    let state: CurrentVerdict.State =
      switch flaw.meaning {
      case .stripped: .stripped
      case .forged: .forged
      case .otherKey: .otherKey
      case .expired: .expired
      }
    return CurrentVerdict(
      state, "the signature of its statement does not count: \(flaw.cause(over: "it"))")
  }

  /// - Parameter size: as the statement has it; one that is older may be some larger.
  private func repomd(of path: RelativePath, at url: String, size: Int) throws -> WebAnswer {
    try ask(
      "\(url)/\(path.description.percentEncodedPath)/repodata/repomd.xml",
      limit: max(64 << 10, min(size, CurrentStatement.limit).addingClamped(1)))
  }

  private func ask(_ url: String, limit: Int) throws -> WebAnswer {
    try fetching.answer(to: url, limit: limit, seconds: Self.patience)
  }
}

extension MirrorSurvey {
  /// Where mirrors that are listed for repositories serve the public root: each host once.
  ///
  /// - Parameters:
  ///   - count: how many, chosen by chance.
  ///   - hosts: those that were asked before; the chosen ones are added.
  package func places(
    of findings: [Finding], count: Int, besides hosts: inout Set<String>
  ) -> [String] {
    guard count > 0 else { return [] }
    var places: [String: String] = [:]
    for finding in findings {
      guard case .listed(_, _, let mirrors) = finding.answer else { continue }
      let ending = "/\(finding.repository.path)/repodata/repomd.xml"
      for mirror in mirrors where stream.mayAsk(mirror.url) && mirror.url.hasSuffix(ending) {
        guard ["https", "http"].contains(mirror.method ?? "") else { continue }
        if hosts.contains(mirror.host) { continue }
        places[mirror.host] = String(mirror.url.dropLast(ending.count))
      }
    }
    let chosen = places.shuffled().prefix(count)
    hosts.formUnion(chosen.map(\.key))
    return chosen.map(\.value).sorted()
  }
}

extension StreamContext {
  /// The error that mirrors cannot be asked by a statement that is not there.
  package var nothingStated: ComposeError {
    signer == nil
      ? ComposeError(
        .usage, policy.stream, "its policy has nothing signed, so mirrors cannot be asked by it",
        remedy: "Add the key 'signing.metadata'; Docs/Trust.md says what it means")
      : ComposeError(
        .refused, policy.stream,
        "no statement of what is current was written yet, or it is not "
          + "the one that was recorded",
        remedy: "Write it with: " + commands.commandLine("mirrors lists \(policy.major)"))
  }
}
