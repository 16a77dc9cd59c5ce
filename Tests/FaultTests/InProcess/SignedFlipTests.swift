import ComposeLifecycle
import ComposeStage
import ComposeStream
import ComposeTestSupport
import DocumentSigning
import Foundation
import ReleaseModel
import Synchronization
import Testing

/// Readers that verify signatures, while the links flip and each flip signs anew.
@Suite struct SignedFlipTests {
  private struct Seen {
    var pairs = 0
    /// That did not fit at first.
    var mixed = 0
    var problems: [String] = []
  }

  /// How often a client asks in all: dnf asks twice, and again with the next command.
  private static let tries = 4

  /// Of two flips each: 30 where `EPEL_COMPOSE_FLIPS` does not say how many.
  private static let rounds =
    ProcessInfo.processInfo.environment["EPEL_COMPOSE_FLIPS"].flatMap { Int($0) } ?? 30

  @Test func `signatures fit, or fit when a client asks again`() async throws {
    let stage = try Stage(small: .inMemory(), metadata: .quick())
    try stage.add(.small)
    try await stage.release("7.06.201903")
    try stage.add(.smallNext)
    try await stage.release("7.07.201908")
    let verifier = try #require(try stage.stream.signer?.verifier())
    let place = "\(stage.locations.public)/releases/7/Everything/x86_64/repodata"
    let isOver = Atomic(false)
    let seen = Guarded(Seen())
    let done = DispatchGroup()
    done.enter()
    Thread.detachNewThread {
      while !isOver.load(ordering: .acquiring) {
        let problems = Self.problems(at: place, verifier)
        seen.withLock { seen in
          seen.pairs += 1
          if !problems.isEmpty { seen.mixed += 1 }
          if problems.count == Self.tries { seen.problems.append(problems[0]) }
        }
      }
      done.leave()
    }
    for _ in 0..<Self.rounds {
      try Executor(stream: stage.stream).run(RollbackOperation(in: stage.stream))
      try stage.promote("7.07.201908")
    }
    isOver.store(true, ordering: .releasing)
    await withCheckedContinuation { continuation in
      done.notify(queue: .global()) { continuation.resume() }
    }
    let result = seen.withLock { $0 }
    #expect(result.problems == [], "\(result.mixed) of \(result.pairs) did not fit at first")
    #expect(result.pairs > 10)
    #expect(
      try SignedMetadata.problems(
        below: stage.locations.public, publicKey: SignedMetadata.quick().publicKey) == [])
  }

  /// What was wrong with each try but the last; as many as tries where none was right.
  private static func problems(at place: String, _ verifier: SignatureVerifier) -> [String] {
    var problems: [String] = []
    for _ in 0..<tries {
      // As dnf asks: each file by the link, one after the other.
      guard let index = FileManager.default.contents(atPath: "\(place)/repomd.xml"),
        let signature = FileManager.default.contents(atPath: "\(place)/repomd.xml.asc")
      else {
        problems.append("a file is not there")
        continue
      }
      do {
        _ = try verifier.verify(Array(signature), over: Array(index))
        return problems
      } catch {
        problems.append("\(error)")
      }
    }
    return problems
  }
}
