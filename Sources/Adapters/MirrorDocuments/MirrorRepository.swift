package import ReleaseModel

/// One repository of a release as mirrors, clients and MirrorManager know it.
package struct MirrorRepository: Hashable, Sendable {
  /// What clients ask a metalink server for, such as `epel-debug-7.07.201908`: MirrorManager's
  /// prefix.
  package let name: String
  /// MirrorManager's name of the architecture: `source` for sources.
  package let arch: String
  /// What kind of RPMs it has.
  package let kind: RPMFile.Kind
  /// Whether it is one of modules that are apart from the other packages.
  package let isModular: Bool
  /// Directory above `repodata` as MirrorManager writes it, such as
  /// `pub/epel/updates/7.07.201908/Everything/x86_64`.
  package let directory: RelativePath
  /// The same below the public root.
  package let path: RelativePath

  /// - Parameter path: below the public root.
  package init(
    name: String, arch: String, kind: RPMFile.Kind, isModular: Bool = false,
    directory: RelativePath, path: RelativePath
  ) {
    self.name = name
    self.arch = arch
    self.kind = kind
    self.isModular = isModular
    self.directory = directory
    self.path = path
  }

  /// What people call it within its release: `x86_64`, `x86_64 debug`, `source`.
  package var label: String {
    [arch, kind == .debug ? "debug" : nil, isModular ? "modular" : nil]
      .compactMap { $0 }.joined(separator: " ")
  }
}
