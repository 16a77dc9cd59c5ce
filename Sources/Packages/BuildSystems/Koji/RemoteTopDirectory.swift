import DurableFiles
import KojiClient
import ReleaseModel

/// A top directory behind a web server.
///
/// What a compose takes is downloaded into a pool on the file system of the
/// trees, where it can be linked from; a download gets its final name there only
/// after it was read and verified. The server is asked each time whether the file
/// has changed; the pool only saves the transfer. A preview reads the pool and
/// adds nothing to it.
struct RemoteTopDirectory: TopDirectory {
  let files: HubFiles
  /// Where the pool is or would be; nil for files that are not kept.
  let pool: String?
  /// Whether the pool may be added to.
  let fills: Bool

  var label: String { files.url }

  func requireThere() throws {}

  func withFile<Value>(
    _ path: RelativePath, _ body: (String, Int32?) throws -> Value
  ) throws -> Value? {
    guard let pool else { return try preview(path, body) }
    let directory =
      try fills ? Directory.create(root: pool) : Directory.openIfPresent(root: pool)
    guard let directory else { return try preview(path, body) }
    if let kept = try directory.status(of: path), kept.kind == .file {
      do {
        let found = try files.get(
          path, ifChangedSince: kept.modified, begin: {}, receive: { _ in throw Outdated() })
        guard found != .missing else { return nil }
        return try body("\(pool)/\(path)", nil)
      } catch is Outdated {
      } catch let error as ComposeError where error.kind == .badData {
        // It was verified when it got its name, so it was damaged later: download
        // it again.
      }
    }
    return try fills ? fetch(path, into: directory, body) : preview(path, body)
  }

  /// Thrown when the server begins to send a newer file, to end that transfer.
  private struct Outdated: Error {}

  private func preview<Value>(
    _ path: RelativePath, _ body: (String, Int32?) throws -> Value
  ) throws -> Value? {
    let file = try ScratchFile()
    let found = try files.get(
      path, begin: { try file.clear() }, receive: { try file.write($0) })
    guard found != .missing else { return nil }
    return try file.withDescriptor { try body("\(files.url)/\(path)", $0) }
  }

  /// What is wrong with a download is told of its URL: the file itself is gone by
  /// the time somebody reads the message.
  private func naming<Value>(_ path: RelativePath, _ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let error as ComposeError where error.kind == .badData {
      throw ComposeError(
        .badData, "\(files.url)/\(path)".sanitizedForDisplay, error.cause,
        remedy: "Ask the hub's administrators to restore the file", findings: error.findings)
    }
  }

  private func fetch<Value>(
    _ path: RelativePath, into pool: Directory, _ body: (String, Int32?) throws -> Value
  ) throws -> Value? {
    // Create the directory only once the server sends the file.
    var place: (directory: Directory, file: WritableFile)?
    let temporary = Directory.temporaryPrefix + path.name
    do {
      let found = try files.get(
        path,
        begin: {
          try place?.directory.removeFile(temporary)
          place = nil
        },
        receive: { bytes in
          if place == nil {
            let directory = try path.parent.map { try pool.makeDirectories($0) } ?? pool
            try directory.removeFile(temporary)
            place = (directory, try directory.createFile(temporary))
          }
          try place?.file.write(bytes)
        })
      guard case .file(let modified) = found else { return nil }
      guard let place else {
        throw ComposeError(
          .badData, "\(files.url)/\(path)".sanitizedForDisplay, "it is empty",
          remedy: "Ask the hub's administrators to restore the file")
      }
      // Set the time of the hub's file: it goes into the metadata, which is then
      // the same as with a mounted top directory.
      if modified > 0 { try place.file.setModified(modified) }
      try place.file.sync()
      let file = try place.directory.openFile(RelativePath.of(temporary))
      let value = try file.withDescriptor { descriptor in
        try naming(path) { try body("\(self.pool ?? "")/\(path)", descriptor) }
      }
      try place.directory.replace(path.name, with: temporary)
      try place.directory.sync()
      return value
    } catch {
      _ = try? place?.directory.removeFile(temporary)
      throw error
    }
  }
}
