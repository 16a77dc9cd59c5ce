package import BuildSystems
import ComposeChecks
import ComposeLifecycle
package import ComposePlanning
package import ComposePolicy
package import ComposeStream
package import ComposeTestSupport
import ComposeTrees
package import Foundation
package import PackageLibrary
import RPMPackages
package import ReleaseLedger
package import ReleaseModel

/// A stream in a scratch directory, driven through the layers in this very
/// process.
package final class Stage {
  package let scratch: TemporaryDirectory
  package var policy: Policy
  /// Where relative paths of the policy start.
  package let policyDirectory: String
  package let ledger: Ledger
  package var now = 1_600_000_000
  /// Keys of the policy, for what verdicts are about; no RPM is verified with them.
  package var certificates: [Certificate] = []
  package var documents: any TemplateRendering = PlainDocuments()
  /// What answers for servers; nil where nobody does.
  package var fetching: (any WebFetching)?
  /// What is known of RPMs and documents; nil to know nothing of earlier runs.
  package var library: PackageLibrary?

  package var root: String { scratch.path("root") }
  package var pool: String { scratch.path("pool") }
  package var locations: Locations { Locations(policy: policy, prefix: root) }

  package init(policy file: String = "epel-7.yaml") throws {
    scratch = try TemporaryDirectory()
    let path = "\(Fixtures.policies)/\(file)"
    policyDirectory = Fixtures.policies
    let text = try String(contentsOfFile: path, encoding: .utf8)
    policy = try Policy(
      text: text.replacing("calendar:", with: "\(Fixtures.noClientTests)\n\ncalendar:")
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
  ///
  /// - Parameters:
  ///   - metadata: as `Fixtures.smallPolicies` has it.
  ///   - hasMinors: likewise.
  ///   - hasTesting: likewise.
  package init(
    small scratch: TemporaryDirectory, grace: String = "0 days", metadata: SignedMetadata? = nil,
    hasMinors: Bool = false, hasTesting: Bool = false
  ) throws {
    self.scratch = scratch
    policyDirectory = try Fixtures.smallPolicies(
      in: scratch, grace: grace, metadata: metadata, hasMinors: hasMinors, hasTesting: hasTesting)
    policy = try Policy(file: policyDirectory + "/epel-7.yaml")
    let locations = Locations(policy: policy, prefix: scratch.path("root"))
    for path in [locations.state, scratch.path("pool")] {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }
    ledger = try Ledger.open(path: locations.ledgerFile)
  }

  /// The same directories with the ledger as it is on disk now.
  package init(reopening other: Stage) throws {
    scratch = other.scratch
    policy = other.policy
    policyDirectory = other.policyDirectory
    now = other.now
    ledger = try Ledger.open(path: other.locations.ledgerFile)
  }

  /// Two releases, the second one current.
  package static func superseded() async throws -> Stage {
    let stage = try Stage()
    try stage.add(.first)
    try await stage.release("7.06.201903")
    try stage.add(.next)
    try await stage.release("7.07.201908")
    return stage
  }

  package var stream: StreamContext {
    StreamContext(
      policy: policy, locations: locations, ledger: ledger,
      reader: RPMReader(keyring: nil, markerPattern: policy.retirement.marker),
      library: library, time: FixedTime(now: now), operatorName: "tester@test",
      activity: SilentActivity(),
      templates: documents, certificates: certificates, policyDirectory: policyDirectory,
      fetching: fetching)
  }

  package var buildSystem: DirectoryBuildSystem {
    get throws {
      try DirectoryBuildSystem([RPMDirectory(pool)], library: stream.library, ledger: ledger)
    }
  }

  /// Puts copies of prebuilt RPMs into the pool.
  package func add(_ rpms: PrebuiltRPMs) throws {
    try Shell.check("cp", ["-a", rpms.path + "/.", pool])
  }

  package func plan(_ release: String) async throws -> Plan {
    let id = try policy.parseRelease(release)
    let inventory = try await stream.inventory(from: buildSystem, planning: id)
    return try Planner(policy: policy, order: .rpm).plan(id, from: inventory, allowUnsigned: true)
  }

  @discardableResult
  package func compose(_ release: String) async throws -> Plan {
    let plan = try await plan(release)
    try Executor(stream: stream).run(ComposeOperation(plan, from: buildSystem))
    _ = try TreeCheckRunner(stream: stream).runAndRecord(stream.release(plan.release))
    return plan
  }

  package func record(_ release: String) throws -> ReleaseRecord {
    try stream.release(policy.parseRelease(release))
  }

  package func publish(_ release: String) throws {
    try Executor(stream: stream).run(PublishOperation(record(release), in: stream))
  }

  package func promote(_ release: String) throws {
    try Executor(stream: stream).run(PromoteOperation(record(release), skipSoak: true, in: stream))
  }

  /// Moves one link that has a moment of its own.
  package func move(_ link: String, to release: String) throws {
    try Executor(stream: stream).run(
      MoveLinkOperation(record(release), link: link, skipSoak: true, in: stream))
  }

  package func release(_ release: String) async throws {
    try await compose(release)
    try publish(release)
    try promote(release)
  }

  /// - Parameter again: as if the ledger had not heard of an earlier one.
  package func archive(_ release: String, again: Bool = false) throws {
    let id = try policy.parseRelease(release)
    if again { try ledger.commit { try $0.setState(.superseded, of: id, at: now) } }
    try Executor(stream: stream).run(ArchiveOperation(record(release)))
  }

  /// - Parameter release: one that is maintained; nil for the current one.
  package func pushPlan(
    _ request: PushRequest = .update(), into release: String? = nil
  ) async throws -> PushPlan {
    var stream = self.stream
    if let release { stream = try stream.serving(policy.parseRelease(release)) }
    let inventory = try await stream.inventory(from: buildSystem)
    return try Planner(policy: policy, order: .rpm).push(
      request, from: inventory, now: stream.time.now, allowUnsigned: true)
  }

  package func update(_ release: String? = nil) async throws {
    try await Executor(stream: stream).run(UpdateOperation(pushPlan(into: release), in: stream))
  }

  /// What `updates/7` points to.
  package func link(_ path: String = "updates/7") throws -> String? {
    try? FileManager.default.destinationOfSymbolicLink(atPath: "\(locations.public)/\(path)")
  }

  /// Everything below `path` except what holds times of the run: contents by
  /// path.
  package func contents(of path: String) throws -> [String: Data] {
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
  package func verify(_ release: String) throws -> [Finding] {
    try ReleaseVerification(stream: stream).run(record(release)).checks.flatMap(\.findings)
  }
}
