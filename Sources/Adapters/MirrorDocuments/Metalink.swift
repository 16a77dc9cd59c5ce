package import ReleaseModel

/// What a metalink server tells clients of one repository: which repomd.xml is the
/// newest, which older ones are still right, and where it can be fetched.
package struct Metalink: Hashable, Sendable {
  /// The repomd.xml that clients are to get.
  package let current: Version
  /// Older ones that mirrors may still have.
  package let alternates: [Version]
  /// Best first.
  package let mirrors: [Mirror]

  /// One repomd.xml, as far as the server describes it.
  package struct Version: Hashable, Sendable {
    /// Largest `<data><timestamp>` in it, seconds since 1970; nil where it is not said.
    package var timestamp: Int?
    /// Bytes; nil where it is not said.
    package var size: Int?
    /// Hexadecimal digits, lower case, by type (`md5`, `sha1`, `sha256`, `sha512`).
    package var hashes: [String: String] = [:]

    /// SHA-256; nil where it is not said.
    package var checksum: Checksum? { hashes["sha256"].flatMap { Checksum(hex: $0) } }
  }

  /// One place of repomd.xml.
  package struct Mirror: Hashable, Sendable {
    /// Of the repomd.xml itself.
    package let url: String
    /// `https`, `http`, `rsync` or `ftp`; nil where it is not said.
    package let method: String?
    /// Whether it is for the clients of its own network alone.
    package let isPrivate: Bool

    init(url: String, attributes: [String: String]) {
      self.url = url
      method = attributes["protocol"]
      isPrivate = attributes["mm0:private"]?.lowercased() == "true"
    }

    /// Name of the host in the URL: a mirror may be named by several URLs. The URL itself
    /// where it has none.
    package var host: String {
      guard let scheme = url.firstRange(of: "://") else { return url }
      let rest = url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
      let host = rest.split(separator: "@", omittingEmptySubsequences: false).last ?? rest
      return host.lowercased()
    }
  }

  /// Hosts that are named, each once, but those for a network of their own.
  package var listedHosts: Int { Set(mirrors.filter { !$0.isPrivate }.map(\.host)).count }
}
