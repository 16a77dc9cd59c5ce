package import ReleaseModel

/// Where builds come from and where a compose is tagged.
///
/// Two things implement it: a directory of RPM files, and Koji.
package protocol BuildSystem: Sendable {
  /// What a person calls it, such as `directory ./rpms`.
  var label: String { get }

  /// Every build that is live now: the latest of each source package, read
  /// and verified.
  func liveBuilds(reporting activity: any ActivityReporting) async throws -> LiveBuilds

  /// The builds in `tag`, sorted by name, or nil where there is no such tag.
  func builds(taggedInto tag: String) throws -> [NVR]?

  /// Makes `tag` if it is missing and tags `builds` into it; those that are
  /// in it already stay. Other builds in it are left alone.
  func tag(_ builds: [NVR], into tag: String) throws

  /// Removes `tag`; nothing happens where there is none.
  func removeTag(_ tag: String) throws
}

/// What a build system has at one moment.
package struct LiveBuilds: Sendable {
  /// Sorted by package.
  package let builds: [Build]
  /// Packages that the build system hides from composes.
  package let blocked: [String]
  /// Builds that are on their way and would miss a cut now.
  package let pending: [PendingBuild]
  /// What stands in the way of any compose from it.
  package let refusals: [Finding]
  package let warnings: [Finding]
}

/// A build that is not live yet.
package struct PendingBuild: Hashable, Codable, Sendable {
  package let package: String
  package let nvr: String
  /// The tag that it waits in.
  package let tag: String

  package init(package: String, nvr: String, tag: String) {
    self.package = package
    self.nvr = nvr
    self.tag = tag
  }
}
