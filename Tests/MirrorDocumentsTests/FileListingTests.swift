import MirrorDocuments
import Testing

@Suite struct FileListingTests {
  @Test func `a row is written as mirrors read it`() {
    var listing = FileListing()
    listing.append(
      time: 1_567_166_400, kind: .directory, access: .everybody, size: 4096, path: "updates".utf8)
    listing.append(
      time: 0, kind: .file, access: .restricted, size: 0, path: "updates/a\u{e4}".utf8)
    listing.append(
      time: -5, kind: .link, access: .withinRestricted, size: 11, path: "updates/b".utf8)
    #expect(
      String(decoding: listing.text, as: UTF8.self)
        == "1567166400\td\t4096\tupdates\n0\tf-\t0\tupdates/a\u{e4}\n-5\tl*\t11\tupdates/b\n")
    #expect(listing[1] == .init(time: 0, type: "f-", size: 0, path: "updates/a\u{e4}"))
    #expect(listing.path(at: 2).elementsEqual("updates/b".utf8))
  }
}
