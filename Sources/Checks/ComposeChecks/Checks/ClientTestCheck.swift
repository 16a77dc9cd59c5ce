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
struct ClientTestCheck: ReleaseCheck {
  func check(_ release: CheckedRelease) throws -> CheckFindings {
    guard ClientProgram.isInstalled("dnf") else {
      return CheckFindings(warnings: [Self.missing("dnf")])
    }
    var found = CheckFindings()
    for arch in release.policy.arches {
      found.findings += try dnf(arch, release)
    }
    if ClientProgram.isInstalled("zypper"), let arch = Self.machine(of: release.policy) {
      found.findings += try zypper(arch, release)
    }
    return found
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

  private func dnf(_ arch: Architecture, _ release: CheckedRelease) throws -> [Finding] {
    guard let program = try ClientProgram("dnf") else { return [] }
    let client = DnfClientTest(
      program: program, arch: arch, major: release.policy.major,
      platform: release.policy.modulePlatform)
    let layout = release.policy.repositories
    let wanted = layout.binaryPaths(of: arch) + layout.debugPaths(of: arch) + layout.sourcePaths
    var findings = try client.load(repositories(wanted, of: release))
    if findings.isEmpty { findings = try install(arch, with: client, release) }
    return findings
  }

  private func install(
    _ arch: Architecture, with client: DnfClientTest, _ release: CheckedRelease
  ) throws -> [Finding] {
    let paths = release.policy.repositories.binaryPaths(of: arch)
    let trees = try repositories(paths, of: release)
    guard let path = paths.first, !trees.isEmpty else { return [] }
    let scans = try release.listings.flatMap { listing in
      paths.compactMap { try? listing.repositories[$0]?.get() }
    }
    var modules = ModuleDocument.none
    for scan in scans { if let document = try? scan.modules?.get() { modules.add(document) } }
    let listed = Set(scans.flatMap(\.packages).map(\.nevra))
    let streams = ModuleChoices(modules, arch: arch, listed: listed)
    let sample = release.policy.gate.rehearsal.install
    if sample.isEmpty, streams.all.isEmpty { return [] }
    let base = BaseRepositories(stream: release.stream).clientRepositories(
      arch, for: release.record.id)
    var findings: [Finding] = []
    for stream in streams.all {
      findings += try client.choose(stream, from: trees, beside: base).map { reason in
        Finding(
          code: "module-not-installable",
          message: "dnf (\(arch)) cannot \(reason)",
          remedy: "Mend what it names; where it needs Enterprise Linux itself, name that in 'base'",
          package: stream.id, arches: [arch])
      }
    }
    let names = Set(listed.map(\.name))
    for name in sample {
      if !names.contains(name) {
        findings.append(
          Finding(
            code: "sample-missing", message: "\(name) of the sample is not in \(path)",
            remedy: "Take it out of rehearsal.install, or find out why it left", package: name,
            arches: [arch]))
      } else if let reason = try client.install(
        [name], choosing: streams.needed(for: name), from: trees, beside: base)
      {
        findings.append(
          Finding(
            code: "sample-not-installable",
            message: "dnf (\(arch)) cannot install \(name): \(reason)",
            remedy:
              "Mend what it names; where it needs Enterprise Linux itself, name that in 'base'",
            package: name, arches: [arch]))
      }
    }
    return findings
  }

  private func zypper(_ arch: Architecture, _ release: CheckedRelease) throws -> [Finding] {
    let paths = release.policy.repositories.binaryPaths(of: arch)
    return try repositories(paths, of: release).flatMap { repository -> [Finding] in
      guard let program = try ClientProgram("zypper") else { return [] }
      return try ZypperClientTest(program: program).load(repository)
    }
  }

  /// The repositories at `paths` in every tree.
  private func repositories(
    _ paths: [RelativePath], of release: CheckedRelease
  ) throws -> [ClientRepository] {
    try zip(release.trees, release.listings).flatMap { tree, listing -> [ClientRepository] in
      let isSigned = try release.isSigned(tree)
      return paths.compactMap { path in
        // The check `metadata` reports what cannot be read.
        guard case .success(let contents)? = listing.repositories[path] else { return nil }
        let id = "\(listing.tree.area.rawValue)-\(path.description.replacing("/", with: "-"))"
        return ClientRepository(
          id: id, place: .directory("\(listing.metadata)/\(path)"),
          packages: Set(contents.packages.map(\.nevra)).count,
          metadataKey: isSigned ? release.stream.signer?.publicKeyFile : nil)
      }
    }
  }
}
