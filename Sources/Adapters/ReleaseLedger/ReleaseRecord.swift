package import ReleaseModel

/// One release as the ledger has it.
package struct ReleaseRecord: Hashable, Sendable {
  /// One release of the ledger's stream.
  package let id: ReleaseID
  /// Order of composes.
  package let sequence: Int
  /// Where it is in its life.
  package let state: ReleaseState
  /// When the state was entered, seconds since 1970.
  package let since: Int
  /// How often the release was composed before.
  package let respin: Int
  /// The release that was current when this one was composed.
  package let previous: ReleaseID?
  /// The tag of the build system that freezes it.
  package let composeTag: String
  /// Digest of the plan that it was composed from, hexadecimal.
  package let planDigest: String
  /// Whether RPMs without a trusted signature were let in.
  package let allowUnsigned: Bool
  /// Whether such RPMs were let into its testing tree; it says nothing of what users get.
  package let testsUnsigned: Bool
  /// Verdict of the checks on the trees as they are; nil if they have not run.
  package let checksPassed: Bool?
  /// Order of promotions; nil if it never was current.
  package let promotion: Int?
  /// Serial of the newest push; 0 before the first.
  package let pushes: Int
  /// `releases` before `updates`.
  package let trees: [TreeRecord]

  /// `trees` must have `releases` before `updates`.
  package init(
    id: ReleaseID, sequence: Int, state: ReleaseState, since: Int, respin: Int,
    previous: ReleaseID?, composeTag: String, planDigest: String, allowUnsigned: Bool,
    testsUnsigned: Bool = false, checksPassed: Bool?, promotion: Int?, pushes: Int,
    trees: [TreeRecord]
  ) {
    self.id = id
    self.sequence = sequence
    self.state = state
    self.since = since
    self.respin = respin
    self.previous = previous
    self.composeTag = composeTag
    self.planDigest = planDigest
    self.allowUnsigned = allowUnsigned
    self.testsUnsigned = testsUnsigned
    self.checksPassed = checksPassed
    self.promotion = promotion
    self.pushes = pushes
    self.trees = trees
  }

  /// Whether it was brought back from the archive, which has the same trees: nothing is pushed
  /// into it, because that would make it another release than the archived one.
  package var isRestored: Bool { state == .superseded && trees.contains(where: \.isArchived) }

  /// Its trees that are below the archive root, located there.
  package var archivedTrees: [TreeRecord] {
    trees.filter { $0.isArchived || $0.place == .archive }.map { tree in
      var located = tree
      located.place = .archive
      return located
    }
  }

  /// Nil where the release has no tree in `area`.
  package func tree(_ area: Area) -> TreeRecord? { trees.first { $0.name.area == area } }

  /// Trees of what users get without asking for more; see ``Area/isStable``.
  package var stableTrees: [TreeRecord] { trees.filter(\.name.area.isStable) }
}

/// One tree of a release as the ledger has it.
package struct TreeRecord: Hashable, Sendable {
  /// The root that a tree is below.
  package enum Place: String, Sendable {
    /// The words that the ledger has; the policy's roots of these names.
    case staging, `public`, archive
    /// Removed.
    case gone
  }

  /// Its path is the same below every root.
  package var name: TreeName
  /// Where the tree itself is; a copy may be below the archive root as well,
  /// see `isArchived`.
  package var place: Place
  /// Whether a verified copy is below the archive root.
  package var isArchived: Bool
  /// SHA-256 of the manifest, which has the SHA-256 of every other file.
  package var manifest: Checksum
  /// `<revision>` of every repomd.xml in the tree.
  package var revision: Int
  /// RPM files.
  package var packages: Int
  /// Bytes of RPM files.
  package var bytes: Int

  /// Counts are of RPM files that are listed.
  package init(
    name: TreeName, place: Place, isArchived: Bool = false, manifest: Checksum, revision: Int,
    packages: Int, bytes: Int
  ) {
    self.name = name
    self.place = place
    self.isArchived = isArchived
    self.manifest = manifest
    self.revision = revision
    self.packages = packages
    self.bytes = bytes
  }
}

/// One build that a release carries.
package struct BuildRecord: Hashable, Sendable {
  /// Name of the source package.
  package let package: String
  /// Of the source RPM.
  package let evr: EVR
  /// 0 for the cut, else the serial of the push that brought it.
  package let push: Int
  /// What will retire its package with the next release; nil for most builds.
  package let marker: MarkerRecord?
  /// Why it is not listed any more; nil while it is.
  package let unlisted: UnlistingCause?

  /// - Parameter unlisted: nil while it is listed.
  package init(
    package: String, evr: EVR, push: Int, marker: MarkerRecord?, unlisted: UnlistingCause? = nil
  ) {
    self.package = package
    self.evr = evr
    self.push = push
    self.marker = marker
    self.unlisted = unlisted
  }

  /// How the build system names it.
  package var nvr: NVR {
    NVR(name: package, version: evr.version, rpmRelease: evr.rpmRelease)
  }
}

/// A marker and the RPM file that carries it.
package struct MarkerRecord: Hashable, Sendable {
  /// The file that retires the package.
  package let marker: RetirementMarker
  /// File name of the RPM.
  package let rpm: String

  /// - Parameter rpm: file name, without a directory.
  package init(marker: RetirementMarker, rpm: String) {
    self.marker = marker
    self.rpm = rpm
  }
}

/// A package that a release left out because of its marker.
package struct RetirementRecord: Hashable, Sendable {
  /// Name of the source package.
  package let package: String
  /// Of the build that has the marker.
  package let evr: EVR
  /// What retired it.
  package let marker: MarkerRecord

  /// A package that the release does not have.
  package init(package: String, evr: EVR, marker: MarkerRecord) {
    self.package = package
    self.evr = evr
    self.marker = marker
  }

  /// How the build system names it.
  package var nvr: NVR {
    NVR(name: package, version: evr.version, rpmRelease: evr.rpmRelease)
  }
}

/// One line of history.
package struct EventRecord: Hashable, Sendable {
  /// Order of events: the clock may go back.
  package let sequence: Int
  /// Seconds since 1970.
  package let at: Int
  /// Such as `promote`.
  package let command: String
  /// Its ID as text.
  package let release: String
  /// Who ran it, such as `alice@composer`.
  package let operatorName: String
  /// One line.
  package let summary: String

  /// How the summary of a command begins that did not happen in the end.
  package static let undoneMark = "undone: "

  /// Whether what the command did was taken back before it ended.
  package var isUndone: Bool { summary.hasPrefix(Self.undoneMark) }
}

/// An operation that began and has not ended.
package struct OpenOperation: Hashable, Sendable {
  /// Handed to ``LedgerChange/closeOperation(_:)``.
  package let sequence: Int
  /// Which operation it is, such as `compose`.
  package let kind: String
  /// Its ID as text.
  package let release: String
  /// Seconds since 1970.
  package let started: Int
  /// The whole description of what is to be done, JSON.
  package let payload: String
}
