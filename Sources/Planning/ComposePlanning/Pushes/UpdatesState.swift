package import ReleaseModel

/// What the current updates tree has been through, as the ledger recorded it.
package struct UpdatesState: Sendable {
  /// A build that is in the tree, listed or not.
  package struct Version: Hashable, Sendable {
    /// Name, version and rpmRelease.
    package let nvr: NVR
    /// RPM's order of these says which version is the newest.
    package let evr: EVR
    /// 0 for the cut, else the serial of the push that brought it.
    package let push: Int
    /// Why it is not listed any more; nil while it is.
    package let unlisted: UnlistingCause?
    /// Whether its marker retires the package.
    package let hasMarker: Bool

    /// - Parameter push: 0 for the cut.
    package init(
      nvr: NVR, evr: EVR, push: Int, unlisted: UnlistingCause?, hasMarker: Bool = false
    ) {
      self.hasMarker = hasMarker
      self.nvr = nvr
      self.evr = evr
      self.push = push
      self.unlisted = unlisted
    }
  }

  /// One push, as the ledger recorded it.
  package struct Push: Hashable, Sendable {
    /// Its number within the release, from 1.
    package let serial: Int
    /// Seconds since 1970.
    package let at: Int
    /// Whether it brought builds, or took some out.
    package let kind: PushKind
    /// Serial of the push that it took back.
    package let undoes: Int?
    /// Builds that came into the lists.
    package let listed: [NVR]
    /// Builds that it took out of the lists.
    package let unlisted: [NVR]
    /// What it changed of the documents beside packages.
    package let documents: [DocumentChange]

    /// - Parameter documents: what it changed of those beside packages.
    package init(
      serial: Int, at: Int, kind: PushKind, undoes: Int?, listed: [NVR], unlisted: [NVR],
      documents: [DocumentChange] = []
    ) {
      self.documents = documents
      self.serial = serial
      self.at = at
      self.kind = kind
      self.undoes = undoes
      self.listed = listed
      self.unlisted = unlisted
    }
  }

  /// By package, in the order of pushes.
  package var versions: [String: [Version]]
  /// Oldest first.
  package var pushes: [Push]

  /// - Parameter versions: by package.
  package init(versions: [String: [Version]] = [:], pushes: [Push] = []) {
    self.versions = versions
    self.pushes = pushes
  }

  /// NVRs that users can get.
  package var listed: [NVR] {
    versions.values.joined().filter { $0.unlisted == nil }.map(\.nvr)
  }

  /// The newest push that nobody knows anything of, where it is newer than the one
  /// that would be undone; nil where there is none. The ledger was made anew from the
  /// disk since, or an early version of the program made the push.
  ///
  /// - Parameters:
  ///   - newest: serial of the newest push in the tree.
  ///   - standing: the push that would be undone.
  func unknownPush(upTo newest: Int, after standing: Push?) -> Int? {
    let known = Set(pushes.map(\.serial))
    let last = standing?.serial ?? 0
    return newest > last ? (last + 1...newest).last { !known.contains($0) } : nil
  }

  /// The newest push that users see something of, and that was not taken back.
  ///
  /// - Parameter release: that the pushes went into.
  package func newestStanding(
    in release: ReleaseID, _ holds: [NVR: BuildHold]
  ) -> Push? {
    let undone = Set(pushes.compactMap(\.undoes))
    return pushes.last { push in
      push.kind != .undo && !undone.contains(push.serial)
        && !(listedBy(push).isEmpty && unlistedBy(push, in: release, holds).isEmpty
          && push.documents.isEmpty)
    }
  }

  /// Builds that `push` brought and that are still listed.
  func listedBy(_ push: Push) -> [Version] {
    push.listed.compactMap { version($0) }.filter { $0.unlisted == nil }
  }

  /// Builds that `push` took out and that taking it back lists again. An update
  /// that took out what was held elsewhere decided nothing: to take it back lifts
  /// no hold.
  func unlistedBy(_ push: Push, in release: ReleaseID, _ holds: [NVR: BuildHold]) -> [Version] {
    push.unlisted.compactMap { version($0) }.filter { version in
      guard version.unlisted != nil else { return false }
      guard let hold = holds[version.nvr] else { return true }
      return push.kind == .withdrawal && hold.release == release
    }
  }

  private func version(_ nvr: NVR) -> Version? { versions[nvr.name]?.first { $0.nvr == nvr } }
}
