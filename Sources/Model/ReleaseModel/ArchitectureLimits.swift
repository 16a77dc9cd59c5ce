/// `ExclusiveArch` and `ExcludeArch` of a source package: on which
/// architectures its `noarch` RPMs are offered.
///
/// The rule is Pungi's, for `noarch` RPMs alone: an RPM of a machine is in the
/// repository of that machine whatever its source package says.
package struct ArchitectureLimits: Hashable, Codable, Sendable {
  /// Names in `ExclusiveArch`, as rpmbuild expanded them; empty for no limit.
  package let exclusive: [String]
  /// Names in `ExcludeArch`, likewise.
  package let excluded: [String]

  /// Offered everywhere.
  package static let none = ArchitectureLimits()

  /// Names in the order of the header.
  package init(exclusive: [String] = [], excluded: [String] = []) {
    self.exclusive = exclusive
    self.excluded = excluded
  }

  /// Whether `noarch` RPMs of the package go into the repository of `arch`.
  ///
  /// `noarch` among others in `ExclusiveArch` says nothing: rpmbuild asks for it
  /// in every package that is `noarch` as a whole. Alone it means everywhere.
  /// Names of the 32-bit personality of a machine, such as `i686` beside
  /// `x86_64`, do not count for that machine.
  package func allow(_ arch: Architecture) -> Bool {
    let names = arch.nativeNames
    if excluded.contains(where: { names.contains($0) || $0 == Architecture.noarch.name }) {
      return false
    }
    let machines = exclusive.filter { $0 != Architecture.noarch.name }
    return machines.isEmpty || machines.contains(where: names.contains)
  }
}

extension Architecture {
  /// Names by which a package may mean a machine of this architecture, its own
  /// first; as rpm's table of compatible architectures has them, without those of
  /// another word length.
  fileprivate var nativeNames: [String] {
    switch name {
    case "x86_64": ["x86_64", "amd64", "ia32e"]
    case "x86_64_v2": ["x86_64_v2"] + Architecture("x86_64").nativeNames
    case "x86_64_v3": ["x86_64_v3"] + Architecture("x86_64_v2").nativeNames
    case "x86_64_v4": ["x86_64_v4"] + Architecture("x86_64_v3").nativeNames
    case "i386", "i486", "i586", "i686":
      ["i386", "i486", "i586", "i686", "pentium3", "pentium4", "athlon", "geode"]
    case "ppc64": ["ppc64", "ppc64p7", "ppc64pseries", "ppc64iseries"]
    case "armhfp", "armv7hl": ["armhfp", "armv7hl", "armv7hnl"]
    default: [name]
    }
  }
}
