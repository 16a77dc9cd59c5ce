import DurableFiles
import KojiClient
import ReleaseModel

/// A top directory behind a web server.
///
/// What a compose takes is downloaded into a pool on the file system of the
/// trees, where it can be linked from; it has its name there only once it was
/// read and verified. A preview downloads and keeps nothing.
struct RemoteTopDirectory: TopDirectory {
  let files: HubFiles
  /// Nil for previews.
  let pool: String?

  var label: String { files.url }

  func withFile<Value>(
    _ path: RelativePath, _ body: (String, Int32?) throws -> Value
  ) throws -> Value? {
    guard let pool else { return try preview(path, body) }
    let directory = try Directory.create(root: pool)
    if try directory.status(of: path)?.kind == .file { return try body("\(pool)/\(path)", nil) }
    return try fetch(path, into: directory, body)
  }

  private func preview<Value>(
    _ path: RelativePath, _ body: (String, Int32?) throws -> Value
  ) throws -> Value? {
    let file = try ScratchFile()
    let found = try files.get(
      path, begin: { try file.clear() }, receive: { try file.write($0) })
    guard found != nil else { return nil }
    return try file.withDescriptor { try body("\(files.url)/\(path)", $0) }
  }

  private func fetch<Value>(
    _ path: RelativePath, into pool: Directory, _ body: (String, Int32?) throws -> Value
  ) throws -> Value? {
    // Nothing is made for a file that is not there.
    var place: (directory: Directory, file: WritableFile)?
    let temporary = Directory.temporaryPrefix + path.name
    let modified = try files.get(
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
    guard let modified, let place else { return nil }
    // The time goes into the metadata: it is that of the hub's file, as on a
    // mount.
    if modified > 0 { try place.file.setModified(modified) }
    try place.file.sync()
    do {
      let value = try place.directory.openFile(RelativePath.of(temporary)).withDescriptor {
        try body("\(self.pool ?? "")/\(path)", $0)
      }
      try place.directory.replace(path.name, with: temporary)
      try place.directory.sync()
      return value
    } catch {
      _ = try? place.directory.removeFile(temporary)
      throw error
    }
  }
}
