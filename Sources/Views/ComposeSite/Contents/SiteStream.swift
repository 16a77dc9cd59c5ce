package import ReleaseModel

/// One stream with all that is told of it.
package struct SiteStream: Hashable, Sendable {
  /// Such as `epel-7`; the name of its directory.
  package var name: String
  /// Major version of Enterprise Linux.
  package var major: Int
  /// Such as `EPEL 7`.
  package var title: String
  /// Sorted by path.
  package var links: [SiteLink]
  /// Oldest first.
  package var releases: [SiteRelease]
  /// In the order in which they are listed.
  package var packages: [SitePackage]
  /// By minor release.
  package var calendar: [SiteCalendarEntry]
  /// The preview of the next release; nil where there is none.
  package var plan: SitePlan?

  /// - Parameter name: one component of a path; pages of the stream lie below
  ///   it.
  package init(
    name: String, major: Int, title: String, links: [SiteLink] = [], releases: [SiteRelease] = [],
    packages: [SitePackage] = [], calendar: [SiteCalendarEntry] = [], plan: SitePlan? = nil
  ) {
    self.name = name
    self.major = major
    self.title = title
    self.links = links
    self.releases = releases
    self.packages = packages
    self.calendar = calendar
    self.plan = plan
  }

  /// The release that users have.
  var current: SiteRelease? { releases.last { $0.state == .current } }
}

/// A symbolic link that users follow.
package struct SiteLink: Hashable, Encodable, Sendable {
  /// Below the public root, such as `updates/7`.
  package var path: String
  /// As the link has it; nil where the link is not there.
  @OrNull package var target: String?

  /// - Parameter target: nil where the link is not there.
  package init(path: String, target: String?) {
    self.path = path
    self.target = target
  }
}

/// A minor release of Enterprise Linux in the calendar.
package struct SiteCalendarEntry: Hashable, Encodable, Sendable {
  /// Such as `7.6`.
  package var minorRelease: String
  /// `YYYY-MM-DD`.
  package var date: String
  /// Whether the day is only intended.
  package var isPlanned: Bool

  /// - Parameter date: `YYYY-MM-DD`.
  package init(minorRelease: String, date: String, isPlanned: Bool) {
    self.minorRelease = minorRelease
    self.date = date
    self.isPlanned = isPlanned
  }
}
