package import ComposeStream
import ComposeTrees
import DurableFiles
package import ReleaseModel

/// Where somebody else has a tree: a directory, or a web server.
package enum TreePlace: Sendable {
  /// A directory of this machine, such as a mirror's or an archive's.
  case directory(String)
  /// `http:` or `https:`, without a slash at the end.
  case server(String, any WebFetching)

  /// What an argument names.
  package init(_ text: String, fetching: any WebFetching) {
    let trimmed = text.count > 1 && text.hasSuffix("/") ? String(text.dropLast()) : text
    let isServer = ["http://", "https://"].contains { trimmed.lowercased().hasPrefix($0) }
    self =
      isServer
      ? .server(trimmed, fetching)
      : .directory(
        trimmed.hasPrefix("file://") ? String(trimmed.dropFirst("file://".count)) : trimmed)
  }

  /// The same below `path`.
  package func appending(_ path: RelativePath) -> TreePlace {
    switch self {
    case .directory(let directory): .directory("\(directory)/\(path)")
    case .server(let url, let fetching):
      .server("\(url)/\(path.description.percentEncodedPath)", fetching)
    }
  }

  /// For messages: without a password.
  package var name: String {
    switch self {
    case .directory(let path): path.sanitizedForDisplay
    case .server(let url, _): url.withoutPassword.sanitizedForDisplay
    }
  }

  /// How many files are read at a time: servers belong to others.
  var threads: Int {
    switch self {
    case .directory: Concurrently.readers
    case .server: 2
    }
  }

  /// A file that is read whole.
  enum Contents: Sendable {
    case found([UInt8])
    case missing
    /// No answer, and why.
    case none(String)
  }

  /// - Parameter limit: bytes; a larger file is none.
  func contents(of path: RelativePath, limit: Int) throws -> Contents {
    switch self {
    case .directory(let directory):
      guard let root = try Directory.openIfPresent(root: directory),
        let status = try root.status(of: path)
      else { return .missing }
      guard status.kind == .file else { return .none("it is no regular file") }
      guard status.size <= limit else { return .none("it is larger than \(limit >> 10) KiB") }
      return .found(try root.openFile(path).contents(limit: limit))
    case .server(let url, let fetching):
      let question = "\(url)/\(path.description.percentEncodedPath)"
      return switch try fetching.answer(to: question, limit: limit, seconds: Self.seconds) {
      case .body(let bytes): .found(bytes)
      case .missing: .missing
      case .none(let cause): .none(cause)
      }
    }
  }

  /// A file of any size, to be copied; nil where it is not there. What it holds is not known yet.
  ///
  /// Throws `unavailable` where a server gives no answer.
  func file(at path: RelativePath) throws -> ReadableFile? {
    switch self {
    case .directory(let directory):
      guard let root = try Directory.openIfPresent(root: directory),
        try root.status(of: path)?.kind == .file
      else { return nil }
      return try root.openFile(path)
    case .server(let url, let fetching):
      guard let scratch = try fetching.fetch(path, below: url) else { return nil }
      return try scratch.withDescriptor { descriptor in
        try ReadableFile(openedAs: descriptor, path: "\(name)/\(path)")
      }
    }
  }

  /// Seconds for a file that is read whole.
  private static let seconds = 120

  /// SHA-256 of a file of any size.
  ///
  /// - Parameter limit: bytes; a larger file is none.
  func checksum(of path: RelativePath, in root: Directory?, limit: Int) throws -> WebChecksum {
    switch self {
    case .directory:
      guard let root, let status = try root.status(of: path) else { return .missing }
      guard status.kind == .file else { return .none("it is no regular file") }
      return .found(try root.openFile(path).sha256())
    case .server(let url, let fetching):
      return try fetching.checksum(
        at: "\(url)/\(path.description.percentEncodedPath)", limit: limit)
    }
  }
}
