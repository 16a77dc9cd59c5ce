import ComposeStream
import ComposeChecks
import ComposeLifecycle
import BuildSystems
import ComposePlanning
import ComposePolicy
import ComposeTestSupport
import Foundation
import RPMPackages
import ReleaseLedger
import ReleaseModel

/// A stream in a scratch directory, driven through the layers in this very
/// process.
final class Stage {
  let scratch: TemporaryDirectory
  var policy: Policy
  let ledger: Ledger
  var now = 1_600_000_000
  var documents: any DocumentRendering = PlainDocuments()

  var root: String { scratch.path("root") }
  var pool: String { scratch.path("pool") }
  var locations: Locations { Locations(policy: policy, prefix: root) }

  init(policy file: String = "epel-7.yaml") throws {
    scratch = try TemporaryDirectory()
    let path = "\(Fixtures.policies)/\(file)"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    policy = try Policy(
      text: text.replacing("calendar:", with: "\(Fixtures.noRehearsal)\n\ncalendar:")
        .replacing("  databases: true\n", with: ""), file: path)
    let state = Locations(policy: policy, prefix: scratch.path("root")).state
    for path in [state, scratch.path("pool")] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    ledger = try Ledger.open(
      path: Locations(policy: policy, prefix: scratch.path("root")).ledgerFile)
  }

  /// A stream with one architecture in memory, for tests that run hundreds
  /// of commands.
  init(small scratch: TemporaryDirectory, grace: String = "0 days") throws {
    self.scratch = scratch
    policy = try Policy(
      file: Fixtures.smallPolicies(in: scratch, grace: grace) + "/epel-7.yaml")
    let locations = Locations(policy: policy, prefix: scratch.path("root"))
    for path in [locations.state, scratch.path("pool")] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    ledger = try Ledger.open(path: locations.ledgerFile)
  }

  /// The same directories with the ledger as it is on disk now.
  init(reopening other: Stage) throws {
    scratch = other.scratch
    policy = other.policy
    now = other.now
    ledger = try Ledger.open(path: other.locations.ledgerFile)
  }

  /// Two releases, the second one current.
  static func superseded() async throws -> Stage {
    let stage = try Stage()
    try stage.add(.first)
    try await stage.release("7.06.201903")
    try stage.add(.next)
    try await stage.release("7.07.201908")
    return stage
  }

  var stream: StreamContext {
    StreamContext(
      policy: policy, locations: locations, ledger: ledger,
      reader: RPMReader(keyring: nil, markerPattern: policy.retirement.marker),
      time: FixedTime(now: now), operatorName: "tester@test", activity: SilentActivity(),
      documents: documents)
  }

  var buildSystem: DirectoryBuildSystem {
    get throws {
      try DirectoryBuildSystem(directory: pool, library: stream.library, ledger: ledger)
    }
  }

  /// Puts copies of prebuilt RPMs into the pool.
  func add(_ rpms: PrebuiltRPMs) throws {
    try Shell.check("cp", ["-a", rpms.path + "/.", pool])
  }

  func plan(_ release: String) async throws -> Plan {
    let id = try policy.parseRelease(release)
    let inventory = try await stream.inventory(from: buildSystem, planning: id)
    return try Planner(policy: policy, order: .rpm).plan(id, from: inventory, allowUnsigned: true)
  }

  @discardableResult
  func compose(_ release: String) async throws -> Plan {
    let plan = try await plan(release)
    try Executor(stream: stream).run(ComposeOperation(plan, from: buildSystem, in: stream))
    _ = try TreeCheckRunner(stream: stream).runAndRecord(stream.release(plan.release))
    return plan
  }

  func record(_ release: String) throws -> ReleaseRecord {
    try stream.release(policy.parseRelease(release))
  }

  func publish(_ release: String) throws {
    try Executor(stream: stream).run(PublishOperation(record(release), in: stream))
  }

