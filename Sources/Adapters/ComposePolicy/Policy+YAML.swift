import ReleaseModel
import Yams

extension Policy {
  /// The policy as a policy file with every default filled in: what
  /// `policy show` prints, and itself a valid policy.
  package func yaml() throws -> String {
    try Yams.serialize(node: node, width: 100, sortKeys: false)
  }

  /// The parts that decide whether a release passes its checks: a verdict
  /// holds as long as they say the same.
  package func gateYAML() throws -> String {
    try Yams.serialize(
      node: Node(
        gate.pairs + [
          pair("keys", list(signingKeys)), pair("digest", Node(gate.digestFloor.rawValue)),
          pair("clients", list(metadata.clients.map(\.rawValue))),
        ]), width: 100, sortKeys: false)
  }

  private var node: Node {
    var pairs: [(Node, Node)] = [
      pair("stream", Node(stream)), pair("major", Node(String(major))),
      pair("title", Node(title)),
      pair(
        "release",
        map([
          ("minorDigits", String(release.minorDigits)), ("month", release.month.rawValue),
        ])),
      pair(
        "roots",
        map([
          ("public", roots.public), ("staging", roots.staging), ("archive", roots.archive),
          ("state", roots.state),
        ])),
      pair(
        "urls",
        map([("public", urls.public), ("staging", urls.staging), ("archive", urls.archive)])),
      pair("areas", areasNode),
      pair("links", map(links.map { ($0.path.description, $0.target.description) })),
      pair("arches", list(arches.map(\.name))),
      pair("repositories", repositoriesNode),
      pair(
        "metadata",
        Node(
          [
            pair("from", Node(metadata.from.rawValue)),
            pair("compression", Node(metadata.compression.rawValue)),
            pair("clients", list(metadata.clients.map(\.rawValue))),
            pair("changelogs", Node(String(metadata.changelogs))),
            pair("databases", Node(String(metadata.databases))),
          ] + documentPairs)),
      pair("retirement", retirementNode),
      pair(
        "signing",
        Node([
          pair("keys", list(signingKeys)), pair("digest", Node(gate.digestFloor.rawValue)),
        ])),
      pair(
        "clocks",
        map([("soak", clocks.soak.description), ("grace", clocks.grace.description)])),
    ]
    pairs += gate.pairs
    if let advisoriesNode { pairs.append(pair("advisories", advisoriesNode)) }
    if let koji { pairs.append(pair("koji", kojiNode(koji))) }
    pairs.append(pair("calendar", Node(calendar.map(calendarPair))))
    return Node(pairs)
  }

  private var areasNode: Node {
    var pairs: [(Node, Node)] = []
    if let releases = areas[.releases] {
      pairs.append(pair("releases", map([("path", releases.path.description)])))
    }
    if let updates = areas[.updates] {
      pairs.append(
        pair(
          "updates",
          map([
            ("path", updates.path.description), ("begins", updates.begins.rawValue),
            ("keeps", updates.keeps.description),
          ])))
    }
    return Node(pairs)
  }

  private var repositoriesNode: Node {
    func node(_ binary: PathTemplate, _ debug: PathTemplate, _ source: PathTemplate) -> [(
      Node, Node
    )] {
      [
        pair("binary", Node(binary.description)), pair("debug", Node(debug.description)),
        pair("source", Node(source.description)),
      ]
    }
    let plain = node(repositories.binary, repositories.debug, repositories.source)
    let modular = repositories.modular.map {
      pair("modular", Node(node($0.binary, $0.debug, $0.source)))
    }
    return Node(plain + (modular.map { [$0] } ?? []))
  }

  /// Documents that a policy need not have.
  private var documentPairs: [(Node, Node)] {
    [("comps", metadata.comps), ("modules", metadata.modules?.description)].compactMap {
      key, file in
      file.map { pair(key, Node($0)) }
    }
  }

  private var advisoriesNode: Node? {
    let directory = advisories.directory.map { pair("directory", Node($0)) }
    let bodhi = advisories.bodhi.map { bodhi in
      pair(
        "bodhi",
        Node([
          pair("url", Node(bodhi.url)), pair("releases", list(bodhi.releases.map(\.description))),
        ]))
    }
    let pairs = [directory, bodhi].compactMap { $0 }
    return pairs.isEmpty ? nil : Node(pairs)
  }

  private var retirementNode: Node {
    Node([
      pair("marker", Node(retirement.marker.description)),
      pair(
        "commitment",
        map([
          ("minorReleases", String(retirement.commitmentMinorReleases)),
          ("months", String(retirement.commitmentMonths)),
        ])),
    ])
  }

  private func kojiNode(_ koji: KojiNames) -> Node {
    Node([
      pair("hub", Node(koji.hub)), pair("profile", Node(koji.profile)),
      pair("topdir", Node(koji.topdir)), pair("liveTag", Node(koji.liveTag.description)),
      pair("latest", Node(koji.latest.rawValue)),
      pair("pendingTags", list(koji.pendingTags.map(\.description))),
      pair("composeTag", Node(koji.composeTag.description)),
      pair("signingKeys", list(koji.signingKeys)),
      pair(
        "waits",
        map([
          ("idle", koji.waits.idle.description), ("stall", koji.waits.stall.description),
          ("deadline", koji.waits.deadline.description), ("tasks", koji.waits.tasks.description),
        ])),
    ])
  }

  private func calendarPair(_ entry: CalendarEntry) -> (Node, Node) {
    let date = Node(entry.date.description)
    let value =
      entry.isPlanned ? Node([pair("date", date), pair("planned", Node("true"))]) : date
    return pair(entry.minorRelease.description, value)
  }

  private func pair(_ key: String, _ value: Node) -> (Node, Node) { (Node(key), value) }

  private func map(_ values: [(String, String?)]) -> Node {
    Node(values.compactMap { key, value in value.map { pair(key, Node($0)) } })
  }

  private func list(_ values: [String]) -> Node {
    .sequence(Node.Sequence(values.map { Node($0) }, Tag(.seq), .flow))
  }
}
