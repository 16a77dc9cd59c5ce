import ComposeTestSupport
import Foundation
import Testing

/// What `promote` and `archive --remove-original` ask of the metalink server.
@Suite(.waiting) struct MirrorGateTests {
  private typealias Repositories = [(name: String, arch: String, path: String)]

  @Test func `links wait for mirrors, and for MirrorManager`() throws {
    let stage = try MirrorStage()
    try stage.publishNext()
    let (installation, server) = (stage.installation, stage.server)
    let binary = MirrorStage.repositories(of: MirrorStage.next)[0]
    let question = MirrorStage.question(binary.name, binary.arch)
    let right = try stage.checksum(of: binary.path)
    let urls = [0, 1, 2].map { MirrorStage.url($0, binary.path) }
    try stage.serve(MirrorStage.next)
    let before = try installation.snapshot()

    func expect(
      _ status: Int32, saying words: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      for dry in [[], ["--dry-run"]] {
        let outcome = try stage.promoteNext(dry)
        #expect(outcome.status == status, "\(outcome.errors)", sourceLocation: sourceLocation)
        #expect(outcome.errors.contains(words), "\(outcome.errors)", sourceLocation: sourceLocation)
      }
      #expect(try installation.snapshot() == before, sourceLocation: sourceLocation)
      #expect(
        try installation.run(["mirrors", "status", MirrorStage.next]).status != 0,
        sourceLocation: sourceLocation)
    }
    try server.set(question, nil)
    try expect(2, saying: "MirrorManager does not know epel-7.07.201908 x86_64")
    try server.set(question, MirrorStage.metalink(right, urls: Array(urls.prefix(1))))
    try expect(2, saying: "1 mirror has epel-7.07.201908 x86_64, and 'mirrors.minimum' is 2")
    // One host by two URLs is one mirror.
    let twice = [urls[0], urls[0].replacing("https:", with: "http:")]
    try server.set(question, MirrorStage.metalink(right, urls: twice))
    try expect(2, saying: "1 mirror has")
    let foreign = String(repeating: "ab", count: 32)
    try server.set(question, MirrorStage.metalink(foreign, urls: urls))
    try expect(2, saying: "MirrorManager knows another repomd.xml of epel-7.07.201908 x86_64")
    try server.fail(question, 503)
    try expect(69, saying: "HTTP status 503")
    try server.flood(question)
    try expect(69, saying: "1024 KiB")
    try server.set(question, "<html>Sorry")
    try expect(69, saying: "no XML")
    try server.set(question, "<html/>")
    try expect(69, saying: "no metalink of a repomd.xml")

