import ComposeSite
import Foundation
import ReleaseModel

@testable import ComposePlanning

/// Contents with every state, a hostile package, and names that are no file names.
enum Sample {
  static let templates = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Templates").standardizedFileURL.path

  static let hostile = #"</pre><script>alert("x")</script>&'"#

  static var contents: SiteContents { SiteContents(streams: [epel7, epel10]) }

  static func builder() throws -> SiteBuilder { try SiteBuilder(templates: [templates]) }

  static var epel7: SiteStream {
    SiteStream(
      name: "epel-7", major: 7, title: "Extra Packages for Enterprise Linux 7",
      shortTitle: "EPEL 7", asOf: "2020-04-10",
      links: [
        SiteLink(path: "updates/7", target: "7.07.201908"),
        SiteLink(path: "releases/7", target: "../updates/7"),
      ],
      releases: [
        release("7.05.201804", .archived, "2018-04-24", archived: true, retired: ["gtk+"]),
        release(
          "7.06.201903", .superseded, "2019-03-14", retired: ["zeta", "gone"],
          clock: "The grace time ends on 2020-02-06; archive can remove the original then."),
        release("7.06.201904", .abandoned, "2019-04-02"),
        release("7.07.201908", .current, "2019-08-20", retired: ["epsilon"]),
        release(
          "7.08.202004", .staged, "2020-04-09",
          clock: "Mirrors have it for 3 of 7 days: the soak ends 2020-04-16 10:00 UTC."),
      ],
      packages: packages, calendar: calendar, plan: plan,
      pageLinks: [PageLink(label: "RPMs", url: "https://dl.example.org/epel/7.07.201908/")],
      places: SiteStream.Places(urls: ["/pub/epel": "https://dl.example.org/epel"]),
      feed: SiteStream.Feed(authority: "example.org,2019"))
  }

  static var epel10: SiteStream {
    SiteStream(
      name: "epel-10", major: 10, title: "EPEL 10",
      links: [SiteLink(path: "10", target: nil)],
      packages: [SitePackage(package: "alpha", state: .live)])
  }

  private static func release(
    _ id: String, _ state: ReleaseState, _ cut: String, archived: Bool = false,
    retired: [String] = [], clock: String? = nil
  ) -> SiteRelease {
    SiteRelease(
      ReleaseStatus(
        release: id, state: state, since: Moment.morning(of: cut), clock: clock, pushes: 14,
        trees: Area.allCases.map { area in
          TreeStatus(
            area: area, path: "/pub/epel/\(area.rawValue)/\(id)",
            archive: archived ? "/pub/archives/epel/\(area.rawValue)/\(id)" : nil,
            packages: 30_000, revision: 1_500_000_000)
        }), packages: 12_345, cut: cut, retired: retired)
  }

  static let calendar = [
    ("7.0", "2014-06-10", false), ("7.1", "2015-03-05", false), ("7.2", "2015-11-19", false),
    ("7.3", "2016-11-03", false), ("7.4", "2017-08-01", false), ("7.5", "2018-04-10", false),
    ("7.6", "2018-10-30", false), ("7.7", "2019-08-06", false), ("7.8", "2020-03-31", true),
    ("7.9", "2020-09-29", true),
  ].map { SiteCalendarEntry(minorRelease: $0.0, date: $0.1, isPlanned: $0.2) }

  static var description: PackageDescription {
    var description = PackageDescription(
      summary: "Counts things", text: "It counts.\nThen it counts again.", license: "MIT",
      url: "https://alpha.example.org/",
      subpackages: [
        PackageDescription.Subpackage(
          name: "alpha", arches: ["aarch64", "x86_64"].map { Architecture($0) },
          hasOlderVersion: true),
        PackageDescription.Subpackage(name: "libcount", arches: [Architecture("x86_64")]),
      ])
    description.needs = ["gtk+", "elsewhere"]
    description.neededBy = (0..<40).map { "needer-\($0)" }
    return description
  }

