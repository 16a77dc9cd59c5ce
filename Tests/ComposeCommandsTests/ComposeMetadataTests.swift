import ComposeTestSupport
import Foundation
import Testing

/// The library that tools of distributions read composes with.
private enum Productmd {
  private static let home = "\(Fixtures.checkout)/.build/koji-client"
  static let python = "\(home)/bin/python3"
  static let isThere = FileManager.default.fileExists(atPath: "\(home)/productmd")
}

/// What a tree says of itself, as the ecosystem's own library reads it.
@Suite(
  .waiting,
  .enabled(
    if: Productmd.isThere && Shell.has("dnf"),
    "needs productmd, which 'make test' installs, and dnf"))
struct ComposeMetadataTests {
  private func check(_ tree: String) throws -> Shell.Outcome {
    let cache = try TemporaryDirectory()
    return try Shell.run(
      Productmd.python,
      ["-B", "\(Fixtures.checkout)/Tests/Fixtures/check-compose", tree, cache.path])
  }

  private func expectOrder(
    _ tree: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let outcome = try check(tree)
    #expect(
      outcome.output == "in order\n", "\(outcome.errors)", sourceLocation: sourceLocation)
  }

  private func stream() throws -> (LivingStream, tree: String) {
    let stream = try LivingStream()
    try stream.add(
      RPMSpec(
        "alpha", epoch: 2, arch: "x86_64",
        subpackages: [
          RPMSpec.Subpackage("debuginfo", files: ["/usr/lib/debug/alpha.debug": "symbols"])
        ]))
    try stream.add(RPMSpec("beta"))
    try stream.add(LivingStream.engine)
    try stream.installation.release("7.06.201903")
    return (stream, "\(stream.installation.root)/pub/epel/updates/7.06.201903")
  }

  @Test func `productmd reads every tree, also after pushes`() throws {
    let (stream, tree) = try stream()
    let release = tree.replacing("/updates/", with: "/releases/")
    try expectOrder(tree)
    try expectOrder(release)
    try stream.add(RPMSpec("beta", "1.1"))
    try stream.update()
    try expectOrder(tree)
    try stream.takeBack(["--withdraw", "beta-1.1-1"])
    // What is not offered is not listed.
    try expectOrder(tree)
    let info = try String(contentsOfFile: "\(tree)/metadata/composeinfo.json", encoding: .utf8)
    #expect(info.contains("\"label\": \"Update-2.0\""))
    try Golden.expect(info, matches: "composeinfo.json")
    let rpms = try String(contentsOfFile: "\(tree)/metadata/rpms.json", encoding: .utf8)
    try Golden.expect(rpms, matches: "rpms.json")
    let ini = try String(contentsOfFile: "\(tree)/.composeinfo", encoding: .utf8)
    try Golden.expect(stream.installation.normalized(ini), matches: "composeinfo.ini")
  }

  @Test(arguments: [
    ("COMPOSE_ID", "-7.06", "-7.07"), ("STATUS", "FINISHED", "DOOMED"),
    ("metadata/composeinfo.json", "7.06.201903", "7.07.201903"),
    ("metadata/rpms.json", "beta-1.0-1.noarch.rpm", "beta-9.0-1.noarch.rpm"),
    ("metadata/rpms.json", "\"category\": \"binary\"", "\"category\": \"source\""),
  ])
  func `damage is noticed`(file: String, from: String, to: String) throws {
    let (stream, tree) = try stream()
    // Its directory lives as long as it does.
    defer { withExtendedLifetime(stream) {} }
    let path = "\(tree)/\(file)"
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try #require(text.contains(from))
    try FileManager.default.removeItem(atPath: path)
    try Data(text.replacing(from, with: to).utf8).write(to: URL(fileURLWithPath: path))
    #expect(try check(tree).status == 1)
  }
}
