import CSolv
import ReleaseModel

extension PackageUniverse {
  /// What RPMs of the release need directly of others of it: names of source packages,
  /// by the one that needs. What a package has itself it needs of no other; of several
  /// that could serve, all are named.
  package func needs() throws -> [String: Set<String>] {
    try prepare()
    let newest = newest(ids(.release))
    let packages = Dictionary(uniqueKeysWithValues: newest.map { ($0, rpm($0).package) })
    var found: [String: Set<String>] = [:]
    // Thousands of RPMs need the same.
    var known: [Id: Set<String>] = [:]
    for id in newest {
      guard let package = packages[id] else { continue }
      for leaf in requirements(of: id).flatMap(conditions) {
        let serving = known[leaf] ?? Set(providers(of: leaf).compactMap { packages[$0] })
        known[leaf] = serving
        if serving.contains(package) { continue }
        found[package, default: []].formUnion(serving)
      }
    }
    return found
  }
}
