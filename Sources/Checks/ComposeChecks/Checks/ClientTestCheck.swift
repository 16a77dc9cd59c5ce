import ComposePolicy
import ComposeStream
import ComposeTrees
import DocumentSigning
import Foundation
import ReleaseLedger
import ReleaseModel
import RepoMetadata

/// `rehearsal`: real dnf, and zypper where it is installed, load each
/// repository with an empty cache, and dnf resolves the installation of the
/// policy's sample.
///
/// Clients run side by side. What one of them has loaded before, it is not given again, nor the
/// same repository twice; where anything is wrong, all clients load all repositories, so that
/// the findings are those of a first look.
struct ClientTestCheck: ReleaseCheck {
  func check(_ release: CheckedRelease) throws -> CheckFindings {
    guard ClientProgram.isInstalled("dnf") else {
      return CheckFindings(warnings: [Self.missing("dnf")])
    }
    let clients = try Self.clients(for: release)
    let memory = LoadedRepositories(library: release.stream.library, asks: !release.isThorough)
    let new = memory.new(for: clients)
    let loaded = try Concurrently.map(new) { try $0.load() }
    if loaded.allSatisfy(\.isEmpty) {
      memory.remember(new)
      return CheckFindings(
        findings: try Concurrently.map(clients) { try $0.install() }.flatMap(\.self))
    }
    return CheckFindings(
      findings: try Concurrently.map(clients) { client -> [Finding] in
        let findings = try client.load()
        return findings.isEmpty ? try client.install() : findings
      }.flatMap(\.self))
  }

  private static func missing(_ client: String) -> Finding {
    Finding(
      code: "no-client", message: "\(client) is not installed here: nobody rehearsed",
      remedy: "Install \(client), or set checks.rehearsal to off")
  }

  /// The architecture of this machine, where the policy has it.
  private static func machine(of policy: Policy) -> Architecture? {
    var name = utsname()
    uname(&name)
    let machine = withUnsafeBytes(of: name.machine) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    return policy.arches.first { $0.name == machine }
  }

  /// dnf of each architecture, and zypper of this machine's.
  private static func clients(for release: CheckedRelease) throws -> [RehearsingClient] {
    let layout = release.policy.repositories
    var clients = try release.policy.arches.map { arch in
      let wanted = layout.binaryPaths(of: arch) + layout.debugPaths(of: arch) + layout.sourcePaths
      return RehearsingClient(
        name: .dnf(try installations(arch, release)), arch: arch, policy: release.policy,
        repositories: try repositories(wanted, of: release))
    }
    if ClientProgram.isInstalled("zypper"), let arch = machine(of: release.policy) {
      clients.append(
        RehearsingClient(
          name: .zypper, arch: arch, policy: release.policy,
          repositories: try repositories(layout.binaryPaths(of: arch), of: release)))
    }
    return clients
  }

  /// What users of `arch` install; nil where nothing is to be resolved.
  private static func installations(
    _ arch: Architecture, _ release: CheckedRelease
  ) throws -> SampleInstallations? {
    // What is tested is used beside the release: by itself, it only has to load.
    if release.part == .testing { return nil }
    let paths = release.policy.repositories.binaryPaths(of: arch)
    let trees = try repositories(paths, of: release)
    guard let path = paths.first, !trees.isEmpty else { return nil }
    let scans = try release.listings.flatMap { listing in
      paths.compactMap { try? listing.repositories[$0]?.get() }
    }
    var modules = ModuleDocument.none
    for scan in scans { if let document = try? scan.modules?.get() { modules.add(document) } }
    let sample = release.policy.gate.rehearsal.install
    if sample.isEmpty, modules.streams.isEmpty { return nil }
    let listed = Set(scans.flatMap(\.packages).map(\.nevra))
    return SampleInstallations(
      names: sample, streams: ModuleChoices(modules, arch: arch, listed: listed),
      listed: Set(listed.map(\.name)), path: path, repositories: trees,
      base: BaseRepositories(stream: release.stream).clientRepositories(
        arch, for: release.record.id))
  }

  /// The repositories at `paths` in every tree.
  private static func repositories(
    _ paths: [RelativePath], of release: CheckedRelease
  ) throws -> [ClientRepository] {
    try zip(release.trees, release.listings).flatMap { tree, listing -> [ClientRepository] in
      let isSigned = try release.isSigned(tree)
      return try paths.compactMap { path in
        // The check `metadata` reports what cannot be read.
        guard case .success(let contents)? = listing.repositories[path] else { return nil }
        let id = "\(listing.tree.area.rawValue)-\(path.description.replacing("/", with: "-"))"
        return ClientRepository(
          id: id, place: .directory("\(listing.metadata)/\(path)"),
          packages: Set(contents.packages.map(\.nevra)).count,
          metadataKey: isSigned ? release.stream.signer?.publicKeyFile : nil,
          contents: try LoadedRepositories.contents(
            of: path, contents.repomd, in: tree.metadata,
            signedBy: isSigned ? release.stream.signer?.publicKeyFile : nil))
      }
    }
  }
}
