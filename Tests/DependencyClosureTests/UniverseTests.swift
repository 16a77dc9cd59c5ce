import ComposeTestSupport
import Foundation
import Glibc
import ReleaseModel
import RepoMetadata
import Testing

@testable import DependencyClosure

/// Small universes of RPMs that rpmbuild made, one for each reason why a
/// package can or cannot be installed.
@Suite(.waiting) struct UniverseTests {
  private let scratch: TemporaryDirectory

  init() throws {
    scratch = try TemporaryDirectory()
  }

  /// libsolv would call itself for each parenthesis until the stack ends.
  @Test func `a dependency of parentheses alone is refused`() throws {
    func add(_ depth: Int) throws {
      let name = String(repeating: "(", count: depth) + "a" + String(repeating: ")", count: depth)
      let xml = """
        <metadata xmlns="http://linux.duke.edu/metadata/common" \
        xmlns:rpm="http://linux.duke.edu/metadata/rpm" packages="1"><package type="rpm">
        <name>a</name><arch>noarch</arch><version epoch="0" ver="1" rel="1"/>
        <format><rpm:requires><rpm:entry name="\(name)"/></rpm:requires></format>
        </package></metadata>
        """
      let document = try OpenedMetadata(contents: Array(xml.utf8), of: "primary.xml")
      let universe = try PackageUniverse(arch: .init("x86_64"), assumesExternals: false)
      try universe.add(
        PrimaryContents { body in try document.withDescriptor { try body($0) } },
        fileLists: { _ in [] }, as: .release, label: "base")
      _ = try universe.brokenPackages()
    }
    try add(100)
    #expect {
      try add(200_000)
    } throws: { error in
      (error as? ComposeError)?.kind == .badData
        && "\(error)".contains("more than 500 parentheses")
    }
  }

  /// Keeps in memory what libsolv has made.
  private final class MemoryStore: SolvStore {
    let kept = Guarded<[Checksum: [UInt8]]>([:])
    func solvs(_ keys: [Checksum]) -> [[UInt8]?] { kept.withLock { kept in keys.map { kept[$0] } } }
    func keep(solv: [UInt8], as key: Checksum) { kept.withLock { $0[key] = solv } }
  }

  @Test func `a repository in parts is what it is as a whole`() throws {
    let directory = scratch.path("pool")
    for number in 0..<24 {
      try RPMSpec(
        "part\(number)", "1.\(number)",
        tags: [
          "Requires: part\((number * 7 + 1) % 26)", "Provides: cap(\(number)) = 2",
          "Obsoletes: old\(number) < 3", "Recommends: part\(number + 20)",
        ], files: ["/etc/part\(number).conf": "x"]
      ).build(into: directory, sources: false)
    }
    try Shell.check("createrepo_c", ["--quiet", "--no-database", directory])
    let name = try #require(
      try FileManager.default.contentsOfDirectory(atPath: "\(directory)/repodata")
        .first { $0.hasSuffix("-primary.xml.gz") })
    let path = "\(directory)/repodata/\(name)"
    // Parts end by checksums, and those of RPMs differ from run to run: the sixteenth ends one.
    var number = 0
    let text = try Shell.check("zcat", [path]).replacing(/pkgid="YES">[0-9a-f]{64}/) { _ in
      number += 1
      return "pkgid=\"YES\">" + String(format: "%02x", number) + String(repeating: "5e", count: 31)
    }
    let plain = try scratch.write(text, to: "primary.xml")
    try Shell.check("sh", ["-c", "gzip -nc '\(plain)' > '\(path)'"])
    let parts = try #require(try Self.parts(of: path))
    #expect(parts.checksums.count == 2)
    let store = MemoryStore()
    var loads = 0
    func answers(_ parted: PrimaryContents.Parts?) throws -> [String] {
      let universe = try PackageUniverse(arch: .init("x86_64"), assumesExternals: true)
      try universe.add(
        PrimaryContents(named: parted == nil ? nil : "x", store: store, parts: parted) { body in
          loads += 1
          try OpenedMetadata(file: path).withDescriptor(body)
        }, fileLists: { _ in [] }, as: .release, label: "release")
      return try universe.brokenPackages().map { "\($0)" }
        + universe.lostRecommendations().map { "\($0)" } + universe.assumedNames().sorted()
        + universe.records { _ in true }.map { "\($0)" }
    }
    let whole = try answers(nil)
    #expect(!whole.isEmpty)
    #expect(try answers { try Self.parts(of: path) } == whole)
    #expect(store.kept.withLock { $0.count } == parts.checksums.count)
    #expect(loads == 1)
    // From what was kept.
    #expect(try answers { try Self.parts(of: path) } == whole)
    #expect(loads == 1)
    // With a damaged part, the whole is read.
    store.kept.withLock { kept in for key in kept.keys { kept[key] = [1, 2, 3] } }
    #expect(try answers { try Self.parts(of: path) } == whole)
    #expect(loads == 2)
  }

  /// Nil where the document cannot be parted.
  private static func parts(of path: String) throws -> PrimaryParts? {
    try PrimaryReader.document(in: path, openChecksum: nil).parts.map { parts in
      PrimaryParts(parts.map(\.checksum)) { places, body in
        var rest = places[...]
        try PrimaryReader.read(places.map { parts[$0] }, in: path) { _, document in
          if let place = rest.popFirst() { try body(place, document) }
        }
      }
    }
  }

  private func universe(
    _ release: [RPMSpec], base: [RPMSpec] = [], former: [RPMSpec] = [],
    arch: Architecture = .init("x86_64"), assumesExternals: Bool = false
  ) throws -> PackageUniverse {
    let universe = try PackageUniverse(arch: arch, assumesExternals: assumesExternals)
    let parts: [([RPMSpec], PackageUniverse.Role)] = [
      (release, .release), (base, .base), (former, .former),
    ]
    for (specs, role) in parts where !specs.isEmpty {
      let directory = scratch.path("\(role)-\(UUID())")
      for spec in specs { try spec.build(into: directory, sources: false) }
      try Shell.check("createrepo_c", ["--quiet", "--no-database", directory])
      func document(_ kind: String) throws -> OpenedMetadata {
        let name = try FileManager.default.contentsOfDirectory(atPath: "\(directory)/repodata")
          .first { $0.hasSuffix("-\(kind).xml.gz") }
        return try OpenedMetadata(file: "\(directory)/repodata/\(name ?? "")")
      }
      try universe.add(
        PrimaryContents(
          named: directory, store: MemoryStore(),
          parts: {
            // As a push has it: in parts.
            let name = try FileManager.default.contentsOfDirectory(atPath: "\(directory)/repodata")
              .first { $0.hasSuffix("-primary.xml.gz") }
            return try Self.parts(of: "\(directory)/repodata/\(name ?? "")")
          }, document: { try document("primary").withDescriptor($0) }),
        fileLists: { try FileListsSearch($0).owners(in: document("filelists")) }, as: role,
        label: "\(role)")
    }
    return universe
  }

  private func broken(_ universe: PackageUniverse) throws -> [String] {
    try universe.brokenPackages().map(\.rpm.nevra.description)
  }

  @Test func `what has all it needs can be installed`() throws {
    let universe = try universe(
      [
        RPMSpec("iota", tags: ["Requires: gamma >= 1.0", "Requires: /usr/bin/tool"]),
        RPMSpec("gamma", files: ["/usr/bin/tool": "x"]),
      ])
    #expect(try broken(universe).isEmpty)
  }

  @Test func `a requirement that nothing provides`() throws {
    let universe = try universe([RPMSpec("iota", tags: ["Requires: libgone.so.1()(64bit)"])])
    let found = try universe.brokenPackages()
    #expect(found.map(\.rpm.nevra.description) == ["iota-1.0-1.noarch"])
    #expect(
      found.first?.cause
        == .unprovided(requirement: "libgone.so.1()(64bit)", formerly: []))
    #expect(found.first?.missing == [])
  }

  @Test func `what was there before is named, through any chain`() throws {
    let universe = try universe(
      [
        RPMSpec("kappa", tags: ["Requires: iota"]),
        RPMSpec("iota", tags: ["Requires: gamma >= 1.0"]),
        RPMSpec("omicron"),
      ], former: [RPMSpec("gamma")])
    let found = try universe.brokenPackages()
    #expect(found.map(\.rpm.nevra.name) == ["iota", "kappa"])
    let gamma = BinaryPackage(
      nevra: NEVRA(
        name: "gamma", evr: EVR(version: "1.0", rpmRelease: "1"), arch: .noarch),
      package: "gamma")
    #expect(found.allSatisfy { $0.missing == [gamma] })
    #expect(
      found.first?.cause == .unprovided(requirement: "gamma >= 1.0", formerly: [gamma]))
    guard case .needsBroken("iota", let provider, _)? = found.last?.cause else {
      Issue.record("\(String(describing: found.last?.cause))")
      return
    }
    #expect(provider.nevra.name == "iota")
  }

  @Test func `without base, what was never ours is taken for granted`() throws {
    let release = [
      RPMSpec(
        "iota",
        tags: ["Requires: libc.so.6()(64bit)", "Requires: (glibc or musl)", "Requires: gamma"])
    ]
    #expect(
      try broken(universe(release, former: [RPMSpec("gamma")], assumesExternals: true))
        == ["iota-1.0-1.noarch"])
    #expect(try broken(universe(release, assumesExternals: true)).isEmpty)
    #expect(try broken(universe(release)) == ["iota-1.0-1.noarch"])
  }

  @Test func `what is taken for granted fulfils nothing else, and conflicts with nothing`() throws {
    let universe = try universe(
      [
        RPMSpec("iota", tags: ["Requires: gamma >= 1.0"]),
        RPMSpec("kappa", tags: ["Requires: gamma >= 9"]),
        RPMSpec("picky", tags: ["Requires: foo >= 1", "Conflicts: foo < 2"]),
        RPMSpec("either", tags: ["Requires: (pa with pa >= 2)"]),
        RPMSpec("delta", tags: ["Provides: river = 1"]),
        RPMSpec("future", tags: ["Requires: delta >= 9"]),
        RPMSpec("stream", tags: ["Requires: river >= 2"]),
      ], former: [RPMSpec("gamma")], assumesExternals: true)
    // gamma was ours, whatever version is asked for; delta and its river are here, and not
    // that new.
    #expect(
      try broken(universe) == [
        "future-1.0-1.noarch", "iota-1.0-1.noarch", "kappa-1.0-1.noarch", "stream-1.0-1.noarch",
      ])
  }

  @Test func `of several versions only the newest must be installable, older ones fulfil`() throws {
    let universe = try universe([
      RPMSpec("iota", "1.0", tags: ["Requires: nobody-has-this"]), RPMSpec("iota", "1.1"),
      RPMSpec("kappa", tags: ["Requires: lambda = 1.0"]), RPMSpec("lambda", "1.0"),
      RPMSpec("lambda", "2.0"),
    ])
    #expect(try broken(universe).isEmpty)
  }

  @Test func `what the release still has is not former`() throws {
    let universe = try universe(
      [
        RPMSpec("gamma", tags: ["Requires: absent"]),
        RPMSpec("iota", tags: ["Requires: (gamma and delta)"]),
      ],
      former: [RPMSpec("gamma", tags: ["Requires: absent"]), RPMSpec("delta")])
    let found = try universe.brokenPackages()
    #expect(found.map(\.rpm.nevra.name) == ["gamma", "iota"])
    #expect(found.last?.missing.map(\.nevra.name) == ["delta"])
  }

  @Test func `base fulfils, but need not be installable`() throws {
    let universe = try universe(
      [RPMSpec("iota", tags: ["Requires: glibc"])],
      base: [RPMSpec("glibc", tags: ["Requires: nothing-has-this"]), RPMSpec("bash")])
    // glibc itself cannot be installed, and so neither can iota.
    #expect(try broken(universe) == ["iota-1.0-1.noarch"])
  }

  @Test(arguments: [
    ("(gamma or delta)", true), ("(gamma and delta)", false), ("(delta if absent)", true),
    ("(absent if gamma)", true), ("(absent if gamma) and", true),
    ("(gamma with virtual)", true), ("(gamma without virtual)", false),
  ])
  func `rich dependencies`(requirement: String, holds: Bool) throws {
    let isForced = requirement.hasSuffix(" and")
    let rich = isForced ? String(requirement.dropLast(4)) : requirement
    let universe = try universe(
      [
        RPMSpec("iota", tags: ["Requires: \(rich)"] + (isForced ? ["Requires: gamma"] : [])),
        RPMSpec("gamma", tags: ["Provides: virtual = 2"]),
      ])
    #expect(try broken(universe).isEmpty == (holds && !isForced))
  }

  @Test func `conflicts and obsoletes are told in the solver's words`() throws {
    let universe = try universe(
      [
        RPMSpec("iota", tags: ["Requires: gamma", "Requires: delta"]),
        RPMSpec("gamma", tags: ["Conflicts: delta"]), RPMSpec("delta"),
      ])
    let found = try universe.brokenPackages()
    #expect(found.map(\.rpm.nevra.name) == ["iota"])
    guard case .conflict(let reasons)? = found.first?.cause else {
      Issue.record("\(String(describing: found.first?.cause))")
      return
    }
    #expect(reasons.contains { $0.contains("conflicts with") })
  }

  @Test func `two that exclude each other can each be installed`() throws {
    let universe = try universe(
      [RPMSpec("gamma", tags: ["Conflicts: delta"]), RPMSpec("delta")])
    #expect(try broken(universe).isEmpty)
  }

  @Test func `weak dependencies never break, but are told when they go`() throws {
    let universe = try universe(
      [RPMSpec("iota", tags: ["Recommends: gamma", "Recommends: never-there"])],
      former: [RPMSpec("gamma")])
    #expect(try broken(universe).isEmpty)
    let lost = try universe.lostRecommendations()
    #expect(lost.map(\.recommendation) == ["gamma"])
    #expect(lost.first?.formerly.map(\.nevra.name) == ["gamma"])
  }

  @Test func `another architecture's packages do not count`() throws {
    let universe = try universe(
      [RPMSpec("iota", tags: ["Requires: gamma"]), RPMSpec("gamma", arch: "aarch64")])
    // Nor can they be installed themselves.
    #expect(try broken(universe) == ["gamma-1.0-1.aarch64", "iota-1.0-1.noarch"])
  }

  @Test func `what would break is found beforehand, through chains, without what stays`() throws {
    let universe = try universe(
      [
        RPMSpec("kappa", tags: ["Requires: iota"]),
        RPMSpec("iota", tags: ["Requires: gamma >= 1.0"]),
        RPMSpec("either", tags: ["Requires: (gamma or delta)"]),
        RPMSpec("gamma", tags: ["Provides: thing"]), RPMSpec("delta", tags: ["Provides: thing"]),
        RPMSpec("user", tags: ["Requires: thing"]),
        RPMSpec("sad", tags: ["Requires: gamma", "Requires: not-there-anyway"]),
      ])
    func names(_ leaving: String...) throws -> [String] {
      try universe.brokenPackages(without: Set(leaving)).map(\.rpm.nevra.name)
    }
    #expect(try names("gamma") == ["iota", "kappa"])
    #expect(try names("delta") == [])
    #expect(try names("gamma", "delta") == ["either", "iota", "kappa", "user"])
    #expect(try names("gamma") == ["iota", "kappa"])
    #expect(try broken(universe) == ["sad-1.0-1.noarch"])
  }

  @Test func `a record of what is gone serves like the RPM`() throws {
    let before = try universe([RPMSpec("gamma", tags: ["Provides: thing = 2"])])
    let records = try before.former(["gamma"])
    #expect(records.map(\.provides) == [["gamma = 1.0-1", "thing = 2"]])
    let after = try universe([RPMSpec("iota", tags: ["Requires: thing >= 1"])])
    try after.add(records: records, label: "retired")
    #expect(
      try after.brokenPackages().first?.cause
        == .unprovided(requirement: "thing >= 1", formerly: records.map(\.rpm)))
  }

  @Test func `files outside primary metadata are found where they are needed`() throws {
    let directory = scratch.path("repository")
    for spec in [
      RPMSpec("iota", tags: ["Requires: /usr/share/gamma/data.txt"]), RPMSpec("gamma"),
      RPMSpec("sad", tags: ["Requires: /usr/share/gamma/absent.txt"]),
    ] {
      try spec.build(into: directory, sources: false)
    }
    try Shell.check("createrepo_c", ["--quiet", "--no-database", directory])
    func document(_ kind: String) throws -> Int32 {
      let plain = scratch.path("\(kind).xml")
      try Shell.check("sh", ["-c", "zcat \(directory)/repodata/*-\(kind).xml.gz > \(plain)"])
      return open(plain, O_RDONLY)
    }
    let rpm = try FileManager.default.contentsOfDirectory(atPath: directory)
      .first { $0.hasPrefix("gamma-") }
    let gamma = String(
      try Shell.check("sha256sum", ["\(directory)/\(rpm ?? "")"]).prefix(64))
    for hasLists in [true, false] {
      let universe = try PackageUniverse(arch: .init("x86_64"), assumesExternals: false)
      let primary = try document("primary")
      defer { close(primary) }
      try universe.add(
        PrimaryContents { try $0(primary) },
        fileLists: { paths in
          #expect(paths == ["/usr/share/gamma/data.txt", "/usr/share/gamma/absent.txt"])
          guard hasLists else { return [] }
          return [("/usr/share/gamma/data.txt", gamma)]
        }, as: .release, label: "test")
      #expect(
        try broken(universe)
          == (hasLists ? [] : ["iota-1.0-1.noarch"]) + ["sad-1.0-1.noarch"])
    }
  }

  @Test func `metadata that is none is bad data`() throws {
    let file = try scratch.write("<metadata><package", to: "primary.xml")
    let descriptor = open(file, O_RDONLY)
    defer { close(descriptor) }
    let universe = try PackageUniverse(arch: .init("x86_64"), assumesExternals: false)
    #expect(throws: ComposeError.self) {
      try universe.add(
        PrimaryContents { try $0(descriptor) }, fileLists: { _ in [] }, as: .release,
        label: "broken")
    }
  }
}
