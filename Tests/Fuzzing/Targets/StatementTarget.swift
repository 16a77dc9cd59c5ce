import Digests
import MirrorDocuments
import ReleaseModel

/// A statement of what is current, and a repomd.xml, as mirrors serve them.
struct StatementTarget: FuzzTarget {
  static let name = "statement"
  static let words = [
    "\"serial\": ", "\"former\": [", "9007199254740993", "-1", "1e309", "9999-12-31T23:59:59Z",
    "0000-00-00T00:00:00Z", "../..", "<revision>", "</revision>",
  ]

  init() throws {}

  func seeds() throws -> [[UInt8]] {
    let path = try RelativePath.of("updates/7/Everything/x86_64")
    let sum = Checksum(of: [])
    let statement = CurrentStatement(
      stream: "epel-7", serial: 42, release: try ReleaseID("7.07.201908"), written: 1_567_166_400,
      validUntil: 1_567_771_200,
      links: [.init(path: try .of("updates/7"), target: "7.07.201908", tree: try .of("updates"))],
      repositories: [.init(path: path, revision: 7, sha256: sum, size: 3)],
      former: [.init(path: path, sha256: sum, until: 1_567_425_600)])
    return [try statement.bytes(), Array("<repomd><revision>1567166400</revision>".utf8)]
  }

  func run(_ input: [UInt8]) throws {
    let revision = IndexRevision.number(in: input)
    guard let statement = CurrentStatement(input) else { return }
    let served = Dictionary(
      statement.repositories.map {
        ($0.path, CurrentVerdict.Served.found($0.sha256, revision: revision))
      }
    ) { first, _ in first }
    let known = CurrentVerdict.Known(
      newest: statement, written: [(1, 0), (statement.serial, statement.written)], patience: 3600,
      now: 1_567_200_000)
    _ = CurrentVerdict(of: statement, serving: served, knowing: known)
    _ = try CurrentStatement(statement.bytes())
  }
}