  func promote(_ release: String) throws {
    try Executor(stream: stream).run(PromoteOperation(record(release), skipSoak: true, in: stream))
  }

  func release(_ release: String) async throws {
    try await compose(release)
    try publish(release)
    try promote(release)
  }

  /// - Parameter again: as if the ledger had not heard of an earlier one.
  func archive(_ release: String, again: Bool = false) throws {
    let id = try policy.parseRelease(release)
    if again { try ledger.commit { try $0.setState(.superseded, of: id, at: now) } }
    try Executor(stream: stream).run(ArchiveOperation(record(release), in: stream))
  }

  func pushPlan(_ request: PushRequest = .update(again: [])) async throws -> PushPlan {
    let inventory = try await stream.inventory(from: buildSystem)
    return try Planner(policy: policy, order: .rpm).push(
      request, from: inventory, now: stream.time.now, allowUnsigned: true)
  }

  func update() async throws {
    try await Executor(stream: stream).run(UpdateOperation(pushPlan(), in: stream))
  }

  /// What `updates/7` points to.
  func link(_ path: String = "updates/7") throws -> String? {
    try? FileManager.default.destinationOfSymbolicLink(atPath: "\(locations.public)/\(path)")
  }

  /// Everything below `path` except what holds times of the run: contents by
  /// path.
  func contents(of path: String) throws -> [String: Data] {
    let names = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    var contents: [String: Data] = [:]
    for name in names {
      var isDirectory: ObjCBool = false
      let exists = FileManager.default.fileExists(
        atPath: "\(path)/\(name)", isDirectory: &isDirectory)
      if exists, !isDirectory.boolValue {
        contents[name] = try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)"))
      }
    }
    return contents
  }

  /// Throws unless every file of every tree is as recorded.
  func verify(_ release: String) throws -> [Finding] {
    try ReleaseVerification(stream: stream).run(record(release)).checks.flatMap(\.findings)
  }
}

/// Documents without templates.
struct PlainDocuments: DocumentRendering {
  func testRepository(_ file: TestRepositoryFile) throws -> String {
    file.repositories.map { "\($0.id) \($0.baseURL)\n" }.joined()
  }

  func redirects(_ redirects: ArchiveRedirects) throws -> [ArchiveRedirects.File] {
    [
      ArchiveRedirects.File(
        fileName: "plain.conf",
        text: redirects.trees.map {
          "\(redirects.publicPath)/\($0) \(redirects.archiveURL)/\($0)\n"
        }
        .joined())
    ]
  }
}

/// RPMs that are built once for all tests.
struct PrebuiltRPMs: Sendable {
  private let directory: TemporaryDirectory

  var path: String { directory.path }

  private init(_ specs: [RPMSpec]) {
    do {
      directory = try TemporaryDirectory()
      for spec in specs { try spec.build(into: directory.path) }
    } catch {
      fatalError("rpmbuild does not work here: \(error)")
    }
  }

  /// The first release: alpha for a machine, beta and gamma for all.
  static let first = PrebuiltRPMs([
    RPMSpec(
      "alpha", arch: "x86_64", subpackages: [.init("doc", arch: "noarch"), .init("debuginfo")]),
    RPMSpec("beta"), RPMSpec("gamma"), RPMSpec("epsilon").retired("Long gone.\n"),
  ])
  /// A push: beta newer, iota new, gamma with its marker.
  static let push = PrebuiltRPMs([
    RPMSpec("beta", "1.1"), RPMSpec("iota"), RPMSpec("gamma", "1.0", "2").retired("Gone.\n"),
  ])
  /// The same in small, for sweeps.
  static let small = PrebuiltRPMs([RPMSpec("alpha"), RPMSpec("gamma")])
  static let smallNext = PrebuiltRPMs([RPMSpec("alpha", "2.0")])
  /// For the next release.
  static let next = PrebuiltRPMs([RPMSpec("alpha", "2.0", arch: "x86_64"), RPMSpec("pi")])
}
