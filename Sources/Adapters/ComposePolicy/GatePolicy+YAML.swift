import ReleaseModel
import Yams

extension GatePolicy {
  /// Decodes `checks`, `waivers`, `base`, `rehearsal` and `signing.digest` of
  /// the policy `top`.
  init(_ top: PolicyNode, major: Int) throws {
    self.init(
      levels: try Self.levels(top.optional("checks")),
      waivers: try Self.waivers(top.optional("waivers"), major: major),
      base: try Self.base(top.optional("base")),
      sample: try Self.sample(top.optional("rehearsal")?.optional("install")),
      digestFloor: try top.optional("signing")?.optional("digest")?.word(DigestFloor.self)
        ?? .sha256)
  }

  private static func levels(_ node: PolicyNode?) throws -> [CheckName: CheckLevel] {
    var levels: [CheckName: CheckLevel] = [:]
    for name in CheckName.allCases {
      levels[name] = try node?.optional(name.rawValue)?.word(CheckLevel.self) ?? .refuse
    }
    return levels
  }

  private static func waivers(_ node: PolicyNode?, major: Int) throws -> [Waiver] {
    var seen: Set<String> = []
    return try node?.list().map { item in
      let waiver = try Waiver(item, major: major)
      guard seen.insert("\(waiver.check.rawValue) \(waiver.package)").inserted else {
        throw item.problem(
          "there are two waivers of '\(waiver.check.rawValue)' for '\(waiver.package)'",
          remedy: "Keep one of them")
      }
      return waiver
    } ?? []
  }

  private static func base(_ node: PolicyNode?) throws -> [BaseRepository] {
    var ids: Set<String> = []
    return try node?.list().map { item in
      let repository = try BaseRepository(item)
      guard ids.insert(repository.id).inserted else {
        throw item.problem(
          "two base repositories are called '\(repository.id)'", remedy: "Give each its own id")
      }
      return repository
    } ?? []
  }

  private static func sample(_ node: PolicyNode?) throws -> [String] {
    try node?.list().map { item in
      let name = try item.text()
      guard name.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._+-]*/) != nil else {
        throw item.problem(
          "'\(name.sanitizedForDisplay)' is not the name of a package",
          remedy: "Write a name such as htop")
      }
      return name
    } ?? []
  }

  /// The parts of ``Policy/yaml()`` that say what a release must pass; a
  /// verdict holds as long as they are what they were.
  var pairs: [(Node, Node)] {
    var pairs: [(Node, Node)] = []
    if !base.isEmpty {
      pairs.append((Node("base"), Node(base.map(\.node))))
    }
    let words = CheckName.allCases.map { (Node($0.rawValue), Node(level(of: $0).rawValue)) }
    pairs.append((Node("checks"), Node(words)))
    if !waivers.isEmpty {
      pairs.append((Node("waivers"), Node(waivers.map(\.node))))
    }
    let names = Node.sequence(Node.Sequence(sample.map { Node($0) }, Tag(.seq), .flow))
    pairs.append((Node("rehearsal"), Node([(Node("install"), names)])))
    return pairs
  }
}

extension Waiver {
  fileprivate init(_ node: PolicyNode, major: Int) throws {
    let until = try node.required("until")
    guard let id = try? ReleaseID(until.text()), id.month == nil, id.major == major else {
      throw until.problem(
        "'\(try until.text())' is not a minor release of \(major)",
        remedy: "Write the last one that the waiver holds for, as \"\(major).6\"")
    }
    self.init(
      check: try node.required("check").word(CheckName.self),
      package: try node.required("package").text(), reason: try node.required("reason").text(),
      until: id.minorRelease)
  }

  fileprivate var node: Node {
    Node([
      (Node("check"), Node(check.rawValue)), (Node("package"), Node(package)),
      (Node("reason"), Node(reason)), (Node("until"), Node(until.description)),
    ])
  }
}

extension BaseRepository {
  private static let placeholders = Policy.releasePlaceholders + ["minorRelease", "arch"]

  fileprivate init(_ node: PolicyNode) throws {
    let id = try node.required("id")
    let name = try id.text()
    guard name.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._-]*/) != nil else {
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

  fileprivate var node: Node {
    Node([(Node("id"), Node(id)), (Node(isURL ? "url" : "path"), Node(location.description))])
  }
}
