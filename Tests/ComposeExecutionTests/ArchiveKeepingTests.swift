import ComposeChecks
import ComposeLifecycle
import ComposeStage
import ComposeStream
import ComposeTestSupport
import ComposeTrees
import Foundation
import Glibc
import ReleaseLedger
import ReleaseModel
import Testing

/// What keeps an archive for decades: reading it back, repairing, restoring, linking, copying.
@Suite struct ArchiveKeepingTests {
  private static let tree = "updates/7.06.201903"

  /// The first of two releases is in the archive alone.
  private func stage() async throws -> Stage {
    let stage = try await Stage.superseded()
    try stage.archive("7.06.201903")
    stage.now += 14 * 86_400
    try Executor(stream: stage.stream).run(
      RemoveOriginalOperation(stage.record("7.06.201903"), in: stage.stream))
    return stage
  }

  private func rpm(_ stage: Stage) throws -> String {
    try #require(try stage.archivedFiles(Self.tree).first { $0.hasSuffix(".rpm") })
  }

  // MARK: Reading

  @Test func `all is read once, and only what is old enough again`() async throws {
    let stage = try await stage()
    let first = try stage.verifyArchive()
    let files = first.trees.reduce(0) { $0 + $1.files }
    #expect(first.findings.isEmpty && first.isComplete)
    #expect(files > 20 && first.filesRead == files)
    #expect(first.trees.allSatisfy { $0.neverRead == 0 && $0.oldest == stage.now })
    stage.now += 10 * 86_400
    #expect(try stage.verifyArchive(.init(unreadFor: 11 * 86_400)).filesRead == 0)
    #expect(try stage.verifyArchive(.init(unreadFor: 10 * 86_400)).filesRead == files)
  }

  @Test func `what was not read for longest comes first, and a year is told`() async throws {
    let stage = try await stage()
    let rpm = try rpm(stage)
    _ = try stage.verifyArchive(.init(only: ["\(Self.tree)/\(rpm)"]))
    // No time: nothing is read, and nothing is forgotten.
    let none = try stage.verifyArchive(.init(seconds: 0))
    #expect(!none.isComplete && none.filesRead == 0)
    let updates = try #require(none.trees.first { $0.name.area == .updates })
    #expect(updates.neverRead == updates.files - 1 && updates.oldest == nil)
    #expect(updates.notReadForAYear == updates.files - 1)
    let read = stage.now
    stage.now += 86_400
    _ = try stage.verifyArchive(.init(unreadFor: 1))
    stage.now = read + 365 * 86_400
    let year = try stage.verifyArchive(.init(unreadFor: .max))
    let tree = try #require(year.trees.first { $0.name.area == .updates })
    // All but it were read a second time, together with it, a day later.
    #expect(tree.notReadForAYear == 0 && tree.oldest == read + 86_400)
    stage.now += 86_400
    let over = try stage.verifyArchive(.init(unreadFor: .max))
    #expect(over.trees.allSatisfy { $0.notReadForAYear == $0.files && $0.neverRead == 0 })
  }

  @Test func `who has not read the archive for a year is told so`() async throws {
    let stage = try await stage()
    let rpm = try rpm(stage)
    let since = try stage.record("7.06.201903").since
    func findings() throws -> [Finding] { try stage.stream.unreadFindings() }
    stage.now = since + 365 * 86_400 - 1
    #expect(try findings().isEmpty, "it is not there for a year")
    stage.now += 1
    let found = try #require(try findings().first)
    #expect(found.code == "archive-unread" && found.message.hasSuffix(": 7.06.201903"))
    #expect(found.remedy.contains("archive verify 7"))
    // One file is not the archive, and one area neither.
    _ = try stage.verifyArchive(.init(only: ["\(Self.tree)/\(rpm)"]))
    #expect(try findings().count == 1)
    let read = stage.now
    _ = try stage.verifyArchive()
    #expect(try findings().isEmpty)
    stage.now = read + 365 * 86_400
    #expect(try findings().count == 1)
    _ = try stage.verifyArchive()
    // Another copy was never read.
    try stage.unlink(Self.tree)
    #expect(try findings().count == 1)
    try FileManager.default.removeItem(atPath: "\(stage.locations.archive)/\(Self.tree)")
    #expect(try findings().isEmpty, "what is not there is for those who read it")
  }

