import ReleaseModel
import Yams

/// A repository of rpm-md that users have beside ours.
package struct BaseRepository: Hashable, Sendable, PolicySection {
  /// What messages call it; unique within the policy.
  package let id: String
  /// A URL; an absolute path, which `--root` goes in front of; or a path
  /// relative to the policy file.
  package let location: PathTemplate
  /// Whether ``location`` is a URL, not a path.
  package let isURL: Bool

  static let keys: [PolicyKeys.Key] = [
    .init("base", "repositories that users have as well, such as RHEL's, a list", or: "none"),
    .init("base.id", "what it is called in messages"),
    .init(
      "base.path",
      "directory above its `repodata`: absolute (`--root` goes in front) or relative to the policy "
        + "file", or: "as `base.url`"),
    .init("base.url", "the same on a web server", or: "as `base.path`"),
  ]
}

extension BaseRepository {
  /// Decodes `base`.
  static func decode(_ node: PolicyNode?) throws -> [Self] {
    var ids: Set<String> = []
    return try node?.list().map { item in
      let repository = try Self(item)
      guard ids.insert(repository.id).inserted else {
        throw item.problem(
          "two base repositories are called '\(repository.id)'", remedy: "Give each its own id")
      }
      return repository
    } ?? []
  }

  private static let placeholders = Policy.releasePlaceholders + ["minorRelease", "arch"]

  private init(_ node: PolicyNode) throws {
    let id = try node.required("id")
    let name = try id.text()
    guard name.consistsOfAlphanumerics(and: "._-", first: "") else {
      throw id.problem(
        "'\(name.sanitizedForDisplay)' cannot be the id of a repository",
        remedy: "Write one such as rhel-baseos")
    }
    let (url, path) = (try node.optional("url"), try node.optional("path"))
    switch (url, path) {
    case (let url?, nil):
      self.init(id: name, location: try Self.url(url), isURL: true)
    case (nil, let path?):
      self.init(id: name, location: try Self.path(path), isURL: false)
    case (_?, _?):
      throw node.problem("'\(name)' has both 'path' and 'url'", remedy: "Keep one of the two")
    default:
      throw node.problem(
        "'\(name)' needs either a 'path' or a 'url'", remedy: "Write one of the two")
    }
  }

  private static func url(_ node: PolicyNode) throws -> PathTemplate {
    let template = try Policy.template(node, allowing: placeholders)
    let text = template.description
    guard ["https://", "http://"].contains(where: text.hasPrefix), !text.hasSuffix("/"),
      !text.contains(where: { $0.isWhitespace || $0 == "?" || $0 == "@" })
    else {
      throw node.problem(
        "'\(text.sanitizedForDisplay)' is not the URL of a repository",
        remedy: "Write https://HOST/PATH, without user, query and slash at the end")
    }
    return template
  }

  private static func path(_ node: PolicyNode) throws -> PathTemplate {
    let template = try Policy.template(node, allowing: placeholders)
    guard !template.description.hasSuffix("/"), !template.description.contains("//") else {
      throw node.problem(
        "'\(template)' is not a plain path",
        remedy: "Write it without '//' and without a slash at the end")
    }
    return template
  }

  var node: Node {
    Node([(Node("id"), Node(id)), (Node(isURL ? "url" : "path"), Node(location.description))])
  }
}
