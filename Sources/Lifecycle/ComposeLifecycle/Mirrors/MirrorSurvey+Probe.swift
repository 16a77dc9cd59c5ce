import ComposePolicy
import ComposeStream
import Digests
import MirrorDocuments
import ReleaseLedger
import ReleaseModel

extension MirrorSurvey {
  /// What mirrors have that were asked themselves.
  package struct Probe: Sendable {
    /// They have what is published now.
    package private(set) var fresh = 0
    /// They have something else.
    package private(set) var older = 0
    /// They have nothing there (404).
    package private(set) var missing = 0
    /// They did not answer in time.
    package private(set) var unreachable = 0

    /// How many were asked.
    package var asked: Int { fresh + older + missing + unreachable }

    fileprivate mutating func count(_ result: Result) {
      switch result {
      case .fresh: fresh += 1
      case .older: older += 1
      case .missing: missing += 1
      case .unreachable: unreachable += 1
      }
    }
  }

  fileprivate enum Result: Sendable { case fresh, older, missing, unreachable }

  /// Bytes of the largest answer of a mirror: repomd.xml has some thousand.
  private static let largest = 64 << 10

  /// Asks mirrors that are listed for one release: each at most once, for one repomd.xml, or
  /// for the head of the change feed where the public root is a module that has one.
  ///
  /// - Parameters:
  ///   - count: how many, chosen by chance.
  ///   - hosts: those that were asked before and are not asked again; those that are asked now
  ///     are added.
  package func probe(
    _ findings: [Finding], count: Int, besides hosts: inout Set<String>
  ) throws -> Probe {
    var chosen: [String: (url: String, repository: MirrorRepository)] = [:]
    for finding in findings.shuffled() {
      guard case .listed(_, _, let mirrors) = finding.answer else { continue }
      for mirror in mirrors.shuffled()
      where ["https", "http"].contains(mirror.method ?? "") && !hosts.contains(mirror.host)
        && stream.mayAsk(mirror.url)
      {
        chosen[mirror.host] = (mirror.url, finding.repository)
      }
    }
    let some = chosen.shuffled().prefix(count)
    hosts.formUnion(some.map(\.key))
    let asked = some.map(\.value)
    let serial = try feedSerial()
    var probe = Probe()
    let results = try Concurrently.map(asked, threads: Self.threads) { mirror in
      try result(mirror.url, mirror.repository, serial: serial)
    }
    for result in results { probe.count(result) }
    return probe
  }

  /// Of the newest document of the change feed in the public root; nil where none is there.
  private func feedSerial() throws -> Int? {
    guard let mirrors = stream.policy.mirrors, mirrors.feed,
      let module = mirrors.modules.first(where: { $0.path == stream.policy.roots.public })
    else { return nil }
    let record = try stream.ledger.mirrorModules().first { $0.module == module.name }
    return record.flatMap { $0.serial > 0 ? $0.serial : nil }
  }

  private func result(
    _ url: String, _ repository: MirrorRepository, serial: Int?
  ) throws -> Result {
    let ending = "/\(repository.path)/repodata/repomd.xml"
    guard let serial, url.hasSuffix(ending) else {
      return try result(url) { index(Checksum(of: $0), of: repository) == .newest }
    }
    let head = "\(url.dropLast(ending.count))/\(FeedNames.directory)/\(FeedNames.head)"
    return try result(head) { FeedHead(bytes: $0).map { $0.serial >= serial } ?? false }
  }

  /// - Parameter isFresh: throws for an answer that is none.
  private func result(_ url: String, isFresh: ([UInt8]) throws -> Bool) throws -> Result {
    switch try fetching.answer(to: url, limit: Self.largest, seconds: Self.patience) {
    case .missing: .missing
    case .none: .unreachable
    case .body(let bytes): (try? isFresh(bytes)) == true ? .fresh : .older
    }
  }
}
