import ComposeLifecycle
import ComposePolicy
import ComposeStage
import ComposeStream
import ComposeTestSupport
import Digests
import DurableFiles
import Foundation
import MirrorDocuments
import ReleaseModel

/// A small stream whose policy has metadata signed, and a mirror of it.
final class SignedStage {
  let stage: Stage
  let key: SigningKey

  static let (first, next) = ("7.06.201903", "7.07.201908")

  init(validity: String = "7 days", mirrors: String = "") throws {
    stage = try Stage(small: TemporaryDirectory(in: URL(fileURLWithPath: "/tmp")))
    key = try SigningKey(named: "Metadata")
    try sign(by: key, validity: validity, mirrors: mirrors)
    stage.fetching = DirectoryFetching(prefix: "http://mirror/", directory: mirror)
  }

  deinit { key.endAgent() }

  /// From now on the policy has metadata signed by `key`.
  func sign(by key: SigningKey, validity: String = "7 days", mirrors: String = "") throws {
    let file = stage.scratch.path("Policies/epel-7.yaml")
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let signing = try key.metadataSigning(root: stage.root, "validity: \(validity)")
    stage.policy = try Policy(
      text: text.replacing(/signing:\n  keys:\n.*\n/, with: signing)
        .replacing("calendar:", with: "\(mirrors)\ncalendar:"), file: file)
  }

  var publication: StatementPublication {
    get throws {
      guard let publication = StatementPublication(stage.stream) else {
        throw Shell.Failure(description: "the policy has nothing signed")
      }
      return publication
    }
  }

  // MARK: The public root

  var file: String { "\(stage.locations.public)/epel-7.current.json" }

  func statement() throws -> CurrentStatement {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    guard let statement = CurrentStatement(Array(bytes)) else {
      throw Shell.Failure(description: "no statement: \(String(decoding: bytes, as: UTF8.self))")
    }
    return statement
  }

  /// Both releases, the first one current.
  func makeReleases() async throws {
    try RPMSpec("alpha").build(into: stage.pool)
    try await stage.release(Self.first)
    try RPMSpec("alpha", "2.0").build(into: stage.pool)
    try await stage.compose(Self.next)
    try stage.publish(Self.next)
  }

  // MARK: A mirror

  var mirror: String { stage.scratch.path("mirror") }

  /// Everything that is public, as it is now.
  func fetch() throws {
    try? FileManager.default.removeItem(atPath: mirror)
    try Shell.check("cp", ["-a", stage.locations.public, mirror])
  }

  /// One path of the mirror is as it is now.
  func fetch(_ path: String) throws {
    try? FileManager.default.removeItem(atPath: "\(mirror)/\(path)")
    try Shell.check("cp", ["-a", "\(stage.locations.public)/\(path)", "\(mirror)/\(path)"])
  }

  func verdict() throws -> CurrentVerdict {
    guard let survey = try StatementSurvey(stage.stream) else {
      throw Shell.Failure(description: "nothing was stated yet")
    }
    return try survey.verdict(of: "http://mirror", retrying: false)
  }

  func index(_ repository: String = "x86_64") -> String {
    "updates/7/Everything/\(repository)/repodata/repomd.xml"
  }
}

/// Answers for a web server with the files of a directory, links followed.
struct DirectoryFetching: WebFetching {
  let prefix: String
  let directory: String

  private func contents(_ url: String) -> Data? {
    guard url.hasPrefix(prefix) else { return nil }
    return FileManager.default.contents(atPath: "\(directory)/\(url.dropFirst(prefix.count))")
  }

  func fetch(_ path: RelativePath, below url: String) throws -> ScratchFile? { nil }

  func page(_ path: String, query: [(String, String)], below url: String) throws -> [UInt8] { [] }

  func answer(to url: String, limit: Int, seconds: Int) throws -> WebAnswer {
    guard let data = contents(url) else { return .missing }
    return data.count > limit ? .none("it is too large") : .body(Array(data))
  }

  func checksum(at url: String, limit: Int) throws -> WebChecksum {
    guard let data = contents(url) else { return .missing }
    return data.count > limit ? .none("it is too large") : .found(Checksum(of: Array(data)))
  }
}
