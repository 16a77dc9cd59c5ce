import ReleaseModel

/// What the users of a stream have: decides what a new policy proposes.
package enum Distribution: String, CaseIterable, Sendable {
  /// A special interest group of CentOS, beside CentOS Stream; built in its build system.
  case centosSIG = "centos-sig"
  /// Rocky Linux.
  case rocky
  /// AlmaLinux.
  case almalinux
  /// Red Hat Enterprise Linux.
  case rhel
  /// Something of one's own, of which nothing is known.
  case inHouse = "in-house"

  /// What people call it; nil where nothing is known.
  package var title: String? {
    switch self {
    case .centosSIG: "CentOS Stream"
    case .rocky: "Rocky Linux"
    case .almalinux: "AlmaLinux"
    case .rhel: "Red Hat Enterprise Linux"
    case .inHouse: nil
    }
  }

  /// The architectures that its major version `major` is made for.
  func arches(major: Int) -> [String] {
    switch self {
    case .inHouse: ["x86_64"]
    // Rocky Linux has the other two from 9 on.
    case .rocky where major < 9: ["aarch64", "x86_64"]
    case .centosSIG, .rocky, .almalinux, .rhel: ["aarch64", "ppc64le", "s390x", "x86_64"]
    }
  }

  /// The first major version that there was of it.
  private var firstMajor: Int {
    switch self {
    case .centosSIG, .rocky, .almalinux: 8
    case .rhel, .inHouse: 1
    }
  }

  /// Throws `usage` where there never was a major version `major` of it.
  package func require(major: Int) throws {
    guard major < firstMajor, let title else { return }
    throw ComposeError(
      .usage, "policy", "there was no \(title) \(major): its first major version is \(firstMajor)",
      remedy: "Use --major \(firstMajor) or later, or another --distribution: rhel, or in-house")
  }

  /// The major versions whose repositories are known to be where ``url(of:major:)`` says.
  private var servedMajors: ClosedRange<Int>? {
    switch self {
    // Those of Stream 8 were taken from the mirrors when it ended.
    case .centosSIG: 9...10
    case .rocky, .almalinux: 8...10
    case .rhel, .inHouse: nil
    }
  }

  /// The hub that most streams beside it are built in.
  package var hub: String? {
    self == .centosSIG ? "https://cbs.centos.org/kojihub" : nil
  }

  /// Whether releases are named by the month of their cut: CentOS Stream has no minor
  /// releases that could tell them apart.
  var needsMonth: Bool { self == .centosSIG }

  /// The repositories of its major version `major` that everybody has.
  ///
  /// The third has what others build with, and is called PowerTools in rebuilds of EL8.
  func repositories(major: Int) -> [(id: String, directory: String)] {
    let builder = major == 8 && self != .rhel ? "PowerTools" : "CRB"
    return [
      ("baseos", "BaseOS"), ("appstream", "AppStream"), (builder.lowercased(), builder),
    ]
  }

  /// Whether everybody can read its repositories from servers of its own.
  var hasServers: Bool { servedMajors != nil }

  /// Where `directory` of the major version is, for all architectures; nil where it
  /// differs from place to place, and where its servers do not have that version.
  func url(of directory: String, major: Int) -> String? {
    guard servedMajors?.contains(major) == true else { return nil }
    return switch self {
    case .centosSIG:
      "https://mirror.stream.centos.org/\(major)-stream/\(directory)/{arch}/os"
    case .rocky:
      "https://download.rockylinux.org/pub/rocky/{minorRelease}/\(directory)/{arch}/os"
    case .almalinux:
      "https://repo.almalinux.org/almalinux/{minorRelease}/\(directory)/{arch}/os"
    case .rhel, .inHouse: nil
    }
  }
}
