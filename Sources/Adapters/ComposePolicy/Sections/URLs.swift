import Yams

extension Policy {
  /// `urls`: where users reach the roots. URLs have no slash at the end; nil
  /// where the policy has none.
  package struct URLs: Hashable, Sendable, PolicySection {
    /// URL of the public root; its path is what redirects match.
    package let `public`: String?
    /// URL of the staging root: testers' .repo files name it.
    package let staging: String?
    /// URL of the archive root: redirects lead there.
    package let archive: String?

    static let keys: [PolicyKeys.Key] = [
      .init("urls", "where users reach the roots", or: "none"),
      .init("urls.public", "URL of `roots.public`", or: "none"),
      .init("urls.staging", "URL of `roots.staging`, for the test .repo file", or: "none"),
      .init("urls.archive", "URL of `roots.archive`, for redirects", or: "none"),
    ]
  }
}

extension Policy.URLs {
  /// Decodes `urls`.
  init(_ node: PolicyNode?) throws {
    func url(_ key: String) throws -> String? {
      guard let value = try node?.optional(key) else { return nil }
      let text = try value.text()
      guard ["https://", "http://", "file:///"].contains(where: text.hasPrefix),
        !text.hasSuffix("/"), !text.contains(" ")
      else {
        throw value.problem(
          "'\(text)' is not a URL of a directory",
          remedy: "Write https://HOST/PATH without a slash at the end")
      }
      return text
    }
    `public` = try url("public")
    staging = try url("staging")
    archive = try url("archive")
  }

  var node: Node {
    .map([("public", `public`), ("staging", staging), ("archive", archive)])
  }
}
