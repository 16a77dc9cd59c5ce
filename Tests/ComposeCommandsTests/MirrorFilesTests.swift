import ComposeTestSupport
import Digests
import Foundation
import MirrorDocuments
import ReleaseModel
import Testing

/// What each command leaves for those who answer clients: overlay, maps and hand-over.
@Suite(.waiting) struct MirrorFilesTests {
  private func overlay(_ stage: MirrorStage) throws -> Overlay {
    let file = "\(stage.installation.root)/var/lib/epel-compose/mirrors/epel-7.overlay"
    return try Overlay(Array(Data(contentsOf: URL(fileURLWithPath: file))), from: file)
  }

  private func text(_ stage: MirrorStage, _ name: String) throws -> String {
    try String(
      contentsOfFile: "\(stage.installation.root)/var/lib/epel-compose/\(name)", encoding: .utf8)
  }

  private func handovers(_ stage: MirrorStage) throws -> [String] {
    let directory = "\(stage.installation.root)/var/lib/epel-compose/mirrors/handover"
    guard FileManager.default.fileExists(atPath: directory) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: directory).sorted()
  }

  /// Every repomd.xml of the overlay is the file that is there, and none is left out.
  private func expectIndexes(
    _ stage: MirrorStage, of trees: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let indexes = try overlay(stage).indexes
    let repositories = ["Everything/source/tree", "Everything/x86_64", "Everything/x86_64/debug"]
    let wanted = trees.flatMap { tree in repositories.map { "\(tree)/\($0)/repodata" } }
    #expect(
      indexes.map(\.directory.description).sorted() == wanted.sorted(),
      sourceLocation: sourceLocation)
    for index in indexes {
      let file = "\(stage.installation.root)/\(index.directory)/repomd.xml"
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: file)))
      #expect(index.size == bytes.count, sourceLocation: sourceLocation)
      #expect(try index.digests == FileDigests(of: bytes), sourceLocation: sourceLocation)
      let times = String(decoding: bytes, as: UTF8.self).matches(of: /<timestamp>([0-9]+)</)
      #expect(
        index.timestamp == times.compactMap { Int($0.output.1) }.max(),
        sourceLocation: sourceLocation)
    }
  }

  private func links(_ release: String?) -> [String] {
    release.map { release in
      ["releases/7", "updates/7"].map { "pub/epel/\($0) pub/epel/updates/\(release)" }
    } ?? []
  }

  private func expect(
    _ stage: MirrorStage, current release: String?, trees: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let overlay = try overlay(stage)
    #expect(
      overlay.links.map { "\($0.path) \($0.target)" } == links(release),
      sourceLocation: sourceLocation)
    #expect(
      overlay.redirects.map { "\($0.client) \($0.release)" }
        == (release.map { release in
          ["", "debug-", "source-"].map { "epel-\($0)7 epel-\($0)\(release)" }
        } ?? []), sourceLocation: sourceLocation)
    try expectIndexes(stage, of: trees, sourceLocation: sourceLocation)
    #expect(
      try text(stage, "redirects/epel-7-current.txt")
        == (release.map {
          "releases/7 updates/\($0)\nupdates/7 updates/\($0)\n"
        } ?? ""), sourceLocation: sourceLocation)
  }

  @Test func `every command leaves what has become of the stream`() throws {
    let stage = try MirrorStage(minimum: 0)
    let (installation, first, next) = (stage.installation, MirrorStage.first, MirrorStage.next)
    func trees(_ release: String, below top: String = "pub/epel") -> [String] {
      ["releases", "updates"].map { "\(top)/\($0)/\(release)" }
    }
    try RPMSpec("alpha").build(into: installation.pool)
    try stage.compose(first)
    #expect(try handovers(stage).isEmpty)
    try installation.succeed(["publish", first])
    try expect(stage, current: nil, trees: trees(first))
    #expect(try handovers(stage).isEmpty)

    try installation.succeed(["promote", first, "--skip-soak"])
    try expect(stage, current: first, trees: trees(first))
    #expect(try handovers(stage) == ["\(first)-promote.sql", "\(first)-promote.txt"])
    let mapping = try text(stage, "mirrors/handover/\(first)-promote.txt")
    #expect(mapping.contains(#"regex='^pub/epel/updates/7\.[.\d]+/'"#), "\(mapping)")
    #expect(mapping.contains("prefix=\"epel-release\""))

    try RPMSpec("alpha", "1.5").build(into: installation.pool)
    try installation.succeed(["update", "7", "--rpms", installation.pool, "--allow-unsigned"])
    try expect(stage, current: first, trees: trees(first))
    #expect(try handovers(stage).contains("\(first)-urgent.txt"))

    try RPMSpec("alpha", "2.0").build(into: installation.pool)
    try stage.compose(next)
    try installation.succeed(["publish", next])
    try installation.succeed(["promote", next, "--skip-soak"])
    try expect(stage, current: next, trees: trees(first) + trees(next))
    let sql = try text(stage, "mirrors/handover/\(next)-promote.sql")
    #expect(sql.contains("NOT IN ('epel-\(first)', 'epel-\(next)'"), "\(sql)")
    #expect(
      !(try text(stage, "mirrors/handover/\(next)-promote.txt").contains("repository_mapping")))

    try installation.succeed(["rollback", "7"])
    try expect(stage, current: first, trees: trees(first) + trees(next))
    #expect(try text(stage, "mirrors/handover/\(first)-rollback.txt").contains("Before all else"))
    #expect(
      try text(stage, "mirrors/handover/\(first)-rollback.sql")
        .contains("('epel-7', 'epel-\(first)')"))

    // What leads clients back to the other release is gone.
    #expect(
      try handovers(stage).filter { $0.hasSuffix(".sql") } == ["\(first)-rollback.sql"])
    try installation.succeed(["mirrors", "lists", "7"])
    #expect(
      try handovers(stage).filter { $0.hasSuffix(".sql") } == ["\(first)-rollback.sql"])

    try installation.succeed(["promote", next, "--skip-soak"])
    #expect(try !handovers(stage).contains("\(first)-rollback.sql"))
    try installation.succeed(["archive", first])
    try expect(
      stage, current: next,
      trees: trees(first) + trees(next) + trees(first, below: "pub/archives/epel"))
    #expect(try overlay(stage).archived.isEmpty)
    #expect(try handovers(stage).contains("\(first)-archive.txt"))
    // The server of this test knows no archive.
    try installation.succeed([
      "archive", first, "--remove-original", "--skip-mirrors", "It is a test",
    ])
    try expect(
      stage, current: next, trees: trees(next) + trees(first, below: "pub/archives/epel"))
    #expect(
      try overlay(stage).archived.map { "\($0.path) \($0.archive)" }
        == ["releases", "updates"].map {
          "pub/epel/\($0)/\(first) pub/archives/epel/\($0)/\(first)"
        })
    let left = try text(stage, "mirrors/handover/\(first)-archive.txt")
    #expect(left.contains("The original is gone"), "\(left)")
    #expect(!left.contains("--remove-original"), "\(left)")
    // Nothing has changed since: the files stay.
    let before = try handovers(stage)
    try installation.succeed(["mirrors", "lists", "7"])
    #expect(try handovers(stage) == before)
  }

  @Test func `what ended is led to the archive, and then said to be over`() throws {
    let stage = try MirrorStage(minimum: 0)
    let installation = stage.installation
    let first = MirrorStage.first
    try RPMSpec("alpha").build(into: installation.pool)
    try stage.compose(first)
    try installation.succeed(["publish", first])
    try installation.succeed(["promote", first, "--skip-soak"])
    let before = try overlay(stage)
    try installation.succeed(["end", "7"])
    let ended = try overlay(stage)
    let trees = ["releases", "updates"].map {
      "pub/epel/\($0)/\(first) pub/archives/epel/\($0)/\(first)"
    }
    #expect(ended.archived.map { "\($0.path) \($0.archive)" } == trees)
    #expect(ended.links == before.links && ended.redirects == before.redirects)
    #expect(ended.ended.isEmpty)
    try installation.succeed(["end", "7", "--undo"])
    #expect(try overlay(stage).archived.isEmpty)
    try installation.succeed(["end", "7"])

    let file = "\(installation.policies)/epel-7.yaml"
    try String(contentsOfFile: file, encoding: .utf8)
      .replacing("endGrace: 60 days", with: "endGrace: 0 days")
      .write(toFile: file, atomically: true, encoding: .utf8)
    try installation.succeed(["end", "7", "--remove-original", "--skip-mirrors", "It is a test"])
    let gone = try overlay(stage)
    #expect(gone.links.isEmpty && gone.redirects.isEmpty)
    #expect(gone.archived.map { "\($0.path) \($0.archive)" } == trees)
    let names = ["", "debug-", "source-"].flatMap {
      ["epel-\($0)7", "epel-\($0)\(first)", "epel-release-\($0)\(first)"]
    }
    let paths = ["7", first].flatMap { ["pub/epel/releases/\($0)", "pub/epel/updates/\($0)"] }
    let subjects =
      names.map { Overlay.Ended.Subject.name($0) }
      + (try paths.map { Overlay.Ended.Subject.path(try .of($0)) })
    #expect(Set(gone.ended.map(\.subject)) == Set(subjects) && gone.ended.count == subjects.count)
    // As web servers answer.
    let text = try #require(gone.ended.first?.text)
    #expect(gone.ended.allSatisfy { $0.text == text })
    #expect(
      try self.text(stage, "redirects/epel-7-nginx.conf").contains("return 410 \"\(text)\\n\";"))
    let bytes = gone.bytes
    #expect(String(decoding: bytes, as: UTF8.self).hasPrefix("epel-mirrorlist overlay 2\n"))
  }

  @Test func `what was undone is not handed over later`() throws {
    let stage = try MirrorStage(minimum: 0)
    try stage.publishNext()
    let (installation, first, next) = (stage.installation, MirrorStage.first, MirrorStage.next)
    let directory = "\(installation.root)/var/lib/epel-compose/mirrors/handover"
    try FileManager.default.removeItem(atPath: directory)
    try Data().write(to: URL(fileURLWithPath: directory))
    for arguments in [["promote", next, "--skip-soak"], ["rollback", "7"], ["abandon", next]] {
      let outcome = try installation.run(arguments)
      #expect(outcome.status == 73, "\(arguments): \(outcome.errors)")
    }
    try FileManager.default.removeItem(atPath: directory)
    try installation.succeed(["mirrors", "lists", "7"])
    #expect(try handovers(stage) == ["\(first)-rollback.sql", "\(first)-rollback.txt"])
    // Files of others stay.
    try Data().write(to: URL(fileURLWithPath: "\(directory)/\(next)-promote.sql"))
    try Data().write(to: URL(fileURLWithPath: "\(directory)/\(next)-promote.sql.orig"))
    try Data().write(to: URL(fileURLWithPath: "\(directory)/8.1.202001-promote.sql"))
    try installation.succeed(["mirrors", "lists", "7"])
    #expect(
      try handovers(stage) == [
        "\(first)-rollback.sql", "\(first)-rollback.txt", "\(next)-promote.sql.orig",
        "8.1.202001-promote.sql",
      ])
  }

  @Test func `an older repomd.xml of ours is told from a foreign one`() throws {
    let stage = try MirrorStage()
    try RPMSpec("alpha").build(into: stage.installation.pool)
    try stage.compose(MirrorStage.first)
    try stage.installation.succeed(["publish", MirrorStage.first])
    try stage.installation.succeed([
      "promote", MirrorStage.first, "--skip-soak", "--skip-mirrors", "It is the first",
    ])
    let binary = MirrorStage.repositories(of: MirrorStage.first)[0]
    try stage.serve(MirrorStage.first)
    func repomd() throws -> String? {
      let report = try stage.installation.json(["mirrors", "status", "7"])
      let stream = try #require((report["streams"] as? [[String: Any]])?.first)
      let release = try #require((stream["releases"] as? [[String: Any]])?.first)
      let repositories = try #require(release["repositories"] as? [[String: Any]])
      return repositories.first { $0["name"] as? String == binary.name }?["repomd"] as? String
    }
    #expect(try repomd() == "newest")
    try RPMSpec("alpha", "1.5").build(into: stage.installation.pool)
    try stage.installation.succeed([
      "update", "7", "--rpms", stage.installation.pool, "--allow-unsigned",
    ])
    #expect(try repomd() == "older")
    let outcome = try stage.installation.run(["mirrors", "status", MirrorStage.first])
    #expect(outcome.status == 2)
    #expect(outcome.errors.contains("knows an older repomd.xml"), "\(outcome.errors)")
    #expect(
      outcome.output.contains(/MirrorManager has not scanned since [0-9]{4}-/), "\(outcome.output)")
    // Without the history, it cannot be told.
    try FileManager.default.removeItem(
      atPath: "\(stage.installation.root)/var/lib/epel-compose/mirrors/epel-7.indexes")
    #expect(try repomd() == "unknown")
  }

  @Test func `what cannot be written stops no flip, and is written later`() throws {
    let stage = try MirrorStage(minimum: 0)
    try stage.publishNext()
    let (installation, next) = (stage.installation, MirrorStage.next)
    let directory = "\(installation.root)/var/lib/epel-compose/mirrors/handover"
    try FileManager.default.removeItem(atPath: directory)
    try Data().write(to: URL(fileURLWithPath: directory))
    // What is owed is known since the second in which the command began: the flip of the first
    // release was in another.
    let second = time(nil)
    while time(nil) == second { usleep(10_000) }
    let outcome = try installation.run(["promote", next, "--skip-soak"])
    #expect(outcome.status == 73, "\(outcome.errors)")
    #expect(outcome.errors.contains("overlay, maps and hand-over of epel-7"), "\(outcome.errors)")
    #expect(outcome.errors.contains("What the command did is done"), "\(outcome.errors)")
    let status = try installation.json(["status", "7"])
    let stream = try #require((status["streams"] as? [[String: Any]])?.first)
    let codes = try #require(stream["warnings"] as? [[String: Any]]).map { $0["code"] as? String }
    #expect(codes.contains("files-owed"), "\(codes)")
    #expect(!codes.contains("lists-owed"), "\(codes)")
    #expect(try installation.run(["mirrors", "lists", "7", "--check"]).status == 2)
    #expect(
      try FileManager.default.destinationOfSymbolicLink(
        atPath: "\(installation.root)/pub/epel/updates/7") == next)
    try FileManager.default.removeItem(atPath: directory)
    try installation.succeed(["mirrors", "lists", "7"])
    #expect(try handovers(stage) == ["\(next)-promote.sql", "\(next)-promote.txt"])
  }
}
