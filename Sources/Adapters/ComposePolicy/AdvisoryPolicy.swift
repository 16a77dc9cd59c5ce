/// Where advisories come from.
package struct AdvisoryPolicy: Hashable, Sendable {
  /// Directory of YAML and JSON files: absolute, or relative to the policy file;
  /// nil for none.
  package let directory: String?
  package let bodhi: Bodhi?

  /// A Bodhi server.
  package struct Bodhi: Hashable, Sendable {
    /// Without a slash at the end.
    package let url: String
    /// Names of Bodhi's releases, such as `EPEL-7`; may contain placeholders.
    package let releases: [PathTemplate]
  }
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
}
