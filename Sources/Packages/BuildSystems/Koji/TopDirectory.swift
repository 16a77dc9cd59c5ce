import Foundation
import Glibc
import ReleaseModel

/// The hub's files: a mounted directory, or what a web server shows of it.
protocol TopDirectory: Sendable {
  /// What a person calls it.
  var label: String { get }

  /// Throws `unavailable` where nothing of it can be reached: otherwise a mount
  /// that went away would look like builds without files.
  func requireThere() throws

  /// Hands the file at `path` to `body`: its whole path or URL, and a
  /// descriptor where it is open already. Returns nil where there is no such
  /// file.
  ///
  /// Throws what `body` throws, `unavailable` and `inputOutput`.
  func withFile<Value>(
    _ path: RelativePath, _ body: (String, Int32?) throws -> Value
  ) throws -> Value?
}

/// A top directory on this machine, usually a read-only mount.
struct MountedTopDirectory: TopDirectory {
  let root: String

  var label: String { root }

  func requireThere() throws {
    var isDirectory: ObjCBool = false
    let packages = root + "/packages"
    guard FileManager.default.fileExists(atPath: packages, isDirectory: &isDirectory),
      isDirectory.boolValue
    else {
      throw ComposeError(
        .unavailable, root.sanitizedForDisplay, "it has no directory 'packages'",
        remedy: "Mount the hub's top directory there, or correct 'koji.topdir' of the policy")
    }
  }

  func withFile<Value>(
    _ path: RelativePath, _ body: (String, Int32?) throws -> Value
  ) throws -> Value? {
    let whole = "\(root)/\(path)"
    var status = stat()
    guard stat(whole, &status) != 0 else { return try body(whole, nil) }
    let code = errno
    // A mount that is stale or may not be read is not a file that is missing.
    guard code == ENOENT || code == ENOTDIR else {
      throw ComposeError(
        code == EACCES ? .permission : .inputOutput, whole.sanitizedForDisplay,
        "looking for it failed: \(String(cString: strerror(code)))",
        remedy: "Mend the mount of the hub's top directory, then run the command again")
    }
    return nil
  }
}

/// Where the files of a build are below a top directory.
struct BuildPaths {
  private let directory: String

  /// Throws `badData` for a name that cannot be one directory: names come from
  /// the hub and become parts of paths.
  init(_ nvr: NVR, volume: String) throws {
    let packages = "packages/\(nvr.name)/\(nvr.version)/\(nvr.rpmRelease)"
    directory = volume == "DEFAULT" ? packages : "vol/\(volume)/\(packages)"
    for part in [nvr.name, nvr.version, nvr.rpmRelease, volume] where !RelativePath.isSafe(part) {
      throw ComposeError(
        .badData, "build \(nvr.description.sanitizedForDisplay)",
        "'\(part.sanitizedForDisplay)' cannot be the name of a directory",
        remedy: "Ask the hub's administrators where the build comes from")
    }
  }

  /// The copy that carries the signature by `key`; the unsigned one for nil.
  func file(_ nevra: NEVRA, signedBy key: String?) throws -> RelativePath {
    let place = key.map { "data/signed/\($0)/" } ?? ""
    guard RelativePath.isSafe(nevra.fileName), RelativePath.isSafe(nevra.arch.name) else {
      throw ComposeError(
        .badData, "RPM \(nevra.description.sanitizedForDisplay)", "it cannot be a safe file name",
        remedy: "Ask the hub's administrators where it comes from")
    }
    return try RelativePath.of("\(directory)/\(place)\(nevra.arch)/\(nevra.fileName)")
  }
}