  @Test func `with a rate, the oldest files are read until the time is over`() async throws {
    let stage = try await stage()
    let files = try stage.archivedFiles(Self.tree).filter { !$0.hasPrefix("MANIFEST") }
    let old = "\(Self.tree)/\(try #require(files.last))"
    let all = Set(
      try stage.archivedFiles("updates/7.06.201903").map { "updates/7.06.201903/\($0)" }
        + stage.archivedFiles("releases/7.06.201903").map { "releases/7.06.201903/\($0)" })
    _ = try stage.verifyArchive(.init(only: [old]))
    stage.now += 100
    _ = try stage.verifyArchive(.init(only: all.subtracting([old])))
    try stage.flipBit(old)
    // A file is read at one byte a second: none is begun after it.
    let start = Date()
    let result = try stage.verifyArchive(.init(bytesPerSecond: 4096, seconds: 1))
    #expect(!result.isComplete && result.filesRead >= 1)
    #expect(Date().timeIntervalSince(start) < 60)
    #expect(result.damage.map { "\($0.tree)/\($0.path)" } == [old])
  }

  @Test func `a flipped bit, a lost file and an unknown one are named`() async throws {
    let stage = try await stage()
    let rpm = try rpm(stage)
    _ = try stage.verifyArchive()
    try stage.flipBit("\(Self.tree)/\(rpm)")
    try FileManager.default.removeItem(
      atPath: "\(stage.locations.archive)/\(Self.tree)/.composeinfo")
    try stage.scratch.write("?", to: "root/pub/archives/epel/\(Self.tree)/more")
    stage.now += 1
    let result = try stage.verifyArchive()
    #expect(Set(result.findings.map(\.code)) == ["changed", "missing", "unknown"])
    #expect(result.findings.contains { $0.message.contains(rpm) && $0.code == "changed" })
    let tree = try #require(result.trees.first { $0.name.area == .updates })
    #expect(tree.neverRead == 2, "what is not sound does not count as read")
    // It is looked at again at once, whatever else is old enough.
    let again = try stage.verifyArchive(.init(unreadFor: 86_400))
    #expect(again.filesRead == 1 && again.damage.count == 2)
  }

