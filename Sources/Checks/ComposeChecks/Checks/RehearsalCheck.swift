import ComposePolicy
import Foundation
import ReleaseLedger
import ReleaseModel

/// `rehearsal`: real dnf, and zypper where it is installed, load each
/// repository with an empty cache, and dnf resolves the installation of the
/// policy's sample.
struct RehearsalCheck: ReleaseCheck {
  func judge(_ release: CheckedRelease) throws -> Judgement {
    guard ClientProgram.isInstalled("dnf") else {
      return Judgement(warnings: [Self.missing("dnf")])
    }
    var judgement = Judgement()
    for arch in release.policy.arches {
      judgement.findings += try dnf(arch, release)
    }
    if ClientProgram.isInstalled("zypper"), let arch = Self.machine(of: release.policy) {
      judgement.findings += try zypper(arch, release)
    }
    return judgement
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
    let rehearsal = DnfRehearsal(program: program, arch: arch, major: release.policy.major)
    let layout = release.policy.repositories
    let wanted = [
      layout.binary.filled(arch: arch), layout.debug.filled(arch: arch), layout.source.filled(),
    ].compactMap { RelativePath($0) }
    var findings = try rehearsal.load(repositories(wanted, of: release))
    if findings.isEmpty { findings = try install(arch, rehearsal, release) }
    return findings
  }

  private func install(
    _ arch: Architecture, _ rehearsal: DnfRehearsal, _ release: CheckedRelease
  ) throws -> [Finding] {
    let sample = release.policy.gate.rehearsal.install
    guard let path = RelativePath(release.policy.repositories.binary.filled(arch: arch)) else {
      return []
    }
    let trees = try repositories([path], of: release)
    guard !sample.isEmpty, !trees.isEmpty else { return [] }
    let listed = Set(
      try release.listings.compactMap { try? $0.repositories[path]?.get() }
        .flatMap(\.packages).map(\.nevra.name))
    let base = BaseRepositories(stream: release.stream).clientRepositories(
      arch, for: release.record.id)
    var findings: [Finding] = []
    for name in sample {
      if !listed.contains(name) {
        findings.append(
          Finding(
            code: "sample-missing", message: "\(name) of the sample is not in \(path)",
            remedy: "Take it out of rehearsal.install, or find out why it left", package: name))
      } else if let reason = try rehearsal.install([name], from: trees, beside: base) {
        findings.append(
          Finding(
            code: "sample-not-installable",
            message: "dnf (\(arch)) cannot install \(name): \(reason)",
            remedy:
              "Mend what it names; where it needs Enterprise Linux itself, name that in 'base'",
            package: name))
      }
    }
    return findings
  }

  private func zypper(_ arch: Architecture, _ release: CheckedRelease) throws -> [Finding] {
    guard let path = RelativePath(release.policy.repositories.binary.filled(arch: arch)) else {
      return []
    }
    return try repositories([path], of: release).flatMap { repository -> [Finding] in
      guard let program = try ClientProgram("zypper") else { return [] }
      return try ZypperRehearsal(program: program).load(repository)
    }
  }

  /// The repositories at `paths` in every tree.
  private func repositories(
    _ paths: [RelativePath], of release: CheckedRelease
  ) throws -> [ClientRepository] {
    try release.listings.flatMap { listing in
      paths.compactMap { path in
        // What cannot be read is told by the check of the metadata.
        guard case .success(let contents)? = listing.repositories[path] else { return nil }
        let id = "\(listing.tree.area.rawValue)-\(path.description.replacing("/", with: "-"))"
        return ClientRepository(
          id: id, place: .directory("\(listing.path)/\(path)"),
          packages: Set(contents.packages.map(\.nevra)).count)
      }
    }
  }
}
