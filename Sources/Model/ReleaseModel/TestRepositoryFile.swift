/// What the .repo file of a staged release says: testers use the release with
/// it before it is published.
package struct TestRepositoryFile: Sendable {
  /// Name of the stream, such as `epel-7`.
  package let stream: String
  /// The staged release.
  package let release: ReleaseID
  /// What people call the stream.
  package let title: String
  /// URLs of the public keys; empty where RPMs without a signature by one of
  /// them were allowed in.
  package let keyURLs: [String]
  /// URLs of all keys that clients need: those of RPMs, and that of signed metadata.
  package let allKeyURLs: [String]
  /// Whether repomd.xml is signed.
  package let signsMetadata: Bool
  /// In the order of the file.
  package let repositories: [Repository]

  /// - Parameters:
  ///   - keyURLs: empty makes `gpgcheck=0`.
  ///   - metadataKeyURL: of the public key of signed metadata; nil where it is not signed.
  package init(
    stream: String, release: ReleaseID, title: String, keyURLs: [String],
    metadataKeyURL: String? = nil, repositories: [Repository]
  ) {
    self.stream = stream
    self.release = release
    self.title = title
    self.keyURLs = keyURLs
    let more = metadataKeyURL.map { keyURLs.contains($0) ? [] : [$0] } ?? []
    allKeyURLs = keyURLs + more
    signsMetadata = metadataKeyURL != nil
    self.repositories = repositories
  }

  /// One section of the file.
  package struct Repository: Sendable {
    /// Repository id, unique in the file.
    package let id: String
    /// One line for people.
    package let name: String
    /// May contain `$basearch`.
    package let baseURL: String
    /// Whether clients use it without being told to.
    package let isEnabled: Bool

    /// - Parameter id: unique in the file.
    package init(id: String, name: String, baseURL: String, isEnabled: Bool) {
      self.id = id
      self.name = name
      self.baseURL = baseURL
      self.isEnabled = isEnabled
    }
  }
}
