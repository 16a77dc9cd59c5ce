import ComposeTestSupport
import Foundation
import Glibc
import Testing

/// Disks that are really full, read-only, or apart, by mounts of the test's
/// own. The source stays whole, the status says what is wrong, and once the
/// cause is gone the command goes on.
@Suite(
  .waiting,
  .enabled(if: MountNamespace.isAvailable, "mounts need root and a mount namespace of one's own"))
struct FullDiskTests {
  /// A stream with a superseded release of a few MiB, and its archive root.
  private func superseded() async throws -> (installation: Installation, archive: String) {
    let installation = try await PreparedScene.installation(
      of: .archiveOfMebibytes, in: TemporaryDirectory())
    let archive = installation.root + "/pub/archives/epel"
    try FileManager.default.createDirectory(
      atPath: archive, withIntermediateDirectories: true)
    return (installation, archive)
  }

  private let command = ["archive", "7.06.201903"]

  private func expectSourceWhole(_ installation: Installation) throws {
    try installation.succeed(["verify", "7.06.201903"])
  }

  /// Fills what is left of the file system at `path`.
  private func fill(_ path: String) throws {
    let filler = open(path + "/filler", O_WRONLY | O_CREAT, 0o644)
    try #require(filler >= 0)
    defer { close(filler) }
    var size = 1 << 20
    let zeros = [UInt8](repeating: 1, count: size)
    while size > 0 { if write(filler, zeros, size) <= 0 { size /= 2 } }
  }

