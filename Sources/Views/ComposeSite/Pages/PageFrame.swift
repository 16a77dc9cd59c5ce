/// What is around the contents of every page: title, ways to other pages, and
/// where the same is as JSON.
struct PageFrame: Sendable {
  let title: String
  /// Title of the front page.
  let home: String
  /// From this page to the top of the site: empty, `../` or `../../`.
  let root: String
  let hasStream: Bool
  let streamTitle: String
  let navigation: [Way]
  /// The same contents for programs, as a reference from this page.
  let data: String?
  let feed: String?
  let generated: String?

  /// A link of the navigation.
  struct Way: Sendable {
    let label: String
    let href: String
    let isHere: Bool
  }

  /// The parts of a stream, in the order of the navigation.
  enum Part: String, CaseIterable {
    case overview = "index.html"
    case packages = "packages.html"
    case next = "next.html"
    case retired = "retired.html"

    var label: String {
      switch self {
      case .overview: "Overview"
      case .packages: "Packages"
      case .next: "Next release"
      case .retired: "Retired"
      }
    }
  }

  /// The page of all streams.
  init(title: String, generated: String?) {
    self.title = title
    home = title
    root = ""
    hasStream = false
    streamTitle = ""
    navigation = []
    data = "index.json"
    feed = nil
    self.generated = generated
  }

  /// A page of a stream, `depth` directories below that of the stream.
  init(
    title: String, stream: StreamSite, here: Part?, depth: Int = 0, data: String?
  ) {
    let base = String(repeating: "../", count: depth)
    self.title = title
    home = stream.home
    root = base + "../"
    hasStream = true
    streamTitle = stream.contents.shortTitle
    navigation = Part.allCases.map {
      Way(label: $0.label, href: base + $0.rawValue, isHere: $0 == here)
    }
    self.data = data.map { base + $0 }
    feed = base + "retirements.atom"
    generated = stream.generated
  }
}
