/// Where web servers send clients that ask for trees that are in the archive.
package struct ArchiveRedirects: Sendable {
  /// Path below which the public root is served, such as `/pub/epel`.
  package let publicPath: String
  /// URL of the archive root.
  package let archiveURL: String
  /// Paths of the trees below both.
  package let trees: [RelativePath]

  /// - Parameter publicPath: without a slash at the end; where the policy has
  ///   no URL of the public root, the path of that root.
  package init(publicPath: String, archiveURL: String, trees: [RelativePath]) {
    self.publicPath = publicPath
    self.archiveURL = archiveURL
    self.trees = trees
  }

  /// The same as the configuration of one web server.
  package struct File: Sendable {
    /// Such as `nginx.conf`.
    package let fileName: String
    /// Contents of the file.
    package let text: String

    /// - Parameter fileName: without a directory.
    package init(fileName: String, text: String) {
      self.fileName = fileName
      self.text = text
    }
  }
}
