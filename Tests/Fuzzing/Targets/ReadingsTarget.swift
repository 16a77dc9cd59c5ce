import ComposeTrees
import Digests
import ReleaseModel

/// What was read of an archive. Whatever is in it, its checksum is right: else nothing of it would be
/// read at all.
struct ReadingsTarget: FuzzTarget {
  static let name = "readings"
  static let words = [
    "read 16777216 1\n", "read -1 0\n", "read 9223372036854775807 1\n",
    "read 1 9223372036854775807\n", "tree ", "\n\n",
  ]

  init() {}

  private static let end = "sha256 ".utf8.count + 2 * Checksum.byteCount + 1

  func seeds() throws -> [[UInt8]] {
    var readings = ArchiveReadings(of: "epel-7")
    for number in 0..<3 {
      let copy = TreeReading.Copy(
        manifest: Checksum(of: [UInt8(number)]), inode: UInt64(number), modified: 1)
      readings.set(TreeReading(copy, times: [0, 0, 1_600_000_000, 1_700_000_000]))
    }
    return [Array(readings.bytes.dropLast(Self.end))]
  }

  func run(_ input: [UInt8]) throws {
    var readings = ArchiveReadings(of: "epel-7")
    try readings.parse(input + Array("sha256 \(Checksum(of: input).hex)\n".utf8))
    _ = readings.bytes
  }
}
