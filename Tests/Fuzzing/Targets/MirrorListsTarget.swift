import Digests
import MirrorDocuments
import ReleaseModel

/// File lists and documents of the change feed, as others may have written them.
struct MirrorListsTarget: FuzzTarget {
  static let name = "mirror-lists"
  static let words = [
    "[Files]\n", "[End]\n", "\n\n", "[Checksums SHA1]\n", "\t", "\tf\t", "\tl*\t", "A\t", "D\t",
    "..",
    "9223372036854775807", "-1", "changes/00000001.json",
  ]

  init() {}

  func seeds() throws -> [[UInt8]] {
    var files = FileListing()
    files.append(time: 1, kind: .directory, access: .everybody, size: 4096, path: "updates".utf8)
    files.append(time: 2, kind: .file, access: .restricted, size: 0, path: "updates/a".utf8)
    let list = FileTimeList(
      files: files, digests: ["updates/repomd.xml": try FileDigests(of: Array("x".utf8))])
    let difference = ListDifference(from: FileListing(), to: files)
    guard let module = ModuleName("epel") else { return [] }
    let document = FeedDocument(
      module: module, serial: 1, time: 1, stream: "epel-7", command: "publish", release: nil,
      links: ["updates/7": "7.06"], repositories: [], difference: difference, list: "")
    return [
      list.bytes, difference.text, try document.bytes(),
      try FeedHead(module: module, serial: 1, oldest: 1, time: 1).bytes(),
    ]
  }

  func run(_ input: [UInt8]) throws {
    _ = FeedHead(bytes: input)
    _ = FeedDocument(bytes: input)
    let listing = FileListing(text: input)
    for index in 0..<listing.count { _ = listing[index] }
    if let list = FileTimeList(bytes: input) {
      precondition(FileTimeList(bytes: list.bytes)?.files == list.files)
    }
    if let difference = ListDifference(text: input) {
      _ = difference.rows
      _ = difference.applied(to: listing)
      precondition(
        difference.applied(to: FileListing()).count <= difference.added + difference.changed)
    }
  }
}
