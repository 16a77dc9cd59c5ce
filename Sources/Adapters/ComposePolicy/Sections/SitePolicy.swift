import ReleaseModel
import Yams

extension Policy {
  /// `site`: what the pages of `site build` say beside the facts.
  package struct SitePolicy: Hashable, Sendable, PolicySection {
    /// Where the site is served, without a slash at the end; nil where nobody says.
    package let url: String?
    /// Title of the front page; nil where other policies, or nobody, give one.
    package let title: String?
    /// What titles of pages call the stream; nil for its name.
    package let shortTitle: String?
    /// Domain and date of the feed's identifiers, as RFC 4151 has them; nil where they
    /// are made from the name of the stream.
    package let feedAuthority: String?
    /// Title of the feed of retirements; nil for the one that is made from the short
    /// title.
    package let feedTitle: String?
    /// In the order of the policy.
    package let links: [PageLink]

    /// A link for readers.
    package struct PageLink: Hashable, Sendable {
      /// What readers see.
      package let label: String
      /// URL with placeholders.
      package let url: PathTemplate

      /// Whether it leads to another place for each package.
      package var isOfPackage: Bool {
        url.placeholders.contains { ["package", "nvr"].contains($0) }
      }
    }

    static let keys: [PolicyKeys.Key] = [
      .init("site", "what pages say beside the facts", or: "names from the stream, no links"),
      .init(
        "site.url", "where the site is served, for pages that stand alone",
        or: "they lead to `urls.public`"),
      .init("site.title", "title of the front page, one line", or: "EPEL releases"),
      .init(
        "site.shortTitle", "what titles of pages call the stream, such as `EPEL 7`",
        or: "the stream's name"),
      .init("site.feed", "how the feed of retirements names itself", or: "see its keys"),
      .init(
        "site.feed.authority",
        "whose identifiers it has: a domain and a day on which it was theirs, such as "
          + "`example.org,2019` (RFC 4151)", or: "UUIDs made from the stream's name"),
      .init("site.feed.title", "its title, one line", or: "Retirements of the stream"),
      .init("site.links", "links for readers, by what they see", or: "none"),
      .init(
        "site.links.*",
        "a URL: with `{package}` or `{nvr}` on pages of packages, else also on the stream's"),
    ]

    static let placeholders = ["package", "nvr"] + Policy.releasePlaceholders + ["minorRelease"]
  }
}

extension Policy.SitePolicy {
  /// Decodes and validates the mapping `site`.
  init(_ node: PolicyNode?) throws {
    url = try node?.optional("url").map { node in
      let text = try Self.webPage(node)
      guard !text.hasSuffix("/") else {
        throw node.problem(
          "'\(text)' ends with a slash", remedy: "Write it like https://HOST/PATH, without one")
      }
      return text
    }
    title = try node?.optional("title")?.text()
    shortTitle = try node?.optional("shortTitle")?.text()
    let feed = try node?.optional("feed")
    feedAuthority = try feed?.optional("authority").map(Self.authority)
    feedTitle = try feed?.optional("title")?.text()
    links =
      try node?.optional("links")?.members().map { label, value in
        guard !label.isEmpty, !label.unicodeScalars.contains(where: { $0.value < 0x20 }) else {
          throw value.problem("a link has no label", remedy: "Write what readers see as its key")
        }
        _ = try Self.webPage(value)
        return PageLink(
          label: label, url: try Policy.template(value, allowing: Self.placeholders))
      } ?? []
  }

  private static func webPage(_ node: PolicyNode) throws -> String {
    let text = try node.text()
    guard ["https://", "http://"].contains(where: text.hasPrefix),
      !text.contains(where: { $0.isWhitespace || $0 == "\"" || $0 == "<" || $0 == ">" })
    else {
      throw node.problem(
        "'\(text)' is not a URL of a web page", remedy: "Write it like https://HOST/PATH")
    }
    return text
  }

  private static func authority(_ node: PolicyNode) throws -> String {
    let text = try node.text()
    let form = /[a-z0-9]([a-z0-9.-]*[a-z0-9])?,[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?/
    guard text.wholeMatch(of: form) != nil else {
      throw node.problem(
        "'\(text)' is not a domain and a date", remedy: "Write it like example.org,2019")
    }
    return text
  }

  /// Nil where the policy says nothing of pages.
  var node: Node? {
    var pairs = [("url", url), ("title", title), ("shortTitle", shortTitle)].compactMap {
      key, value in
      value.map { pair(key, Node($0)) }
    }
    if feedAuthority != nil || feedTitle != nil {
      pairs.append(pair("feed", .map([("authority", feedAuthority), ("title", feedTitle)])))
    }
    if !links.isEmpty {
      pairs.append(pair("links", Node(links.map { pair($0.label, Node($0.url.description)) })))
    }
    return pairs.isEmpty ? nil : Node(pairs)
  }
}
