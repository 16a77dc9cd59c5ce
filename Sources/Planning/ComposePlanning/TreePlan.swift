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

  /// - Parameters:
  ///   - packages: RPM files, counted once for each repository that has them.
  ///   - repositories: empty where they are not known.
  package init(
    area: Area, path: RelativePath, packages: Int, bytes: Int, repositories: [RepositoryPlan]
  ) {
    self.area = area
    self.path = path
    self.packages = packages
    self.bytes = bytes
    self.repositories = repositories
  }
}

/// One repository of a tree.
package struct RepositoryPlan: Hashable, Codable, Sendable {
  /// Path below the tree.
  package let path: RelativePath
  package let packages: Int
}

/// Which RPM goes into which repository of a tree.
package struct RepositoryAssignment: Sendable {
  private let plain: Places
  /// Of RPMs of modules; nil where they go with the others.
  private let modular: Places?

  private let arches: [Architecture]

  private struct Places {
    /// By architecture; `noarch` has those of all.
    let binary: [Architecture: [RelativePath]]
    let debug: [Architecture: [RelativePath]]
    let source: [RelativePath]

    var all: [RelativePath] { (binary[.noarch] ?? []) + (debug[.noarch] ?? []) + source }
  }

  package init(policy: Policy) {
    arches = policy.arches
    func paths(_ template: PathTemplate) -> [Architecture: [RelativePath]] {
      var paths: [Architecture: [RelativePath]] = [.noarch: []]
      for arch in policy.arches {
        guard let path = RelativePath(template.filled(arch: arch)) else { continue }
        paths[arch] = [path]
        paths[.noarch, default: []].append(path)
      }
      return paths
    }
    func places(
      _ binary: PathTemplate, _ debug: PathTemplate, _ source: PathTemplate
    ) -> Places {
      Places(
        binary: paths(binary), debug: paths(debug),
        source: [source.filled()].compactMap { RelativePath($0) })
    }
    let layout = policy.repositories
    plain = places(layout.binary, layout.debug, layout.source)
    modular = layout.modular.map { places($0.binary, $0.debug, $0.source) }
  }

  /// Paths of all repositories below a tree, sorted; they exist even when
  /// nothing is in them, so that clients never meet a 404.
  package var paths: [RelativePath] {
    Set(plain.all + (modular?.all ?? [])).sorted()
  }

  /// Repositories that `rpm` belongs to: noarch to that of every
  /// architecture that its source package does not exclude, sources to one; none
  /// for a machine the policy lacks.
  package func repositories(of rpm: RPMFile) -> [RelativePath] {
    let places = rpm.isModular ? modular ?? plain : plain
    return switch rpm.kind {
    case .source: places.source
    case .debug: self.places(of: rpm, in: places.debug)
    case .binary: self.places(of: rpm, in: places.binary)
    }
  }

  private func places(
    of rpm: RPMFile, in places: [Architecture: [RelativePath]]
  ) -> [RelativePath] {
    guard rpm.nevra.arch == .noarch, rpm.limits != .none else {
      return places[rpm.nevra.arch] ?? []
    }
    return arches.filter(rpm.limits.allow).flatMap { places[$0] ?? [] }
  }

  /// The builds whose noarch RPMs go into the repositories of some architectures
  /// only; nil where there are none.
  func limited(_ builds: [Build]) -> [LimitedEntry]? {
    let entries = builds.compactMap { build -> LimitedEntry? in
      let rpms = build.rpms.filter { $0.nevra.arch == .noarch && $0.limits != .none }
      guard let limits = rpms.first?.limits else { return nil }
      let offered = arches.filter(limits.allow)
      guard offered.count < arches.count else { return nil }
      return LimitedEntry(
        package: build.package, nvr: build.nvr.description, rpms: rpms.map(\.fileName),
        arches: offered)
    }
    return entries.isEmpty ? nil : entries
  }

  /// The architecture of a repository of binary or debug RPMs; nil for sources,
  /// and for a repository that the policy does not describe.
  package func arch(of repository: RelativePath) -> Architecture? {
    arches.first { arch in
      [plain, modular].compactMap { $0 }.contains { places in
        places.binary[arch]?.contains(repository) == true
          || places.debug[arch]?.contains(repository) == true
      }
    }
  }

  /// Repositories of binary RPMs of `arch`: the plain one, and that of modules
  /// where it is apart.
  package func binary(_ arch: Architecture) -> (plain: [RelativePath], modular: [RelativePath]) {
    let own = plain.binary[arch] ?? []
    return (own, modular?.binary[arch] ?? own)
  }
}
