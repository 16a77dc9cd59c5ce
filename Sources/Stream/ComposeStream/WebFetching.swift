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
}
