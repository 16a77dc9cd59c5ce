package import ComposePolicy
package import ReleaseModel

/// One tree of a plan: where it goes and which repositories it has.
package struct TreePlan: Hashable, Codable, Sendable {
  package let area: Area
  /// Path below every root.
  package let path: RelativePath
  /// RPM files, counted once for each repository that has them.
  package let packages: Int
  /// Bytes of RPM files, likewise; hard links take no further space.
  package let bytes: Int
  package let repositories: [RepositoryPlan]
}

/// One repository of a tree.
package struct RepositoryPlan: Hashable, Codable, Sendable {
  /// Path below the tree.
  package let path: RelativePath
  package let packages: Int
}

/// Which RPM goes into which repository of a tree.
package struct RepositoryAssignment: Sendable {
  private let layout: Policy.RepositoryLayout
  private let arches: [Architecture]

  package init(policy: Policy) {
    layout = policy.repositories
    arches = policy.arches
  }

  /// Paths of all repositories below a tree, sorted; they exist even when
  /// nothing is in them, so that clients never meet a 404.
  package var paths: [RelativePath] {
    let texts =
      arches.flatMap { [layout.binary.filled(arch: $0), layout.debug.filled(arch: $0)] }
      + [layout.source.filled()]
    return Set(texts.compactMap { RelativePath($0) }).sorted()
  }

  /// Repositories that `rpm` belongs to: noarch to that of every
  /// architecture, sources to one; none for a machine the policy lacks.
  package func repositories(of rpm: RPMFile) -> [RelativePath] {
    let template = rpm.kind == .debug ? layout.debug : layout.binary
    switch rpm.nevra.arch {
    case .src, .nosrc: return [layout.source.filled()].compactMap { RelativePath($0) }
    case .noarch: return arches.compactMap { RelativePath(template.filled(arch: $0)) }
    case let arch where arches.contains(arch):
      return [template.filled(arch: arch)].compactMap { RelativePath($0) }
    default: return []
    }
  }

  /// Path of an RPM below its repository: `Packages/<first letter>/<file>`.
  ///
  /// Throws `badData` for a name that is not safe; the reader of RPMs has
  /// refused those before.
  package static func location(of nevra: NEVRA) throws -> RelativePath {
    let letter = nevra.name.prefix(1).lowercased()
    guard let path = RelativePath("Packages/\(letter)/\(nevra.fileName)") else {
      throw ComposeError(
        .badData, nevra.description.sanitizedForDisplay, "its name cannot be a file name",
        remedy: "Take the RPM out of the build system")
    }
    return path
  }
}
