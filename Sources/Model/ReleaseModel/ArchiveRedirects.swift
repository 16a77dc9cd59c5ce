/// Where web servers send clients that ask for trees that are in the archive.
package struct ArchiveRedirects: Sendable {
  /// Path below which the public root is served, such as `/pub/epel`.
  package let publicPath: String
  /// URL of the archive root.
  package let archiveURL: String
  /// Paths of the trees below both, and of links that lead to them.
  package let trees: [RelativePath]
  /// Paths below the public root that are answered with a text instead, since their grace time
  /// is over.
  package let ended: [Ended]

  /// - Parameter publicPath: without a slash at the end; where the policy has
  ///   no URL of the public root, the path of that root.
  package init(
    publicPath: String, archiveURL: String, trees: [RelativePath], ended: [Ended] = []
  ) {
    self.publicPath = publicPath
    self.archiveURL = archiveURL
    self.trees = trees
    self.ended = ended
  }

  /// What is not there any more, and what is said to those who ask for it.
  package struct Ended: Hashable, Sendable {
    /// Of a tree or a link, below the public root.
    package let path: RelativePath
    /// One line.
    package let text: String

    /// - Parameter text: one line.
    package init(path: RelativePath, text: String) {
      self.path = path
      self.text = text
    }
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
