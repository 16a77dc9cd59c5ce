import ComposeChecks
import ComposeLifecycle
import ComposeStage
import ComposeStream
import ComposeTestSupport
import ComposeTrees
import DurableFiles
import Foundation
import Glibc
import ReleaseLedger
import ReleaseModel
import Testing

/// Things in a tree, or in an RPM, that want to lead out of it. A canary
/// outside the roots says whether any of them did.
@Suite struct HostileTreeTests {
  /// A directory outside every root, with something to lose.
  private struct Canary {
    let directory: TemporaryDirectory
    private let before: [String: String]

    init() throws {
      directory = try TemporaryDirectory()
      try directory.write("alive", to: "Everything/x86_64/repodata/repomd.xml")
      try directory.write("alive", to: "canary")
      before = Listing.of(directory.path)
    }

    func expectAlive(_ comment: Comment) {
      #expect(Listing.differences(Listing.of(directory.path), before) == [], comment)
    }
  }

  /// Something that nobody's tree should hold.
  enum Intruder: String, CaseIterable, CustomTestStringConvertible {
    case linkToRoot, linkedDirectory, fifo, device, longName, notUTF8, newline

    var testDescription: String { rawValue }

    /// Puts it into the tree; false where this machine does not let us.
    func put(into tree: String, canary: String) -> Bool {
      switch self {
      case .linkToRoot: return symlink("/", tree + "/Everything/escape") == 0
      case .linkedDirectory:
        // The real one moves aside, a link to the canary takes its place.
        return rename(tree + "/Everything", tree + "-real") == 0
          && symlink(canary + "/Everything", tree + "/Everything") == 0
      case .fifo: return mkfifo(tree + "/Everything/pipe.rpm", 0o644) == 0
      case .device: return mknod(tree + "/Everything/null", S_IFCHR | 0o666, 0x103) == 0
      case .longName:
        let name = String(repeating: "n", count: 255)
        let made = FileManager.default.createFile(
          atPath: "\(tree)/Everything/\(name)", contents: nil)
        // 256 is more than any file system here takes.
        return made
          && !FileManager.default.createFile(
            atPath: "\(tree)/Everything/\(name)n", contents: nil)
      case .notUTF8: return close(creat(tree + "/Everything/\u{1}", 0o644)) == 0 && rawName(tree)
      case .newline: return close(creat(tree + "/Everything/a\nb", 0o644)) == 0
      }
    }

    private func rawName(_ tree: String) -> Bool {
      _ = unlink(tree + "/Everything/\u{1}")
      let bytes = Array((tree + "/Everything/").utf8CString.dropLast()) + [-1, -2, 0]
      return close(creat(bytes, 0o644)) == 0
    }
  }

  @Test(arguments: Intruder.allCases)
  func `a tree with an intruder is refused, and nothing outside is touched`(
    intruder: Intruder
  ) async throws {
    let canary = try Canary()
    let stage = try await Stage.superseded()
    let tree = stage.locations.public + "/updates/7.06.201903"
    if !intruder.put(into: tree, canary: canary.directory.path) {
      // A device needs a privilege that a container may lack.
      #expect(intruder == .device)
      return
    }
    let archive = #expect(throws: ComposeError.self) { try stage.archive("7.06.201903") }
    #expect([.refused, .badData, .cannotCreate].contains(archive?.kind), "\(archive as Any)")
    canary.expectAlive("archive")
    // Verification tells, or refuses to go on; it does not follow, nor wait.
    let findings = try? stage.verify("7.06.201903")
    #expect(findings?.isEmpty != true)
    let checks = try? TreeCheckRunner(stream: stage.stream).run(stage.record("7.06.201903"))
    #expect(checks?.passed != true)
    canary.expectAlive("verify and check")
    #expect(try stage.ledger.openOperation() == nil)
  }

  @Test(arguments: Intruder.allCases)
  func `a tree with an intruder is removed without following it`(
    intruder: Intruder
  ) async throws {
    let canary = try Canary()
    let stage = try Stage()
    try stage.add(.first)
    try await stage.compose("7.06.201903")
    let tree = stage.locations.staging + "/updates/7.06.201903"
    guard intruder.put(into: tree, canary: canary.directory.path) else { return }
    do {
      try Executor(stream: stage.stream).run(
        AbandonOperation(stage.record("7.06.201903"), in: stage.stream))
      #expect(!FileManager.default.fileExists(atPath: tree))
    } catch let error as ComposeError {
      #expect(error.kind == .badData, "\(error)")
      #expect([.notUTF8, .newline].contains(intruder))
    }
    canary.expectAlive("abandon")
  }

