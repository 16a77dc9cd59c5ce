package import ReleaseModel

/// Everything that a plan is made from, gathered before: planning is a pure
/// function of this value and the policy.
package struct Inventory: Sendable {
  /// What the build system is called, such as `directory /srv/rpms`.
  package var buildSystem: String
  /// Live builds, sorted by package.
  package var builds: [Build]
  /// Nil where the build system knows no blocks.
  package var blocked: [BlockedEntry]?
  /// Builds that would miss the cut, as the build system names them.
  package var pending: [PendingEntry]
  /// What the build system says stands in the way.
  package var refusals: [Finding]
  /// What the build system and the policy say that a person should know.
  package var warnings: [Finding]
  /// Why an RPM is not signed as it should be, by file name, where the build
  /// system knows more than the file says.
  package var signatureFindings: [String: Finding] = [:]
  /// The moment that was read, where the build system has a history.
  package var event: BuildSystemEvent?
  /// Where the planned release is branched from; nil where its builds are from its own live tag.
  package var branching: Branching?
  /// What the compose tag has already; empty where there is none.
  package var composeTagBuilds: [NVR] = []
  /// Whether somebody has locked the compose tag; a lock of an earlier compose's
  /// own does not count.
  package var composeTagIsLocked = false
  /// The permission that the compose tag asks of whoever tags into it; nil for
  /// none in particular.
  package var composeTagPermission: String?
  /// What dependencies come to without the packages that leave; nil where they
  /// have not been resolved.
  package var dependencies: DependencyResolution?
  /// What the check of the upgrade path would find, compared with what users have.
  package var upgradeFindings: [Finding] = []
  /// What the check of metadata would find in groups and modules.
  package var documentFindings: [Finding] = []
  /// Who answers for packages, by name, where the build system knows.
  package var owners: [String: String] = [:]
  /// Builds with markers whose retirement was agreed to.
  package var acknowledged: Set<NVR> = []
  /// What users have now; nil before the first promotion.
  package var current: ReleaseSnapshot?
  /// What the current updates tree has been through.
  package var updates = UpdatesState()
  /// Builds that stay out of everything that users get although they are live.
  package var holds: [NVR: BuildHold] = [:]
  /// Ids of advisories that were taken back and may be told again.
  package var liftedAdvisories: Set<String> = []
  /// Groups, modules and advisories that the release would have.
  package var documents = TreeDocuments.none
  /// Advisories that users have not got yet, and what else has changed in the
  /// documents: a push has them.
  package var news = DocumentNews()
  /// What the repositories of the current release list; nil where there is none,
  /// or where it cannot be read.
  package var served: ServedContents?
  /// Ids of the groups, and module streams, of `documents`.
  package var groups: Set<String> = []
  package var modules: Set<String> = []
  /// RPMs of the current release that a live one replaces; nil where that is not
  /// known.
  package var obsoleted: Set<NEVRA>? = []
  /// Live RPMs whose names clients may know with other contents.
  package var replaced: [ReplacedRPM] = []
  /// The clock when it was gathered, seconds since 1970: what was built later
  /// has no date that counts. Nil where nobody looked.
  package var now: Int?
  /// States of all releases of the stream.
  package var states: [ReleaseID: ReleaseState]
  /// Packages that were blocked when the current release was composed; nil where no
  /// hub was asked then.
  package var blockedBefore: Set<String>?
  /// What is live of each package, known builds included; nil where nobody was
  /// asked.
  package var liveVersions: [String: EVR]?
  /// Releases after the current one: rolled back, or waiting to be promoted.
  package var others: [OtherRelease] = []
  /// Builds that retention would take out, though nothing replaces some RPM of
  /// theirs.
  package var irreplaceable: [NVR: [String]] = [:]
  /// Packages that earlier releases retired and that did not come back, with the
  /// release.
  package var retiredEarlier: [String: ReleaseID]
  /// The largest repomd revision that users could have seen.
  package var revisionFloor: Int
  /// How often the planned release was composed before.
  package var respin: Int

  /// By default, what a stream without history and hub has.
  package init(
    buildSystem: String, builds: [Build], blocked: [BlockedEntry]? = nil,
    pending: [PendingEntry] = [],
    refusals: [Finding] = [], warnings: [Finding] = [], current: ReleaseSnapshot? = nil,
    states: [ReleaseID: ReleaseState] = [:], retiredEarlier: [String: ReleaseID] = [:],
    revisionFloor: Int = 0, respin: Int = 0
  ) {
    self.buildSystem = buildSystem
    self.builds = builds
    self.blocked = blocked
    self.pending = pending
    self.refusals = refusals
    self.warnings = warnings
    self.current = current
    self.states = states
    self.retiredEarlier = retiredEarlier
    self.revisionFloor = revisionFloor
    self.respin = respin
  }
}

/// A release after the one that users have.
package struct OtherRelease: Sendable {
  /// What it carries.
  package let snapshot: ReleaseSnapshot
  /// Whether links led to it once: some users have what it has.
  package let wasCurrent: Bool

  package init(_ snapshot: ReleaseSnapshot, wasCurrent: Bool) {
    self.snapshot = snapshot
    self.wasCurrent = wasCurrent
  }
}

/// What a release carries, as the ledger recorded it.
package struct ReleaseSnapshot: Sendable {
  /// The release that carries the builds.
  package let release: ReleaseID
  /// Newest build of each package, and in which push it came (0: the cut).
  package let newest: [String: CarriedBuild]
  /// All builds that it lists of each package, in the order of pushes.
  package let listed: [String: [CarriedBuild]]
  /// Serial of the newest push.
  package let pushes: Int

  /// One build of a release.
  package struct CarriedBuild: Hashable, Sendable {
    /// Name, version and rpmRelease.
    package let nvr: NVR
    /// Compared with that of the live build.
    package let evr: EVR
    /// Serial of the push that brought it; 0 for the cut.
    package let push: Int
    /// What retires its package; nil for most builds.
    package let marker: RetirementMarker?
    /// File name of the RPM with the marker.
    package let markerRPM: String?

    /// - Parameter push: 0 for the cut.
    package init(
      nvr: NVR, evr: EVR, push: Int, marker: RetirementMarker? = nil, markerRPM: String? = nil
    ) {
      self.nvr = nvr
      self.evr = evr
      self.push = push
      self.marker = marker
      self.markerRPM = markerRPM
    }
  }

  /// - Parameters:
  ///   - listed: of packages that have more than the newest.
  ///   - pushes: how many pushes the release has had.
  package init(
    release: ReleaseID, newest: [String: CarriedBuild], listed: [String: [CarriedBuild]] = [:],
    pushes: Int
  ) {
    self.listed = listed
    self.release = release
    self.newest = newest
    self.pushes = pushes
  }
}
