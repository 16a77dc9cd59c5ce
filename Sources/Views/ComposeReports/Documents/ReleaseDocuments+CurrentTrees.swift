package import ReleaseModel

extension ReleaseDocuments {
  // The names of these values are an interface, see ReleaseDocuments.

  /// What the templates of the current trees get.
  private struct CurrentValues: Sendable {
    let stream: String
    let publicPath: String
    /// Escaped for a regular expression.
    let publicPattern: String
    /// Of Apache's map and of nginx's variables: letters, digits and `_`.
    let name: String
    /// How Apache asks the map.
    let lookup: String
    /// Absolute path of Apache's map.
    let map: String
    /// All links, escaped for a regular expression.
    let pattern: String
    /// Those that lead somewhere.
    let links: [Link]

    struct Link: Sendable {
      /// Escaped for a regular expression.
      let pattern: String
      let tree: String
    }
  }

  /// Where links lead, for web servers that do not know them: a text map, and the
  /// configuration of each server that uses it or has the same.
  ///
  /// Throws `badData` where a path cannot stand in a map.
  package func current(_ trees: CurrentTrees) throws -> [ArchiveRedirects.File] {
    // Apache takes the first pattern that fits.
    let links = trees.links.sorted { one, other in
      let (depth, otherDepth) = (one.path.components.count, other.path.components.count)
      return depth == otherDepth ? one.path < other.path : depth > otherDepth
    }
    let name =
      String(
        trees.stream.unicodeScalars.map { scalar in
          let isWord =
            scalar.isASCII && scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          return isWord ? Character(scalar) : "_"
        }) + "_current"
    let values = try CurrentValues(
      stream: trees.stream, publicPath: trees.publicPath,
      publicPattern: Self.escaped(trees.publicPath), name: name, lookup: "${\(name):$2}",
      map: trees.map,
      pattern: links.map { Self.escaped($0.path.description) }.joined(separator: "|"),
      links: links.compactMap { link in
        try link.tree.map {
          .init(pattern: Self.escaped(link.path.description), tree: try Self.plain($0))
        }
      })
    let rows = try links.compactMap { link in
      try link.tree.map { "\(try Self.plain(link.path)) \(try Self.plain($0))\n" }
    }
    return [
      ArchiveRedirects.File(fileName: "current.txt", text: rows.sorted().joined()),
      ArchiveRedirects.File(
        fileName: "current.apache.conf", text: try library.render("current.apache", values)),
      ArchiveRedirects.File(
        fileName: "current.nginx.conf", text: try library.render("current.nginx", values)),
    ]
  }

  /// `path` as it is: nothing in a map can be escaped.
  private static func plain(_ path: RelativePath) throws -> String {
    guard path.description.consistsOfAlphanumerics(and: "/._-+~@:,=") else {
      throw ComposeError(
        .badData, "'\(path.description.sanitizedForDisplay)'",
        "it cannot stand in a map of a web server",
        remedy: "Use letters, digits and ._-+~@:,= alone in 'links' and 'areas' of the policy")
    }
    return path.description
  }
}
