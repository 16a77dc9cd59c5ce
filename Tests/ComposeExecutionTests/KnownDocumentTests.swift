import ComposeChecks
import ComposePolicy
import ComposeStage
import ComposeStream
import ComposeTestSupport
import Foundation
import HeaderCache
import PackageLibrary
import RPMPackages
import ReleaseLedger
import ReleaseModel
import Testing

/// Checks that go by what is known of documents say what those say that read everything.
@Suite struct KnownDocumentTests {
  /// One thing that somebody does to the metadata of a repository.
  struct Damage: Sendable, CustomTestStringConvertible {
    let testDescription: String
    /// - Parameter repodata: directory of the damaged repository.
    let perform: @Sendable (_ repodata: String) throws -> Void
  }

  private static func file(_ repodata: String, _ suffix: String) throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: repodata)
    return "\(repodata)/\(try #require(names.first { $0.hasSuffix(suffix) }))"
  }

  /// Replaces a file, leaving its other names alone.
  private static func replace(_ path: String, _ change: (inout Data) -> Void) throws {
    var data = try Data(contentsOf: URL(fileURLWithPath: path))
    change(&data)
    try FileManager.default.removeItem(atPath: path)
    try data.write(to: URL(fileURLWithPath: path))
  }

  private static func replaceText(_ path: String, _ change: (String) -> String) throws {
    try replace(path) { $0 = Data(change(String(decoding: $0, as: UTF8.self)).utf8) }
  }

  private static let damages = [
    Damage(testDescription: "nothing") { _ in },
    Damage(testDescription: "a flipped bit in primary") {
      try replace(file($0, "-primary.xml.gz")) { $0[$0.count / 2] ^= 1 }
    },
    Damage(testDescription: "a flipped bit in filelists") {
      try replace(file($0, "-filelists.xml.gz")) { $0[$0.count / 2] ^= 1 }
    },
    Damage(testDescription: "half of other") {
      try replace(file($0, "-other.xml.gz")) { $0 = $0.prefix($0.count / 2) }
    },
    Damage(testDescription: "no filelists") {
      try FileManager.default.removeItem(atPath: file($0, "-filelists.xml.gz"))
    },
    Damage(testDescription: "filelists under the name of other") {
      try FileManager.default.removeItem(atPath: file($0, "-other.xml.gz"))
      try FileManager.default.copyItem(
        atPath: file($0, "-filelists.xml.gz"), toPath: "\($0)/other.xml.gz")
    },
    Damage(testDescription: "another open checksum of every document in repomd.xml") {
      try replaceText("\($0)/repomd.xml") {
        $0.replacing(/<open-checksum type="sha256">[0-9a-f]{4}/) { _ in
          "<open-checksum type=\"sha256\">0000"
        }
      }
    },
    Damage(testDescription: "primary of the other architecture") {
      let other = $0.replacing("x86_64", with: "ppc64le")
      let primary = try file(other, "-primary.xml.gz")
      for name in try FileManager.default.contentsOfDirectory(atPath: $0) {
        try FileManager.default.removeItem(atPath: "\($0)/\(name)")
      }
      for name in try FileManager.default.contentsOfDirectory(atPath: other) {
        try FileManager.default.copyItem(atPath: "\(other)/\(name)", toPath: "\($0)/\(name)")
      }
      #expect(FileManager.default.fileExists(atPath: primary))
    },
    Damage(testDescription: "an element that no client reads") {
      try rewritePrimary($0) { $0.replacing("<name>beta</name>", with: "<name>beta</nam>") }
    },
    Damage(testDescription: "a package at another place") {
      try rewritePrimary($0) {
        $0.replacing("beta-1.0-1.noarch.rpm", with: "beta-1.0-9.noarch.rpm")
      }
    },
    Damage(testDescription: "a package of another size, in another form") {
      try rewritePrimary($0) {
        $0.replacing(/<size package="[0-9]+"/) { _ in "<size  package='7'" }
      }
    },
    Damage(testDescription: "a package of another version") {
      try rewritePrimary($0) { $0.replacing("ver=\"1.0\"", with: "ver=\"9.0\"") }
    },
  ]

  /// Another primary document, of which repomd.xml says what is true.
  private static func rewritePrimary(_ repodata: String, _ change: (String) -> String) throws {
    let path = try file(repodata, "-primary.xml.gz")
    let before = try Shell.check("gzip", ["-dc", path])
    let after = change(before)
    #expect(after != before)
    let plain = "\(repodata)/primary.xml"
    try Data(after.utf8).write(to: URL(fileURLWithPath: plain))
    try Shell.check("gzip", ["-n", plain])
    func sum(_ path: String, _ filter: String) throws -> String {
      String(try Shell.check("sh", ["-c", "\(filter) <\(path) | sha256sum"]).prefix(64))
    }
    let (old, oldOpen) = (try sum(path, "cat"), try sum(path, "gzip -dc"))
    let (new, newOpen) = (try sum("\(plain).gz", "cat"), try sum("\(plain).gz", "gzip -dc"))
    let size = try Data(contentsOf: URL(fileURLWithPath: "\(plain).gz")).count
    let oldSize = try Data(contentsOf: URL(fileURLWithPath: path)).count
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.moveItem(
      atPath: "\(plain).gz", toPath: "\(repodata)/\(new)-primary.xml.gz")
    try replaceText("\(repodata)/repomd.xml") {
      $0.replacing(old, with: new).replacing(oldOpen, with: newOpen)
        .replacing("<size>\(oldSize)</size>", with: "<size>\(size)</size>")
    }
  }

  private func library(of stage: Stage) throws -> PackageLibrary {
    // What another one keeps is written when it goes.
    stage.library = nil
    let cache = try #require(
      HeaderCache.open(directory: stage.scratch.path("cache"), access: .writing))
    return PackageLibrary(
      reader: RPMReader(keyring: nil, markerPattern: stage.policy.retirement.marker),
      cache: cache, form: stage.policy.metadataForm)
  }

  @Test(arguments: damages)
  func `what was found of the same bytes before changes no verdict`(damage: Damage) async throws {
    let stage = try Stage()
    try stage.add(.first)
    stage.library = try library(of: stage)
    try await stage.compose("7.06.201903")
    let record = try stage.record("7.06.201903")
    #expect(try TreeCheckRunner(stream: stage.stream).run(record).passed)
    try damage.perform(
      stage.locations.staging + "/updates/7.06.201903/Everything/x86_64/repodata")
    let quick = try TreeCheckRunner(stream: stage.stream).run(record)
    // Another process, to which only the header cache tells anything.
    stage.library = try library(of: stage)
    #expect(try TreeCheckRunner(stream: stage.stream).run(record) == quick)
    stage.library = nil
    let thorough = try TreeCheckRunner(stream: stage.stream, isThorough: true).run(record)
    #expect(quick == thorough)
    #expect(quick.passed == (damage.testDescription == "nothing"))
  }
}
