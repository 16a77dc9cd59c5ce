import ComposeTestSupport
import Foundation
import Glibc
import ReleaseModel
import Testing

@testable import DependencyClosure

/// Modules hide for a ``PackageUniverse`` what they hide for dnf.
@Suite(.waiting) struct ModuleTests {
  private typealias World = ModuleWorld

  private static let one = World.stream(
    "engine", "1", requires: ["platform": ["el8"]], profile: ["engine"],
    "engine-0:1.0-1.m1.noarch", "helper-3:1.0-1.m1.noarch", "engine-0:1.0-1.m1.src")
  private static let two = World.stream(
    "engine", "2", "engine-0:2.0-1.m2.noarch", "helper-0:2.0-1.m2.noarch")
  private static let runtimes =
    World.stream("runtime", "1", "runtime-0:1.0-1.r1.noarch")
    + World.stream("runtime", "2", "runtime-0:2.0-1.r2.noarch")

  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let ours: String
    var base = ""
    var choice: String?
  }

  static let cases = [
    Case(testDescription: "no default stream", ours: one + two),
    Case(testDescription: "a default stream", ours: one + two + World.standard("engine", "1")),
    Case(
      testDescription: "another one, in the repository of the base", ours: one + two,
      base: World.standard("engine", "2")),
    Case(testDescription: "one is enabled", ours: one + two, choice: "engine:2"),
    Case(
      testDescription: "the default gives way to it",
      ours: one + two + World.standard("engine", "1"), choice: "engine:2"),
    Case(
      testDescription: "a default for another platform",
      ours: World.stream(
        "engine", "1", requires: ["platform": ["el9"]], "engine-0:1.0-1.m1.noarch")
        + World.standard("engine", "1")),
    Case(
      testDescription: "any platform but one",
      ours: World.stream(
        "engine", "1", requires: ["platform": ["-el9"]], "engine-0:1.0-1.m1.noarch")
        + World.standard("engine", "1")),
    Case(
      testDescription: "a default that needs another default",
      ours: World.stream("engine", "1", requires: ["runtime": ["1"]], "engine-0:1.0-1.m1.noarch")
        + World.standard("engine", "1"), base: runtimes + World.standard("runtime", "1")),
    Case(
      testDescription: "a default that needs what is no default",
      ours: World.stream("engine", "1", requires: ["runtime": ["2"]], "engine-0:1.0-1.m1.noarch")
        + World.standard("engine", "1"), base: runtimes + World.standard("runtime", "1")),
    Case(
      testDescription: "a default that brings a stream along",
      ours: World.stream(
        "engine", "1", requires: ["runtime": ["2", "3"]], "engine-0:1.0-1.m1.noarch")
        + World.standard("engine", "1"), base: runtimes),
    Case(
      testDescription: "two that do not agree",
      ours: one + two + World.standard("engine", "1"), base: World.standard("engine", "2")),
    Case(
      testDescription: "the later word counts",
      ours: one + two + World.standard("engine", "1", modified: 202_001_010_000),
      base: World.standard("engine", "2")),
    Case(
      testDescription: "two versions of a stream",
      ours: two
        + World.stream(
          "engine", "2", version: 2, "engine-0:2.1-1.m2.noarch", "helper-0:2.0-1.m2.noarch")
        + World.standard("engine", "2")),
    Case(
      testDescription: "two contexts, of which one fits",
      ours: World.stream(
        "engine", "2", context: "aaaa", requires: ["runtime": ["1"]], "engine-0:2.0-1.m2.noarch")
        + World.stream(
          "engine", "2", context: "bbbb", requires: ["runtime": ["7"]], "engine-0:2.1-1.m2.noarch")
        + World.standard("engine", "2"), base: runtimes),
    Case(
      testDescription: "contexts with names",
      ours: World.stream(
        "engine", "2", context: "early", isStatic: true, "engine-0:2.0-1.m2.noarch")
        + World.stream(
          "engine", "2", version: 2, context: "late", isStatic: true, "engine-0:2.1-1.m2.noarch")
        + World.standard("engine", "2")),
    Case(
      testDescription: "what is not modular any more",
      ours: World.stream(
        "engine", "1", demodularized: ["helper"], "engine-0:1.0-1.m1.noarch",
        "helper-3:1.0-1.m1.noarch") + World.standard("engine", "1")),
    Case(
      testDescription: "a stream of the base hides ours", ours: "",
      base: runtimes + World.standard("runtime", "1")),
    Case(
      testDescription: "what it needs is not there",
      ours: World.stream("engine", "1", requires: ["nobody": []], "engine-0:1.0-1.m1.noarch"),
      choice: "engine:1"),
  ]

  @Test(
    .enabled(if: getuid() == 0 && Shell.has("dnf"), "an installroot needs root and dnf"),
    arguments: cases)
  func `what dnf hides is hidden`(_ item: Case) throws {
    let world = try ModuleWorld(ours: item.ours, base: item.base)
    let offered = try world.offered(choosing: item.choice)
    let shown = try world.shown(choosing: item.choice)
    #expect(shown == offered)
    if item.choice == nil { #expect(offered?.isEmpty == false) }
  }

  @Test func `a stream is asked about as its users have it`() throws {
    // Its newest RPM needs what only the stream itself has, and the plain one what is hidden.
    let stream = World.stream(
      "engine", "2", "engine-0:2.1-1.m2.noarch", "helper-0:2.0-1.m2.noarch")
    let other = World.stream(
      "engine", "1", "engine-0:1.0-1.m1.noarch", "helper-3:1.0-1.m1.noarch")
    let universe = try ModuleWorld(ours: stream + other).universe()
    #expect(try universe.brokenPackages() == [])
    let alone = World.stream("engine", "2", "engine-0:2.1-1.m2.noarch")
    let second = World.stream("tools", "1", "helper-0:2.0-1.m2.noarch")
    let found = try ModuleWorld(ours: alone + second + other).universe().brokenPackages()
    #expect(found.map(\.rpm.nevra.artifact) == ["engine-0:2.1-1.m2.noarch"])
    guard case .hidden("helper >= 2", let rpm, .notEnabled("tools:1"))? = found.first?.cause else {
      Issue.record("\(String(describing: found.first?.cause))")
      return
    }
    #expect(rpm.nevra.name == "helper")
    #expect(found.first?.missing == [], "nothing is gone")
  }

  @Test func `what a default stream takes from others is told`() throws {
    let ours = World.stream("motors", "1", "engine-0:2.0-1.m2.noarch")
    let without = try ModuleWorld(ours: ours).universe()
    #expect(try without.brokenPackages().map(\.rpm.nevra.name) == [])
    // The likeness is hidden for good; engine itself is there, as the stream has it.
    let universe = try ModuleWorld(ours: ours + World.standard("motors", "1")).universe()
    let found = try universe.brokenPackages()
    #expect(found.map(\.rpm.nevra.name) == ["likeness"])
    #expect(
      found.first?.cause
        == .hidden(requirement: nil, rpm: try #require(found.first?.rpm), .behind("motors:1")))
  }

  @Test func `without a base, what only a stream has may be in it`() throws {
    // Of helper, whatever needs it can be served by the base alone.
    let ours = World.stream("tools", "1", "helper-0:2.0-1.m2.noarch", "helper-3:1.0-1.m1.noarch")
    let world = try ModuleWorld(ours: ours)
    #expect(try world.universe().brokenPackages().map(\.rpm.nevra.name) == ["engine"])
    let alone = try world.universe(isAlone: true)
    #expect(try alone.brokenPackages() == [])
    #expect(try alone.assumedNames() == ["helper"])
  }

  @Test func `a stream that nobody can enable`() throws {
    let stream = World.stream(
      "engine", "1", requires: ["nobody": ["3"]], "engine-0:1.0-1.m1.noarch")
    let found = try ModuleWorld(ours: stream).universe().brokenPackages()
    #expect(found.map(\.rpm.nevra.artifact) == ["engine-0:1.0-1.m1.noarch"])
    #expect(
      found.first?.cause
        == .conflict(["nobody can enable its module stream engine:1, which needs nobody:3"]))
  }

  @Test func `what would break without a package, in each stream`() throws {
    let stream = World.stream(
      "engine", "2", "engine-0:2.1-1.m2.noarch", "helper-0:2.0-1.m2.noarch")
    let universe = try ModuleWorld(ours: stream).universe()
    let found = try universe.brokenPackages(without: ["helper"])
    #expect(found.map(\.rpm.nevra.artifact) == ["engine-0:2.1-1.m2.noarch"])
    #expect(try universe.brokenPackages() == [], "nothing stays taken out")
  }
}
