import Digests
import ReleaseModel

/// The names of files and directories that are named after packages.
enum FileName {
  /// Longest name that is made, bytes: room for an ending below the 255 of a file.
  private static let longest = 240

  /// `name` with everything but ASCII letters, digits, `.`, `-` and `_`
  /// written as `=2B`, and a first dot as well: the same name in a file system
  /// and in a URL, where a plus is a space to some servers. A name that would be too
  /// long for a file ends with `=h` and its SHA-256. Different names never become
  /// the same.
  ///
  /// Throws `badData` for a name that is empty.
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
    guard !result.isEmpty else {
      throw ComposeError(
        .badData, "package ''", "an empty name cannot be the name of a page",
        remedy: "Look at the build system: no package can have that name")
    }
    guard result.utf8.count > longest else { return result }
    return "\(result.prefix(160))=h\(Checksum(of: Array(name.utf8)).hex)"
  }
}
