import ReleaseModel
import Yams

extension MirrorPolicy {
  /// Decodes and validates `mirrors`.
  ///
  /// - Parameters:
  ///   - links: those of the policy, which client names go with.
  ///   - sample: some release of the stream, to fill names with.
  init(
    _ node: PolicyNode, roots: Policy.Roots, links: [Policy.LinkPolicy], sample: ReleaseID
  ) throws {
    modules = try Module.decode(node.required("modules"), roots: roots)
    lock = try node.optional("lock").map(Policy.absolutePath) ?? "\(roots.state)/lists.lock"
    patience = try Policy.wait(node.optional("patience")) ?? WaitingTime(seconds: 600)
    feed = try node.optional("feed")?.flag() ?? false
    names = try MirrorNames(node.optional("names"), links: links, sample: sample)
    metalink = try node.optional("metalink").map(Self.metalink)
    minimum = try node.optional("minimum")?.number(in: 0...10_000) ?? 0
    manager = try MirrorManagerNames(node.optional("manager"), roots: roots)
    if minimum > 0, metalink == nil || names.updates == nil {
      throw try node.required("minimum").problem(
        "'mirrors.minimum' needs 'mirrors.metalink' and 'mirrors.names.updates'",
        remedy: "Add what is missing, or write 0")
    }
  }

  private static func metalink(_ node: PolicyNode) throws -> String {
    let text = try node.text()
    guard ["https://", "http://", "file:///"].contains(where: text.hasPrefix),
      !text.contains(where: { $0.isWhitespace || $0 == "?" || $0 == "#" || $0 == "@" })
    else {
      throw node.problem(
        "'\(text)' is not the URL that clients ask",
        remedy: "Write it like https://mirrors.example.org/metalink, without a query")
    }
    return text
  }

  var node: Node {
    var pairs = [
      pair("modules", Node(modules.map(\.node))), pair("lock", Node(lock)),
      pair("patience", Node(patience.description)), pair("feed", Node(String(feed))),
    ]
    if let names = names.node { pairs.append(pair("names", names)) }
    if let metalink { pairs.append(pair("metalink", Node(metalink))) }
    pairs.append(pair("minimum", Node(String(minimum))))
    pairs.append(pair("manager", manager.node))
    return Node(pairs)
  }
}

extension MirrorPolicy.Module {
  /// Decodes `mirrors.modules`.
  fileprivate static func decode(_ node: PolicyNode, roots: Policy.Roots) throws -> [Self] {
    var modules: [Self] = []
    for item in try node.list() {
      let module = try Self(item)
      if modules.contains(where: { $0.name == module.name }) {
        throw item.problem(
          "two modules are called '\(module.name)'", remedy: "Give each a name of its own")
      }
      if let other = modules.first(where: { $0.holds(module.path) || module.holds($0.path) }) {
        throw item.problem(
          "the modules '\(other.name)' and '\(module.name)' lie one inside the other",
          remedy: "Keep one of them: a list would be part of the other module")
      }
      guard module.holds(roots.public) || module.holds(roots.archive) else {
        throw item.problem(
          "the module '\(module.name)' holds neither 'roots.public' nor 'roots.archive'",
          remedy: "Name the directory that mirrors fetch, or leave the module out")
      }
      guard !module.holds(roots.state) else {
        throw item.problem(
          "the module '\(module.name)' holds 'roots.state', which nobody is served",
          remedy: "Move the state out of what mirrors fetch")
      }
      modules.append(module)
    }
    guard modules.contains(where: { $0.holds(roots.public) }) else {
      throw node.problem(
        "no module of 'mirrors.modules' is or holds 'roots.public' (\(roots.public))",
        remedy: "Add the module that mirrors fetch it from")
    }
    return modules
  }

  private init(_ node: PolicyNode) throws {
    let name = try node.required("name")
    guard let parsed = ModuleName(try name.text()) else {
      throw name.problem(
        "'\(try name.text())' cannot be the name of a module",
        remedy: "Write letters, digits and '._-', beginning with a letter or digit")
    }
    self.init(
      name: parsed, path: try Policy.absolutePath(node.required("path")),
      scan: try node.optional("scan")?.word(MirrorPolicy.Scan.self) ?? .whole)
  }

  /// Whether the absolute `directory` is the module's or lies in it.
  package func holds(_ directory: String) -> Bool { (directory + "/").hasPrefix(path + "/") }

  fileprivate var node: Node {
    .map([("name", name.description), ("path", path), ("scan", scan.rawValue)])
  }
}

