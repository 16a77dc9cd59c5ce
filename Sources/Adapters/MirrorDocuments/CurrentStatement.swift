package import ReleaseModel

/// `STREAM.current.json`: what the links of a stream show now, as its publisher says and signs
/// it. Whoever has the public key can tell by it whether a mirror is old, or not what was
/// published. Docs/Trust.md, "The current statement", has the form.
package struct CurrentStatement: Hashable, Sendable {
  /// A link below the public root.
  package struct Link: Hashable, Sendable, Codable {
    /// Such as `updates/7`.
    package let path: RelativePath
    /// What it says, such as `7.07.201908`.
    package let target: String
    /// The tree that it leads to in the end, such as `updates/7.07.201908`.
    package let tree: RelativePath

    /// As the policy has it.
    package init(path: RelativePath, target: String, tree: RelativePath) {
      self.path = path
      self.target = target
      self.tree = tree
    }
  }

  /// The repomd.xml of one repository, by the way that clients take.
  package struct Index: Hashable, Sendable, Codable {
    /// Directory above `repodata`, below the public root and through a link, such as
    /// `updates/7/Everything/x86_64`.
    package let path: RelativePath
    /// Its `<revision>`: what is smaller is older.
    package let revision: Int
    /// SHA-256 of its bytes.
    package let sha256: Checksum
    /// Bytes.
    package let size: Int

    /// As on disk.
    package init(path: RelativePath, revision: Int, sha256: Checksum, size: Int) {
      self.path = path
      self.revision = revision
      self.sha256 = sha256
      self.size = size
    }
  }

  /// A repomd.xml that stood there a short time ago: mirrors may need until ``until`` to
  /// follow.
  package struct Former: Hashable, Sendable {
    /// As ``Index/path``.
    package let path: RelativePath
    /// SHA-256 of its bytes.
    package let sha256: Checksum
    /// Seconds since 1970.
    package let until: Int

    /// - Parameter until: seconds since 1970.
    package init(path: RelativePath, sha256: Checksum, until: Int) {
      self.path = path
      self.sha256 = sha256
      self.until = until
    }
  }

  /// Name of the stream, such as `epel-7`.
  package let stream: String
  /// Larger than that of every statement before.
  package let serial: Int
  /// The release that links lead to.
  package let release: ReleaseID
  /// When it was made, seconds since 1970.
  package let written: Int
  /// From then on it says nothing any more, seconds since 1970.
  package let validUntil: Int
  /// Sorted by path.
  package let links: [Link]
  /// Every repository by every link, sorted by path.
  package let repositories: [Index]
  /// Sorted by path and then by time, newest first.
  package let former: [Former]

  /// - Parameters:
  ///   - written: seconds since 1970.
  ///   - validUntil: seconds since 1970.
  package init(
    stream: String, serial: Int, release: ReleaseID, written: Int, validUntil: Int, links: [Link],
    repositories: [Index], former: [Former]
  ) {
    self.stream = stream
    self.serial = serial
    self.release = release
    self.written = written
    self.validUntil = validUntil
    self.links = links.sorted { $0.path < $1.path }
    self.repositories = repositories.sorted { $0.path < $1.path }
    self.former = former.sorted { ($0.path, $1.until) < ($1.path, $0.until) }
  }

  /// Always 1.
  package static let format = 1
  /// Bytes of the largest statement that is read: a thousand repositories have a quarter.
  package static let limit = 1 << 20
  /// Bytes of the largest signature that is read.
  package static let signatureLimit = 1 << 16

  /// Its file in the public root, beside what links and trees lie in.
  package static func name(of stream: String) -> String { "\(stream).current.json" }

  /// The file of a signature, by that of what was signed.
  package static func signatureName(of name: String) -> String { "\(name).asc" }
}
