import ComposeTrees
import ReleaseModel
import TestRandom
import Testing

/// A manifest that changes: what it keeps of earlier looks must not show.
@Suite struct ManifestTests {
  private static func path(_ text: String) throws -> RelativePath {
    try #require(RelativePath(text))
  }

  private static func sum(_ number: Int) -> Checksum {
    Checksum(digest: [UInt8](repeating: UInt8(number & 0xFF), count: 32))
  }

  @Test func `files are in order after each change`() throws {
    var random = SeededRandom(state: 1)
    let names = try (0..<60).map { try Self.path("Packages/\($0 % 7)/\($0)-1.rpm") }
    var manifest = Manifest(
      files: names.prefix(30).enumerated().map { ($1, Self.sum($0)) })
    for round in 0..<300 {
      for _ in 0..<Int.random(in: 0...3, using: &random) {
        let name = names[Int.random(in: 0..<names.count, using: &random)]
        manifest[name] = Bool.random(using: &random) ? Self.sum(round) : nil
      }
      if Bool.random(using: &random) {
        manifest.merge([names[random.below(names.count)]: Self.sum(-round)])
      }
      // Not every change is followed by a look.
      if Bool.random(using: &random) { continue }
      let wanted = manifest.checksums.keys.sorted()
      #expect(manifest.sorted.map(\.path) == wanted, "round \(round)")
      #expect(manifest.sorted.allSatisfy { manifest.checksums[$0.path] == $0.checksum })
      #expect(try Manifest(contents: manifest.contents, file: "m") == manifest)
    }
  }

  @Test func `a copy that changes leaves the other as it was`() throws {
    let (one, two) = (try Self.path("a/1"), try Self.path("b/2"))
    let manifest = Manifest(files: [(one, Self.sum(1))])
    #expect(manifest.sorted.count == 1)
    var copy = manifest
    copy[two] = Self.sum(2)
    copy[one] = Self.sum(3)
    #expect(copy.sorted.map(\.path) == [one, two])
    #expect(copy.sorted.map(\.checksum) == [Self.sum(3), Self.sum(2)])
    #expect(manifest.sorted.map(\.checksum) == [Self.sum(1)])
  }

  @Test func `repositories are those of now`() throws {
    let index = try Self.path("Everything/x86_64/repodata/repomd.xml")
    var manifest = Manifest(files: [(index, Self.sum(1))])
    #expect(manifest.repositories.map(\.description) == ["Everything/x86_64"])
    manifest[try Self.path("Everything/source/tree/repodata/repomd.xml")] = Self.sum(2)
    manifest[try Self.path("Everything/x86_64/repodata/primary.xml")] = Self.sum(3)
    #expect(
      manifest.repositories.map(\.description) == ["Everything/source/tree", "Everything/x86_64"])
    manifest[index] = nil
    #expect(manifest.repositories.map(\.description) == ["Everything/source/tree"])
  }
}
