import DurableFiles
import Foundation
import ReleaseModel

/// Files that the user asks for by name: `--output`, `--html`.
enum OutputFile {
  /// Throws what ``write(_:to:replacing:)`` would, as far as can be told now.
  static func require(_ path: String, replacing mark: String) throws {
    _ = try place(path, replacing: mark)
  }

  /// Writes `contents` to `path` in one instant.
  ///
  /// A file that is there is replaced only if it begins as this program writes
  /// it: any other was named by mistake. Throws `cannotCreate` then, and where
  /// the directory is missing.
  static func write(_ contents: [UInt8], to path: String, replacing mark: String) throws {
    let (parent, name) = try place(path, replacing: mark)
    try parent.replaceFile(name, with: contents)
  }

  /// Throws what ``writeNew(_:to:)`` would, as far as can be told now.
  static func requireNew(_ path: String) throws {
    _ = try place(path, replacing: nil)
  }

  /// Writes `contents` to `path` in one instant, and replaces nothing: throws
  /// `cannotCreate` where the name is taken, and where the directory is missing.
  static func writeNew(_ contents: [UInt8], to path: String) throws {
    let (parent, name) = try place(path, replacing: nil)
    try parent.replaceFile(name, with: contents)
  }

  /// - Parameter mark: what a file that may be replaced has in its beginning; nil where
  ///   none may.
  private static func place(
    _ path: String, replacing mark: String?
  ) throws -> (Directory, RelativePath) {
    let url = URL(fileURLWithPath: Context.absolute(path))
    guard let parent = try Directory.openIfPresent(root: url.deletingLastPathComponent().path)
    else {
      throw ComposeError(
        .cannotCreate, path.sanitizedForDisplay, "its directory is not there",
        remedy: "Make the directory, or choose another")
    }
    let name = try RelativePath.of(url.lastPathComponent)
    if let status = try parent.status(of: name) {
      func refuse(_ cause: String) -> ComposeError {
        ComposeError(
          .cannotCreate, path.sanitizedForDisplay, cause,
          remedy: "Choose another name, or remove it first")
      }
      guard let mark else { throw refuse("it is there already") }
      guard status.kind == .file else { throw refuse("it is not a regular file") }
      let beginning = try parent.openFile(name).contents(limit: 1 << 30).prefix(4096)
      guard String(decoding: beginning, as: UTF8.self).contains(mark) else {
        throw refuse("another file has that name")
      }
    }
    return (parent, name)
  }
}