  /// Swaps a directory for a link to the canary in the middle of a command.
  private final class Swap: MutationObserver {
    private let directory: String
    private let canary: String
    private let call: Int
    private let count = Guarded(0)

    init(_ directory: String, for canary: String, at call: Int) {
      self.directory = directory
      self.canary = canary
      self.call = call
    }

    func fault(before mutation: Mutation) -> Fault? {
      let count = count.withLock { count in
        count += 1
        return count
      }
      if count == call {
        _ = rename(directory, directory + ".swapped")
        _ = symlink(canary, directory)
      }
      return nil
    }

    func made(_ mutation: Mutation, result: Int32) {}
  }

  @Test func `a directory swapped for a link at any call leads nowhere`() async throws {
    let canary = try Canary()
    var runs = 0
    for call in stride(from: 1, through: 61, by: 6) {
      let stage = try Stage(small: .inMemory())
      try stage.add(.small)
      try await stage.compose("7.06.201903")
      let path = stage.locations.staging + "/updates/7.06.201903/Everything"
      // Removed under its trash name: both are swapped.
      let trash = stage.locations.staging + "/updates/.epel-compose-trash-7.06.201903/Everything"
      for directory in [path, trash] {
        let swap = Swap(directory, for: canary.directory.path("Everything"), at: call)
        _ = try? FaultPoint.$observer.withValue(swap) {
          try Executor(stream: stage.stream).run(
            AbandonOperation(stage.record("7.06.201903"), in: stage.stream))
        }
        canary.expectAlive("abandon, swapped at call \(call)")
        runs += 1
      }
    }
    for call in stride(from: 1, through: 121, by: 10) {
      let stage = try Stage(small: .inMemory())
      try stage.add(.small)
      let build =
        stage.locations.staging
        + "/.epel-compose-epel-7-7.06.201903/releases/7.06.201903/Everything/x86_64"
      let plan = try await stage.plan("7.06.201903")
      let swap = Swap(
        build, for: canary.directory.path("Everything/x86_64"), at: call)
      _ = try? FaultPoint.$observer.withValue(swap) {
        try Executor(stream: stage.stream).run(
          ComposeOperation(plan, from: stage.buildSystem))
      }
      canary.expectAlive("compose, swapped at call \(call)")
      runs += 1
    }
    print("directories swapped for links: \(runs) runs")
  }

  @Test(arguments: ["../evil", "PP\nevil", "./x/evi", "-rfevil"])
  func `an RPM whose name leads elsewhere is refused before anything is made`(
    name: String
  ) async throws {
    let stage = try Stage()
    let built = try TemporaryDirectory()
    let rpm = try RPMSpec("PPPevil").build(into: built.path, sources: false)[0]
    let renamed = RenamedRPM.data(
      try Data(contentsOf: URL(fileURLWithPath: rpm)), "PPPevil", by: name)
    try renamed.write(to: URL(fileURLWithPath: stage.pool + "/innocent.rpm"))
    // librpm itself finds nothing wrong with its digests.
    try Shell.check("rpm", ["-K", "--nosignature", stage.pool + "/innocent.rpm"])
    let error = await #expect(throws: ComposeError.self) { try await stage.plan("7.06.201903") }
    #expect(error?.kind == .badData)
    #expect(
      error?.cause.contains("names that cannot be those of an RPM") == true, "\(error as Any)")
    #expect(error.map { !"\($0)".contains("\n") } == true, "it cannot break a line of a log")
    #expect(try stage.contents(of: stage.root).keys.allSatisfy { $0.contains("sqlite") })
  }

  @Test func `an RPM whose file name would be too long is refused`() async throws {
    let stage = try Stage()
    let name = String(repeating: "n", count: 240)
    try RPMSpec(name).build(into: stage.pool, sources: false, fileName: "short.rpm")
    let error = await #expect(throws: ComposeError.self) { try await stage.plan("7.06.201903") }
    #expect(error?.kind == .badData)
  }
}
