import ComposeLifecycle
import ComposePolicy
import ComposeStage
import ComposeStream
import ComposeTestSupport
import Foundation
import Glibc
import MirrorDocuments
import RPMPackages
import ReleaseLedger
import ReleaseModel

/// An rsync module with a few files that look like trees, and a stream whose policy names it:
/// what telling mirrors reads, without any RPM.
final class ModuleStage {
  let scratch: TemporaryDirectory
  let policy: Policy
  private(set) var ledger: Ledger
  var now = 1_900_000_000
  /// Tells the time in the place of ``now``.
  var clock: (any TimeSource)?

  /// - Parameters:
  ///   - mirrors: what stands below `mirrors` beside the modules, YAML.
  ///   - scan: of the module of the public root.
  init(
    scan: String = "whole", mirrors: String = "  feed: true", archives: Bool = false
  ) throws {
    scratch = try TemporaryDirectory.inMemory()
    let text = """
      stream: test-7
      major: 7
      title: Test
      release: {minorDigits: 2, month: required}
      roots: {public: /pub/epel, staging: /pub/alt, archive: /archives/epel, state: /state}
      areas:
        releases: {path: "releases/{release}"}
        updates: {path: "updates/{release}"}
      links: {releases/7: ../updates/7, updates/7: "{release}"}
      arches: [x86_64]
      mirrors:
        modules:
          - {name: epel, path: /pub/epel, scan: \(scan)}
      \(archives ? "    - {name: archives, path: /archives}\n" : "")\(mirrors)
      """
    policy = try Policy(text: text, file: "p.yaml")
    for directory in ["pub/epel", "state"] + (archives ? ["archives/epel"] : []) {
      try FileManager.default.createDirectory(
        atPath: scratch.path(directory), withIntermediateDirectories: true)
    }
    ledger = try Ledger.open(path: scratch.path("state/test-7.sqlite"))
  }

  func reopen() throws { ledger = try Ledger.open(path: scratch.path("state/test-7.sqlite")) }

  var stream: StreamContext {
    StreamContext(
      policy: policy, locations: Locations(policy: policy, prefix: scratch.path), ledger: ledger,
      reader: RPMReader(keyring: nil, markerPattern: policy.retirement.marker),
      time: clock ?? FixedTime(now: now), operatorName: "tester@test", activity: SilentActivity(),
      templates: PlainDocuments())
  }

  /// The module's directory.
  var module: String { scratch.path("pub/epel") }

  func write(_ text: String, to path: String) throws {
    try scratch.write(text, to: "pub/epel/\(path)")
  }

  /// Makes the link anew, as a flip does.
  func link(_ path: String, to target: String) throws {
    let whole = "\(module)/\(path)"
    try FileManager.default.createDirectory(
      atPath: (whole as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
    unlink(whole)
    guard symlink(target, whole) == 0 else { throw CocoaError(.fileWriteUnknown) }
  }

  /// A tree of one release, links that lead to it, and files of others.
  func fill(_ release: String = "7.06.201903") throws {
    for area in ["releases", "updates"] {
      try write("<repomd/>", to: "\(area)/\(release)/Everything/x86_64/repodata/repomd.xml")
      try write("rpm", to: "\(area)/\(release)/Everything/x86_64/Packages/a/alpha-1.rpm")
    }
    try flip(to: release)
    try write("of epel-8", to: "8/Everything/x86_64/a.rpm")
  }

  func flip(to release: String) throws {
    try link("updates/7", to: release)
    try link("releases/7", to: "../updates/7")
  }

  func owe(_ command: String = "promote 7.06.201903") throws {
    try ledger.commit { try $0.owe(stream.moduleNames, by: command, at: now) }
  }

  @discardableResult
  func tell() throws -> [Telling.Told] { try Telling(stream: stream, begun: now).tell() }

  /// Modules whose lists are not what is there.
  func differing() throws -> [String] {
    try Telling.differences(in: stream).map(\.description)
  }

  // MARK: What was written

  func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(module)/\(name)")))
  }

  /// The list that is there; nil for one that is cut off.
  func list() throws -> FileTimeList? {
    FileTimeList(bytes: try bytes("fullfiletimelist-epel"))
  }

  /// Paths of the list without those of the feed.
  func paths() throws -> [String] {
    try rows().map(\.path).filter { $0 != "changes" && !$0.hasPrefix("changes/") }
  }

  func rows() throws -> [FileListing.Row] {
    guard let files = try list()?.files else { return [] }
    return (0..<files.count).compactMap { files[$0] }
  }

  func head() throws -> FeedHead? { FeedHead(bytes: try bytes("changes/head.json")) }

  func document(_ serial: Int) throws -> FeedDocument? {
    FeedDocument(bytes: try bytes("changes/\(FeedNames.document(serial))"))
  }

  func difference(_ serial: Int) throws -> ListDifference? {
    let text = try Shell.check("zcat", ["\(module)/changes/\(FeedNames.paths(serial))"])
    return ListDifference(text: Array(text.utf8))
  }

  /// What a reader has who begins with nothing and reads every document.
  func replayed(upTo serial: Int) throws -> FileListing {
    var listing = FileListing()
    for number in stride(from: 1, through: serial, by: 1) {
      listing = try difference(number)?.applied(to: listing) ?? FileListing()
    }
    return listing
  }

  /// The list without the rows of the feed.
  func listing() throws -> FileListing {
    let rows = try list()?.files.filtered { path in
      let path = String(decoding: path, as: UTF8.self)
      return path != "changes" && !path.hasPrefix("changes/")
    }
    return rows ?? FileListing()
  }

  /// What the list should say, by a program that is not this one; sorted lines.
  func expected() throws -> [String] {
    try Shell.check("\(Fixtures.checkout)/Tests/Fixtures/file-list", [module, "epel"])
      .split(separator: "\n").map(String.init).sorted()
  }

  /// What the list says, in the same form.
  func found() throws -> [String] {
    guard let list = try list() else { return ["no list"] }
    let rows = String(decoding: list.files.text, as: UTF8.self).split(separator: "\n")
    return
      (rows.map(String.init)
      + list.checksums.flatMap { algorithm, sums in
        sums.map { "\(algorithm.rawValue) \($0.value)\t\($0.key)" }
      }).sorted()
  }
}
