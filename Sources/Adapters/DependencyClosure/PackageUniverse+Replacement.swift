import CSolv
import ReleaseModel

extension PackageUniverse {
  /// Source packages of the release that take the place of each of `packages`:
  /// they obsolete or provide one of its RPMs, whatever role those have. By
  /// package, and without the package itself; one that nothing replaces is
  /// missing.
  package func replacements(of packages: Set<String>) throws -> [String: Set<String>] {
    try prepare()
    var wanted: [Id: Set<String>] = [:]
    for index in roles.indices where roles[index] != nil {
      let rpm = rpm(Id(index))
      guard packages.contains(rpm.package) else { continue }
      wanted[pool_str2id(pool, rpm.nevra.name, 1), default: []].insert(rpm.package)
    }
    if wanted.isEmpty { return [:] }
    var found: [String: Set<String>] = [:]
    for id in newest(ids(.release)) {
      let replaced = (obsoletes(of: id) + provides(of: id))
        .reduce(into: Set<String>()) { $0.formUnion(wanted[name(in: $1)] ?? []) }
      if replaced.isEmpty { continue }
      let package = rpm(id).package
      for former in replaced where former != package {
        found[former, default: []].insert(package)
      }
    }
    return found
  }
}
