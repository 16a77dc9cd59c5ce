package import ReleaseModel

extension Policy {
  /// The stream of the module `platform` that machines of this major version have, by
  /// which clients choose builds of module streams: such as `el8`.
  package var modulePlatform: String { "el\(major)" }
}

extension Policy.RepositoryLayout {
  /// Paths of all repositories of binary RPMs of `arch`: the plain one, then that of
  /// modules where it is apart.
  package func binaryPaths(of arch: Architecture) -> [RelativePath] {
    [binary, modular?.binary].compactMap { template in
      template.flatMap { RelativePath($0.filled(arch: arch)) }
    }
  }

  /// The same for debug RPMs.
  package func debugPaths(of arch: Architecture) -> [RelativePath] {
    [debug, modular?.debug].compactMap { template in
      template.flatMap { RelativePath($0.filled(arch: arch)) }
    }
  }

  /// Paths of the repositories of source RPMs.
  package var sourcePaths: [RelativePath] {
    [source, modular?.source].compactMap { template in
      template.flatMap { RelativePath($0.filled()) }
    }
  }
}
