import ReleaseModel
import Yams

extension Policy {
  /// `repositories`: where the repositories lie within a tree.
  package struct RepositoryLayout: Hashable, Sendable, PolicySection {
    /// Repository of one architecture's RPMs; has `{arch}`.
    package let binary: PathTemplate
    /// Repository of one architecture's debug RPMs; has `{arch}`.
    package let debug: PathTemplate
    /// The one repository of source RPMs.
    package let source: PathTemplate
    /// Where RPMs of modules go; nil where they go with the others.
    package let modular: Variant?

    /// Repositories beside the plain ones.
    package struct Variant: Hashable, Sendable {
      /// As that of the plain repositories.
      package let binary: PathTemplate
      /// As that of the plain repositories.
      package let debug: PathTemplate
      /// As that of the plain repositories.
      package let source: PathTemplate
    }

    static let keys: [PolicyKeys.Key] = [
      .init(
        "repositories", "paths of the repositories below a tree",
        or: "as `Everything/…`, see its keys"),
      .init("repositories.binary", "must contain `{arch}`", or: "Everything/{arch}"),
      .init("repositories.debug", "must contain `{arch}`", or: "Everything/{arch}/debug"),
      .init("repositories.source", "one for all architectures", or: "Everything/source/tree"),
      .init(
        "repositories.modular", "where RPMs of modules go, those with a ModularityLabel",
        or: "with the others"),
      .init("repositories.modular.binary", "must contain `{arch}`"),
      .init("repositories.modular.debug", "must contain `{arch}`"),
      .init("repositories.modular.source", "one for all architectures"),
    ]
  }
}

extension Policy.RepositoryLayout {
  /// Decodes `repositories`; each of `arches` gets its own.
  static func decode(_ node: PolicyNode?, arches: [Architecture]) throws -> Self {
    func layout(_ key: String, _ fallback: String, perArch: Bool) throws -> PathTemplate {
      guard let value = try node?.optional(key) else {
        return try Policy.path(
          PolicyNode(text: "\"\(fallback)\"", file: "default"), needing: nil, allowing: ["arch"])
      }
      return try Policy.path(
        value, needing: perArch ? "arch" : nil, allowing: perArch ? ["arch"] : [])
    }
    let modular = try node?.optional("modular").map { node in
      Variant(
        binary: try Policy.path(node.required("binary"), needing: "arch", allowing: ["arch"]),
        debug: try Policy.path(node.required("debug"), needing: "arch", allowing: ["arch"]),
        source: try Policy.path(node.required("source"), needing: nil, allowing: []))
    }
    let layout = Self(
      binary: try layout("binary", "Everything/{arch}", perArch: true),
      debug: try layout("debug", "Everything/{arch}/debug", perArch: true),
      source: try layout("source", "Everything/source/tree", perArch: false), modular: modular)
    guard let node else { return layout }
    let variant = modular.map { [$0.binary, $0.debug, $0.source] } ?? []
    let all = [layout.binary, layout.debug, layout.source] + variant
    if layout.binary == layout.debug {
      throw node.problem("binary and debug have one path", remedy: "Give each its own")
    }
    if let place = try node.optional("modular"), Set(all).count < all.count {
      throw place.problem(
        "two of the repositories have one path", remedy: "Give each its own")
    }
    for template in all {
      let parts = template.description.split(separator: "/")
      if let taken = parts.first(where: { $0 == "Packages" || $0 == "repodata" }) {
        throw node.problem(
          "the path '\(template)' would be inside the '\(taken)' of another repository",
          remedy: "Use other names")
      }
    }
    for arch in arches {
      for template in [layout.binary, layout.debug]
      where template.filled(arch: arch) == layout.source.description {
        throw node.problem(
          "the sources and \(arch) have one path, '\(layout.source)'", remedy: "Give each its own")
      }
    }
    return layout
  }

  var node: Node {
    Node(
      Self.pairs(binary: binary, debug: debug, source: source)
        + (modular.map {
          [pair("modular", Node(Self.pairs(binary: $0.binary, debug: $0.debug, source: $0.source)))]
        } ?? []))
  }

  private static func pairs(
    binary: PathTemplate, debug: PathTemplate, source: PathTemplate
  ) -> [(Node, Node)] {
    [
      pair("binary", Node(binary.description)), pair("debug", Node(debug.description)),
      pair("source", Node(source.description)),
    ]
  }
}
