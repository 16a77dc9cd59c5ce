import CMaxMind
import Glibc
import ReleaseModel

/// Countries of addresses, from a database in MaxMind's form.
final class CountryDatabase: @unchecked Sendable {
  // @unchecked: libmaxminddb only reads from an open database.
  private var database = MMDB_s()

  /// Throws `badData` for what is no database, and what ``PrivateFile`` throws.
  ///
  /// The library maps the file, and a mapped file that is overwritten in place ends the
  /// process: so it is given a copy that has no name.
  init(path: String) throws {
    let contents = try PrivateFile(path)
    let copy = try Self.namelessCopy(of: contents)
    defer { close(copy) }
    let code = MMDB_open("/proc/self/fd/\(copy)", UInt32(MMDB_MODE_MMAP), &database)
    guard code == MMDB_SUCCESS else {
      throw ComposeError(
        .badData, path.sanitizedForDisplay,
        "it is no database of countries: \(String(cString: MMDB_strerror(code)))",
        remedy: "Put the database there again: a new file, renamed into place")
    }
  }

  deinit { MMDB_close(&database) }

  /// Code of two letters; nil where the database does not know it.
  func country(of address: IPAddress) -> String? {
    var problem: Int32 = 0
    var result: MMDB_lookup_result_s
    switch address {
    case .v4(let number):
      var socket = sockaddr_in()
      socket.sin_family = sa_family_t(AF_INET)
      socket.sin_addr.s_addr = number.bigEndian
      result = withUnsafePointer(to: &socket) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          MMDB_lookup_sockaddr(&database, $0, &problem)
        }
      }
    case .v6(let number):
      // A database of version 4 alone has no answer.
      guard database.metadata.ip_version == 6 else { return nil }
      var socket = sockaddr_in6()
      socket.sin6_family = sa_family_t(AF_INET6)
      withUnsafeMutableBytes(of: &socket.sin6_addr) {
        $0.storeBytes(of: number.bigEndian, as: UInt128.self)
      }
      result = withUnsafePointer(to: &socket) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
          MMDB_lookup_sockaddr(&database, $0, &problem)
        }
      }
    }
    guard problem == MMDB_SUCCESS, result.found_entry else { return nil }
    var data = MMDB_entry_data_s()
    let code = "country".withCString { country in
      "iso_code".withCString { isoCode in
        var path: [UnsafePointer<CChar>?] = [country, isoCode, nil]
        return MMDB_aget_value(&result.entry, &data, &path)
      }
    }
    guard code == MMDB_SUCCESS, data.has_data, data.type == UInt32(MMDB_DATA_TYPE_UTF8_STRING),
      data.data_size == 2, let letters = data.utf8_string
    else { return nil }
    let bytes = UnsafeRawBufferPointer(start: letters, count: 2)
    guard bytes.allSatisfy({ isalpha(Int32($0)) != 0 && $0 < 0x80 }) else { return nil }
    return String(decoding: bytes, as: UTF8.self).uppercased()
  }

  private static func namelessCopy(of contents: PrivateFile) throws -> Int32 {
    let directory = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(directory)/epel-mirrorlist-XXXXXX".utf8CString)
    let file = mkstemp(&template)
    guard file >= 0 else { throw Self.cannotCopy(directory, errno) }
    unlink(template)
    _ = fcntl(file, F_SETFD, FD_CLOEXEC)
    let code = contents.withBytes { bytes -> Int32 in
      var written = 0
      while written < bytes.count {
        let count = write(
          file, bytes.baseAddress?.advanced(by: written), bytes.count - written)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return errno }
        written += count
      }
      return 0
    }
    guard code == 0 else {
      close(file)
      throw Self.cannotCopy(directory, code)
    }
    return file
  }

  private static func cannotCopy(_ directory: String, _ code: Int32) -> ComposeError {
    ComposeError(
      .inputOutput, directory.sanitizedForDisplay,
      "the database of countries cannot be copied there: \(String(cString: strerror(code)))",
      remedy: "Make room there, or name another directory by TMPDIR")
  }
}
