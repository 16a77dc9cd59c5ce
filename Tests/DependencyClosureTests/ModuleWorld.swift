import ComposeTestSupport
import Foundation
import ReleaseModel
import RepoMetadata

@testable import DependencyClosure

/// Two repositories with modules, as dnf and as a ``PackageUniverse`` see them.
struct ModuleWorld {
  /// Made once: the modules differ from test to test, the RPMs do not.
  private static let rpms: TemporaryDirectory? = {
    guard let directory = try? TemporaryDirectory() else { return nil }
    directory.removeAtExit()
    let made: [Void]? = try? [("ours", ours), ("base", base)].map { name, specs in
      for spec in specs { try spec.build(into: directory.path(name), sources: false) }
    }
    return made == nil ? nil : directory
  }()

  private static let ours = [
    RPMSpec("engine", "1.0", "1.m1"), RPMSpec("engine", "2.0", "1.m2"),
    RPMSpec("engine", "2.1", "1.m2", tags: ["Requires: helper >= 2"]),
    RPMSpec("helper", "1.0", "1.m1", epoch: 3), RPMSpec("helper", "2.0", "1.m2"),
    RPMSpec("plain", tags: ["Requires: engine"]),
    RPMSpec("likeness", tags: ["Provides: engine = 7"]),
    RPMSpec("runtime", "9.0"),
  ]

  private static let base = [
    RPMSpec("engine", "0.5", "1.base"), RPMSpec("runtime", "1.0", "1.r1"),
    RPMSpec("runtime", "2.0", "1.r2"), RPMSpec("glibc", "2.28"),
    RPMSpec("motor", tags: ["Requires: engine < 1"]),
  ]

  private let scratch: TemporaryDirectory
  private let documents: [(name: String, role: PackageUniverse.Role, modules: String)]

  /// - Parameters:
  ///   - ours: documents of modules of the release's repository, YAML.
  ///   - base: the same of the base repository's.
  init(ours: String, base: String = "") throws {
    guard let rpms = Self.rpms else { throw Shell.Failure(description: "no RPMs") }
    scratch = try TemporaryDirectory()
    documents = [("ours", .release, ours), ("base", .base, base)]
    for (name, _, modules) in documents {
      try FileManager.default.copyItem(atPath: rpms.path(name), toPath: scratch.path(name))
      try Shell.check("createrepo_c", ["--quiet", "--no-database", scratch.path(name)])
      if modules.isEmpty { continue }
      let file = try scratch.write(modules, to: "\(name).yaml")
      try Shell.check(
        "modifyrepo_c",
        ["--mdtype=modules", "--no-compress", file, scratch.path("\(name)/repodata")])
    }
  }

  /// - Parameter isAlone: whether no base repository is named.
  func universe(isAlone: Bool = false) throws -> PackageUniverse {
    let universe = try PackageUniverse(
      arch: .init("x86_64"), assumesExternals: isAlone, platform: "el8")
    for (name, role, modules) in documents where !isAlone || role == .release {
      let directory = scratch.path(name)
      func document(_ kind: String) throws -> OpenedMetadata {
        let file = try FileManager.default.contentsOfDirectory(atPath: "\(directory)/repodata")
          .first { $0.hasSuffix("-\(kind).xml.gz") }
        return try OpenedMetadata(file: "\(directory)/repodata/\(file ?? "")")
      }
      try universe.add(
        PrimaryContents { try document("primary").withDescriptor($0) },
        fileLists: { try FileListsSearch($0).owners(in: document("filelists")) }, as: role,
        label: name)
      if modules.isEmpty { continue }
      let opened = try OpenedMetadata(contents: Array(modules.utf8), of: "\(name).yaml")
      universe.add(modules: try ModulesReader.document(in: opened, of: "\(name).yaml"), as: role)
    }
    return universe
  }

  /// What users can install who enabled `stream`, as a universe has it; nil where they
  /// cannot enable it.
  func shown(choosing stream: String? = nil) throws -> [String]? {
    let universe = try universe()
    try universe.prepare()
    guard try universe.choose(stream) else { return nil }
    return (universe.ids(.release) + universe.ids(.base)).filter(universe.isConsidered)
      .map { universe.rpm($0).nevra.artifact }.sorted()
  }

  /// The same as dnf has it.
  func offered(choosing stream: String? = nil) throws -> [String]? {
    let dnf = try DnfClient()
    let repositories = Dictionary(
      uniqueKeysWithValues: documents.map { ($0.name, "file://\(scratch.path($0.name))") })
    let platform = ["--setopt=module_platform_id=platform:el8"]
    if let stream {
      let enabled = try dnf.run(
        ["module", "enable", stream], repositories: repositories, options: platform)
      guard enabled.status == 0 else { return nil }
    }
    return try dnf.succeed(
      ["repoquery", "--qf", "%{name}-%{epoch}:%{version}-%{release}.%{arch}"],
      repositories: repositories, options: platform
    ).split(separator: "\n").map(String.init).sorted()
  }

  // MARK: Documents

  /// One build of a stream.
  static func stream(
    _ module: String, _ stream: String, version: Int = 1, context: String = "c0ffee",
    isStatic: Bool = false, requires: [String: [String]] = [:], demodularized: [String] = [],
    profile: [String] = [], _ artifacts: String...
  ) -> String {
    func list(_ texts: [String]) -> String {
      "[\(texts.map { "\"\($0)\"" }.joined(separator: ", "))]"
    }
    var lines = [
      "---", "document: modulemd", "version: 2", "data:", "  name: \(module)",
      "  stream: \"\(stream)\"", "  version: \(version)", "  context: \(context)",
    ]
    if isStatic { lines.append("  static_context: true") }
    lines += [
      "  arch: x86_64", "  summary: Words", "  description: Words.",
      "  license: {module: [MIT]}",
    ]
    if !requires.isEmpty {
      lines.append("  dependencies:")
      lines.append("    - requires:")
      for (name, streams) in requires.sorted(by: { $0.key < $1.key }) {
        lines.append("        \(name): \(list(streams))")
      }
    }
    if !profile.isEmpty { lines.append("  profiles: {common: {rpms: \(list(profile))}}") }
    if !demodularized.isEmpty { lines.append("  demodularized: {rpms: \(list(demodularized))}") }
    lines += ["  artifacts:", "    rpms: \(list(artifacts))", "...", ""]
    return lines.joined(separator: "\n")
  }

  /// What a repository says of a default stream.
  static func standard(_ module: String, _ stream: String?, modified: Int = 201_903_010_000)
    -> String
  {
    """
    ---
    document: modulemd-defaults
    version: 1
    data:
      module: \(module)
      modified: \(modified)
    \(stream.map { "  stream: \"\($0)\"\n" } ?? "")  profiles: {}
    ...

    """
  }
}
