/// Where the links below the public root lead, for web servers that do not know links.
package struct CurrentTrees: Sendable {
  /// Name of the stream, such as `epel-7`.
  package let stream: String
  /// Path below which the public root is served, such as `/pub/epel`.
  package let publicPath: String
  /// Absolute path of the text map, which changes while the rest stays as it is.
  package let map: String
  /// Every link of the policy; its tree is nil while no release is current.
  package let links: [Link]

  /// One link and the tree that it leads to in the end, both below the public root.
  package struct Link: Sendable {
    /// Such as `releases/7`.
    package let path: RelativePath
    /// Such as `updates/7.07.201908`; nil where it leads nowhere.
    package let tree: RelativePath?

    /// - Parameter tree: nil where the link leads nowhere.
    package init(path: RelativePath, tree: RelativePath?) {
      self.path = path
      self.tree = tree
    }
  }

  /// - Parameter publicPath: without a slash at the end.
  package init(stream: String, publicPath: String, map: String, links: [Link]) {
    self.stream = stream
    self.publicPath = publicPath
    self.map = map
    self.links = links
  }
}
