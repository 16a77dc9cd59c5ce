import Glibc
import ReleaseModel

/// One name that ``Directory/walk(_:below:_:)`` comes to. Its bytes are valid during the call
/// alone.
package struct WalkedEntry {
  /// The path, as bytes: names need not be UTF-8.
  package let path: UnsafeBufferPointer<UInt8>
  /// The last component.
  package let name: UnsafeBufferPointer<UInt8>
  /// By `lstat`.
  package let status: FileStatus
  /// Whether it lies in the very directory in which the walk began.
  package let isAtTop: Bool
}

extension Directory {
  /// Walks through everything below this directory, in the order of the bytes of paths.
  ///
  /// What goes away meanwhile is left out; no link is followed.
  ///
  /// - Parameters:
  ///   - prefix: what paths begin with: empty, or a path with a slash at its end.
  ///   - visit: called for each name; for a directory it says whether to enter it.
  package func walk(
    below prefix: String = "", _ visit: (WalkedEntry) throws -> Bool
  ) throws {
    var path = Array(prefix.utf8)
    try withoutActuallyEscaping(visit) { visit in
      try DirectoryWalk(visit: visit).walk(descriptor, at: self.path, &path, isAtTop: true)
    }
  }
}

/// A walk that has begun.
///
/// All paths below a directory `a` begin with `a/`, so they come one after the other; names
/// such as `a-b` may come between `a` itself and them. Each directory is therefore sorted with
/// two keys for a directory in it: `a`, and `a/` for its contents.
private struct DirectoryWalk {
  let visit: (WalkedEntry) throws -> Bool

  /// A key in the order of one directory.
  private struct Key {
    /// Where the name begins in the bytes of all names.
    let start: Int
    /// Of the name.
    let length: Int
    /// Of the status.
    let index: Int
    let isContents: Bool
  }

  func walk(
    _ descriptor: Int32, at place: String, _ path: inout [UInt8], isAtTop: Bool
  ) throws {
    try Interruption.check(remaining: "reading \(place.sanitizedForDisplay)")
    let names = try Self.names(in: descriptor, at: place)
    var statuses: [FileStatus] = []
    var keys: [Key] = []
    try names.withUnsafeBufferPointer { bytes in
      try Self.look(at: bytes, in: descriptor, place, &statuses, &keys)
      keys.sort { Self.precedes($0, $1, bytes) }
    }
    var entered = [Bool](repeating: false, count: statuses.count)
    let depth = path.count
    for key in keys {
      path.append(contentsOf: names[key.start..<key.start + key.length])
      defer { path.removeLast(path.count - depth) }
      guard key.isContents else {
        entered[key.index] = try path.withUnsafeBufferPointer { path in
          try visit(
            WalkedEntry(
              path: path, name: UnsafeBufferPointer(rebasing: path[depth...]),
              status: statuses[key.index], isAtTop: isAtTop))
        }
        continue
      }
      guard entered[key.index] else { continue }
      let name = String(decoding: path[depth...], as: UTF8.self)
      let child = names.withUnsafeBytes { Self.open($0, from: key.start, in: descriptor) }
      guard child >= 0 else {
        // It went away, or is a directory no more.
        if [ENOENT, ENOTDIR, ELOOP].contains(errno) { continue }
        throw ComposeError(
          systemError: errno, doing: "opening the directory", path: "\(place)/\(name)")
      }
      defer { close(child) }
      path.append(UInt8(ascii: "/"))
      try walk(child, at: "\(place)/\(name)", &path, isAtTop: false)
    }
  }

  /// Whether `first` comes before `second`; a key of contents has a slash at its end.
  private static func precedes(
    _ first: Key, _ second: Key, _ bytes: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    guard let base = bytes.baseAddress else { return false }
    let common = min(first.length, second.length)
    let order = memcmp(base + first.start, base + second.start, common)
    if order != 0 { return order < 0 }
    let slash = UInt8(ascii: "/")
    if first.length == second.length { return !first.isContents && second.isContents }
    if first.length < second.length {
      return !first.isContents || slash < base[second.start + common]
    }
    return second.isContents && base[first.start + common] < slash
  }

  /// All names in a directory, each with a zero byte at its end, in no order.
  private static func names(in descriptor: Int32, at place: String) throws -> [UInt8] {
    let copy = try SystemCall.inspect(doing: "reading the directory", at: place) {
      openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    }
    guard let stream = fdopendir(copy) else {
      let code = errno
      close(copy)
      throw ComposeError(systemError: code, doing: "reading the directory", path: place)
    }
    defer { closedir(stream) }
    var names: [UInt8] = []
    let dot = UInt8(ascii: ".")
    while true {
      errno = 0
      guard let entry = readdir(stream) else {
        if errno == 0 { return names }
        throw ComposeError(systemError: errno, doing: "reading the directory", path: place)
      }
      guard let offset = MemoryLayout<dirent>.offset(of: \.d_name) else { return names }
      // An entry is only as long as its name.
      let start = UnsafeRawPointer(entry).advanced(by: offset)
      let length = strlen(start.assumingMemoryBound(to: CChar.self))
      let bytes = UnsafeRawBufferPointer(start: start, count: length + 1)
      if bytes[0] == dot, length == 1 || (length == 2 && bytes[1] == dot) { continue }
      names.append(contentsOf: bytes)
    }
  }

  /// What each of `names` is, with its keys; names that are gone by now are left out.
  private static func look(
    at names: UnsafeBufferPointer<UInt8>, in descriptor: Int32, _ place: String,
    _ statuses: inout [FileStatus], _ keys: inout [Key]
  ) throws {
    var start = 0
    while start < names.count, let base = names.baseAddress {
      let name = UnsafeRawPointer(base + start).assumingMemoryBound(to: CChar.self)
      let length = strlen(name)
      defer { start += length + 1 }
      var buffer = stat()
      if fstatat(descriptor, name, &buffer, AT_SYMLINK_NOFOLLOW) != 0 {
        if errno == ENOENT { continue }
        throw ComposeError(
          systemError: errno, doing: "looking at it", path: "\(place)/\(String(cString: name))")
      }
      let status = FileStatus(buffer)
      for isContents in status.kind == .directory ? [false, true] : [false] {
        keys.append(
          Key(start: start, length: length, index: statuses.count, isContents: isContents))
      }
      statuses.append(status)
    }
  }

  /// The directory of this name, opened without following a link; -1 with errno.
  private static func open(
    _ names: UnsafeRawBufferPointer, from start: Int, in descriptor: Int32
  ) -> Int32 {
    guard let base = names.baseAddress else { return -1 }
    let name = (base + start).assumingMemoryBound(to: CChar.self)
    while true {
      let opened = openat(descriptor, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)
      if opened >= 0 || errno != EINTR { return opened }
    }
  }
}
