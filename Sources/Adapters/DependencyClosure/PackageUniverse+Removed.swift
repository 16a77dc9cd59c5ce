import CSolv
package import ReleaseModel

extension PackageUniverse {
  /// RPMs of the release that `isWanted` takes, with what they provide: files that
  /// primary metadata lists among it, and others that somebody needs.
  package func records(of isWanted: (NEVRA) -> Bool) throws -> [FormerRPM] {
    try prepare()
    return ids(.release).compactMap { id in
      let rpm = rpm(id)
      guard isWanted(rpm.nevra) else { return nil }
      return FormerRPM(
        rpm: rpm, provides: (provides(of: id) + files(of: id)).map(text))
    }
  }

  /// Former RPMs that the release does not have, each with what nothing of the
  /// release provides: what a requirement could miss from now on.
  ///
  /// A newer RPM of the same name stands for the former one's own version: who
  /// needs just that is found without a record of it.
  package func lost() throws -> [FormerRPM] {
    try prepare()
    var provided: Set<Id> = []
    for id in ids(.release) {
      provided.formUnion(provides(of: id))
      provided.formUnion(files(of: id))
    }
    let newest = newestVersions(ids(.release))
    return ids(.former).compactMap { id in
      let solvable = csolv_solvable(pool, id).pointee
      let isReplaced = newest[solvable.name].map { !isOlder($0, than: solvable.evr) } ?? false
      let left = (provides(of: id) + files(of: id)).filter { provide in
        guard !provided.contains(provide) else { return false }
        return !(isReplaced && isOwnVersion(provide, of: solvable))
      }
      if left.isEmpty { return nil }
      return FormerRPM(rpm: rpm(id), provides: left.map(text))
    }
  }

  /// The highest version of each name among `ids`.
  func newestVersions(_ ids: [Id]) -> [Id: Id] {
    ids.reduce(into: [:]) { newest, id in
      let solvable = csolv_solvable(pool, id).pointee
      if let other = newest[solvable.name], isOlder(solvable.evr, than: other) { return }
      newest[solvable.name] = solvable.evr
    }
  }

  func isOlder(_ evr: Id, than other: Id) -> Bool {
    pool_evrcmp(pool, evr, other, Int32(EVRCMP_COMPARE)) < 0
  }

  /// `NAME = EVR`, `NAME(ARCH) = EVR` or `config(NAME) = EVR` of the RPM itself.
  private func isOwnVersion(_ provide: Id, of solvable: Solvable) -> Bool {
    guard csolv_is_relation(provide).isTrue else { return false }
    let relation = csolv_relation(pool, provide)
    guard relation.evr == solvable.evr else { return false }
    let name = text(of: solvable.name)
    let own = text(of: relation.name)
    return own == name || own.hasPrefix("\(name)(") || own == "config(\(name))"
  }

  /// Files that primary metadata lists: those below /etc and every bin or sbin.
  private func files(of id: Id) -> [Id] {
    var found = Queue()
    queue_init(&found)
    defer { queue_free(&found) }
    csolv_files(pool, id, &found)
    return (0..<Int(found.count)).map { found.elements[$0] }
  }
}

extension PackageUniverse {
  /// Of `builds`, those with an RPM in the release that nothing else there
  /// replaces: neither a newer one of its name, nor one of its version that
  /// obsoletes it. With the names of these RPMs, sorted.
  package func irreplaceable(_ builds: Set<NVR>) throws -> [NVR: [String]] {
    try prepare()
    let leaving = ids(.release).filter { build(of: $0).map(builds.contains) ?? false }
    let rest = Set(ids(.release)).subtracting(leaving)
    let newest = newestVersions(ids(.release))
    let staying = newestVersions(Array(rest))
    let obsoleting = rest.flatMap(obsoletes)
    var found: [NVR: Set<String>] = [:]
    for id in leaving {
      guard let build = build(of: id), let solvable = csolv_solvable(pool, id) else { continue }
      let (name, evr) = (solvable.pointee.name, solvable.pointee.evr)
      let isNewest = newest[name].map { !isOlder(evr, than: $0) } ?? true
      // One of this very version may be in a build that stays.
      let isThere = staying[name].map { !isOlder($0, than: evr) } ?? false
      guard isNewest, !isThere,
        !obsoleting.contains(where: { pool_match_nevr(pool, solvable, $0).isTrue })
      else { continue }
      found[build, default: []].insert(rpm(id).nevra.name)
    }
    return found.mapValues { $0.sorted() }
  }

  /// The build that an RPM is of; nil where it does not say.
  private func build(of id: Id) -> NVR? {
    guard let solvable = csolv_solvable(pool, id) else { return nil }
    let rpm = rpm(id)
    // libsolv keeps the version of the source where it is another.
    let other = solvable_lookup_str(solvable, SOLVABLE_SOURCEEVR.id).map { String(cString: $0) }
    let text = other ?? "\(rpm.nevra.evr.version)-\(rpm.nevra.evr.rpmRelease)"
    return NVR(sourceRPM: "\(rpm.package)-\(text).src.rpm")
  }
}
