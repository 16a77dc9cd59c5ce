import ComposeTestSupport
import DependencyClosure
import Digests
import Foundation
import RPMPackages
import ReleaseModel
import RepoMetadata

/// RPM files: digests are made right again in most of them, so that what is behind is
/// reached.
struct RPMTarget: FuzzTarget {
  static let name = "rpm"
  static let words = ["README-RETIRED", "(((", "/usr/share/doc/", "070701", "TRAILER!!!"]
  private let scratch: Scratch
  private let reader = RPMReader(keyring: nil, markerPattern: GlobPattern("README-RETIRED*"))

  init() throws { scratch = try Scratch() }

  func seeds() throws -> [[UInt8]] {
    let directory = try TemporaryDirectory()
    let files = try RPMSpec(
      "alpha", epoch: 1,
      tags: ["Requires: gamma >= 1.0", "Obsoletes: beta < 2", "Requires: (delta if zeta)"],
      files: ["/etc/alpha.conf": "a\n"]
    ).retired().build(into: directory.path)
    return try files.map { Array(try Data(contentsOf: URL(fileURLWithPath: $0))) }
  }

  func run(_ input: [UInt8]) throws {
    var bytes = input
    // One in four stays as it is.
    if bytes.reduce(0, { $0 &+ $1 }) % 4 != 0 { RPMDigests.mend(&bytes) }
    let file = try scratch.write(bytes, as: "alpha.rpm")
    let rpm = try reader.read(file)
    _ = (rpm.build, rpm.package, Moment(rpm.buildTime).description)
    let xml = try RPMReader.withHeader(of: file) { header, range in
      try PackageXML(
        header: header,
        file: PackageXML.FileDetails(
          sha256: rpm.sha256, size: rpm.size, modified: 0, headerRange: range,
          location: rpm.location), changelogLimit: 10)
    }
    _ = try PrimaryReader.packages(of: [xml.primary])
  }
}

/// Digests in an RPM file: SHA-1 and SHA-256 of the header in the signature header, and
/// SHA-256 of the payload in the header.
enum RPMDigests {
  private enum Tag {
    static let sha1 = 269
    static let sha256 = 273
    static let payload = 5092
  }

  /// A header structure: where its index and its data are.
  private struct Header {
    let start: Int
    let end: Int
    private let entries: Int
    private let data: Int

    init?(_ bytes: [UInt8], at start: Int) {
      guard start + 16 <= bytes.count, bytes[start] == 0x8E, bytes[start + 1] == 0xAD else {
        return nil
      }
      entries = Self.word(bytes, start + 8)
      data = start + 16 + 16 * entries
      end = data + Self.word(bytes, start + 12)
      self.start = start
      guard end <= bytes.count else { return nil }
    }

    /// Where the data of a tag begin, of `count` bytes.
    func place(_ tag: Int, _ bytes: [UInt8], count: Int) -> Int? {
      for index in 0..<entries {
        let entry = start + 16 + 16 * index
        guard Header.word(bytes, entry) == tag else { continue }
        let place = data + Header.word(bytes, entry + 8)
        return place + count <= end ? place : nil
      }
      return nil
    }

    static func word(_ bytes: [UInt8], _ at: Int) -> Int {
      bytes[at..<at + 4].reduce(0) { $0 << 8 | Int($1) }
    }
  }

  static func mend(_ bytes: inout [UInt8]) {
    guard let signature = Header(bytes, at: 96),
      let main = Header(bytes, at: 96 + (signature.end - 96 + 7) / 8 * 8)
    else { return }
    put(.sha256, of: bytes[main.end...], at: main.place(Tag.payload, bytes, count: 64), &bytes)
    let header = bytes[main.start..<main.end]
    put(.sha1, of: header, at: signature.place(Tag.sha1, bytes, count: 40), &bytes)
    put(.sha256, of: header, at: signature.place(Tag.sha256, bytes, count: 64), &bytes)
  }

  private static func put(
    _ algorithm: MessageDigest.Algorithm, of part: ArraySlice<UInt8>, at place: Int?,
    _ bytes: inout [UInt8]
  ) {
    guard let place else { return }
    let digest = MessageDigest(algorithm)
    digest.update(Array(part))
    let digits = digest.finish().map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
    bytes.replaceSubrange(place..<place + digits.utf8.count, with: Array(digits.utf8))
  }
}
