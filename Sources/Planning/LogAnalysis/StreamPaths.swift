package import ReleaseModel

/// What a stream's paths and repository names in a log mean, and when they changed:
/// from its policy and its ledger.
package struct StreamPaths: Sendable {
  /// Something that the ledger has done.
  package struct Event: Hashable, Sendable, Encodable {
    /// What it was.
    package enum Kind: String, Sendable, Encodable {
      /// The links moved to the release.
      case flip
      /// Builds were pushed into its updates tree.
      case push
      /// It was moved to the archive.
      case archive
      /// It came back from there, or its end was taken back.
      case restore
    }
    /// What it was.
    package let kind: Kind
    /// When.
    package let at: Moment
    /// Whose links, builds or trees.
    package let release: String
    /// The link that moved alone, of a flip; nil for those that lead to the leading release.
    package let link: String?

    /// - Parameters:
    ///   - at: seconds since 1970.
    ///   - link: of a flip: the one that moved alone.
    package init(kind: Kind, at: Int, release: String, link: String? = nil) {
      self.link = link
      self.kind = kind
      self.at = Moment(at)
      self.release = release
    }

    /// What it was, for people.
    package var words: String { kind.rawValue + (link.map { " of \($0)" } ?? "") }
  }

  /// How a request names what it is about.
  enum Way: UInt8, Sendable {
    /// By a path that leads through a link, or a repository name without a release.
    case link
    /// By the path of a tree, or a repository name with a release.
    case concrete
    /// By a repository name that nothing is known of.
    case name
    /// By a path that is none of the stream's.
    case none
  }

  /// What a path or a name leads to.
  struct Place: Hashable, Sendable {
    var way: Way
    /// Index of ``releases``; nil for a link, which leads elsewhere in time.
    var release: Int?
    /// Of a link: index of ``movers``, whose moves change where it leads.
    var mover = 0
    /// Below the tree, such as `Everything/x86_64`, or the name asked for.
    var repository: String

    static let none = Place(way: .none, release: nil, repository: "")
  }

  /// Name of the stream.
  package let stream: String
  /// In the order of their numbers.
  package let releases: [String]
  /// By time.
  package let events: [Event]
  private let major: Int
  /// Last part of the public root, below which links and trees are: mirrors keep it.
  private let root: String
  /// The link that moves alone, by what moves; nil for those that lead to the leading release,
  /// which come first.
  let movers: [String?]
  private let links: [(parts: [Substring], mover: Int)]
  /// Client names of links that move alone: index of ``movers``.
  private let clients: [String: Int]
  private let trees: [(parts: [Substring], release: Int)]
  /// For each of ``movers``.
  private let flips: [[(at: Int, release: Int)]]
  /// When each release went to the archive, and when it came back.
  private let archived: [Int: [(at: Int, isArchived: Bool)]]

  /// - Parameters:
  ///   - publicRoot: `roots.public` of the policy.
  ///   - links: the stream's links, below the public root.
  ///   - trees: those of all releases, whether they are there or not.
  ///   - events: in the order in which they were done.
  ///   - movers: of links that do not go with the leading release, the one that moves, by their
  ///     paths.
  ///   - clients: the same by the names that clients ask for.
  package init(
    stream: String, major: Int, publicRoot: String, links: [String], trees: [TreeName],
    events: [Event], movers: [String: String] = [:], clients: [String: String] = [:]
  ) {
    self.stream = stream
    self.major = major
    root = publicRoot.split(separator: "/").last.map(String.init) ?? ""
    let ids = Set(trees.map(\.release)).sorted()
    let names = ids.map(\.description)
    releases = names
    let alone = Set(movers.values).sorted { $0.precedesByBytes($1) }
    let all: [String?] = [nil] + alone.map { $0 }
    self.movers = all
    func index(_ mover: String?) -> Int { all.firstIndex(of: mover) ?? 0 }
    self.links = links.map { (parts: $0.split(separator: "/"), mover: index(movers[$0])) }
      .sorted { $0.parts.count > $1.parts.count }
    self.clients = clients.mapValues(index)
    self.trees = trees.compactMap { tree in
      ids.firstIndex(of: tree.release).map { (tree.path.description.split(separator: "/"), $0) }
    }
    // Of two in one second, the one that was done later comes later.
    self.events = events.enumerated().sorted {
      ($0.element.at.seconds, $0.offset) < ($1.element.at.seconds, $1.offset)
    }
    .map(\.element)
    let flips = self.events.filter { $0.kind == .flip }
    self.flips = all.map { mover in
      flips.filter { $0.link == mover }.compactMap { event in
        names.firstIndex(of: event.release).map { (event.at.seconds, $0) }
      }
    }
    var archived: [Int: [(at: Int, isArchived: Bool)]] = [:]
    for event in self.events where event.kind == .archive || event.kind == .restore {
      guard let release = names.firstIndex(of: event.release) else { continue }
      archived[release, default: []].append((event.at.seconds, event.kind == .archive))
    }
    self.archived = archived
  }

  /// Where `path`, without query, leads.
  func place(ofPath path: String) -> Place {
    let parts = path.split(separator: "/")
    for start in parts.indices {
      guard start == 0 || (!root.isEmpty && parts[start - 1].hasSuffix(root)) else { continue }
      let rest = parts[start...]
      for tree in trees where rest.starts(with: tree.parts) {
        return Place(
          way: .concrete, release: tree.release,
          repository: rest.dropFirst(tree.parts.count).joined(separator: "/"))
      }
      for link in links where rest.starts(with: link.parts) {
        return Place(
          way: .link, release: nil, mover: link.mover,
          repository: rest.dropFirst(link.parts.count).joined(separator: "/"))
      }
    }
    return .none
  }

  /// Words that may stand between the name of a stream and its number or release.
  private static let words: Set<Substring> = ["debug", "source", "release", "z"]

  /// What `name` means as the `repo=` of a metalink: `epel-7`, `epel-debug-7` lead through
  /// a link, `epel-7.07.201908` to a release.
  func place(ofName name: String) -> Place {
    if let mover = clients[name] {
      return Place(way: .link, release: nil, mover: mover, repository: name)
    }
    var parts = name.split(separator: "-")
    let own = stream.split(separator: "-").filter { Int($0) != major }
    if let last = parts.popLast(), parts.starts(with: own),
      parts.dropFirst(own.count).allSatisfy(Self.words.contains)
    {
      if last == String(major) { return Place(way: .link, release: nil, repository: name) }
      if let release = releases.firstIndex(of: String(last)) {
        return Place(way: .concrete, release: release, repository: name)
      }
    }
    return Place(way: .name, release: nil, repository: name)
  }

  /// Whether `path`, which stands in a query, leads through a link.
  func isLink(_ path: String) -> Bool { place(ofPath: path).way == .link }

  /// Which release the links led to at `time`, and until when; nil before the first flip.
  ///
  /// - Parameter mover: of ``movers``: those that move with it.
  func current(at time: Int, movedBy mover: Int) -> (release: Int?, range: Range<Int>) {
    let flips = flips[mover]
    var low = 0
    var high = flips.count
    while low < high {
      let middle = (low + high) / 2
      if flips[middle].at <= time { low = middle + 1 } else { high = middle }
    }
    let from = low == 0 ? Int.min : flips[low - 1].at
    let to = low == flips.count ? Int.max : flips[low].at
    return (low == 0 ? nil : flips[low - 1].release, from..<max(from + (from == .min ? 0 : 1), to))
  }

  /// The release that links led to right before `flip`; nil before the first.
  func left(by flip: Event) -> String? {
    events.prefix { $0 != flip }.last { $0.kind == .flip && $0.link == flip.link }?.release
  }

  /// Whether the ledger had archived a release at `time`, and not brought it back.
  func isArchived(_ release: Int, at time: Int) -> Bool {
    archived[release]?.last { $0.at <= time }?.isArchived ?? false
  }
}