  static var packages: [SitePackage] {
    [
      SitePackage(
        package: "alpha", state: .live, owner: "anna", committedSince: "2019-03-14",
        committedUntil: "2019-08-06", rule: "next minor release",
        history: [
          PackageEvent(
            release: "7.06.201903", kind: .added, nvr: "alpha-1.0-1.el7", push: 0,
            date: "2019-03-14"),
          PackageEvent(
            release: "7.06.201903", kind: .updated, nvr: "alpha-1.1-1.el7", push: 3,
            date: "2019-05-02"),
          PackageEvent(
            release: "7.07.201908", kind: .carried, nvr: "alpha-1.1-1.el7", push: 0,
            date: "2019-08-20"),
        ], isCommitmentOver: true, description: description,
        links: [PageLink(label: "Koji", url: "https://koji.example.org/?package=alpha")]),
      SitePackage(
        package: "beta_lib", state: .retiring, isEarly: true, owner: "bert",
        committedSince: "2019-08-20", committedUntil: "2020-09-20", rule: "13 months",
        marker: "/usr/share/doc/beta_lib/README-RETIRED.md",
        text:
          "beta_lib is no longer maintained upstream.\nUse gtk+ instead: it has the same interface.",
        lastTree: "updates/7.07.201908",
        breaks: [
          Breakage(
            package: "alpha", owner: "anna", explanations: ["alpha-1.1 needs libbeta.so.1()(64bit)"]
          ), Breakage(package: "elsewhere"),
        ], replacedBy: ["gtk+", "unlisted"],
        history: [
          PackageEvent(
            release: "7.07.201908", kind: .updated, nvr: "beta_lib-2-1.el7", push: 2,
            date: "2019-10-01")
        ]),
      SitePackage(
        package: "blocked.one", state: .blocked, contradiction: "It is blocked, and has no marker."),
      SitePackage(
        package: "epsilon", state: .retired, marker: "README-RETIRED", text: hostile,
        lastTree: "updates/7.06.201903", archiveTree: "/pub/archives/epel/updates/7.06.201903",
        history: [
          PackageEvent(
            release: "7.06.201903", kind: .added, nvr: "epsilon-1-1.el7", date: "2019-03-14"),
          PackageEvent(
            release: "7.07.201908", kind: .retired, nvr: "", date: "2019-08-20"),
        ]),
      SitePackage(
        package: "gtk+", state: .live, returnedIn: "7.07.201908",
        history: [
          PackageEvent(release: "7.05.201804", kind: .retired, nvr: "", date: "2018-04-24"),
          PackageEvent(
            release: "7.07.201908", kind: .returned, nvr: "gtk+-3-1.el7", date: "2019-08-20"),
        ]),
      SitePackage(package: "Mixed-Case", state: .live),
      SitePackage(package: hostile, state: .unknown, owner: "\"\u{0301}onload=\u{1B}[31m"),
      SitePackage(package: "7zip", state: .live),
    ]
  }

  static var plan: SitePlan {
    var plan = plan(
      updated: [
        UpdateEntry(
          package: "alpha", nvr: nvr("alpha-2.0-1.el7"), from: "1.1-1.el7", to: "2.0-1.el7")
      ],
      added: [BuildEntry(package: "novel", nvr: nvr("novel-1-1.el7"))],
      retired: [
        retired("gtk+", "gtk+-3-1.el7", "README-RETIRED", "Done."),
        retired(
          "beta_lib", "beta_lib-2-1.el7", "/usr/share/doc/README-RETIRED.md", hostile,
          [Breakage(package: "alpha", explanations: [hostile])]),
      ],
      refusals: [
        Finding(code: "unsigned", message: "2 builds are not signed", remedy: "Sign them")
      ],
      warnings: [
        Finding(code: "late", message: "The cut is late", remedy: "Look at the calendar"),
        Finding(code: "late", message: "So is the next", remedy: "Look again"),
      ])
    plan.notes = nil
    return SitePlan(plan, acknowledged: [nvr("gtk+-3-1.el7")])
  }

  /// A plan of 7.08.202004 after 7.07.201908.
  static func plan(
    carried: Int = 12_001, updated: [UpdateEntry] = [], added: [BuildEntry] = [],
    retired: [RetiredEntry] = [], refusals: [Finding] = [], warnings: [Finding] = []
  ) -> Plan {
    let previous = try? ReleaseID("7.07.201908")
    guard let release = try? ReleaseID("7.08.202004") else { preconditionFailure() }
    return Plan(
      stream: "epel-7", release: release, previous: previous, respin: 0,
      buildSystem: "directory of RPMs", composeTag: "epel7-7.08.202004", revision: 1_500_000_000,
      date: "2020-04-01", allowUnsigned: false,
      carried: (0..<carried).map { BuildEntry(package: "p\($0)", nvr: nvr("p\($0)-1-1.el7")) },
      updated: updated, added: added, retired: retired, blocked: [], pending: [],
      refusals: refusals, warnings: warnings, trees: [],
      forecast: Plan.Forecast(bytesIfCopied: 0, inodes: 0), steps: ["Tag builds"], leaving: [],
      builds: [], policyDigest: Checksum(digest: Array(repeating: 1, count: 32)),
      digest: Checksum(digest: Array(repeating: 2, count: 32)))
  }

