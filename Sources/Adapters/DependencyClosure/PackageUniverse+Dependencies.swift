import CSolv
package import ReleaseModel

/// What solvables are and need, as Swift values.
extension PackageUniverse {
  /// Solvables of one role.
  func ids(_ role: Role) -> [Id] {
    roles.indices.filter { roles[$0] == role }.map { Id($0) }
  }

  func role(_ id: Id) -> Role? {
    roles.indices.contains(Int(id)) ? roles[Int(id)] : nil
  }

  /// Whether it can be installed at all, its needs aside.
  func isConsidered(_ id: Id) -> Bool { csolv_map_test(considered, id).isTrue }

  func text(of dependency: Id) -> String {
    pool_dep2str(pool, dependency).map { String(cString: $0) } ?? "?"
  }

  /// Whoever provides `dependency`, whether it can be installed or not.
  func providers(of dependency: Id) -> [Id] {
    var found: [Id] = []
    guard var next = csolv_providers(pool, dependency) else { return [] }
    while next.pointee != 0 {
      let id = next.pointee
      if role(id) != nil || id == Id(SYSTEMSOLVABLE) { found.append(id) }
      next += 1
    }
    return found
  }

  /// Whether something that can be installed, and of which `condition` holds,
  /// provides `dependency`. Asked for every requirement there is.
  func hasProvider(_ dependency: Id, where condition: (Id) -> Bool) -> Bool {
    guard var next = csolv_providers(pool, dependency) else { return false }
    while next.pointee != 0 {
      if isConsidered(next.pointee), condition(next.pointee) { return true }
      next += 1
    }
    return false
  }

  /// What must all hold: `a and b` is two requirements.
  func requirements(of id: Id) -> [Id] {
    list(csolv_solvable(pool, id).pointee.requires, of: id).flatMap(conjuncts)
  }

  private func conjuncts(of dependency: Id) -> [Id] {
    guard csolv_is_relation(dependency).isTrue else { return [dependency] }
    let relation = csolv_relation(pool, dependency)
    guard relation.flags == REL_AND else { return [dependency] }
    return conjuncts(of: relation.name) + conjuncts(of: relation.evr)
  }

  /// The newest version of each name and architecture among `ids`: what
  /// clients install unless they are told otherwise.
  func newest(_ ids: [Id]) -> [Id] {
    var found: [[Id]: Id] = [:]
    for id in ids {
      let solvable = csolv_solvable(pool, id).pointee
      let key = [solvable.name, solvable.arch]
      guard let other = found[key] else {
        found[key] = id
        continue
      }
      let otherEVR = csolv_solvable(pool, other).pointee.evr
      if pool_evrcmp(pool, solvable.evr, otherEVR, Int32(EVRCMP_COMPARE)) > 0 { found[key] = id }
    }
    return found.values.sorted()
  }

  func recommendations(of id: Id) -> [Id] {
    list(csolv_solvable(pool, id).pointee.recommends, of: id)
  }

  func obsoletes(of id: Id) -> [Id] {
    list(csolv_solvable(pool, id).pointee.obsoletes, of: id)
  }

  func provides(of id: Id) -> [Id] {
    list(csolv_solvable(pool, id).pointee.provides, of: id)
      .filter { $0 != SOLVABLE_FILEMARKER.id }
  }

  private func list(_ offset: Offset, of id: Id) -> [Id] {
    var found: [Id] = []
    guard var next = csolv_list(csolv_solvable(pool, id), offset) else { return [] }
    while next.pointee != 0 {
      // libsolv's marker between requirements and those that must be installed
      // first; it is no dependency itself.
      if next.pointee != SOLVABLE_PREREQMARKER.id { found.append(next.pointee) }
      next += 1
    }
    return found
  }

  /// Whether `dependency` is one of RPM's rich dependencies: then its
  /// providers alone do not say whether it can hold.
  func isRich(_ dependency: Id) -> Bool {
    guard csolv_is_relation(dependency).isTrue else { return false }
    switch csolv_relation(pool, dependency).flags {
    case REL_AND, REL_OR, REL_COND, REL_CONDA, REL_UNLESS, REL_ELSE: return true
    default: return false
    }
  }

  /// The plain dependencies that can make `dependency` hold. The condition of
  /// an `if` or `unless` is not among them: where it is absent, the dependency
  /// holds anyway.
  func conditions(of dependency: Id) -> [Id] {
    guard isRich(dependency) else { return [dependency] }
    let relation = csolv_relation(pool, dependency)
    switch relation.flags {
    case REL_AND, REL_OR: return conditions(of: relation.name) + conditions(of: relation.evr)
    case REL_COND, REL_CONDA, REL_UNLESS:
      return conditions(of: relation.name) + alternative(in: relation.evr)
    default: return []
    }
  }

  /// What stands behind `else`.
  private func alternative(in condition: Id) -> [Id] {
    guard csolv_is_relation(condition).isTrue else { return [] }
    let relation = csolv_relation(pool, condition)
    return relation.flags == REL_ELSE ? conditions(of: relation.evr) : []
  }

  /// The RPM behind a solvable.
  func rpm(_ id: Id) -> BinaryPackage {
    guard let solvable = csolv_solvable(pool, id) else {
      return BinaryPackage(
        nevra: NEVRA(
          name: "?", evr: EVR(version: "0", rpmRelease: "0"), arch: .noarch), package: "?")
    }
    func string(_ id: Id) -> String { pool_id2str(pool, id).map { String(cString: $0) } ?? "" }
    let name = string(solvable.pointee.name)
    let nevra = NEVRA(
      name: name, evr: Self.evr(string(solvable.pointee.evr)),
      arch: Architecture(string(solvable.pointee.arch)))
    let source = solvable_lookup_str(solvable, SOLVABLE_SOURCENAME.id).map { String(cString: $0) }
    return BinaryPackage(nevra: nevra, package: source ?? name)
  }

  /// `epoch:version-release`, as libsolv writes it.
  private static func evr(_ text: String) -> EVR {
    let (epoch, rest) =
      text.firstIndex(of: ":").map { (Int(text[..<$0]) ?? 0, text[text.index(after: $0)...]) }
      ?? (0, text[...])
    let split = rest.lastIndex(of: "-") ?? rest.endIndex
    return EVR(
      epoch: epoch, version: String(rest[..<split]), rpmRelease: String(rest[split...].dropFirst()))
  }

  /// In the order of names, for results that are the same each time.
  func sorted(_ rpms: some Sequence<Id>) -> [BinaryPackage] {
    Array(Set(rpms.map { rpm($0) })).sorted { $0.nevra.description < $1.nevra.description }
  }

  /// Names of the source packages of the release.
  package func releasePackages() throws -> Set<String> {
    try prepare()
    return Set(ids(.release).map { rpm($0).package })
  }

  /// What RPMs of `packages` provide, as text: of those that are there.
  package func former(_ packages: Set<String>) throws -> [FormerRPM] {
    try prepare()
    return roles.indices.compactMap { index in
      guard let role = roles[index], role == .release || role == .former else { return nil }
      let rpm = rpm(Id(index))
      guard packages.contains(rpm.package) else { return nil }
      return FormerRPM(rpm: rpm, provides: provides(of: Id(index)).map(text))
    }.sorted { $0.rpm.nevra.description < $1.rpm.nevra.description }
  }
}
