import DurableFiles
import Foundation
import ReleaseModel

/// Files that the user asks for by name: `--output`, `--html`.
enum OutputFile {
  /// Writes `contents` to `path` in one instant.
  ///
  /// A file that is there is only replaced if it begins as ours do: anything
  /// else was not meant. Throws `cannotCreate` then, and `noInput` where the
  /// directory is missing.
  static func write(_ contents: [UInt8], to path: String, replacing mark: String) throws {
    let absolute = Context.absolute(path)
    let url = URL(fileURLWithPath: absolute)
    let parent = try Directory.open(root: url.deletingLastPathComponent().path)
    let name = try RelativePath.of(url.lastPathComponent)
    if let status = try parent.status(of: name) {
      func refuse(_ cause: String) -> ComposeError {
        ComposeError(
          .cannotCreate, path.sanitizedForDisplay, cause,
          remedy: "Choose another name, or remove it first")
      }
      guard status.kind == .file else { throw refuse("it is not a regular file") }
      let beginning = try parent.openFile(name).contents(limit: 1 << 30).prefix(4096)
      guard String(decoding: beginning, as: UTF8.self).contains(mark) else {
        throw refuse("another file has that name")
      }
    }
    try parent.replaceFile(name, with: contents)
  }
}
