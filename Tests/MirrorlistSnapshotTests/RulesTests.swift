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
    // A directory that has to be there, and what makes it an answer.
    func index(_ change: @escaping (inout MirrorCache, Int) -> Void) throws
      -> SnapshotRefusal.Reason?
    {
      try reason("epel-7+x86_64") { cache in
        let index = cache.directories.firstIndex {
          $0.name.hasSuffix("7.06.201903/Everything/x86_64/repodata")
        }
        if let index { change(&cache, index) }
      }
    }
    #expect(try index { $0.directories[$1].files = [] } == .required)
    #expect(try index { $0.directories[$1].hosts = [] } == .required)
    #expect(try index { $0.directories.remove(at: $1) } == .required)
    #expect(
      try reason("epel-7+x86_64") { cache in
        for host in cache.hosts.indices { cache.hosts[host].isPrivate = true }
      } == .required)
    #expect(
      try reason("epel-7+x86_64") { cache in
        for host in cache.hosts.indices { cache.hosts[host].allowed = ["SE"] }
      } == .required)
    #expect(
      try reason("epel-7+x86_64") { cache in
        for host in cache.hosts.indices { cache.hosts[host].urls = [] }
      } == .required)
    #expect(
      try reason("epel-7+x86_64") { cache in
        for host in cache.hosts.indices {
          cache.hosts[host].urls.removeAll { !$0.url.hasPrefix("rsync") }
        }
      } == .required)
    // No mirror is no answer, even where none more is asked for.
    let none = SnapshotRules(minimum: 0, required: ["nope+x86_64"])
    #expect(self.reason(none, try snapshot()) == .required)
    #expect(
      self.reason(SnapshotRules(minimum: 0, required: ["epel-7+x86_64"]), try snapshot()) == nil)
  }

  @Test func `a cache that was not made yet, or before there were any, is bad`() throws {
    var cache = GeneratedCache(.small, release: .older).cache
    let path = scratch.path("cache")
    func cause(time: Int64) throws -> String? {
      cache.time = time
      try Data(cache.bytes).write(to: URL(fileURLWithPath: path))
      do {
        _ = try SnapshotInputs(cache: path).load(after: OverlayMemory(), now: 1_600_000_000)
        return nil
      } catch let error as ComposeError {
        #expect(error.kind == .badData)
        return error.cause
      }
    }
    // Clocks may differ a little.
    #expect(try cause(time: 1_600_086_400) == nil)
    #expect(try cause(time: 0) == nil)
    #expect(try cause(time: 1_600_086_401)?.contains("more than a day from now") ?? false)
    #expect(try cause(time: .max)?.contains("more than a day from now") ?? false)
    #expect(try cause(time: -1)?.contains("before 1970") ?? false)
    #expect(try cause(time: .min)?.contains("before 1970") ?? false)
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
