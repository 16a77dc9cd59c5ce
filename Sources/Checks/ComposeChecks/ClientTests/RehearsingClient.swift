import ComposePolicy
import ComposeTrees
import ReleaseModel

/// One client of one architecture, and what it is given to load.
struct RehearsingClient: Sendable {
  enum Name: Sendable {
    /// With what it is asked to install; nil for nothing.
    case dnf(SampleInstallations?)
    case zypper

    var program: String {
      switch self {
      case .dnf: "dnf"
      case .zypper: "zypper"
      }
    }
  }

  let name: Name
  let arch: Architecture
  let policy: Policy
  var repositories: [ClientRepository]

  /// Loads the repositories with an empty cache.
  func load() throws -> [Finding] {
    if repositories.isEmpty { return [] }
    switch name {
    case .dnf:
      return try dnf()?.load(repositories) ?? []
    case .zypper:
      return try repositories.flatMap { repository -> [Finding] in
        guard let program = try ClientProgram("zypper") else { return [] }
        return try ZypperClientTest(program: program).load(repository)
      }
    }
  }

  /// Resolves what users install.
  func install() throws -> [Finding] {
    guard case .dnf(let installations?) = name, let client = try dnf() else { return [] }
    // Whoever loads says yes to the key of signed metadata; to install asks for it again.
    let isSigned = installations.repositories.contains { $0.metadataKey != nil }
    let loaded = isSigned ? try client.load(installations.repositories) : []
    return loaded.isEmpty ? try installations.findings(client, arch) : loaded
  }

  private func dnf() throws -> DnfClientTest? {
    try ClientProgram("dnf").map {
      DnfClientTest(
        program: $0, arch: arch, major: policy.major, platform: policy.modulePlatform)
    }
  }
}

/// What users of one architecture install: module streams with their profiles, and the policy's
/// sample.
struct SampleInstallations: Sendable {
  /// Of the sample.
  let names: [String]
  let streams: ModuleChoices
  /// Names of the RPMs that are there.
  let listed: Set<String>
  /// Of the repository, for messages.
  let path: RelativePath
  let repositories: [ClientRepository]
  let base: [ClientRepository]

  func findings(_ client: DnfClientTest, _ arch: Architecture) throws -> [Finding] {
    var findings: [Finding] = []
    for stream in streams.all {
      findings += try client.choose(stream, from: repositories, beside: base).map { reason in
        Finding(
          code: "module-not-installable",
          message: "dnf (\(arch)) cannot \(reason)",
          remedy: "Mend what it names; where it needs Enterprise Linux itself, name that in 'base'",
          package: stream.id, arches: [arch])
      }
    }
    for name in names {
      if !listed.contains(name) {
        findings.append(
          Finding(
            code: "sample-missing", message: "\(name) of the sample is not in \(path)",
            remedy: "Take it out of rehearsal.install, or find out why it left", package: name,
            arches: [arch]))
      } else if let reason = try client.install(
        [name], choosing: streams.needed(for: name), from: repositories, beside: base)
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
}
