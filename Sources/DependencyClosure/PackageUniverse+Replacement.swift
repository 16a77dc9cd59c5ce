import CSolv
import ReleaseModel

extension PackageUniverse {
  /// Names of the RPMs of a source package, in whatever role, sorted.
  package func names(of package: String) -> [String] {
    Set(
      roles.indices.filter { roles[$0] != nil }.map { rpm(Id($0)) }
        .filter { $0.package == package }.map(\.nevra.name)
    ).sorted()
  }

  /// Source packages of the release that take the place of RPMs called `names`:
  /// they obsolete or provide one of them. Sorted; `package` itself is none.
  package func replacements(of names: Set<String>, from package: String) throws -> [String] {
    try prepare()
    let wanted = Set(names.map { pool_str2id(pool, $0, 1) })
    let found = newest(ids(.release)).filter { id in
      (obsoletes(of: id) + provides(of: id)).contains { wanted.contains(name(in: $0)) }
    }
    return Set(found.map { rpm($0).package }).subtracting([package]).sorted()
  }
}
