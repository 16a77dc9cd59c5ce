package import ReleaseModel

/// What users can get from the repositories of a release: what metadata lists,
/// or will list.
package struct ServedContents: Sendable {
  /// One RPM that a repository lists.
  package struct RPM: Hashable, Sendable {
    package let nevra: NEVRA
    /// Name of its source package.
    package let package: String

    package init(nevra: NEVRA, package: String) {
      self.nevra = nevra
      self.package = package
    }
  }

  /// By path below the tree; one that lists nothing is there all the same.
  package var repositories: [RelativePath: [RPM]]
  /// Ids of the groups and environments that users can install.
  package var groups: Set<String>
  /// Module streams, as `module:stream`.
  package var modules: Set<String>

  package init(
    repositories: [RelativePath: [RPM]] = [:], groups: Set<String> = [], modules: Set<String> = []
  ) {
    self.repositories = repositories
    self.groups = groups
    self.modules = modules
  }

  /// What repositories will list of `builds`.
  package init(
    of builds: [Build], by assignment: RepositoryAssignment, groups: Set<String>,
    modules: Set<String>
  ) {
    self.init(
      repositories: Dictionary(uniqueKeysWithValues: assignment.paths.map { ($0, []) }),
      groups: groups, modules: modules)
    for build in builds {
      for rpm in build.rpms {
        for path in assignment.repositories(of: rpm) {
          repositories[path, default: []].append(RPM(nevra: rpm.nevra, package: build.package))
        }
      }
    }
  }

  /// Names of the source packages.
  package var packages: Set<String> {
    repositories.values.reduce(into: []) { packages, rpms in
      packages.formUnion(rpms.lazy.map(\.package))
    }
  }

  /// Names of the RPMs.
  package var names: Set<String> {
    repositories.values.reduce(into: []) { names, rpms in
      names.formUnion(rpms.lazy.map(\.nevra.name))
    }
  }
}
