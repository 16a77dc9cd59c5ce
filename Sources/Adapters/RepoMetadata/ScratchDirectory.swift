import Glibc
import ReleaseModel

/// A temporary directory that is removed with this object, for libraries that
/// only take paths.
final class ScratchDirectory {
  let path: String

  init() throws {
    let place = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(place)/epel-compose-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw ComposeError(
        .inputOutput, place.sanitizedForDisplay,
        "no directory can be made there: \(String(cString: strerror(errno)))",
        remedy: "Free space there, or name another place with TMPDIR")
    }
    path = template.withUnsafeBufferPointer { buffer in
      buffer.baseAddress.map { String(cString: $0) } ?? ""
    }
  }

  deinit {
    guard let directory = opendir(path) else { return }
    var names: [String] = []
    while let entry = readdir(directory) {
      let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
      let name = UnsafeRawPointer(entry).advanced(by: offset)
      names.append(String(cString: name.assumingMemoryBound(to: CChar.self)))
    }
    closedir(directory)
    for name in names where name != "." && name != ".." { unlink("\(path)/\(name)") }
    rmdir(path)
  }
}
