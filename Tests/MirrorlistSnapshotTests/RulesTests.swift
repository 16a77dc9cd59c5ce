import ComposeTestSupport
import Foundation
import MirrorlistTestSupport
import ReleaseModel
import Testing

@testable import MirrorlistSnapshot

/// Which snapshots may take the place of others.
@Suite struct RulesTests {
  private let scratch: TemporaryDirectory

  init() throws { scratch = try TemporaryDirectory() }

  private func snapshot(_ change: (inout MirrorCache) -> Void = { _ in }) throws -> Snapshot {
    var cache = GeneratedCache(.small, release: .older).cache
    change(&cache)
    let path = scratch.path(UUID().uuidString)
    try Data(cache.bytes).write(to: URL(fileURLWithPath: path))
    return try SnapshotInputs(cache: path).load(after: OverlayMemory()).snapshot
  }

  private func reason(
    _ rules: SnapshotRules, _ new: Snapshot, after old: Snapshot? = nil
  ) -> SnapshotRefusal.Reason? { rules.refusal(of: new, after: old)?.reason }

  @Test func `what has lost too much, or is older, is refused`() throws {
    let old = try snapshot()
    let rules = SnapshotRules(shrink: 10)
    #expect(reason(rules, old, after: old) == nil)
    #expect(reason(rules, try snapshot { $0.time -= 1 }, after: old) == .older)
    #expect(reason(rules, try snapshot { $0.directories.removeLast(29) }, after: old) == nil)
    #expect(reason(rules, try snapshot { $0.directories.removeLast(31) }, after: old) == .shrunk)
    #expect(reason(rules, try snapshot { $0.repositories.removeLast(5) }, after: old) == .shrunk)
    #expect(
      reason(SnapshotRules(shrink: 50), try snapshot { $0.repositories.removeLast(5) }, after: old)
        == nil)
    #expect(reason(rules, try snapshot { $0.repositories = [] }) == .noRepository)
    // The first is compared with none.
    #expect(reason(rules, try snapshot { $0.time = 1 }) == nil)
  }

  @Test func `what is required must have its mirrors`() throws {
    func reason(_ key: String, _ change: (inout MirrorCache) -> Void = { _ in }) throws
      -> SnapshotRefusal.Reason?
    {
      self.reason(SnapshotRules(minimum: 5, required: [key]), try snapshot(change))
    }
    #expect(try reason("epel-7+x86_64") == nil)
    #expect(try reason("epel-7.06.201903+x86_64") == nil)
    #expect(try reason("epel-7+sparc") == .required)
    #expect(try reason("epel-7+x86_64") { $0.redirects = [] } == .required)
    #expect(try reason("epel-7+x86_64") { $0.disabled = ["epel-7.06.201903"] } == .required)
    #expect(
      try reason("epel-7+x86_64") { $0.directories[0].hosts = [0, 1, 2, 3] } == .required)
    #expect(try reason("nothing") == .required)
  }

  @Test func `files that are none, each in its words`() throws {
    func error(_ path: String) -> ComposeError? {
      do {
        _ = try SnapshotInputs(cache: path).load(after: OverlayMemory())
        return nil
      } catch { return error as? ComposeError }
    }
    #expect(error(scratch.path)?.kind == .badData)
    #expect(error(scratch.path("nothing"))?.kind == .noInput)
    #expect(error(try scratch.write("", to: "empty"))?.kind == .badData)
    #expect(error(try scratch.write("garbage", to: "garbage"))?.kind == .badData)
    #expect(error("/dev/zero")?.kind == .badData)
  }
}
