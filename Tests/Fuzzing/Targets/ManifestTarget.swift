import ComposeTrees
import Digests
import Foundation
import ReleaseModel

/// What a tree says of itself: its list of files and its `.composeinfo`.
struct ManifestTarget: FuzzTarget {
  static let name = "manifest"
  static let words = ["  ", "\n", "[compose]", "respin = ", "Update-1.0", "../"]

  init() {}

  func seeds() throws -> [[UInt8]] {
    let sum = Checksum(of: [1])
    return [
      Array("\(sum)  x86_64/Packages/a/alpha.rpm\n\(sum)  x86_64/repodata/repomd.xml\n".utf8),
      Array(
        """
        [release]
        short = epel-7
        version = 7.06.201903
        [compose]
        date = 2019-03-01
        respin = 1
        [tree]
        tag = epel7-7.06.201903
        plan = \(sum)
        """.utf8),
    ]
  }

  func run(_ input: [UInt8]) throws {
    _ = ComposeInfo.Identity(contents: input)
    let manifest = try Manifest(contents: input, file: "manifest")
    _ = (manifest.repositories, manifest.sorted)
  }
}
