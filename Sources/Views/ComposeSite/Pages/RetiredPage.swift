import ComposePlanning
import ComposeReports
import ReleaseModel

/// What has left a stream, and what is about to.
struct RetiredPage: Sendable {
  let frame: PageFrame
  let retiring: [Row]
  let retired: [Row]
  /// Releases that something left with, newest first.
  let releases: [Release]

  struct Release: Sendable {
    let release: String
    let count: Int
  }

  struct Row: Sendable {
    let name: PackageName
    let owner: String?
    let isEarly: Bool
    let release: String?
    let lastTree: String?
    let archiveTree: String?
    let replacedBy: [PackageName]
    let committedUntil: String?

    init(_ package: SitePackage, _ stream: StreamSite) {
      name = stream.name(package.package)
      owner = package.status.owner
      isEarly = package.status.early
      release = package.retirement?.release
      lastTree = package.status.lastTree
      archiveTree = package.status.archiveTree
      replacedBy = package.replacedBy.map { stream.name($0) }
      committedUntil = package.status.committedUntil
    }
  }

  init(_ stream: StreamSite) {
    let contents = stream.contents
    frame = PageFrame(
      title: "Retired · \(contents.shortTitle)", stream: stream, here: .retired,
      data: "packages.json")
    let planned = Set((contents.plan?.plan.departing ?? []).map(\.package))
    retiring = contents.packages.filter { $0.state == .retiring || planned.contains($0.package) }
      .map { Row($0, stream) }
    let left = contents.packages.filter { $0.state == .retired }.map { Row($0, stream) }
    retired = left
    releases = contents.releases.reversed().compactMap { release in
      let count = left.count { $0.release == release.release }
      return count == 0 ? nil : Release(release: release.release, count: count)
    }
  }
}
