import ComposeChecks
import ComposeLifecycle
import ComposePlanning
import ComposePolicy
import ComposeStage
import ComposeStream
import ComposeTestSupport
import ComposeTrees
import Foundation
import ReleaseLedger
import ReleaseModel
import Testing

/// A command at the moment when it runs: for tests that disturb it, in this
/// very process or as a program. A new command gets a scene here, and every
/// sweep goes over it.
struct Scene: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// What the program is called with; `POOL` stands for the directory of RPM
  /// files, `ROOT` for that of the stream.
  let arguments: [String]
  /// How long files stay that nothing leads to, as in a policy.
  let grace: String
  /// Whether the policy has repomd.xml signed.
  let isSigned: Bool
  /// Whether an earlier minor release is maintained, and a link has a moment of its own.
  let hasMinors: Bool
  /// Whether the policy has an area for what waits to become stable.
  let hasTesting: Bool
  /// Of how many points a sweep visits one at most: 4 for a command that makes the calls of
  /// another scene, such as one with signatures, and a few more.
  let share: Int
  /// Brings a fresh stream to where the command can run.
  let prepare: @Sendable (Stage) async throws -> Void
  /// Recovery, then the command, unless recovery finished it.
  let perform: @Sendable (Stage) async throws -> Void

  /// - Parameters:
  ///   - arguments: their first is the kind of the operation unless `kind`
  ///     says another.
  ///   - grace: the same command again must find nothing to remove where it is
  ///     to leave what the first run left.
  private init(
    _ testDescription: String, _ arguments: [String], kind: String? = nil,
    grace: String = "0 days", isSigned: Bool = false, hasMinors: Bool = false,
    hasTesting: Bool = false, share: Int? = nil,
    prepare: @escaping @Sendable (Stage) async throws -> Void,
    command: @escaping @Sendable (Stage) async throws -> Void
  ) {
    self.testDescription = testDescription
    self.arguments = arguments
    self.grace = grace
    self.isSigned = isSigned
    self.hasMinors = hasMinors
    self.hasTesting = hasTesting
    self.share = share ?? (isSigned ? 4 : 1)
    self.prepare = { stage in
      try await prepare(stage)
      // What was done so far was told: the command at hand is not given again.
      try stage.ledger.commit { try $0.markOperationsReported() }
    }
    let kind = kind ?? arguments[0]
    perform = { stage in
      let finished = try Recovery(stream: stage.stream).run()
      if try finished.take(#require(OperationKind(rawValue: kind))) != nil { return }
      try await command(stage)
    }
  }

  /// All of them, or the one that `EPEL_COMPOSE_SCENE` names: for work on one command.
  static let all: [Scene] = {
    let name = ProcessInfo.processInfo.environment["EPEL_COMPOSE_SCENE"]
    return (withoutSignatures + withSignatures).filter {
      $0.testDescription == name ?? $0.testDescription
    }
  }()

  private static let withoutSignatures = [
    compose, branch, update, selected, withdraw, again, undo, prune, publish, prepare, promote,
    rollback,
    archive, removeOriginal, restore, linkArchive, repair, abandon, maintained, moveLink,
    moveLinkBack, testing, beginTesting, end, undoEnd, removeEnded, endMinor, undoEndMinor,
  ]

  /// Where metadata is signed.
  private static let withSignatures = [
    signedCompose, signedUpdate, signedPromote, signedPrepare, firstSignatures, signedTesting,
  ]

  /// Who signs metadata in the scene; nil for nobody.
  func metadata() throws -> SignedMetadata? { isSigned ? try SignedMetadata.quick() : nil }

  static let compose = Scene(
    "compose", ["compose", "7.07.201908", "--rpms", "POOL", unsigned], prepare: first
  ) { stage in
    let plan = try await stage.plan("7.07.201908")
    try Executor(stream: stage.stream).run(
      ComposeOperation(plan, from: stage.buildSystem))
  }
  /// The next minor release, from what is live for the leading one.
  static let branch = Scene(
    "branch", ["branch", "7.07.201908", "--rpms", "POOL", unsigned], kind: "compose",
    hasMinors: true, share: 4, prepare: first
  ) { stage in
    let release = try stage.policy.parseRelease("7.07.201908")
    let former = try stage.stream.formerRelease(branching: release)
    let planned = try await ReleasePlanner(stage.stream, allowUnsigned: true)
      .plan(release, from: stage.buildSystem, branching: BranchPoint(former: former))
    try Executor(stream: stage.stream).run(ComposeOperation(planned.plan, from: stage.buildSystem))
  }
  static let update = Scene(
    "update", ["update", "7", "--rpms", "POOL", unsigned] + announced, grace: "14 days",
    prepare: first
  ) { try await push(.update(), on: $0) }
  /// One build of two.
  static let selected = Scene(
    "update, one build alone",
    ["update", "7", "gamma-2.0-1", "--rpms", "POOL", unsigned] + announced, grace: "14 days",
    share: 4,
    prepare: { stage in
      try await first(stage)
      try stage.add(.smallThird)
    }
  ) { try await push(.update(UpdateSelection(only: ["gamma-2.0-1"])), on: $0) }
  /// A build that was withdrawn.
  static let again = Scene(
    "update, a build again",
    ["update", "7", "--again", "alpha-2.0-1", "--rpms", "POOL", unsigned] + announced,
    grace: "14 days", share: 4,
    prepare: { stage in
      try await pushed(stage)
      try await push(.withdraw(["alpha-2.0-1"], reason: "It is broken"), on: stage)
    }
  ) { try await push(.update(UpdateSelection(again: ["alpha-2.0-1"])), on: $0) }
  static let withdraw = Scene(
    "update, withdrawing a build",
    ["update", "7", "--withdraw", "alpha-2.0-1", "--reason", "It is broken"] + announced,
    grace: "14 days", prepare: pushed
  ) { try await push(.withdraw(["alpha-2.0-1"], reason: "It is broken"), on: $0) }
  static let undo = Scene(
    "update, taking a push back",
    ["update", "7", "--undo", "--reason", "It is broken"] + announced, grace: "14 days",
    // Two pushes: a second undo would take the other one back.
    prepare: { stage in
      try await pushed(stage)
      try stage.add(.smallThird)
      try await stage.update()
    }
  ) { stage in
    let plan = try await stage.pushPlan(.undo(reason: "It is broken"))
    if plan.refusals.isEmpty {
      try Executor(stream: stage.stream).run(UpdateOperation(plan, in: stage.stream))
    }
  }
  /// Nothing is new; what the push before has replaced goes.
  static let prune = Scene(
    "update, removing what is old", ["update", "7", "--rpms", "POOL", unsigned], prepare: pushed
  ) { try await push(.update(), on: $0) }
  static let publish = Scene(
    "publish", ["publish", "7.07.201908"],
    prepare: { stage in
      try await first(stage)
      try await stage.compose("7.07.201908")
    }
  ) { try $0.publish("7.07.201908") }
  static let prepare = Scene(
    "mirrors prepare", ["mirrors", "prepare", "7.07.201908"], kind: "prepare",
    prepare: { stage in
      try await first(stage)
      try await stage.compose("7.07.201908")
      try stage.publish("7.07.201908")
      try stage.add(.smallThird)
      try await stage.update()
    }
  ) { stage in
    try Executor(stream: stage.stream).run(
      PrepareOperation(stage.record("7.07.201908"), in: stage.stream))
  }
  static let promote = Scene(
    "promote", ["promote", "7.07.201908", "--skip-soak", "--announcement", "ROOT/release.txt"],
    prepare: { stage in
      try await first(stage)
      try await stage.compose("7.07.201908")
      try stage.publish("7.07.201908")
      // A push meanwhile: promote must renew the revision, too.
      try await stage.update()
      _ = try TreeCheckRunner(stream: stage.stream).runAndRecord(stage.record("7.07.201908"))
    }
  ) { try $0.promote("7.07.201908") }
  static let rollback = Scene("rollback", ["rollback", "7"], prepare: second) { stage in
    try Executor(stream: stage.stream).run(RollbackOperation(in: stage.stream))
  }
  static let archive = Scene("archive", ["archive", "7.06.201903"], prepare: second) {
    try $0.archive("7.06.201903")
  }
  /// The same with a few MiB, for disks that fill up.
  static let archiveOfMebibytes = Scene(
    "archive, a few MiB", ["archive", "7.06.201903"],
    prepare: { stage in
      try stage.add(.large)
      try await stage.release("7.06.201903")
      try stage.add(.smallNext)
      try await stage.release("7.07.201908")
    }
  ) { try $0.archive("7.06.201903") }
  static let removeOriginal = Scene(
    "remove-original", ["archive", "7.06.201903", "--remove-original"], kind: "remove-original",
    prepare: { stage in
      try await second(stage)
      try stage.archive("7.06.201903")
    }
  ) { stage in
    try Executor(stream: stage.stream).run(
      RemoveOriginalOperation(stage.record("7.06.201903"), in: stage.stream))
  }
  static let restore = Scene("restore", ["restore", "7.06.201903"], prepare: archived) { stage in
    try Executor(stream: stage.stream).run(
      RestoreOperation(stage.record("7.06.201903"), in: stage.stream))
  }
  /// Two archived releases have equal files, each of its own.
  static let linkArchive = Scene(
    "archive link", ["archive", "link", "7.07.201908"], kind: "link-archive",
    prepare: { stage in
      try await archived(stage)
      try stage.add(.smallThird)
      try await stage.release("7.08.202004")
      try stage.archive("7.07.201908")
      try stage.unlink("updates/7.07.201908")
    }
  ) { stage in
    try Executor(stream: stage.stream).run(LinkArchiveOperation(stage.record("7.07.201908")))
  }
  /// Two files of the archive are damaged, one is gone, and another copy has them.
  static let repair = Scene(
    "archive verify, repairing", ["archive", "verify", "7", "--repair-from", "ROOT/copy"],
    kind: "repair",
    prepare: { stage in
      try await archived(stage)
      try Shell.check("cp", ["-a", stage.locations.archive, stage.root + "/copy"])
      try stage.damageArchive("updates/7.06.201903")
    }
  ) { stage in
    var readings = try ArchiveReadings(of: stage.stream) { _ in }
    let damage = try ArchiveVerification(stream: stage.stream).run(&readings) { _ in }.damage
    let sources = try RepairSources(
      for: damage, and: TreePlace(stage.root + "/copy", fetching: NoFetching()), in: stage.stream)
    try Executor(stream: stage.stream).run(
      RepairOperation(
        stage.policy.parseRelease("7.06.201903"), damage, from: sources,
        in: stage.stream
      ) { _ in })
  }
  static let abandon = Scene(
    "abandon", ["abandon", "7.07.201908"],
    prepare: { stage in
      try await first(stage)
      try await stage.compose("7.07.201908")
      try stage.publish("7.07.201908")
    }
  ) { stage in
    try Executor(stream: stage.stream).run(
      AbandonOperation(stage.record("7.07.201908"), in: stage.stream))
  }

  /// A push into an earlier minor release that is maintained; one link leads there still.
  static let maintained = Scene(
    "update, a maintained release",
    ["update", "7.06.201903", "--rpms", "POOL", unsigned] + announced, grace: "14 days",
    hasMinors: true, prepare: minors
  ) { stage in
    let plan = try await stage.pushPlan(into: "7.06.201903")
    let operation = try UpdateOperation(plan, in: stage.stream)
    if !operation.isEmpty { try Executor(stream: stage.stream).run(operation) }
  }
  /// That link moves, after a push into the release that it leaves.
  static let moveLink = Scene(
    "promote, one link",
    ["promote", "7.07.201908", "--link", "updates/7z"],
    kind: "move-link", grace: "14 days", hasMinors: true,
    prepare: { stage in
      try await minors(stage)
      try await stage.update("7.06.201903")
      _ = try TreeCheckRunner(stream: stage.stream).runAndRecord(stage.record("7.07.201908"))
    }
  ) { try $0.move("updates/7z", to: "7.07.201908") }
  /// It goes back.
  static let moveLinkBack = Scene(
    "rollback, one link", ["rollback", "7", "--link", "updates/7z"],
    kind: "move-link", grace: "14 days", hasMinors: true,
    prepare: { stage in
      try await minors(stage)
      _ = try TreeCheckRunner(stream: stage.stream).runAndRecord(stage.record("7.07.201908"))
      try stage.move("updates/7z", to: "7.07.201908")
      try await stage.update("7.06.201903")
    }
  ) { stage in
    try Executor(stream: stage.stream).run(
      MoveLinkOperation(back: "updates/7z", in: stage.stream))
  }

  /// One build that was tested is stable by now, and leaves testing; another comes.
  static let testing = Scene(
    "update, testing alone", ["update", "7", "--testing", "--testing-rpms", "POOL", unsigned],
    kind: "testing", grace: "14 days", hasTesting: true, share: 4,
    prepare: { stage in
      try await first(stage)
      try await stage.bringTesting()
      try await stage.update()
      try stage.add(.smallThird)
    }
  ) { try await $0.bringTesting() }
  /// The release was composed before the policy had the area; nothing is tested yet.
  static let beginTesting = Scene(
    "update, the first testing tree",
    ["update", "7", "--testing", "--testing-rpms", "POOL", unsigned], kind: "begin-testing",
    grace: "14 days", hasTesting: true, share: 4,
    prepare: { stage in
      let policy = stage.policy
      let scratch = try TemporaryDirectory()
      stage.policy = try Policy(
        file: Fixtures.smallPolicies(in: scratch, grace: "14 days") + "/epel-7.yaml")
      try stage.add(.small)
      try await stage.release("7.06.201903")
      stage.policy = policy
    }
  ) { try await $0.bringTesting() }
  /// The only release goes to the archive, with its links.
  static let end = Scene("end", ["end", "7"], share: 4, prepare: first) { try $0.end() }
  static let undoEnd = Scene(
    "end, taken back", ["end", "7", "--undo"], kind: "undo-end", share: 4,
    prepare: { stage in
      try await first(stage)
      try stage.end()
    }
  ) { stage in
    try Executor(stream: stage.stream).run(
      UndoEndOperation(stage.record("7.06.201903"), isWholeStream: true, in: stage.stream))
  }
  /// The grace time is over: links and originals go.
  static let removeEnded = Scene(
    "end, removing originals", ["end", "7", "--remove-original"], kind: "remove-ended",
    share: 4,
    prepare: { stage in
      try await first(stage)
      let now = stage.now
      stage.now -= 61 * 86_400
      try stage.end()
      stage.now = now
    }
  ) { stage in
    try Executor(stream: stage.stream).run(
      RemoveEndedOperation(stage.record("7.06.201903"), isWholeStream: true, in: stage.stream))
  }
  /// A maintained release, to which no link leads, ends before its day.
  static let endMinor = Scene(
    "end, a minor release", ["end", "7.06.201903"], hasMinors: true, share: 4, prepare: unlinked
  ) { try $0.end("7.06.201903") }
  static let undoEndMinor = Scene(
    "end, a minor release, taken back", ["end", "7.06.201903", "--undo"], kind: "undo-end",
    hasMinors: true, share: 4,
    prepare: { stage in
      try await unlinked(stage)
      try stage.end("7.06.201903")
    }
  ) { stage in
    try Executor(stream: stage.stream).run(
      UndoEndOperation(stage.record("7.06.201903"), isWholeStream: false, in: stage.stream))
  }

  static let signedCompose = Scene(
    "compose, signed", ["compose", "7.07.201908", "--rpms", "POOL", unsigned], isSigned: true,
    prepare: first
  ) { stage in
    let plan = try await stage.plan("7.07.201908")
    try Executor(stream: stage.stream).run(ComposeOperation(plan, from: stage.buildSystem))
  }
  static let signedUpdate = Scene(
    "update, signed", ["update", "7", "--rpms", "POOL", unsigned], grace: "14 days",
    isSigned: true, prepare: first
  ) { try await push(.update(), on: $0) }
  /// Nothing is new, and the trees are from before the policy had them signed.
  static let firstSignatures = Scene(
    "update, signing for the first time", ["update", "7", "--rpms", "POOL", unsigned],
    grace: "14 days", isSigned: true,
    prepare: { stage in
      let signed = stage.policy
      let scratch = try TemporaryDirectory()
      stage.policy = try Policy(
        file: Fixtures.smallPolicies(in: scratch, grace: "14 days") + "/epel-7.yaml")
      try await pushed(stage)
      stage.policy = signed
    }
  ) { try await push(.update(), on: $0) }
  static let signedTesting = Scene(
    "update, testing alone, signed",
    ["update", "7", "--testing", "--testing-rpms", "POOL", unsigned], kind: "testing",
    grace: "14 days", isSigned: true, hasTesting: true, share: 8, prepare: first
  ) { try await $0.bringTesting() }
  static let signedPromote = Scene(
    "promote, signed", ["promote", "7.07.201908", "--skip-soak"], isSigned: true,
    prepare: { stage in
      try await first(stage)
      try await stage.compose("7.07.201908")
      try stage.publish("7.07.201908")
      try await stage.update()
      _ = try TreeCheckRunner(stream: stage.stream).runAndRecord(stage.record("7.07.201908"))
    }
  ) { try $0.promote("7.07.201908") }

  /// A release that a link of its own leads to is made ready for a rollback: its index is renewed
  /// while clients read it.
  static let signedPrepare = Scene(
    "mirrors prepare, signed", ["mirrors", "prepare", "7.06.201903"], kind: "prepare",
    grace: "14 days", isSigned: true, hasMinors: true, prepare: minors
  ) { stage in
    try Executor(stream: stage.stream).run(
      PrepareOperation(stage.record("7.06.201903"), in: stage.stream))
  }

  private static let unsigned = "--allow-unsigned"
  private static let announced = ["--announcement", "ROOT/push.txt", "--html", "ROOT/push.html"]

  private static func push(_ request: PushRequest, on stage: Stage) async throws {
    let operation = try UpdateOperation(await stage.pushPlan(request), in: stage.stream)
    if !operation.isEmpty { try Executor(stream: stage.stream).run(operation) }
  }

  /// One release is current, and the pool has a newer build.
  @Sendable private static func first(_ stage: Stage) async throws {
    try stage.add(.small)
    try await stage.release("7.06.201903")
    try stage.add(.smallNext)
  }

  /// Its newer build has been pushed.
  @Sendable private static func pushed(_ stage: Stage) async throws {
    try await first(stage)
    try await stage.update()
  }

  /// A later release is current, and has what the pool has; the former one is maintained, and
  /// the link of released ones leads to it.
  @Sendable private static func minors(_ stage: Stage) async throws {
    try await first(stage)
    _ = try TreeCheckRunner(stream: stage.stream).runAndRecord(stage.record("7.06.201903"))
    try stage.move("updates/7z", to: "7.06.201903")
    try await stage.release("7.07.201908")
    try stage.add(.smallThird)
    try await stage.update()
  }

  /// The same with all links at the later one.
  @Sendable private static func unlinked(_ stage: Stage) async throws {
    try await minors(stage)
    _ = try TreeCheckRunner(stream: stage.stream).runAndRecord(stage.record("7.07.201908"))
    try stage.move("updates/7z", to: "7.07.201908")
  }

  /// A second release is current.
  @Sendable private static func second(_ stage: Stage) async throws {
    try await first(stage)
    try await stage.release("7.07.201908")
  }

  /// The first of two releases is in the archive alone.
  @Sendable private static func archived(_ stage: Stage) async throws {
    try await second(stage)
    try stage.archive("7.06.201903")
    try Executor(stream: stage.stream).run(
      RemoveOriginalOperation(stage.record("7.06.201903"), in: stage.stream))
  }
}
