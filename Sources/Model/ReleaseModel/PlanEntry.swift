/// A package with its build.
package struct BuildEntry: Hashable, Codable, Sendable {
  /// Name of the source package.
  package let package: String
  /// The build that the release has.
  package let nvr: NVR

  /// - Parameter nvr: of the release.
  package init(package: String, nvr: NVR) {
    self.package = package
    self.nvr = nvr
  }

  /// The entry of one build.
  package init(_ build: Build) {
    self.init(package: build.package, nvr: build.nvr)
  }
}

/// A package that changes from one build to another.
package struct UpdateEntry: Hashable, Codable, Sendable {
  /// Name of the source package.
  package let package: String
  /// The new build.
  package let nvr: NVR
  /// EVRs, with the epoch where there is one.
  package let from: String
  /// EVR of the new build.
  package let to: String

  /// `from` and `to` are EVRs.
  package init(package: String, nvr: NVR, from: String, to: String) {
    self.package = package
    self.nvr = nvr
    self.from = from
    self.to = to
  }
}

/// A package that is left out because of its marker.
package struct RetiredEntry: Hashable, Codable, Sendable {
  /// Name of the source package.
  package let package: String
  /// The build with the marker.
  package let nvr: NVR
  /// 0 where the RPM has none.
  package let epoch: Int
  /// Path of the marker in the RPM.
  package let marker: String
  /// What the marker says.
  package let text: String
  /// File name of the RPM that carries it.
  package let rpm: String
  /// Whether the release before carried it: else it left earlier, or never
  /// was there.
  package var wasCarried = false
  /// Packages of the release that cannot be installed without it, directly or
  /// through others; null where dependencies have not been resolved.
  @OrNull package var breaks: [String]?
  /// The same with owners and reasons.
  @OrNull package var breakage: [Breakage]?

  /// Nothing is known of ``breakage`` yet, and ``wasCarried`` is false.
  package init(
    package: String, nvr: NVR, epoch: Int, marker: String, text: String, rpm: String
  ) {
    self.package = package
    self.nvr = nvr
    self.epoch = epoch
    self.marker = marker
    self.text = text
    self.rpm = rpm
  }
}

/// A build whose noarch RPMs some architectures of the policy do not get, by
/// `ExclusiveArch` or `ExcludeArch` of its source package.
package struct LimitedEntry: Hashable, Codable, Sendable {
  package let package: String
  package let nvr: String
  /// File names.
  package let rpms: [String]
  /// Architectures of the policy that get them.
  package let arches: [Architecture]

  package init(package: String, nvr: String, rpms: [String], arches: [Architecture]) {
    self.package = package
    self.nvr = nvr
    self.rpms = rpms
    self.arches = arches
  }
}

/// A build that would miss the cut.
package struct PendingEntry: Hashable, Codable, Sendable {
  /// Name of the source package.
  package let package: String
  /// The build that waits.
  package let nvr: NVR
  /// The tag that it waits in.
  package let tag: String
  /// Day on which it was tagged there, `YYYY-MM-DD`.
  @OrNull package var since: String?
  /// Whole days that it had waited when the plan was made.
  @OrNull package var days: Int?

  /// - Parameters:
  ///   - since: when it was tagged, seconds since 1970.
  ///   - now: the moment that the plan shows, in the build system's own time.
  package init(package: String, nvr: NVR, tag: String, since: Int? = nil, now: Int? = nil) {
    self.package = package
    self.nvr = nvr
    self.tag = tag
    self.since = since.map { CalendarDate(secondsSince1970: $0).description }
    days = since.flatMap { since in now.map { max(0, $0.subtractingClamped(since)) / 86_400 } }
  }
}

/// A package that the build system hides: no compose has it.
package struct BlockedEntry: Hashable, Codable, Sendable {
  /// Name of the source package.
  package let package: String
  /// Its newest build that is still tagged; null where there is none.
  @OrNull package var nvr: NVR?
  /// Path of the marker in that build; null where it has none.
  @OrNull package var marker: String?
  /// What the marker says; left out where there is none.
  package var text: String?
  /// File name of the RPM that carries it; left out likewise.
  package var rpm: String?
  /// Of that build; left out where it is 0.
  package var epoch: Int?
  /// Whether the current release was composed without the block; left out where it
  /// was there before.
  package var isNew: Bool?
  /// As those of a retired package.
  @OrNull package var breaks: [String]?
  /// The same with owners and reasons.
  @OrNull package var breakage: [Breakage]?

  /// Nothing is known of ``breakage`` yet.
  package init(
    package: String, nvr: NVR? = nil, marker: String? = nil, text: String? = nil,
    rpm: String? = nil, epoch: Int = 0
  ) {
    self.package = package
    self.nvr = nvr
    self.marker = marker
    self.text = text
    self.rpm = rpm
    self.epoch = epoch == 0 ? nil : epoch
  }
}