  /// Text that names no build stands in the name, so that pages show all of it.
  static func nvr(_ text: String) -> NVR {
    NVR(text) ?? NVR(name: text, version: text, rpmRelease: text)
  }

  static func retired(
    _ package: String, _ nvr: String, _ marker: String, _ text: String, _ breakage: [Breakage] = []
  ) -> RetiredEntry {
    var entry = RetiredEntry(
      package: package, nvr: self.nvr(nvr), epoch: 0, marker: marker, text: text,
      rpm: "\(nvr).noarch.rpm")
    entry.breakage = breakage
    entry.wasCarried = true
    return entry
  }

  /// An EPEL-sized stream.
  static func large(_ count: Int) -> SiteStream {
    var stream = epel7
    let words = ["python", "perl", "lib", "golang", "rust", "R", "php", "nodejs", "mingw", "kde"]
    stream.packages =
      (0..<count).map { number in
        let state: PackageStatus.State =
          number % 97 == 0 ? .retired : number % 89 == 0 ? .retiring : .live
        let name = "\(words[number % words.count])-package-\(number)"
        return SitePackage(
          package: name, state: state, owner: "owner\(number % 300)", committedSince: "2019-03-14",
          committedUntil: "2020-04-14", rule: "13 months",
          text: state == .live ? nil : "No longer maintained.",
          history: [
            PackageEvent(
              release: "7.06.201903", kind: .added, nvr: "\(name)-1-1.el7", date: "2019-03-14"),
            PackageEvent(
              release: "7.07.201908", kind: state == .retired ? .retired : .carried,
              nvr: "\(name)-1-1.el7", date: "2019-08-20"),
          ],
          description: PackageDescription(
            summary: "Part \(number)", text: "It is number \(number).", license: "MIT", url: nil,
            subpackages: ["", "-devel", "-libs"].map {
              PackageDescription.Subpackage(name: name + $0, arches: [Architecture("x86_64")])
            }))
      } + epel7.packages
    return stream
  }
}

extension SitePackage {
  init(
    package: String, state: PackageStatus.State, isEarly: Bool = false, returnedIn: String? = nil,
    owner: String? = nil, committedSince: String? = nil, committedUntil: String? = nil,
    rule: String? = nil, marker: String? = nil, text: String? = nil, lastTree: String? = nil,
    archiveTree: String? = nil, breaks: [Breakage] = [], replacedBy: [String] = [],
    contradiction: String? = nil, history: [PackageEvent] = [], isCommitmentOver: Bool = false,
    description: PackageDescription? = nil, links: [PageLink] = []
  ) {
    var status = PackageStatus(package: package, state: state)
    status.early = isEarly
    status.returned = returnedIn
    status.owner = owner
    status.committedSince = committedSince
    status.committedUntil = committedUntil
    status.rule = rule
    status.marker = marker
    status.text = text
    status.lastTree = lastTree
    status.archiveTree = archiveTree
    status.breakage = breaks
    status.replacedBy = replacedBy
    status.contradiction = contradiction
    status.isCommitmentOver = isCommitmentOver
    self.init(status, history: history, description: description, links: links)
  }
}

extension [SiteFile] {
  /// The text of the file at `path`; empty where there is none.
  func text(_ path: String) -> String {
    first { $0.path == path }.map { String(decoding: $0.contents, as: UTF8.self) } ?? ""
  }

  /// Writes the site below `directory`.
  func write(to directory: String) throws {
    for file in self {
      let url = URL(filePath: directory).appending(path: file.path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.contents).write(to: url)
    }
  }
}

extension Moment {
  /// Ten o'clock of a day, `YYYY-MM-DD`.
  fileprivate static func morning(of day: String) -> Moment {
    let date = try? Date("\(day)T10:00:00Z", strategy: .iso8601)
    return Moment(Int(date?.timeIntervalSince1970 ?? 0))
  }
}
