import ReleaseModel

/// What has to be known to write the policy of a new stream; ``text()`` writes it.
///
/// Values are as somebody gave them: ``policy(file:)`` says what is wrong with them.
package struct PolicyDraft: Hashable, Sendable {
  /// How the trees of a release lie below the roots.
  package enum Layout: String, CaseIterable, Sendable {
    /// One tree for each release, and a link to the newest, as EPEL 10 has it.
    case oneTree = "one-tree"
    /// A frozen tree and one that is pushed to, as the proposal for EPEL 7 has it.
    case releasesAndUpdates = "releases-and-updates"
  }

  /// Names of a Koji hub.
  package struct Hub: Hashable, Sendable {
    /// URL of its XML-RPC interface.
    package var url: String
    /// The tag that stable builds land in.
    package var liveTag: String

    /// - Parameters:
    ///   - url: of its XML-RPC interface.
    ///   - liveTag: that stable builds land in.
    package init(url: String, liveTag: String) {
      self.url = url
      self.liveTag = liveTag
    }

    /// Where Koji serves the hub's files unless somebody has changed it.
    var topdir: String {
      url.hasSuffix("/kojihub") ? url.dropLast("hub".count) + "files" : url + "/kojifiles"
    }
  }

  /// Such as `rocky-extras-9`.
  package var stream: String
  /// Major version of Enterprise Linux.
  package var major: Int
  /// What the users of the stream have.
  package var distribution: Distribution
  /// One line for people.
  package var title: String
  /// Names of machines.
  package var arches: [String]
  /// How the trees lie.
  package var layout = Layout.oneTree
  /// Directory that has the public, the staging and the archive root in it.
  package var directory: String
  /// Where users reach ``directory``; nil where nobody knows yet.
  package var url: String?
  /// Files of public keys.
  package var keys: [String] = []
  /// The build system; nil where builds are RPM files in a directory.
  package var hub: Hub?
  /// Dates of the minor releases, as another policy of ``major`` has them.
  package var calendar: [Policy.CalendarEntry] = []

  /// A draft with what is proposed for everything else.
  ///
  /// - Parameters:
  ///   - stream: name of the stream.
  ///   - major: major version of Enterprise Linux.
  ///   - distribution: what its users have.
  package init(stream: String, major: Int, distribution: Distribution) {
    self.stream = stream
    self.major = major
    self.distribution = distribution
    title = distribution.title.map { "Extra packages for \($0) \(major)" } ?? stream
    arches = distribution.arches(major: major)
    directory = "/srv/\(stream)"
    keys = ["/etc/pki/rpm-gpg/RPM-GPG-KEY-\(stream)"]
    hub = distribution.hub.map { Hub(url: $0, liveTag: "\(stream)-release") }
  }

  /// The major version that the name of a stream ends in, or that is in it as CentOS
  /// writes it: 9 of `rocky-extras-9` and of `storage9s-ceph-reef`.
  package static func major(of stream: String) -> Int? {
    let found =
      stream.firstMatch(of: /(?:^|[^0-9.])([1-9][0-9]{0,2})$/)?.output.1
      ?? stream.firstMatch(of: /[a-z]([1-9][0-9]{0,2})s(?:-|$)/)?.output.1
    return found.flatMap { Int($0) }
  }

  /// The policy that the text is.
  ///
  /// - Parameter file: its path, for messages.
  ///
  /// Throws `badData` with the line of the first value that no policy can have.
  package func policy(file: String) throws -> Policy {
    try Policy(text: text(), file: file)
  }
}