  @Test func `another copy of a tree was not read, and a damaged record counts as none`()
    async throws
  {
    let stage = try await stage()
    _ = try stage.verifyArchive()
    let place = "\(stage.locations.archive)/\(Self.tree)"
    try Shell.check("cp", ["-a", place, place + ".new"])
    try Shell.check("rm", ["-r", place])
    try Shell.check("mv", [place + ".new", place])
    let moved = try stage.verifyArchive(.init(seconds: 0)).trees
    #expect(moved.first { $0.name.area == .updates }.map { $0.neverRead == $0.files } == true)
    #expect(moved.first { $0.name.area == .releases }?.neverRead == 0)
    let record = "\(stage.locations.state)/epel-7.readings"
    var bytes = try Data(contentsOf: URL(fileURLWithPath: record))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(fileURLWithPath: record))
    var problems: [String] = []
    _ = try ArchiveReadings(of: stage.stream) { problems.append($0) }
    #expect(problems.count == 1)
    #expect(try stage.verifyArchive(.init(seconds: 0)).trees.allSatisfy { $0.neverRead > 0 })
  }

  @Test func `where nothing is archived, there is nothing to read`() async throws {
    let stage = try await Stage.superseded()
    let error = try #require(throws: ComposeError.self) { try stage.verifyArchive() }
    #expect(error.kind == .refused)
  }

  // MARK: Repairing

  @Test func `what is damaged is replaced by sound copies, the manifest too`() async throws {
    let stage = try await stage()
    let copy = stage.scratch.path("copy")
    try Shell.check("cp", ["-a", stage.locations.archive, copy])
    let whole = try stage.contents(of: stage.locations.archive)
    try stage.damageArchive(Self.tree)
    try stage.flipBit("releases/7.06.201903/MANIFEST.sha256")
    let repaired = try stage.repairArchive(from: copy)
    #expect(repaired.files.count == 4 && repaired.files.contains("\(Self.tree)/.composeinfo"))
    #expect(try stage.contents(of: stage.locations.archive) == whole)
    #expect(try stage.verifyArchive().findings.isEmpty)
    #expect(try stage.ledger.openOperation() == nil)
    let event = try #require(try stage.ledger.events().last)
    #expect(event.command == "repair" && event.summary.hasSuffix("and 1 more"))
  }

  @Test func `a copy that is damaged as well repairs nothing`() async throws {
    let stage = try await stage()
    let rpm = try rpm(stage)
    // One damaged file with two names, as rot has it.
    try stage.flipBit("\(Self.tree)/\(rpm)")
    let rotten = "\(stage.locations.archive)/\(Self.tree)/\(rpm)"
    for name in try stage.archivedFiles("releases/7.06.201903")
    where name.hasSuffix((rpm as NSString).lastPathComponent) {
      try Shell.check(
        "ln", ["-f", rotten, "\(stage.locations.archive)/releases/7.06.201903/\(name)"])
    }
    for name in try stage.archivedFiles(Self.tree)
    where name.hasSuffix((rpm as NSString).lastPathComponent) && name != rpm {
      try Shell.check("ln", ["-f", rotten, "\(stage.locations.archive)/\(Self.tree)/\(name)"])
    }
    // The current release may have the same build.
    let current = "\(stage.locations.public)/updates/7.07.201908"
    for root in ["updates", "releases"] {
      let names = try stage.contents(of: "\(stage.locations.public)/\(root)/7.07.201908").keys
      for name in names where name.hasSuffix((rpm as NSString).lastPathComponent) {
        try Shell.check("rm", ["\(stage.locations.public)/\(root)/7.07.201908/\(name)"])
      }
    }
    #expect(FileManager.default.fileExists(atPath: current))
    let before = try Data(contentsOf: URL(fileURLWithPath: rotten))
    let copy = stage.scratch.path("copy")
    try Shell.check("cp", ["-a", stage.locations.archive, copy])
    let repaired = try stage.repairArchive(from: copy)
    #expect(repaired.files.isEmpty && repaired.notes.contains { $0.contains("sound nowhere") })
    #expect(try Data(contentsOf: URL(fileURLWithPath: rotten)) == before)
    #expect(
      !FileManager.default.fileExists(
        atPath: stage.locations.archive + "/.epel-compose-repair-7.06.201903"))
  }

  @Test func `other trees of the stream have sound copies, and the names stay one file`()
    async throws
  {
    let stage = try await stage()
    let rpm = try rpm(stage)
    try stage.flipBit("\(Self.tree)/\(rpm)")
    let repaired = try stage.repairArchive(from: nil)
    #expect(repaired.files == ["\(Self.tree)/\(rpm)"])
    let twin = try #require(
      try stage.archivedFiles("releases/7.06.201903").first { $0 == rpm })
    #expect(
      try stage.inode("\(Self.tree)/\(rpm)") == stage.inode("releases/7.06.201903/\(twin)"))
    #expect(try stage.verifyArchive().findings.isEmpty)
  }

  // MARK: Restoring

  private func restore(_ stage: Stage) throws {
    try Executor(stream: stage.stream).run(
      RestoreOperation(stage.record("7.06.201903"), in: stage.stream))
  }

  @Test func `a restored release is superseded, served again, and archived again`() async throws {
    let stage = try await stage()
    let redirects = stage.locations.state + "/redirects/epel-7-plain.conf"
    #expect(try String(contentsOfFile: redirects, encoding: .utf8).contains("7.06.201903"))
    try restore(stage)
    let record = try stage.record("7.06.201903")
    #expect(record.state == .superseded && record.isRestored)
    #expect(record.trees.allSatisfy { $0.place == .public && $0.isArchived })
    #expect(
      try stage.contents(of: "\(stage.locations.public)/\(Self.tree)")
        == stage.contents(of: "\(stage.locations.archive)/\(Self.tree)"))
    #expect(try stage.verify("7.06.201903").isEmpty)
    #expect(try !String(contentsOfFile: redirects, encoding: .utf8).contains("7.06.201903"))
    #expect(try stage.link() == "7.07.201908")
    // What is pushed into it would not be in the archive.
    let rollback = try #require(throws: ComposeError.self) {
      try RollbackOperation(in: stage.stream)
    }
    #expect(rollback.kind == .refused)
    try stage.archive("7.06.201903")
    #expect(try stage.record("7.06.201903").state == .archived)
    #expect(try String(contentsOfFile: redirects, encoding: .utf8).contains("7.06.201903"))
  }

  @Test func `what is not archived, or damaged, or in the way, is not restored`() async throws {
    let stage = try await stage()
    let current = try #require(throws: ComposeError.self) {
      try RestoreOperation(stage.record("7.07.201908"), in: stage.stream)
    }
    #expect(current.kind == .refused)
    try stage.scratch.write("?", to: "root/pub/epel/\(Self.tree)/file")
    let taken = try #require(throws: ComposeError.self) { try restore(stage) }
    #expect(taken.kind == .cannotCreate)
    try Shell.check("rm", ["-r", "\(stage.locations.public)/\(Self.tree)"])
    try stage.flipBit("\(Self.tree)/\(try rpm(stage))")
    let rotten = try #require(throws: ComposeError.self) { try restore(stage) }
    #expect(rotten.kind == .badData)
    #expect(try stage.ledger.openOperation() == nil)
    #expect(!FileManager.default.fileExists(atPath: "\(stage.locations.public)/\(Self.tree)"))
    #expect(
      !FileManager.default.fileExists(
        atPath: "\(stage.locations.public)/releases/7.06.201903"), "half of it would be there")
    #expect(try stage.record("7.06.201903").state == .archived)
  }

  // MARK: Linking

  /// Two archived releases, whose files are their own.
  private func twoArchived() async throws -> Stage {
    let stage = try await stage()
    try await stage.release("7.08.202004")
    try stage.archive("7.07.201908")
    for area in ["releases", "updates"] { try stage.unlink("\(area)/7.07.201908") }
    return stage
  }

  private func link(_ stage: Stage) throws {
    try Executor(stream: stage.stream).run(LinkArchiveOperation(stage.record("7.07.201908")))
  }

  @Test func `equal files of archived releases become one file`() async throws {
    let stage = try await twoArchived()
    let tree = "updates/7.07.201908"
    let own = try Set(stage.archivedFiles("releases/7.07.201908"))
    let shared = try #require(
      try stage.archivedFiles(tree).first { name in
        try name.hasSuffix(".rpm") && stage.archivedFiles(Self.tree).contains(name)
          && own.contains(name)
      })
    #expect(try stage.inode("\(tree)/\(shared)") != stage.inode("\(Self.tree)/\(shared)"))
    let before = try stage.contents(of: stage.locations.archive)
    try link(stage)
    #expect(try stage.inode("\(tree)/\(shared)") == stage.inode("\(Self.tree)/\(shared)"))
    // Within a release as well.
    #expect(try stage.inode("\(tree)/\(shared)") == stage.inode("releases/7.07.201908/\(shared)"))
    #expect(try stage.contents(of: stage.locations.archive) == before)
    #expect(try stage.verifyArchive().findings.isEmpty)
    #expect(try LinkArchiveOperation(stage.record("7.07.201908")).steps(in: stage.stream).isEmpty)
  }

  @Test func `nothing is linked to a damaged file, nor RPMs of another time`() async throws {
    let stage = try await twoArchived()
    let tree = "updates/7.07.201908"
    let shared = try stage.archivedFiles(tree).filter { name in
      try name.hasSuffix(".rpm") && stage.archivedFiles(Self.tree).contains(name)
    }
    try #require(shared.count > 1)
    for area in ["releases", "updates"] { try stage.flipBit("\(area)/7.06.201903/\(shared[0])") }
    for area in ["releases", "updates"] {
      try Shell.check(
        "touch",
        ["-d", "@1000000000", "\(stage.locations.archive)/\(area)/7.07.201908/\(shared[1])"])
    }
    let before = try Data(
      contentsOf: URL(fileURLWithPath: "\(stage.locations.archive)/\(tree)/\(shared[0])"))
    try link(stage)
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: "\(stage.locations.archive)/\(tree)/\(shared[0])"))
        == before)
    #expect(try stage.inode("\(tree)/\(shared[1])") != stage.inode("\(Self.tree)/\(shared[1])"))
    let current = try #require(throws: ComposeError.self) {
      try LinkArchiveOperation(stage.record("7.08.202004"))
    }
    #expect(current.kind == .refused)
  }

  // MARK: Copying

  @Test(.enabled(if: access("/dev/shm", W_OK) == 0, "needs a second file system at /dev/shm"))
  func `a copy on another disk is whole, and its reading is remembered`() async throws {
    let stage = try await stage()
    let elsewhere = try TemporaryDirectory(in: URL(fileURLWithPath: "/dev/shm"))
    let trees = try stage.record("7.06.201903").archivedTrees
    var readings = try ArchiveReadings(of: stage.stream) { _ in }
    let copy = try ArchiveCopy(to: elsewhere.path, in: stage.stream)
    let done = try copy.perform(trees, beside: trees, noting: &readings)
    #expect(done.map(\.outcome) == [.copied, .copied])
    try readings.save(in: stage.stream)
    #expect(try stage.contents(of: elsewhere.path) == stage.contents(of: stage.locations.archive))
    let rpm = try rpm(stage)
    #expect(
      try stage.inode("\(Self.tree)/\(rpm)", below: elsewhere.path)
        == stage.inode("releases/7.06.201903/\(rpm)", below: elsewhere.path))
    #expect(
      try copy.perform(trees, beside: trees, noting: &readings).map(\.outcome)
        == [.present, .present])
    // The policy names it from now on.
    try Shell.check("rm", ["-r", stage.locations.archive])
    #expect(symlink(elsewhere.path, stage.locations.archive) == 0)
    let result = try stage.verifyArchive(.init(unreadFor: 1))
    #expect(result.filesRead == 0 && result.trees.allSatisfy { $0.neverRead == 0 })
  }

  @Test func `a copy shares files on the same disk, and replaces nothing`() async throws {
    let stage = try await stage()
    let trees = try stage.record("7.06.201903").archivedTrees
    var readings = try ArchiveReadings(of: stage.stream) { _ in }
    for place in [stage.locations.archive, stage.root, stage.locations.public + "/more"] {
      let error = try #require(throws: ComposeError.self) {
        try ArchiveCopy(to: place, in: stage.stream)
      }
      #expect(error.kind == .refused)
    }
    let place = stage.scratch.path("place")
    let copy = try ArchiveCopy(to: place, in: stage.stream)
    let done = try copy.perform(trees, beside: trees, noting: &readings)
    #expect(done.map(\.outcome) == [.linked, .linked])
    try stage.scratch.write("?", to: "place/\(Self.tree)/new")
    try FileManager.default.removeItem(atPath: "\(place)/\(Self.tree)/MANIFEST.sha256")
    let taken = try #require(throws: ComposeError.self) {
      try copy.perform(trees, beside: trees, noting: &readings)
    }
    #expect(taken.kind == .cannotCreate)
  }

  // MARK: Documents

  @Test func `the manifest of the archive is what sha256sum reads`() async throws {
    let stage = try await stage()
    let other = try await Stage.superseded()
    #expect(try ArchiveIndex(other.stream) == nil)
    let index = try #require(try ArchiveIndex(stage.stream))
    let names = ["epel-7.archive.html", "epel-7.MANIFEST.sha256"]
    #expect(try index.differences() == names)
    #expect(try index.renew() == names)
    #expect(try index.renew().isEmpty)
    try Shell.check(
      "sh", ["-c", "cd '\(stage.locations.archive)' && sha256sum --strict --check \(names[1])"])
    try stage.scratch.write("", to: "root/pub/archives/epel/\(names[1])")
    #expect(try index.renew() == [names[1]])
    try stage.flipBit("\(Self.tree)/MANIFEST.sha256")
    let broken = try Shell.run(
      "sh", ["-c", "cd '\(stage.locations.archive)' && sha256sum --strict --check \(names[1])"])
    #expect(broken.status != 0 && broken.output.contains("FAILED"))
  }
}
