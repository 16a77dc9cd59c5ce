import CSolv
package import ReleaseModel

/// An RPM of the release that could take the place of one of a base
/// repository.
package struct Overlap: Hashable, Sendable {
  /// How it could; raw values end the finding's code. Of several, `name` counts
  /// before `obsoletes`, and that before `provides`.
  package enum Kind: String, Sendable {
    /// Both have one name.
    case name
    /// Ours provides the name of the other.
    case provides
    /// Ours obsoletes the other, at its very version.
    case obsoletes
  }

  /// The RPM of the release.
  package let rpm: BinaryPackage
  /// The RPM that it could replace.
  package let base: BinaryPackage
  /// The repository that has the other.
  package let repository: String
  /// The strongest of the ways in which it could.
  package let kind: Kind

  /// For what was kept from an earlier run.
  package init(rpm: BinaryPackage, base: BinaryPackage, repository: String, kind: Kind) {
    self.rpm = rpm
    self.base = base
    self.repository = repository
    self.kind = kind
  }
}

extension PackageUniverse {
  /// Where the release could replace packages of the base repositories,
  /// sorted; for each pair the strongest kind.
  package func overlaps() throws -> [Overlap] {
    try prepare()
    // What a stream has that nobody chose takes no place, and has none.
    func isShown(_ id: Id) -> Bool { !isOfUnusedStream(id) }
    let base = Dictionary(grouping: newest(ids(.base).filter(isShown))) {
      csolv_solvable(pool, $0).pointee.name
    }
    guard !base.isEmpty else { return [] }
    var found: [Overlap] = []
    for id in newest(ids(.release).filter(isShown)) {
      var seen: Set<Id> = []
      func note(_ others: [Id], _ kind: Overlap.Kind) {
        for other in others where seen.insert(other).inserted {
          found.append(
            Overlap(
              rpm: rpm(id), base: rpm(other), repository: repository(of: other), kind: kind))
        }
      }
      note(base[csolv_solvable(pool, id).pointee.name] ?? [], .name)
      for obsoleted in obsoletes(of: id) {
        let named = base[name(in: obsoleted)] ?? []
        note(
          named.filter { pool_match_nevr(pool, csolv_solvable(pool, $0), obsoleted).isTrue },
          .obsoletes)
      }
      for provided in provides(of: id) { note(base[name(in: provided)] ?? [], .provides) }
    }
    return found.sorted {
      ($0.rpm.nevra.description, $0.base.nevra.description)
        < ($1.rpm.nevra.description, $1.base.nevra.description)
    }
  }

  /// The name that a dependency is about, its version aside.
  func name(in dependency: Id) -> Id {
    csolv_is_relation(dependency).isTrue ? csolv_relation(pool, dependency).name : dependency
  }

  private func repository(of id: Id) -> String {
    csolv_solvable(pool, id).pointee.repo.pointee.name.map { String(cString: $0) } ?? "?"
  }
}
