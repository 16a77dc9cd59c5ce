import CRPM
package import ReleaseModel

extension VersionOrder {
  /// librpm's own order: epoch, then version, then rpmRelease by `rpmvercmp`.
  ///
  /// `rpmvercmp` is a pure function of its two strings, so it needs no lock.
  package static let rpm = VersionOrder { lhs, rhs in
    if lhs.epoch != rhs.epoch { return lhs.epoch < rhs.epoch ? -1 : 1 }
    let version = rpmvercmp(lhs.version, rhs.version)
    return Int(version != 0 ? version : rpmvercmp(lhs.rpmRelease, rhs.rpmRelease))
  }
}
