import Glibc
import ReleaseModel

/// Reads the text of one file of advisories.
enum AdvisoryFile {
  /// Bytes, enough for hundreds of advisories: a larger file is not meant as
  /// one of them.
  static let limit = 1 << 20

  /// Throws `badData` for what is no regular file or no text, else what keeps
  /// it from being read. Links are not followed: the advisories of a directory
  /// are what lies in it.
  static func text(of path: String) throws -> String {
    let bytes = try contents(of: path)
    guard bytes.count <= limit else {
      throw ComposeError(
        .badData, path.sanitizedForDisplay, "it is larger than 1 MiB",
        remedy: "Split it into several files")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      let bad = lines.firstIndex { String(validating: $0, as: UTF8.self) == nil } ?? 0
      throw ComposeError(
        .badData, AdvisoryNode.place(path, bad + 1), "it is not UTF-8 text",
        remedy: "Save it as UTF-8")
    }
    return text
  }

  /// The file's bytes, at most one more than ``limit``.
  private static func contents(of path: String) throws -> [UInt8] {
    // Without O_NONBLOCK, opening a pipe would block.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
    guard descriptor >= 0 else { throw failure(errno, path) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw failure(errno, path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw irregular(path, "not a regular file") }
    return try [UInt8](unsafeUninitializedCapacity: limit + 1) { buffer, count in
      while count < buffer.count {
        let got = read(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
        if got == 0 { return }
        if got > 0 { count += got } else if errno != EINTR { throw failure(errno, path) }
      }
    }
  }

  private static func irregular(_ path: String, _ what: String) -> ComposeError {
    ComposeError(
      .badData, path.sanitizedForDisplay, "it is \(what)",
      remedy:
        "Put the file itself there, or give it a name that does not end like one of advisories")
  }

  private static func failure(_ code: Int32, _ path: String) -> ComposeError {
    switch code {
    case ELOOP: irregular(path, "a symbolic link")
    case ENXIO: irregular(path, "not a regular file")
    default:
      ComposeError(
        unreadable: path, errno: code,
        missing: "Run the command again when nobody changes the files")
    }
  }
}
