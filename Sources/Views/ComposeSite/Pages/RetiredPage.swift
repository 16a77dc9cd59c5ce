import ReleaseModel

/// What has left a stream, and what is about to.
struct RetiredPage: Sendable {
  let frame: PageFrame
  let title: String
  let retiring: [Row]
  let retired: [Row]

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
    title = contents.title
    frame = PageFrame(
      title: "Retired from \(contents.title)", stream: stream, here: .retired,
      data: "packages.json")
    retiring = contents.packages.filter { $0.state == .retiring }.map { Row($0, stream) }
    retired = contents.packages.filter { $0.state == .retired }.map { Row($0, stream) }
  }
}