  @Test func `an archive disk that fills up at nine tenths of the copy`() async throws {
    let (installation, archive) = try await superseded()
    let calls = try copyingCalls(installation, archive)
    let namespace = try MountNamespace()
    try namespace.mount(["-t", "tmpfs", "-o", "size=100m", "tmpfs", archive])
    let go = installation.scratch.path("go")
    let running = try installation.start(
      command, fault: "wait:\(go):\(calls * 9 / 10)", in: namespace)
    #expect(
      RunningProgram.wait { FileManager.default.fileExists(atPath: go + ".waiting") })
    try fill(namespace.outside(archive))
    try Data().write(to: URL(fileURLWithPath: go))
    #expect(running.wait() == 74, "\(running.errors)")
    #expect(running.errors.contains("No space left on device"), "\(running.errors)")
    try expectSourceWhole(installation)
    let copied = try inodes(namespace.outside(archive))
    #expect(!copied.isEmpty)
    // Still full: told beforehand.
    let again = try installation.run(command, in: namespace)
    #expect(again.status == 74, "\(again.errors)")
    // There is room for the rest, though not for all of it once more: it goes
    // on with what was copied.
    let filler = namespace.outside(archive) + "/filler"
    try FileManager.default.removeItem(atPath: filler)
    // The system gives the room of a removed file back in its own time.
    #expect(
      RunningProgram.wait {
        (try? Data(count: 27 << 20).write(to: URL(fileURLWithPath: filler))) != nil
      })
    let last = try installation.run(command, in: namespace)
    #expect(last.status == 0, "\(last.errors)")
    let finished = try inodes(namespace.outside(archive))
    #expect(copied.isSubset(of: finished), "what was copied is not copied again")
    #expect(try installation.run(["verify", "7.06.201903"], in: namespace).status == 0)
  }

  /// How many calls a copy to another device makes; nothing is kept of it.
  private func copyingCalls(_ installation: Installation, _ archive: String) throws -> Int {
    let backup = installation.scratch.path("backup")
    try Shell.check("cp", ["-a", installation.root, backup])
    let namespace = try MountNamespace()
    try namespace.mount(["-t", "tmpfs", "-o", "size=100m", "tmpfs", archive])
    let trace = installation.scratch.path("trace")
    let running = try installation.start(command, trace: trace, in: namespace)
    try #require(running.wait() == 0, "\(running.errors)")
    try Shell.check("rm", ["-rf", installation.root])
    try Shell.check("mv", [backup, installation.root])
    return try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n").count
  }

  /// Files that have RPM names below `path`.
  private func inodes(_ path: String) throws -> Set<Int> {
    let listing = try Shell.check(
      "find", [path, "-name", "*.rpm", "-not", "-name", ".*", "-printf", "%i\n"])
    return Set(listing.split(separator: "\n").compactMap { Int($0) })
  }

  @Test(arguments: ["size=8m", "size=100m,nr_inodes=12"])
  func `too small from the beginning is told before the first change`(options: String) async throws
  {
    let (installation, archive) = try await superseded()
    let namespace = try MountNamespace()
    try namespace.mount(["-t", "tmpfs", "-o", options, "tmpfs", archive])
    let before = try installation.snapshot()
    let outcome = try installation.run(command, in: namespace)
    #expect(outcome.status == 74)
    #expect(outcome.errors.contains("are needed there"), "\(outcome.errors)")
    #expect(try installation.snapshot() == before)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: namespace.outside(archive)).isEmpty)
    try namespace.unmount(archive)
    #expect(try installation.run(command, in: namespace).status == 0)
  }

  @Test func `inodes that run out in the middle`() async throws {
    let (installation, archive) = try await superseded()
    let namespace = try MountNamespace()
    try namespace.mount(["-t", "tmpfs", "-o", "size=100m,nr_inodes=120", "tmpfs", archive])
    let go = installation.scratch.path("go")
    let running = try installation.start(command, fault: "wait:\(go):40", in: namespace)
    #expect(
      RunningProgram.wait { FileManager.default.fileExists(atPath: go + ".waiting") })
    let outside = namespace.outside(archive)
    var others = 0
    while FileManager.default.createFile(atPath: "\(outside)/unknown\(others)", contents: nil) {
      others += 1
    }
    #expect(others > 0)
    try Data().write(to: URL(fileURLWithPath: go))
    #expect(running.wait() == 74, "\(running.errors)")
    try expectSourceWhole(installation)
    for index in 0..<others {
      try FileManager.default.removeItem(atPath: "\(outside)/unknown\(index)")
    }
    let last = try installation.run(command, in: namespace)
    #expect(last.status == 0, "\(last.errors)")
  }

  struct ReadOnly: Sendable, CustomTestStringConvertible {
    let command: [String]
    let root: String

    var testDescription: String { "\(command[0]) on a read-only \(root)" }
  }

  @Test(arguments: [
    ReadOnly(command: ["publish", "7.08.202004"], root: "/pub/epel"),
    ReadOnly(command: ["publish", "7.08.202004"], root: "/pub/alt/epel"),
    ReadOnly(command: ["rollback", "7"], root: "/pub/epel"),
    ReadOnly(command: ["archive", "7.06.201903"], root: "/pub/archives/epel"),
    ReadOnly(command: ["abandon", "7.08.202004"], root: "/pub/alt/epel"),
    ReadOnly(command: ["rollback", "7"], root: "/var/lib/epel-compose"),
  ])
  func `a read-only mount is told before the first change`(scene: ReadOnly) async throws {
    let (installation, _) = try await superseded()
    try installation.succeed(
      ["compose", "7.08.202004", "--rpms", installation.pool, "--allow-unsigned"])
    let namespace = try MountNamespace()
    let path = installation.root + scene.root
    try namespace.mount(["--bind", path, path])
    try namespace.mount(["-o", "remount,ro,bind", path])
    let before = try installation.snapshot()
    let outcome = try installation.run(scene.command, in: namespace)
    #expect(outcome.status == 73, "\(outcome.errors)")
    #expect(outcome.errors.contains("Read-only file system"), "\(outcome.errors)")
    #expect(try installation.snapshot() == before)
    try namespace.mount(["-o", "remount,rw,bind", path])
    let again = try installation.run(scene.command, in: namespace)
    #expect(again.status == 0, "\(again.errors)")
  }

  @Test func `roots on mounts of their own get copies, whole and with shared files`() throws {
    let installation = try Installation(small: TemporaryDirectory())
    try RPMSpec("alpha").build(into: installation.pool)
    let namespace = try MountNamespace()
    for root in ["/pub/epel", "/pub/alt/epel", "/pub/archives/epel"] {
      let path = installation.root + root
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      // One device, and yet link(2) and rename(2) say EXDEV.
      try namespace.mount(["--bind", path, path])
    }
    func succeed(_ arguments: [String]) throws {
      let outcome = try installation.run(arguments, in: namespace)
      #expect(outcome.status == 0, "\(arguments): \(outcome.errors)")
    }
    func release(_ id: String) throws {
      try succeed(["compose", id, "--rpms", installation.pool, "--allow-unsigned"])
      try succeed(["publish", id])
      try succeed(["promote", id, "--skip-soak"])
    }
    try release("7.06.201903")
    try RPMSpec("alpha", "2.0").build(into: installation.pool)
    try release("7.07.201908")
    try succeed(["archive", "7.06.201903"])
    try succeed(["archive", "7.06.201903", "--remove-original"])
    try succeed(["verify", "7.06.201903"])
    try succeed(["verify", "7.07.201908"])
    let trees = installation.root + "/pub/archives/epel"
    for tree in ["releases", "updates"] {
      let links = try Shell.check(
        "find",
        ["\(trees)/\(tree)/7.06.201903", "-name", "alpha-1.0-1.noarch.rpm", "-printf", "%n"])
      #expect(links == "2", "both trees share the copy")
    }
  }
}
