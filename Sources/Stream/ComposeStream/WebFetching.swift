package import DurableFiles
package import ReleaseModel

/// Fetches files from web servers. A protocol, so that this floor needs no
/// network.
package protocol WebFetching: Sendable {
  /// The file at `path` below `url`, or nil where the server has none.
  ///
  /// Throws `unavailable` where the server cannot be asked.
  func fetch(_ path: RelativePath, below url: String) throws -> ScratchFile?

  /// The reply, in JSON, to a question at `path` below `url`.
  ///
  /// Throws `unavailable` where the server gives none.
  ///
  /// - Parameter query: names and values, not escaped.
  func page(_ path: String, query: [(String, String)], below url: String) throws -> [UInt8]

  /// What a server answers to one question about mirrors, which is asked again once
  /// where nothing came back.
  ///
  /// Throws only where the user wants the work to stop.
  ///
  /// - Parameters:
  ///   - url: with its query, escaped; `http:`, `https:` or `file:`.
  ///   - limit: bytes; a longer answer is none.
  ///   - seconds: for each try.
  func answer(to url: String, limit: Int, seconds: Int) throws -> WebAnswer

  /// SHA-256 of a file of any size, which is read as it comes and not kept.
  ///
  /// Throws only where the user wants the work to stop.
  ///
  /// - Parameters:
  ///   - url: escaped; `http:` or `https:`.
  ///   - limit: bytes; a longer file is none.
  func checksum(at url: String, limit: Int) throws -> WebChecksum
}

/// What became of a question to a web server.
package enum WebAnswer: Hashable, Sendable {
  /// The body of the answer.
  case body([UInt8])
  /// The server says that there is no such thing (404 or 410).
  case missing
  /// No answer that could be used, and why, such as `HTTP status 503`.
  case none(String)
}

/// What became of a file that was to be compared.
package enum WebChecksum: Hashable, Sendable {
  /// SHA-256 of its bytes.
  case found(Checksum)
  /// The server says that there is no such thing (404 or 410).
  case missing
  /// It could not be read to its end, and why.
  case none(String)
}
