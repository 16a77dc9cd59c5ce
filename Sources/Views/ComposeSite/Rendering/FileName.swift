import ReleaseModel

/// The names of files and directories that are named after packages.
enum FileName {
  /// `name` with everything but ASCII letters, digits, `.`, `-` and `_`
  /// written as `=2B`, and a first dot as well: the same name in a file system
  /// and in a URL, where a plus is a space to some servers. Different names
  /// never become the same.
  ///
  /// Throws `badData` for a name that is empty or too long for a file.
  static func of(_ name: String) throws -> String {
    var result = ""
    for (index, byte) in name.utf8.enumerated() {
      switch byte {
      case UInt8(ascii: "."): result += index == 0 ? "=2E" : "."
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        result += "=" + (digits.count == 1 ? "0" : "") + digits
      }
    }
    guard (1...240).contains(result.utf8.count) else {
      throw ComposeError(
        .badData, "package '\(String(name.prefix(40)).sanitizedForDisplay)'",
        "its name cannot be the name of a page",
        remedy: "Look at the build system: no package can have that name")
    }
    return result
  }
}
