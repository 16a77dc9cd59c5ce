/// A binary RPM with the source package that it was built from.
package struct BinaryPackage: Hashable, Codable, Sendable {
  /// Which RPM it is.
  package let nevra: NEVRA
  /// Name of the source package; that of the RPM where it does not say.
  package let package: String

  /// - Parameter package: name of the source package.
  package init(nevra: NEVRA, package: String) {
    self.nevra = nevra
    self.package = package
  }
}

/// An RPM of a release that nobody could install, with why.
package struct BrokenPackage: Hashable, Sendable {
  /// The RPM that cannot be installed.
  package let rpm: BinaryPackage
  /// The first reason that was found; there may be others.
  package let cause: Cause
  /// RPMs that were there and are not any more, whose absence is to blame, at
  /// the end of whatever chain; sorted by name.
  package let missing: [BinaryPackage]

  /// Why it cannot be installed: the first reason that was found.
  package indirect enum Cause: Hashable, Sendable {
    /// Nothing provides `requirement`, and before only `formerly` did.
    case unprovided(requirement: String, formerly: [BinaryPackage])
    /// All that provides `requirement` is broken itself; the first of it, and
    /// why.
    case needsBroken(requirement: String, provider: BinaryPackage, because: Cause)
    /// What it needs cannot be installed together: the solver's own words,
    /// which are those that dnf prints.
    case conflict([String])
    /// Of all that provides `requirement`, clients hide the first, `rpm`; without a
    /// requirement, they hide the RPM itself.
    case hidden(requirement: String?, rpm: BinaryPackage, Hiding)
  }

  /// Why clients hide an RPM, by `module:stream`.
  package enum Hiding: Hashable, Sendable {
    /// It belongs to a stream that is not in use.
    case notEnabled(String)
    /// It has or provides the name of an RPM of a stream that is in use.
    case behind(String)
  }

  /// `missing` must be sorted by name.
  package init(rpm: BinaryPackage, cause: Cause, missing: [BinaryPackage]) {
    self.rpm = rpm
    self.cause = cause
    self.missing = missing
  }
}

/// A dependency that is not needed, but wanted, and that has gone.
package struct LostRecommendation: Hashable, Sendable {
  /// The RPM that recommends.
  package let rpm: BinaryPackage
  /// The dependency as its RPM has it, such as `gamma >= 2`.
  package let recommendation: String
  /// What provided it before.
  package let formerly: [BinaryPackage]

  /// - Parameter formerly: what provided it before, sorted by name.
  package init(rpm: BinaryPackage, recommendation: String, formerly: [BinaryPackage]) {
    self.rpm = rpm
    self.recommendation = recommendation
    self.formerly = formerly
  }
}

/// An RPM of which only the name and what it provided are known.
package struct FormerRPM: Hashable, Codable, Sendable {
  /// Which RPM it was.
  package let rpm: BinaryPackage
  /// Such as `gamma = 1.0-1` or `libgamma.so.1()(64bit)`; files that somebody
  /// needs among them.
  package let provides: [String]

  /// - Parameter provides: as libsolv writes dependencies.
  package init(rpm: BinaryPackage, provides: [String]) {
    self.rpm = rpm
    self.provides = provides
  }
}
