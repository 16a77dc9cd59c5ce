/// Epoch, version and rpmRelease of a package.
///
/// There is no `<` on purpose: librpm defines RPM's order (`~`, `^`, digits
/// against letters), and callers pass it in as a ``VersionOrder``.
package struct EVR: Hashable, Codable, Sendable {
  /// 0 where the package has none: RPM treats both alike.
  package let epoch: Int
  /// Never empty in an RPM; letters, digits, `.`, `_`, `+`, `~` and `^`.
  package let version: String
  /// The RPM Release field, such as `1.el7`; never a minor-release compose.
  package let rpmRelease: String

  /// - Parameter epoch: 0 for a package without one.
  package init(epoch: Int = 0, version: String, rpmRelease: String) {
    self.epoch = epoch
    self.version = version
    self.rpmRelease = rpmRelease
  }
}

extension EVR: CustomStringConvertible {
  /// `1:0.9-1`; the epoch is left out when it is 0.
  package var description: String {
    (epoch == 0 ? "" : "\(epoch):") + "\(version)-\(rpmRelease)"
  }
}

/// How two ``EVR`` values compare: a function, so that pure code can be
/// handed librpm's rules without depending on librpm.
package struct VersionOrder: Sendable {
  private let compareValues: @Sendable (EVR, EVR) -> Int

  /// - Parameter compare: negative, zero or positive, as `strcmp`.
  package init(compare: @escaping @Sendable (EVR, EVR) -> Int) {
    compareValues = compare
  }

  /// Negative if `lhs` is older than `rhs`, positive if newer, 0 if equal.
  package func compare(_ lhs: EVR, _ rhs: EVR) -> Int { compareValues(lhs, rhs) }

  /// Whether `lhs` would be replaced by `rhs` in an upgrade.
  package func isOlder(_ lhs: EVR, than rhs: EVR) -> Bool { compareValues(lhs, rhs) < 0 }
}
