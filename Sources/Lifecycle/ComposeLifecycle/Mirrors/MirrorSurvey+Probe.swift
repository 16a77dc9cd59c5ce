import ComposePolicy
import ComposeStream
import Digests
import MirrorDocuments
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

  /// Asks mirrors that are listed for one release: each at most once, for one repomd.xml.
  ///
  /// - Parameter count: how many, chosen by chance.
  package func probe(_ findings: [Finding], count: Int) throws -> Probe? {
    var chosen: [String: (url: String, repository: MirrorRepository)] = [:]
    for finding in findings.shuffled() {
      guard case .listed(_, _, let mirrors) = finding.answer else { continue }
      for mirror in mirrors.shuffled()
      where ["https", "http"].contains(mirror.method ?? "") && stream.mayAsk(mirror.url) {
        chosen[mirror.host] = (mirror.url, finding.repository)
      }
    }
    let asked = Array(chosen.values.shuffled().prefix(count))
    var probe = Probe()
    for result in try Concurrently.map(
      asked, threads: Self.threads, { try result($0.url, $0.repository) })
    {
      probe.count(result)
    }
    return probe
  }

  private func result(_ url: String, _ repository: MirrorRepository) throws -> Result {
    switch try fetching.answer(to: url, limit: Self.largest, seconds: Self.patience) {
    case .missing: .missing
    case .none: .unreachable
    case .body(let bytes): index(Checksum(of: bytes), of: repository) == .newest ? .fresh : .older
    }
  }
}
