package import ReleaseModel
import Yams

/// All the choices of one stream. A value: decoded and validated once, then
/// handed around. ``PolicyKeys`` gives the meaning of each field; each section
/// is declared, decoded and printed in a file of `Sections/`.
package struct Policy: Hashable, Sendable {
  /// Keys `stream`, `major` and `title`.
  package let names: StreamNames
  /// How release IDs of the stream are written.
  package let release: ReleaseFormat
  /// The directories that `--root` goes in front of.
  package let roots: Roots
  /// Where users reach the roots, for documents that name URLs.
  package let urls: URLs
  /// By area; `updates` is always there.
  package let areas: [Area: AreaPolicy]
  /// Sorted by path.
  package let links: [LinkPolicy]
  /// Sorted.
  package internal(set) var arches: [Architecture]
  /// Architectures that leave, with the minor release from which on they are
  /// gone; see ``asOf(_:)``.
  package let droppedArches: [Architecture: MinorRelease]
  /// Where repositories lie within a tree.
  package let repositories: RepositoryLayout
  /// How repodata is made.
  package let metadata: MetadataPolicy
  /// What retires a package, and how long packagers are committed.
  package let retirement: RetirementPolicy
  /// How long `promote` and the removal of originals must wait.
  package let clocks: Clocks
  /// Whether commands at a terminal ask before they change public trees.
  package let confirmation: Confirmation
  /// What mirrors are told; nil where nothing is written for them.
  package let mirrors: MirrorPolicy?
  /// Where updateinfo is made from.
  package let advisories: AdvisoryPolicy
  /// What a release must pass before `promote`.
  package let gate: GatePolicy
  /// The hub; nil where the embedded build system is used.
  package let koji: KojiNames?
  /// Sorted by minor release.
  package let calendar: [CalendarEntry]
  /// Names and links of the pages of `site build`.
  package let site: SitePolicy

  /// In the order of `Docs/Policy.md`.
  static var sections: [any PolicySection.Type] {
    [
      StreamNames.self, ReleaseFormat.self, Roots.self, URLs.self, AreaPolicy.self, LinkPolicy.self,
      Arches.self, DroppedArches.self, RepositoryLayout.self, MetadataPolicy.self,
      RetirementPolicy.self,
      SigningPolicy.self, BaseRepository.self, GateLimits.self, CheckPolicy.self, Waiver.self,
      RehearsalPolicy.self,
      Clocks.self, Confirmation.self, MirrorPolicy.self, AdvisoryPolicy.self, KojiNames.self,
      CalendarEntry.self, SitePolicy.self,
    ]
  }
}

extension Policy {
  /// Decodes and validates the text of a policy file.
  ///
  /// - Parameter file: its path, for messages.
  ///
  /// Throws ``ComposeError`` of kind `badData` with file and line: of several
  /// mistakes the one of the section that is decoded first.
  package init(text: String, file: String) throws {
    let top = try PolicyNode(text: text, file: file)
    _ = try top.members()
    let major = try StreamNames.major(top)
    areas = try AreaPolicy.areas(top.required("areas"))
    release = try ReleaseFormat(top.optional("release"))
    let sample = try release.sampleRelease(major: major)
    names = try StreamNames(top, major: major)
    roots = try Roots(top.required("roots"))
    urls = try URLs(top.optional("urls"))
    links = try LinkChecker(areas: areas, sample: sample).links(top.required("links"))
    arches = try Arches.decode(top.required("arches"))
    droppedArches = try DroppedArches.decode(
      top.optional("droppedArches"), major: major, arches: arches)
    repositories = try RepositoryLayout.decode(top.optional("repositories"), arches: arches)
    metadata = try MetadataPolicy(
      top.optional("metadata"), major: major, hasHub: top.optional("koji") != nil)
    retirement = try RetirementPolicy(top.optional("retirement"))
    let signing = try SigningPolicy(top.optional("signing"))
    clocks = try Clocks(top.optional("clocks"))
    confirmation = try Confirmation(top.optional("confirm"))
    let (roots, links) = (roots, links)
    mirrors = try top.optional("mirrors").map {
      try MirrorPolicy($0, roots: roots, links: links, sample: sample)
    }
    advisories = try AdvisoryPolicy(top.optional("advisories"))
    gate = try GatePolicy(top, major: major, arches: arches, signing: signing)
    let areas = areas
    koji = try top.optional("koji").map { node in
      let names = try KojiNames(node, sample: sample)
      try names.requireTestingTag(for: areas, node)
      return names
    }
    calendar = try CalendarEntry.decode(top.optional("calendar"), major: major)
    site = try SitePolicy(top.optional("site"))
  }

  /// The policy as a policy file with every default filled in: what
  /// `policy show` prints, and itself a valid policy.
  package func yaml() throws -> String {
    try Yams.serialize(
      node: Node(pairs + (site.node.map { [pair("site", $0)] } ?? [])), width: 100,
      sortKeys: false)
  }

  /// The parts that decide what a release will be: `policyDigest` covers them. What
  /// pages say is none of them.
  package func composeYAML() throws -> String {
    try Yams.serialize(node: Node(pairs), width: 100, sortKeys: false)
  }

  private var pairs: [(Node, Node)] {
    var pairs: [(Node, Node)] = names.pairs
    pairs += [
      pair("release", release.node), pair("roots", roots.node), pair("urls", urls.node),
      pair("areas", AreaPolicy.node(areas)), pair("links", LinkPolicy.node(links)),
      pair("arches", Arches.node(arches)),
    ]
    if !droppedArches.isEmpty {
      pairs.append(pair("droppedArches", DroppedArches.node(droppedArches)))
    }
    pairs += [
      pair("repositories", repositories.node),
      pair("metadata", metadata.node), pair("retirement", retirement.node),
      pair("signing", Node(gate.signing.pairs)), pair("clocks", clocks.node),
      pair("confirm", confirmation.node),
    ]
    pairs += gate.pairs
    if let node = mirrors?.node { pairs.append(pair("mirrors", node)) }
    if let node = advisories.node { pairs.append(pair("advisories", node)) }
    if let node = koji?.node { pairs.append(pair("koji", node)) }
    pairs.append(pair("calendar", CalendarEntry.node(calendar)))
    return pairs
  }

  /// The parts that decide whether a release passes its checks: a verdict
  /// holds as long as they say the same.
  package func gateYAML() throws -> String {
    try Yams.serialize(
      node: Node(
        gate.pairs + gate.signing.gatePairs + [metadata.clientsPair]
          + (droppedArches.isEmpty
            ? [] : [pair("droppedArches", DroppedArches.node(droppedArches))])), width: 100,
      sortKeys: false)
  }
}
