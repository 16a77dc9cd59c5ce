import ReleaseModel
import Yams

/// The `koji` part of a policy: where the hub is and what things are called
/// there.
package struct KojiNames: Hashable, Sendable, PolicySection {
  /// Which of several builds of a package is live.
  package enum Latest: String, CaseIterable, Sendable {
    /// The one that was tagged last, as Koji itself has it.
    case tagged
    /// The one with the highest EVR, as clients have it.
    case evr
  }

  /// `koji.waits`: after which time a connection, transfer, call or task is
  /// given up.
  package struct Waits: Hashable, Sendable {
    /// Connections that were idle for longer are not used again.
    package let idle: WaitingTime
    /// A transfer that makes no progress for so long is given up.
    package let stall: WaitingTime
    /// A call and all its retries.
    package let deadline: WaitingTime
    /// A task of the hub's builders.
    package let tasks: WaitingTime
  }

  /// URL of the hub's XML-RPC interface.
  package let hub: String
  /// Section of the Koji configuration that says how to log in.
  package let profile: String
  /// Absolute path or URL.
  package let topdir: String
  /// The tag that stable updates land in; live builds are read from it.
  package let liveTag: PathTemplate
  /// The tag of what is tested before it becomes stable; nil where the stream has no area for it.
  package let testingTag: PathTemplate?
  /// How the live build is chosen where the tag has several of a package.
  package let latest: Latest
  /// Tags whose builds a plan warns of, because they would miss the cut.
  package let pendingTags: [PathTemplate]
  /// The tag that freezes a release's builds; has `{release}`.
  package let composeTag: PathTemplate
  /// Whether a compose tag is locked once it has all builds.
  package let locks: Bool
  /// Whether commands with a root change it all the same: for a hub that is there to be
  /// tried with.
  package let changesBelowRoot: Bool
  /// 8 hexadecimal digits each, best first.
  package let signingKeys: [String]
  /// All have defaults.
  package let waits: Waits
  /// The key that says ``liveTag``.
  package private(set) var tagKey = "koji.liveTag"

  static let keys: [PolicyKeys.Key] = [
    .init("koji", "the build system's names", or: "the embedded build system alone"),
    .init("koji.hub", "URL of the hub"),
    .init(
      "koji.profile",
      "section of the Koji configuration (`/etc/koji.conf`, `~/.koji/config`) that says how to "
        + "log in", or: "koji"),
    .init(
      "koji.topdir",
      "the hub's files: a mounted directory (`--root` goes in front) or a URL"),
    .init(
      "koji.liveTag", "the tag that stable updates land in; may contain `{major}` and `{minor}`"),
    .init(
      "koji.testingTag",
      "the tag whose builds the area `testing` has; may contain `{major}` and `{minor}`; must be "
        + "given with `areas.testing`", or: "none"),
    .init(
      "koji.latest",
      "which build of a package is live: `tagged`, the one tagged last, or `evr`, the highest",
      or: "tagged"),
    .init("koji.pendingTags", "tags whose builds would miss the cut, a list", or: "none"),
    .init("koji.composeTag", "the tag that freezes one release; must contain `{release}`"),
    .init(
      "koji.lock", "whether the compose tag is locked once it has all builds", or: "true"),
    .init(
      "koji.changesBelowRoot",
      "whether commands with `--root` change the hub without `--hub`: for one that is there to "
        + "be tried with", or: "false"),
    .init("koji.signingKeys", "key ids (8 hexadecimal digits), best first", or: "none"),
    .init("koji.waits", "patience with the hub", or: "10 seconds, 3 minutes, 15 minutes"),
    .init(
      "koji.waits.idle", "connections that were idle for longer are not used again",
      or: "10 seconds"),
    .init("koji.waits.stall", "a transfer without progress is given up", or: "3 minutes"),
    .init("koji.waits.deadline", "a call with all its retries", or: "15 minutes"),
    .init("koji.waits.tasks", "a task of the hub's builders", or: "6 hours"),
  ]
}

extension KojiNames {
  /// Decodes and validates the mapping `koji`.
  ///
  /// - Parameter sample: some release of the stream, to try templates with.
  init(_ node: PolicyNode, sample: ReleaseID) throws {
    let waits = try node.optional("waits")
    self.init(
      hub: try Self.url(node.required("hub")),
      profile: try node.optional("profile")?.text() ?? "koji",
      topdir: try Self.topdir(node.required("topdir")),
      liveTag: try Self.tag(node.required("liveTag"), sample),
      testingTag: try node.optional("testingTag").map { try Self.tag($0, sample) },
      latest: try node.optional("latest")?.word(Latest.self) ?? .tagged,
      pendingTags: try node.optional("pendingTags")?.list().map { try Self.tag($0, sample) } ?? [],
      composeTag: try Self.composeTag(node.required("composeTag"), sample),
      locks: try node.optional("lock")?.flag() ?? true,
      changesBelowRoot: try node.optional("changesBelowRoot")?.flag() ?? false,
      signingKeys: try Self.signingKeys(node.optional("signingKeys")),
      waits: Waits(
        idle: try Self.wait(waits?.optional("idle"), seconds: 10),
        stall: try Self.wait(waits?.optional("stall"), seconds: 180),
        deadline: try Self.wait(waits?.optional("deadline"), seconds: 900),
        tasks: try Self.wait(waits?.optional("tasks"), seconds: 6 * 3600)))
  }

