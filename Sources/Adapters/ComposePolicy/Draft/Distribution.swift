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

  /// The architectures that it is made for.
  package var arches: [String] {
    self == .inHouse ? ["x86_64"] : ["aarch64", "ppc64le", "s390x", "x86_64"]
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

  /// Where `directory` of the major version is, for all architectures; nil where it
  /// differs from place to place.
  func url(of directory: String, major: Int) -> String? {
    switch self {
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
