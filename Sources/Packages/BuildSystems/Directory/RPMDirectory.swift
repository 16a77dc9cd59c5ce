import Foundation
import ReleaseModel

/// A directory of RPM files that is there and can be read: looked at once, before
/// a stream is opened.
package struct RPMDirectory: Sendable {
  /// Absolute.
  package let path: String

  /// Throws `noInput` where `path` is missing or no directory, `permission` where
  /// it may not be read.
  ///
  /// - Parameter path: absolute.
  package init(_ path: String) throws {
    var isDirectory: ObjCBool = false
    let shown = path.sanitizedForDisplay
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw ComposeError(
        .noInput, shown, "there is no such directory",
        remedy: "Name a directory that holds RPM files with --rpms")
    }
    guard isDirectory.boolValue else {
      throw ComposeError(
        .noInput, shown, "it is a file, not a directory",
        remedy: "Name the directory that holds the RPM files with --rpms")
    }
    guard FileManager.default.isReadableFile(atPath: path) else {
      throw ComposeError(
        .permission, shown, "it may not be read", remedy: "Correct its owner or mode")
    }
    self.path = path
  }
}