extension MirrorNames {
  /// Decodes `mirrors.names`.
  fileprivate init(
    _ node: PolicyNode?, links: [Policy.LinkPolicy], sample: ReleaseID
  ) throws {
    let clients = try node?.optional("clients")?.list().map { item in
      try Client(item, links: links, sample: sample)
    }
    func releaseName(_ key: String) throws -> PathTemplate? {
      try node?.optional(key).map {
        try Self.template(
          $0, allowing: ["kind"] + Policy.releasePlaceholders, needing: ["release", "kind"],
          sample: sample)
      }
    }
    self.init(
      clients: clients ?? [], updates: try releaseName("updates"),
      releases: try releaseName("releases"), testing: try releaseName("testing"))
    var known = [updates].compactMap(\.self)
    for (key, name) in [("releases", releases), ("testing", testing)] {
      guard let name, let item = try node?.optional(key) else { continue }
      if known.contains(name) {
        throw item.problem(
          "both areas have the repository name '\(name)'",
          remedy: "Give each a name of its own: MirrorManager keeps one directory for a name")
      }
      known.append(name)
    }
    let counts = Dictionary(grouping: self.clients, by: \.name)
    if let item = try node?.optional("clients"), let twice = counts.first(where: { $1.count > 1 }) {
      throw item.problem("the client name '\(twice.key)' is there twice", remedy: "Write it once")
    }
  }

  fileprivate static func template(
    _ node: PolicyNode, allowing allowed: [String], needing needed: [String], sample: ReleaseID
  ) throws -> PathTemplate {
    let template = try Policy.template(node, allowing: allowed)
    if let missing = needed.first(where: { !template.placeholders.contains($0) }) {
      throw node.problem("'\(template)' lacks '{\(missing)}'", remedy: "Put '{\(missing)}' into it")
    }
    let text = template.filled(release: sample).replacing("{kind}", with: "")
    guard RepositoryName(text) != nil else {
      throw node.problem(
        "'\(template)' cannot be the name of a repository",
        remedy: "Write letters, digits and '._+-', beginning with a letter or digit")
    }
    return template
  }

  fileprivate var node: Node? {
    var pairs: [(Node, Node)] = []
    if !clients.isEmpty { pairs.append(pair("clients", .list(clients.map(\.node)))) }
    if let updates { pairs.append(pair("updates", Node(updates.description))) }
    if let releases { pairs.append(pair("releases", Node(releases.description))) }
    if let testing { pairs.append(pair("testing", Node(testing.description))) }
    return pairs.isEmpty ? nil : Node(pairs)
  }
}

extension MirrorNames.Client {
  /// Decodes an item of `mirrors.names.clients`: a name, or a mapping that names a link as well.
  fileprivate init(_ node: PolicyNode, links: [Policy.LinkPolicy], sample: ReleaseID) throws {
    let isMapping = node.node.mapping != nil
    let name = try MirrorNames.template(
      isMapping ? node.required("name") : node, allowing: ["kind", "major"], needing: [],
      sample: sample)
    self.name = name
    let named = isMapping ? try node.optional("link") : nil
    link = try named.map { named in
      let text = try named.text()
      guard let link = links.first(where: { $0.path.description == text }) else {
        throw named.problem(
          "the client name '\(name)' goes with '\(text)', which is no link of this policy",
          remedy: "Name one of: " + links.map(\.path.description).joined(separator: ", "))
      }
      guard link.area == .updates else {
        throw named.problem(
          "the client name '\(name)' goes with '\(text)', which leads to \(link.area.rawValue)",
          remedy: "Name a link to updates: that is the tree that clients get by their names")
      }
      return link.path
    }
  }

  fileprivate var node: Node {
    guard let link else { return Node(name.description) }
    return .map([("name", name.description), ("link", link.description)])
  }
}

extension MirrorManagerNames {
  /// Decodes `mirrors.manager`.
  fileprivate init(_ node: PolicyNode?, roots: Policy.Roots) throws {
    func directory(_ key: String, or root: String) throws -> String {
      guard let value = try node?.optional(key) else { return String(root.dropFirst()) }
      let text = try value.text()
      guard RelativePath(text) != nil, text.consistsOfAlphanumerics(and: "._+/-") else {
        throw value.problem(
          "'\(text)' cannot be a directory of MirrorManager",
          remedy: "Write it like pub/epel, without a slash at its ends")
      }
      return text
    }
    let product = try node?.optional("product")
    if let product, try !product.text().consistsOfAlphanumerics(and: " ._+-", first: "") {
      throw product.problem(
        "'\(try product.text())' cannot be a product of MirrorManager",
        remedy: "Write its name, such as EPEL")
    }
    self.init(
      product: try product?.text() ?? "EPEL",
      directory: try directory("directory", or: roots.public),
      archive: try directory("archive", or: roots.archive),
      files: try node?.optional("files").map(Policy.absolutePath) ?? "/srv" + roots.public)
  }

  fileprivate var node: Node {
    .map([
      ("product", product), ("directory", directory), ("archive", archive), ("files", files),
    ])
  }
}
