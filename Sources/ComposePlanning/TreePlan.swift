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
  /// By architecture; `noarch` has those of all.
  private let binary: [Architecture: [RelativePath]]
  private let debug: [Architecture: [RelativePath]]
  private let source: [RelativePath]

  package init(policy: Policy) {
    let layout = policy.repositories
    func paths(_ template: PathTemplate) -> [Architecture: [RelativePath]] {
      var paths: [Architecture: [RelativePath]] = [.noarch: []]
      for arch in policy.arches {
        guard let path = RelativePath(template.filled(arch: arch)) else { continue }
        paths[arch] = [path]
        paths[.noarch, default: []].append(path)
      }
      return paths
    }
    binary = paths(layout.binary)
    debug = paths(layout.debug)
    source = [layout.source.filled()].compactMap { RelativePath($0) }
  }

  /// Paths of all repositories below a tree, sorted; they exist even when
  /// nothing is in them, so that clients never meet a 404.
  package var paths: [RelativePath] {
    Set((binary[.noarch] ?? []) + (debug[.noarch] ?? []) + source).sorted()
  }

  /// Repositories that `rpm` belongs to: noarch to that of every
  /// architecture, sources to one; none for a machine the policy lacks.
  package func repositories(of rpm: RPMFile) -> [RelativePath] {
    switch rpm.kind {
    case .source: source
    case .debug: debug[rpm.nevra.arch] ?? []
    case .binary: binary[rpm.nevra.arch] ?? []
    }
  }
}