    // Debug and source repositories keep no client from its updates.
    try server.set(question, MirrorStage.metalink(right, urls: urls))
    for repository in MirrorStage.repositories(of: MirrorStage.next).dropFirst() {
      try server.set(MirrorStage.question(repository.name, repository.arch), nil)
    }
    let outcome = try stage.promoteNext()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(server.log.allSatisfy { $0.contains(" epel-compose/") }, "\(server.log)")
  }

  @Test func `nobody is asked about a release that cannot be promoted`() throws {
    let stage = try MirrorStage()
    try stage.publishNext()
    let asked = stage.server.log.count
    let binary = MirrorStage.repositories(of: MirrorStage.next)[0]
    try stage.server.fail(MirrorStage.question(binary.name, binary.arch), 503)
    let message = try stage.installation.expectRefusal(["promote", MirrorStage.next], status: 2)
    #expect(message.contains("soak time"), "\(message)")
    #expect(stage.server.log.count == asked)
  }

  @Test func `who goes on in spite of mirrors is recorded`() throws {
    let stage = try MirrorStage()
    try stage.publishNext()
    #expect(try stage.promoteNext(["--skip-mirrors", "  "]).status == 64)
    // A server that does not answer is overridden as well.
    let binary = MirrorStage.repositories(of: MirrorStage.next)[0]
    try stage.server.fail(MirrorStage.question(binary.name, binary.arch), 503)
    let reason = "mirrors follow tomorrow"
    let outcome = try stage.promoteNext(["--skip-mirrors", reason])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.errors.contains("HTTP status 503: \(reason)"), "\(outcome.errors)")
    #expect(try stage.installation.succeed(["status", "7"]).contains(reason))
    #expect(try stage.installation.succeed(["history"]).contains(reason))
  }

  @Test func `an original stays while clients are led to it`() throws {
    let stage = try MirrorStage()
    try stage.publishNext()
    let (installation, server) = (stage.installation, stage.server)
    let first = MirrorStage.first
    try installation.succeed(["promote", MirrorStage.next, "--skip-soak", "--skip-mirrors", "test"])
    try installation.succeed(["archive", first])
    #expect(try installation.run(["archive", first, "--skip-mirrors", "x"]).status == 64)
    let before = try installation.snapshot()
    func expect(
      _ status: Int32, saying words: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      for dry in [[], ["--dry-run"]] {
        let outcome = try installation.run(["archive", first, "--remove-original"] + dry)
        #expect(outcome.status == status, "\(outcome.errors)", sourceLocation: sourceLocation)
        #expect(outcome.errors.contains(words), "\(outcome.errors)", sourceLocation: sourceLocation)
      }
      #expect(try installation.snapshot() == before, sourceLocation: sourceLocation)
    }
    // MirrorManager knows neither the release nor the archive.
    try stage.lead(to: MirrorStage.next)
    try expect(
      2, saying: "MirrorManager does not know the archive pub/archives/epel/updates/\(first)")
    // Clients of the name get the original, and the archive is not scanned.
    try stage.serve(first)
    try stage.lead(to: MirrorStage.next)
    try expect(
      2, saying: "MirrorManager does not know the archive pub/archives/epel/updates/\(first)")
    // It is scanned, and the name leads to the original still.
    let all = ["updates", "releases"].flatMap { MirrorStage.repositories(of: first, area: $0) }
    for (_, _, path) in all {
      let places = (0..<3).map { MirrorStage.url($0, path, archived: true) + "/\n" }.joined()
      try server.set(
        MirrorStage.question(directory: "pub/archives/epel/\(path)"), "# path = x \n" + places)
    }
    try expect(2, saying: "clients of epel-release-7.06.201903 x86_64 are led to the original")
    let shown = try installation.json(["mirrors", "status", "7"])
    let streams = try #require(shown["streams"] as? [[String: Any]])
    let releases = try #require(streams.first?["releases"] as? [[String: Any]])
    let repositories = try #require(releases.first?["repositories"] as? [[String: Any]])
    #expect(repositories.allSatisfy { $0["archive"] as? String == "known" }, "\(repositories)")
    // Names lead to the archive, but clients without a release to the original.
    try stage.serve(first, archived: true)
    try stage.lead(to: first)
    try expect(2, saying: "clients of epel-7 x86_64 get 7.06.201903")
    try stage.lead(to: MirrorStage.next)
    try server.fail(MirrorStage.question("epel-7", "x86_64"), 503)
    try expect(69, saying: "epel-7")
    try stage.lead(to: MirrorStage.next)
    let outcome = try installation.run(["archive", first, "--remove-original"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(
      !FileManager.default.fileExists(atPath: "\(installation.root)/pub/epel/updates/\(first)"))
  }

  @Test func `an original goes for a reason that is recorded`() throws {
    let stage = try MirrorStage()
    try stage.publishNext()
    let (installation, first) = (stage.installation, MirrorStage.first)
    try installation.succeed(["promote", MirrorStage.next, "--skip-soak", "--skip-mirrors", "test"])
    try installation.succeed(["archive", first])
    try stage.serve(first)
    let outcome = try installation.run([
      "archive", first, "--remove-original", "--skip-mirrors", "it must go today",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try installation.succeed(["history"]).contains("it must go today"))
    #expect(try installation.succeed(["status", "7"]).contains("it must go today"))
  }

  /// A stream that has ended, and whose grace time is over.
  private func ended() throws -> MirrorStage {
    let stage = try MirrorStage()
    let file = "\(stage.installation.policies)/epel-7.yaml"
    try String(contentsOfFile: file, encoding: .utf8)
      .replacing(/endGrace: .*/, with: "endGrace: 0 days")
      .write(toFile: file, atomically: true, encoding: .utf8)
    try stage.publishNext()
    try stage.installation.succeed(["abandon", MirrorStage.next])
    try stage.installation.succeed(["end", "7"])
    return stage
  }

  /// Names of clients lead to its last release for good: what counts is where that leads.
  @Test func `originals of a stream that ended wait until mirrors have the archive`() throws {
    let stage = try ended()
    let (installation, server, first) = (stage.installation, stage.server, MirrorStage.first)
    let before = try installation.snapshot()
    func expect(
      saying words: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
      for dry in [[], ["--dry-run"]] {
        let outcome = try installation.run(["end", "7", "--remove-original"] + dry)
        #expect(outcome.status == 2, "\(outcome.errors)", sourceLocation: sourceLocation)
        #expect(outcome.errors.contains(words), "\(outcome.errors)", sourceLocation: sourceLocation)
      }
      #expect(try installation.snapshot() == before, sourceLocation: sourceLocation)
    }
    try stage.serve(first)
    try stage.lead(to: first)
    try expect(saying: "MirrorManager does not know the archive pub/archives/epel/updates/\(first)")
    let all = ["updates", "releases"].flatMap { MirrorStage.repositories(of: first, area: $0) }
    for (_, _, path) in all {
      let places = (0..<3).map { MirrorStage.url($0, path, archived: true) + "/\n" }.joined()
      try server.set(
        MirrorStage.question(directory: "pub/archives/epel/\(path)"), "# path = x \n" + places)
    }
    try expect(saying: "clients of epel-release-7.06.201903 x86_64 are led to the original")
    let handover = ["mirrors", "handover", first, "--for", "archive"]
    let told = try installation.succeed(handover)
    #expect(told.contains("mm2_move-to-archive"), "\(told)")
    try stage.serve(first, archived: true)
    try installation.succeed(["end", "7", "--remove-original"])
    #expect(
      !FileManager.default.fileExists(atPath: "\(installation.root)/pub/epel/updates/\(first)"))
    // It tells the same afterwards.
    #expect(try installation.succeed(handover).contains("mm2_move-to-archive"))
  }

  @Test func `originals of a stream that ended go for a reason that is recorded`() throws {
    let stage = try ended()
    try stage.serve(MirrorStage.first)
    try stage.installation.succeed(
      ["end", "7", "--remove-original", "--skip-mirrors", "it must go today"])
    #expect(try stage.installation.succeed(["history"]).contains("it must go today"))
  }

  @Test func `below a root of its own, nobody in the world is asked`() throws {
    let stage = try MirrorStage(metalink: "https://mirrors.example.org/metalink")
    try stage.publishNext()
    let outcome = try stage.promoteNext()
    #expect(outcome.status == 0)
    #expect(outcome.errors.contains("no server was asked"), "\(outcome.errors)")
    let text = try stage.installation.succeed(["mirrors", "status", "7"])
    #expect(text.contains("no server was asked: with --root"), "\(text)")
    // Whoever asks for a proof does not get silence for one.
    let named = try stage.installation.run(["mirrors", "status", MirrorStage.next])
    #expect(named.status == 69, "\(named.errors)")
    #expect(named.errors.contains("no server was asked: with --root"), "\(named.errors)")
    let status = try stage.installation.json(["mirrors", "status", "7"])
    let stream = try #require((status["streams"] as? [[String: Any]])?.first)
    let releases = try #require(stream["releases"] as? [[String: Any]])
    #expect(releases.allSatisfy { ($0["repositories"] as? [Any])?.isEmpty == true })
    #expect((stream["clients"] as? [Any])?.isEmpty == true)
  }
}
