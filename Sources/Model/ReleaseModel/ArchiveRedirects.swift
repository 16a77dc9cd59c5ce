/// Where web servers send clients that ask for trees that are in the archive.
package struct ArchiveRedirects: Sendable {
  /// Path below which the public root is served, such as `/pub/epel`.
  package let publicPath: String
  /// URL of the archive root.
  package let archiveURL: String
  /// Paths of the trees below both.
  package let trees: [RelativePath]

  package init(publicPath: String, archiveURL: String, trees: [RelativePath]) {
    self.publicPath = publicPath
    self.archiveURL = archiveURL
    self.trees = trees
  }

  /// The same as the configuration of one web server.
  package struct File: Sendable {
    package let fileName: String
    package let text: String

    package init(fileName: String, text: String) {
      self.fileName = fileName
      self.text = text
    }
  }
}
