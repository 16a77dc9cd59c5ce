import ComposeLifecycle
import ComposeStage
import ComposeStream
import ComposeTestSupport
import Digests
import DocumentSigning
import DurableFiles
import Foundation
import Glibc
import MirrorDocuments
import ReleaseLedger
import ReleaseModel
import Testing

/// A user looks at the public root before every call that changes a file system, and now and
/// then such a call fails: what is stated is never wrong for longer than two renames.
@Suite(.waiting) struct StatementOrderTests {
  /// Looks, and lets one call fail.
  private final class Looker: MutationObserver {
    private struct State {
      var calls = 0
      var bytes: [Data?] = []
      var isSigned = true
      var serials: [Int] = []
      /// Calls before which something was wrong, and what.
      var wrong: [(call: Int, what: String)] = []
    }

    private let state = Guarded(State())
    private let root: String
    private let verifier: SignatureVerifier
    private let now: Int
    private let failing: Int?

    init(_ signed: SignedStage, failing: Int? = nil) throws {
      root = signed.stage.locations.public
      now = signed.stage.now
      self.failing = failing
      guard let signer = signed.stage.stream.signer else {
        throw Shell.Failure(description: "the policy has nothing signed")
      }
      verifier = try signer.verifier()
    }

    var wrong: [(call: Int, what: String)] { state.withLock { $0.wrong } }
    var serials: [Int] { state.withLock { $0.serials } }
    var calls: Int { state.withLock { $0.calls } }

    func made(_ mutation: Mutation, result: Int32) {}

    func fault(before mutation: Mutation) -> Fault? {
      let call = state.withLock { state in
        state.calls += 1
        return state.calls
      }
      look(call)
      return call == failing ? .error(EIO) : nil
    }

    private func contents(_ path: String) -> Data? {
      FileManager.default.contents(atPath: "\(root)/\(path)")
    }

    private func look(_ call: Int) {
      let (bytes, signature) = (
        contents("epel-7.current.json"), contents("epel-7.current.json.asc")
      )
      state.withLock { state in
        if state.bytes != [bytes, signature] {
          state.bytes = [bytes, signature]
          state.isSigned =
            (try? verifier.verify(Array(signature ?? Data()), over: Array(bytes ?? Data())))
            != nil
        }
        guard state.isSigned, let bytes, let statement = CurrentStatement(Array(bytes)) else {
          return state.wrong.append((call, "the pair does not match"))
        }
        if state.serials.last != statement.serial { state.serials.append(statement.serial) }
        var served: [RelativePath: CurrentVerdict.Served] = [:]
        for index in statement.repositories {
          let repomd = contents("\(index.path)/repodata/repomd.xml").map(Array.init)
          served[index.path] =
            repomd.map {
              .found(Checksum(of: $0), revision: IndexRevision.number(in: $0))
            } ?? .missing
        }
        let verdict = CurrentVerdict(
          of: statement, serving: served,
          knowing: .init(newest: statement, written: [], patience: 3600, now: now))
        if verdict.state.isAlarm {
          state.wrong.append((call, "\(verdict.state): \(verdict.detail ?? "")"))
        }
      }
    }
  }

  /// Both releases, the first one current, and something to push.
  private func ready() async throws -> SignedStage {
    let signed = try SignedStage()
    try await signed.makeReleases()
    return signed
  }

  private func observe(
    _ looker: Looker, _ body: () async throws -> Void
  ) async throws {
    try await FaultPoint.$observer.withValue(looker) { try await body() }
  }

  @Test func `a reader meets one pair that does not match, and nothing else`() async throws {
    let signed = try await ready()
    let stage = signed.stage
    for (step, body) in [
      ("promote", { try stage.promote(SignedStage.next) }),
      (
        "update",
        {
          try RPMSpec("beta").build(into: stage.pool)
          try await stage.update()
        }
      ),
      ("rollback", { try Executor(stream: stage.stream).run(RollbackOperation(in: stage.stream)) }),
    ] as [(String, () async throws -> Void)] {
      let looker = try Looker(signed)
      try await observe(looker, body)
      #expect(looker.calls > 10, "\(step)")
      #expect(
        looker.wrong.map(\.what) == ["the pair does not match"], "\(step): \(looker.wrong)")
      #expect(looker.serials.count == 2 && looker.serials == looker.serials.sorted(), "\(step)")
    }
  }

  @Test func `what an update only signs anew is stated before anybody sees it`() async throws {
    let signed = try await ready()
    // Both keys, while one takes the place of the other: clients get the new file.
    let file = "\(signed.stage.root)/keys/metadata-key"
    let next = try SigningKey(named: "Next")
    // Its files go with it.
    defer { withExtendedLifetime(next) {} }
    let both = try [signed.key.publicKey, next.publicKey].map {
      try String(contentsOfFile: $0, encoding: .utf8)
    }
    try both.joined().write(toFile: file, atomically: true, encoding: .utf8)
    let looker = try Looker(signed)
    try await observe(looker) { try await signed.stage.update() }
    let key = "updates/7/Everything/x86_64/repodata/repomd.xml.key"
    #expect(
      try String(contentsOfFile: "\(signed.stage.locations.public)/\(key)", encoding: .utf8)
        == both.joined())
    #expect(looker.wrong.map(\.what) == ["the pair does not match"], "\(looker.wrong)")
    #expect(looker.serials.count == 2)
  }

  @Test func `a call that fails leaves nothing wrong behind, and no serial twice`() async throws {
    let signed = try await ready()
    let stage = signed.stage
    let last = try signed.statement().serial
    var serials = [last]
    var failed = 0
    for (failing, isPromote) in [(4, true), (9, true), (13, true), (20, false), (31, false)] {
      let looker = try Looker(signed, failing: failing)
      try await observe(looker) {
        do {
          if isPromote {
            try stage.promote(SignedStage.next)
          } else {
            try RPMSpec("beta", "1.\(failing)").build(into: stage.pool)
            try await stage.update()
          }
        } catch is ComposeError {
          failed += 1
        }
      }
      #expect(looker.wrong.count <= 1, "\(failing): \(looker.wrong)")
      // What every command does when it begins and when it ends.
      try Recovery(stream: stage.stream).run()
      try signed.publication.renew()
      let after = try Looker(signed)
      try await observe(after) { try stage.stream.locations.syncFileSystems() }
      #expect(after.wrong.isEmpty, "\(failing): \(after.wrong)")
      let statement = try signed.statement()
      #expect(try statement.release == stage.ledger.currentRelease()?.id)
      #expect(try statement.serial == stage.ledger.newestStatement()?.serial)
      serials += looker.serials + after.serials
      if isPromote, try stage.link() == SignedStage.next {
        try Executor(stream: stage.stream).run(RollbackOperation(in: stage.stream))
      }
    }
    #expect(failed >= 3)
    #expect(serials == serials.sorted(), "\(serials)")
  }
}
