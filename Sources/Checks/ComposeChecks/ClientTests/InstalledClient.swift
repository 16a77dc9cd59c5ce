import DurableFiles
import Foundation
import ReleaseModel

/// Tells one installation of a client from another.
///
/// A client is more than its program: libraries load repositories, and to ask a client for its
/// version takes as long as a small repository. So it counts as another one whenever the
/// machine's packages have changed in any way.
enum InstalledClient {
  /// What package managers write with each change: dpkg, and rpm in its forms and places.
  private static let databases = [
    "/var/lib/dpkg/status", "/var/lib/rpm/rpmdb.sqlite", "/var/lib/rpm/Packages",
    "/var/lib/rpm/Packages.db", "/usr/lib/sysimage/rpm/rpmdb.sqlite",
    "/usr/lib/sysimage/rpm/Packages.db",
  ]

  /// Nil where the client is not installed, or nobody can tell one installation from another.
  static func identity(of name: String) -> String? {
    guard let program = ClientProgram.executable(name) else { return nil }
    let file = URL(fileURLWithPath: program).resolvingSymlinksInPath().path
    guard let status = FileStatus(path: file) else { return nil }
    let known = databases.compactMap { path in
      FileStatus(path: path).map { "\(path) \(mark($0))" }
    }
    return known.isEmpty ? nil : (["\(file) \(mark(status))"] + known).joined(separator: "\n")
  }

  private static func mark(_ status: FileStatus) -> String {
    let identity = status.identity
    return "\(identity.device) \(identity.inode) \(identity.size) \(identity.modified) "
      + "\(identity.changed)"
  }
}
