package import ReleaseModel

/// Where builds come from and where a compose is tagged.
///
/// Two things implement it: a directory of RPM files, and Koji.
package protocol BuildSystem: Sendable {
  /// What a person calls it, such as `directory ./rpms`.
  var label: String { get }

  /// What is live now, by package, and which packages are hidden; no more than
  /// names is read where names can be had alone.
  func liveVersions(reporting activity: any ActivityReporting) async throws -> LiveVersions

  /// Every build that is live now: the latest of each source package, read
  /// and verified.
  func liveBuilds(
    _ query: LiveQuery, reporting activity: any ActivityReporting
  ) async throws -> LiveBuilds

  /// The builds in `tag`, sorted by name, or nil where there is no such tag.
  func builds(taggedInto tag: String) throws -> [NVR]?

  /// Makes `tag` if it is missing and tags `builds` into it; those that are
  /// in it already stay. Other builds in it are left alone.
  ///
  /// It can be repeated after any interruption. Throws `refused` where the
  /// tag cannot take the builds. Where the policy says so, the tag is locked when
  /// it has all of them.
  ///
  /// - Parameter reopening: whether a lock is an earlier compose's own, and goes.
  func tag(_ builds: [NVR], into tag: String, reopening: Bool) throws

  /// What keeps others, or us, from changing `tag`; nil where there is no such
  /// tag, or nothing of the kind.
  func protection(of tag: String) throws -> TagProtection?

  /// Locks `tag`, so that nobody changes its builds, or takes the lock off; success where it is so
  /// already, and where there is no such tag.
  func setLocked(_ isLocked: Bool, of tag: String) throws

  /// Throws `permission` where ``tag(_:into:reopening:)`` is sure to fail. Call it
  /// first: reading RPMs can take hours.
  func requireTagging(into tag: String) throws

  /// Removes `tag`; nothing happens where there is none.
  func removeTag(_ tag: String) throws
}

/// What a build system asks of whoever changes the builds of a tag.
package struct TagProtection: Hashable, Sendable {
  /// Whether nobody may.
  package let isLocked: Bool
  /// The permission that it takes; nil for none in particular.
  package let permission: String?

  /// As the build system says it.
  package init(isLocked: Bool, permission: String?) {
    self.isLocked = isLocked
    self.permission = permission
  }
}

/// What a build system has live, without its files.
package struct LiveVersions: Sendable {
  /// The live build of each package.
  package let versions: [String: EVR]
  /// Packages that composes do not see.
  package let blocked: Set<String>
}

/// Which live builds to read.
package struct LiveQuery: Sendable {
  /// Names of source packages; nil for all.
  package var packages: Set<String>?
  /// Builds that are known already: a build system may leave them out
  /// instead of reading their RPMs again.
  package var known: Set<NVR>
  /// Whether to read the builds that blocks hide.
  package var looksBehindBlocks: Bool
  /// A new minor release that is branched from what is live: what its own tag blocks already
  /// is hidden as well. Nil where nothing is branched.
  package var successor: ReleaseID?
  /// The number of the moment to read at, where the build system has a history; nil for now.
  package var event: Int?

  /// All packages, nothing known, with what is behind blocks, now.
  package init(
    packages: Set<String>? = nil, known: Set<NVR> = [], looksBehindBlocks: Bool = true,
    successor: ReleaseID? = nil, event: Int? = nil
  ) {
    self.packages = packages
    self.known = known
    self.looksBehindBlocks = looksBehindBlocks
    self.successor = successor
    self.event = event
  }
}

/// The builds, blocks and owners that a build system has at one moment.
package struct LiveBuilds: Sendable {
  /// Sorted by package.
  package var builds: [Build]
  /// Packages that the build system hides from composes, sorted; nil where
  /// it knows no such thing.
  package var blocked: [BlockedPackage]?
  /// What is live of each package, those left out of ``builds`` included, by name.
  package var versions: [String: EVR] = [:]
  /// Who answers for packages, by name; empty where nobody knows.
  package var owners: [String: String] = [:]
  /// Builds that are on their way and would miss a cut now.
  package var pending: [PendingBuild] = []
  /// The moment itself, where the build system can name it: everything here
  /// was read as it was then.
  package var event: BuildSystemEvent?
  /// Tags and targets of the release that is branched from and of the new one; nil where
  /// nothing is branched, or the build system has none.
  package var branching: Branching?
  /// What stands in the way of any compose from it.
  package var refusals: [Finding]
  /// What a person should know, but does not stop a compose.
  package var warnings: [Finding]
  /// Why an RPM is not signed as it should be, by file name, where the build
  /// system knows more than the file says.
  package var signatureFindings: [String: Finding] = [:]

  /// An empty result, for callers that did not ask a build system.
  package static let none = LiveBuilds(builds: [], blocked: nil, refusals: [], warnings: [])
}

/// A package that the build system hides.
package struct BlockedPackage: Hashable, Sendable {
  /// Name of the source package.
  package let package: String
  /// Its newest build that is still tagged, hidden by the block.
  package let nvr: NVR?
  /// The marker of that build, where its RPMs could be read.
  package let marker: RetirementMarker?
  /// File name of the RPM with the marker.
  package let markerRPM: String?
  /// Of that build.
  package let epoch: Int

  /// Nil for what could not be read: no user gets the build.
  package init(
    package: String, nvr: NVR? = nil, marker: RetirementMarker? = nil, markerRPM: String? = nil,
    epoch: Int = 0
  ) {
    self.markerRPM = markerRPM
    self.epoch = epoch
    self.package = package
    self.nvr = nvr
    self.marker = marker
  }
}

/// A build that is not live yet.
package struct PendingBuild: Hashable, Sendable {
  /// Name of the source package.
  package let package: String
  /// The build that waits.
  package let nvr: NVR
  /// The tag that it waits in.
  package let tag: String
  /// When it was tagged there, seconds since 1970; nil where nobody knows.
  package let since: Int?
}
