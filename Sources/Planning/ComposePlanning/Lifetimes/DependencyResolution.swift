package import ReleaseModel

/// The result of resolving the dependencies of a planned release: the packages
/// of each architecture that could not be installed, and the recommendations
/// that nothing provides any more.
package struct DependencyResolution: Sendable {
  /// RPMs that could not be installed, by the architecture of their repository.
  package var broken: [Architecture: [BrokenPackage]]
  /// Recommendations that nothing fulfils any more, by architecture.
  package var lost: [Architecture: [LostRecommendation]]
  /// RPMs of packages that leave, for later checks: no tree will have them.
  package var leaving: [FormerRPM]
  /// What could not be read, and makes the result incomplete.
  package var problems: [Finding]
  /// How RPMs went that users had before.
  package var removals: [NEVRA: Removal]
  /// Names that are taken for granted because no base repository could say whether
  /// they are there; nil where nothing may be.
  package var assumed: Set<String>?

  /// Empty for a release in which everything can be installed.
  package init(
    broken: [Architecture: [BrokenPackage]], lost: [Architecture: [LostRecommendation]] = [:],
    leaving: [FormerRPM] = [], problems: [Finding] = [], removals: [NEVRA: Removal] = [:],
    assumed: Set<String>? = nil
  ) {
    self.broken = broken
    self.lost = lost
    self.leaving = leaving
    self.problems = problems
    self.removals = removals
    self.assumed = assumed
  }
}