  /// The same hub where the tag of testing is in the place of the live one; nil where there is
  /// none.
  package var ofTesting: KojiNames? {
    testingTag.map { tag in
      var names = KojiNames(
        hub: hub, profile: profile, topdir: topdir, liveTag: tag, testingTag: nil, latest: latest,
        pendingTags: [], composeTag: composeTag, locks: locks, changesBelowRoot: changesBelowRoot,
        signingKeys: signingKeys, waits: waits)
      names.tagKey = "koji.testingTag"
      return names
    }
  }

  /// Throws where one of area and tag is there without the other.
  func requireTestingTag(for areas: [Area: Policy.AreaPolicy], _ node: PolicyNode) throws {
    guard (areas[.testing] == nil) != (testingTag == nil) else { return }
    if let tag = try node.optional("testingTag") {
      throw tag.problem(
        "'koji.testingTag' is there, but no area for it",
        remedy: "Add 'areas.testing' with its path, or leave the tag out")
    }
    throw node.problem(
      "'areas.testing' is there, but nothing says which builds it has",
      remedy: "Add 'koji.testingTag', such as epel{major}-testing")
  }

  private static func url(_ node: PolicyNode) throws -> String {
    let text = try node.text()
    guard isURL(text), !text.contains("@"), !text.contains("?") else {
      throw node.problem(
        "'\(text.sanitizedForDisplay)' is not the URL of a hub",
        remedy: "Write it like https://koji.example.org/kojihub, without user, password or query")
    }
    return text.hasSuffix("/") ? String(text.dropLast()) : text
  }

  private static func isURL(_ text: String) -> Bool {
    let rest = ["https://", "http://"].first(where: text.hasPrefix).map { text.dropFirst($0.count) }
    guard let rest, let first = rest.first, first != "/" else { return false }
    return !rest.contains { $0.isWhitespace }
  }

  private static func topdir(_ node: PolicyNode) throws -> String {
    let text = try node.text()
    guard text.hasPrefix("/") || (isURL(text) && !text.contains("@")) else {
      throw node.problem(
        "'\(text.sanitizedForDisplay)' is neither an absolute path nor a URL",
        remedy: "Name the mounted top directory (/mnt/koji), or its URL")
    }
    return text.hasSuffix("/") && text.count > 1 ? String(text.dropLast()) : text
  }

  /// A hub takes only these characters in the name of a tag, 256 at most.
  private static func tag(_ node: PolicyNode, _ sample: ReleaseID) throws -> PathTemplate {
    let template = try Policy.template(node, allowing: Policy.releasePlaceholders)
    let name = template.filled(release: sample)
    guard name.utf8.count <= 256, name.consistsOfAlphanumerics(and: "/_.+-") else {
      throw node.problem(
        "'\(name.sanitizedForDisplay)' cannot be the name of a tag",
        remedy: "Use letters, digits and the characters / _ . + -")
    }
    return template
  }

  private static func composeTag(_ node: PolicyNode, _ sample: ReleaseID) throws -> PathTemplate {
    let template = try tag(node, sample)
    guard template.placeholders.contains("release") else {
      throw node.problem("'\(template)' lacks '{release}'", remedy: "Put '{release}' into it")
    }
    return template
  }

  private static func signingKeys(_ node: PolicyNode?) throws -> [String] {
    try node?.list().map { key in
      let text = try key.text()
      guard text.count == 8, text.allSatisfy({ $0.isHexDigit && !$0.isUppercase }) else {
        throw key.problem(
          "'\(text)' is not a key id", remedy: "Write 8 lower-case hexadecimal digits, quoted")
      }
      return text
    } ?? []
  }

  private static func wait(_ node: PolicyNode?, seconds: Int) throws -> WaitingTime {
    guard let node, let time = try Policy.wait(node) else { return WaitingTime(seconds: seconds) }
    guard time.seconds > 0 else {
      throw node.problem("it must be longer than nothing", remedy: "Write '10 seconds', say")
    }
    return time
  }

  var node: Node {
    Node(
      [
        pair("hub", Node(hub)), pair("profile", Node(profile)), pair("topdir", Node(topdir)),
        pair("liveTag", Node(liveTag.description)),
      ] + (testingTag.map { [pair("testingTag", Node($0.description))] } ?? []) + [
        pair("latest", Node(latest.rawValue)),
        pair("pendingTags", .list(pendingTags.map(\.description))),
        pair("composeTag", Node(composeTag.description)),
        pair("lock", Node(locks ? "true" : "false")),
        pair("changesBelowRoot", Node(changesBelowRoot ? "true" : "false")),
        pair("signingKeys", .list(signingKeys)),
        pair(
          "waits",
          .map([
            ("idle", waits.idle.description), ("stall", waits.stall.description),
            ("deadline", waits.deadline.description), ("tasks", waits.tasks.description),
          ])),
      ])
  }
}
