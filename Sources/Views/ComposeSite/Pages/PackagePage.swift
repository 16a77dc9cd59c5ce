/// The page of one package.
struct PackagePage: Sendable {
  let frame: PageFrame
  let package: SitePackage
  let streamTitle: String
  let state: String
  let sentence: String
  /// Whether there is anything to list beside the state.
  let hasFacts: Bool
  let breaks: [BreakageRow]
  let replacedBy: [PackageName]
  /// Newest first.
  let history: [Event]

  struct Event: Sendable {
    let release: String
    let what: String
    let nvr: String
    /// `push 3`, or `cut`.
    let moment: String
    let date: String?

    init(_ event: SitePackageEvent) {
      release = event.release
      what = event.what.rawValue
      nvr = event.nvr
      moment = event.push.flatMap { $0 > 0 ? "push \($0)" : nil } ?? "cut"
      date = event.date
    }
  }

  init(_ package: SitePackage, _ stream: StreamSite) {
    self.package = package
    frame = PageFrame(
      title: "\(package.package) in \(stream.contents.title)", stream: stream, here: nil,
      depth: 1, data: "packages.json")
    streamTitle = stream.contents.title
    state = package.state.rawValue
    sentence = package.state.sentence(retiredWith: package.retirement?.release)
    let facts = [
      package.owner, package.committedSince, package.committedUntil, package.lastTree,
      package.archiveTree, package.replacedBy.first,
    ]
    hasFacts = facts.contains { $0 != nil }
    breaks = package.breaks.map { BreakageRow($0, name: stream.name($0.package, depth: 1)) }
    replacedBy = package.replacedBy.map { stream.name($0, depth: 1) }
    history = package.history.reversed().map(Event.init)
  }
}
