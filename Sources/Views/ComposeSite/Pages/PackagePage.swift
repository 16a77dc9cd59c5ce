import ReleaseModel

/// The page of one package.
struct PackagePage: Sendable {
  let frame: PageFrame
  let status: PackageStatus
  let streamTitle: String
  let sentence: String
  /// Whether there is anything to list beside the state. Edited copies of the
  /// template know it by this name.
  let hasFacts: Bool
  let breaks: [Linked<Breakage>]
  let replacedBy: [PackageName]
  /// Newest first.
  let history: [Event]

  struct Event: Sendable {
    let event: PackageEvent
    /// `push 3`, or `cut`.
    let moment: String

    init(_ event: PackageEvent) {
      self.event = event
      moment = event.push.flatMap { $0 > 0 ? "push \($0)" : nil } ?? "cut"
    }
  }

  init(_ package: SitePackage, _ stream: StreamSite) {
    status = package.status
    frame = PageFrame(
      title: "\(package.package) in \(stream.contents.title)", stream: stream, here: nil,
      depth: 1, data: "packages.json")
    streamTitle = stream.contents.title
    sentence = package.state.sentence(retiredWith: package.retirement?.release)
    let details = [
      status.owner, status.committedSince, status.committedUntil, status.lastTree,
      status.archiveTree, package.replacedBy.first,
    ]
    hasFacts = details.contains { $0 != nil }
    breaks = package.breaks.map { Linked(name: stream.name($0.package, depth: 1), entry: $0) }
    replacedBy = package.replacedBy.map { stream.name($0, depth: 1) }
    history = package.history.reversed().map(Event.init)
  }
}
