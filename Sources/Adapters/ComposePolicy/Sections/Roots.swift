import ReleaseModel
import Yams

extension Policy {
  /// Absolute paths.
  package struct Roots: Hashable, Sendable, PolicySection {
    /// What mirrors fetch and users see.
    package let `public`: String
    /// Where trees are built and tested; best on the file system of ``public``,
    /// so that publishing renames instead of copying.
    package let staging: String
    /// Where superseded releases are copied to.
    package let archive: String
    /// Ledger and lock; nothing below it is served.
    package let state: String

    static let keys: [PolicyKeys.Key] = [
      .init("roots", "absolute directories; `--root` goes in front of each"),
      .init("roots.public", "what mirrors fetch and users see"),
      .init("roots.staging", "where composes are built and tested"),
      .init("roots.archive", "where superseded releases go"),
      .init("roots.state", "ledger and lock; not served to anyone"),
    ]
  }
}

extension Policy.Roots {
  /// Decodes `roots`.
  init(_ node: PolicyNode) throws {
    func root(_ key: String) throws -> String {
      try Policy.absolutePath(node.required(key))
    }
    `public` = try root("public")
    staging = try root("staging")
    archive = try root("archive")
    state = try root("state")
    for (name, path) in named {
      for (other, otherPath) in named where name != other && (path + "/").hasPrefix(otherPath + "/")
      {
        throw try node.required(name).problem(
          "'\(path)' lies within '\(otherPath)' (roots.\(other))",
          remedy: "Give each root a directory of its own")
      }
    }
  }

  private var named: [(key: String, path: String)] {
    [("public", `public`), ("staging", staging), ("archive", archive), ("state", state)]
  }

  var node: Node { .map(named.map { ($0.key, $0.path) }) }
}
