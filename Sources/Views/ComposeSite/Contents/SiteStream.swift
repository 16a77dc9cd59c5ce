package import ReleaseModel

/// One stream with all that is told of it.
package struct SiteStream: Sendable {
  /// Such as `epel-7`; the name of its directory.
  package var name: String
  /// Major version of Enterprise Linux.
  package var major: Int
  /// Such as `Extra Packages for Enterprise Linux 7`.
  package var title: String
  /// What titles of pages call it, such as `EPEL 7`.
  package var shortTitle: String
  /// The day on which all of this was so: `YYYY-MM-DD`; nil where nothing on the pages
  /// may depend on the day.
  package var asOf: String?
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
  /// Where else something about the stream can be found.
  package var pageLinks: [PageLink]
  /// Where users reach its trees.
  package var places: Places
  /// What the policy says of the feed of its retirements.
  package var feed: Feed
  /// The end of the stream, and how far it is; nil where none was decided.
  package var end: EndStatus?

  /// Paths of roots on servers, each with its URL; without those that have none.
  package struct Places: Hashable, Sendable {
    /// By path, such as `/pub/epel`.
    package let urls: [String: String]

    /// - Parameter urls: by path; without slashes at their ends.
    package init(urls: [String: String] = [:]) { self.urls = urls }

    /// The URL of `path`, with a slash at the end as directories have it; nil where
    /// nobody says where it is.
    func url(of path: String) -> String? {
      for (root, url) in urls where path.hasPrefix(root + "/") {
        return url + path.dropFirst(root.count) + "/"
      }
      return nil
    }
  }

  /// Names of a feed.
  package struct Feed: Hashable, Sendable {
    /// Whose identifiers it has: a domain and a date on which it was theirs, as RFC
    /// 4151 has it; nil for identifiers that are made from the stream's name. Feed
    /// readers take an entry whose identifier changed for a new one.
    package let authority: String?
    /// Nil for the one that is made from the short title.
    package let title: String?

    /// - Parameter authority: such as `example.org,2019`.
    package init(authority: String? = nil, title: String? = nil) {
      self.authority = authority
      self.title = title
    }
  }

  /// - Parameters:
  ///   - name: one component of a path; pages of the stream lie below it.
  ///   - shortTitle: nil for the title.
  ///   - asOf: `YYYY-MM-DD`.
  package init(
    name: String, major: Int, title: String, shortTitle: String? = nil, asOf: String? = nil,
    links: [SiteLink] = [], releases: [SiteRelease] = [],
    packages: [SitePackage] = [], calendar: [SiteCalendarEntry] = [], plan: SitePlan? = nil,
    pageLinks: [PageLink] = [], places: Places = Places(), feed: Feed = Feed(),
    end: EndStatus? = nil
  ) {
    self.end = end
    self.name = name
    self.major = major
    self.title = title
    self.shortTitle = shortTitle ?? title
    self.asOf = asOf
    self.links = links
    self.releases = releases
    self.packages = packages
    self.calendar = calendar
    self.plan = plan
    self.pageLinks = pageLinks
    self.places = places
    self.feed = feed
  }

  /// How the stream ends, as a sentence; nil where that was not decided.
  var endWords: String? { end.map { "\(shortTitle) \($0.words)." } }

  /// The release that users have.
  var current: SiteRelease? { releases.last { $0.state == .current } }
  /// Paths of the links that lead to a release, by its ID; empty where no link has moments of its
  /// own.
  var linksByRelease: [String: [String]] {
    links.reduce(into: [:]) { paths, link in
      if let release = link.release { paths[release, default: []].append(link.path) }
    }
  }
  /// Architectures that some package of it is for.
  var arches: Set<Architecture> {
    packages.reduce(into: []) { arches, package in
      for subpackage in package.description?.subpackages ?? [] {
        arches.formUnion(subpackage.arches)
      }
    }
  }
}

/// A symbolic link that users follow.
package struct SiteLink: Hashable, Encodable, Sendable {
  /// Below the public root, such as `updates/7`.
  package var path: String
  /// As the link has it; nil where the link is not there.
  @OrNull package var target: String?
  /// ID of the release that it leads to; left out where no link of the stream has moments of its
  /// own, and before it leads anywhere.
  package var release: String?
  /// When it moves and has moved; left out of links that move with the leading release.
  package var own: OwnLinkStatus?

  /// - Parameters:
  ///   - target: nil where the link is not there.
  ///   - release: nil where no link has moments of its own.
  ///   - own: nil for links that move with the leading release.
  package init(
    path: String, target: String?, release: String? = nil, own: OwnLinkStatus? = nil
  ) {
    self.release = release
    self.own = own
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
