import Yams

/// Where advisories come from.
package struct AdvisoryPolicy: Hashable, Sendable, PolicySection {
  /// Directory of YAML and JSON files: absolute, or relative to the policy file;
  /// nil for none.
  package let directory: String?
  /// The server to read advisories from; nil for none.
  package let bodhi: Bodhi?

  /// A Bodhi server.
  package struct Bodhi: Hashable, Sendable {
    /// Without a slash at the end.
    package let url: String
    /// Names of Bodhi's releases, such as `EPEL-7`; may contain placeholders.
    package let releases: [PathTemplate]
  }

  static let keys: [PolicyKeys.Key] = [
    .init("advisories", "where advisories (updateinfo) come from", or: "there are none"),
    .init(
      "advisories.directory",
      "directory of YAML and JSON files: absolute (`--root` goes in front) or relative to the "
        + "policy file", or: "none"),
    .init("advisories.bodhi", "a Bodhi server", or: "none"),
    .init("advisories.bodhi.url", "its URL"),
    .init(
      "advisories.bodhi.releases",
      "names of Bodhi's releases, a list; may contain `{major}` and `{minor}`"),
  ]
}

extension AdvisoryPolicy {
  /// Decodes and validates the mapping `advisories`.
  init(_ node: PolicyNode?) throws {
    directory = try node?.optional("directory").map(Policy.filePath)
    bodhi = try node?.optional("bodhi").map { bodhi in
      let url = try bodhi.required("url")
      let text = try url.text()
      guard text.hasPrefix("https://") || text.hasPrefix("http://"), !text.hasSuffix("/"),
        !text.contains(where: { $0 == "?" || $0 == "@" || $0.isWhitespace })
      else {
        throw url.problem(
          "'\(text)' is not the URL of a Bodhi server",
          remedy: "Write it like https://bodhi.example.org, without a slash at the end")
      }
      let releases = try bodhi.required("releases")
      let names = try releases.list().map {
        try Policy.template($0, allowing: Policy.releasePlaceholders)
      }
      guard !names.isEmpty else {
        throw releases.problem("it is empty", remedy: "Name Bodhi's releases, such as EPEL-7")
      }
      return Bodhi(url: text, releases: names)
    }
  }

  /// Nil where advisories come from nowhere.
  var node: Node? {
    let directory = directory.map { (Node("directory"), Node($0)) }
    let bodhi = bodhi.map { bodhi in
      (
        Node("bodhi"),
        Node([
          pair("url", Node(bodhi.url)), pair("releases", .list(bodhi.releases.map(\.description))),
        ])
      )
    }
    let pairs = [directory, bodhi].compactMap { $0 }
    return pairs.isEmpty ? nil : Node(pairs)
  }
}
