import Foundation
import Glibc

/// Clients that ask without pause from threads of their own, half of them with one
/// connection for all requests, half with one for each. Each looks at what it gets.
package final class LoadClients: @unchecked Sendable {
  // @unchecked: all that changes is changed under the lock.
  private let lock = NSLock()
  private var isOver = false
  private var counts = Counts()
  private let threads: DispatchGroup = DispatchGroup()

  /// What they saw.
  package struct Counts: Sendable {
    package var requests = 0
    /// Status and error of what was no right answer.
    package var errors: [String: Int] = [:]
    /// Answers from data older than what the same client had before.
    package var older = 0
    /// Microseconds that each request took.
    package var times: [Int] = []

    /// So many of a hundred requests took no longer.
    package func percentile(_ percent: Double) -> Int {
      let sorted = times.sorted()
      guard !sorted.isEmpty else { return 0 }
      return sorted[min(sorted.count - 1, Int(Double(sorted.count) * percent / 100))]
    }
  }

  /// Begins at once.
  ///
  /// - Parameter mayFail: whether a connection that breaks off counts as an error: it
  ///   does not where a server was killed.
  package init(
    port: UInt16, threads count: Int = 4,
    target: String = "/mirrorlist?repo=epel-7&arch=x86_64&time", mayFail: Bool = false
  ) {
    for index in 0..<count {
      threads.enter()
      let thread = Thread { [self] in
        run(port: port, target: target, keepsAlive: index % 2 == 0, mayFail: mayFail)
        threads.leave()
      }
      thread.start()
    }
  }

  /// How many requests there were so far.
  package var requests: Int { lock.withLock { counts.requests } }

  /// Ends them, and says what they saw.
  package func end() -> Counts {
    lock.withLock { isOver = true }
    threads.wait()
    return lock.withLock { counts }
  }

  private func run(port: UInt16, target: String, keepsAlive: Bool, mayFail: Bool) {
    var client: PlainClient?
    var newest = 0
    // A test that throws does not end them: they end by themselves.
    let last = ContinuousClock.now + .seconds(1200)
    while !lock.withLock({ isOver }), ContinuousClock.now < last {
      let began = ContinuousClock.now
      var problem: String?
      var isOlder = false
      do {
        let used = try client ?? PlainClient(port: port)
        client = keepsAlive ? used : nil
        let response = try used.get(target, headers: keepsAlive ? [] : ["Connection: close"])
        if response.status != 200 { problem = "status \(response.status)" }
        if response.headers["connection"] == "close" { client = nil }
        if let time = Self.time(response.body) {
          isOlder = time < newest
          newest = max(newest, time)
        } else if response.status == 200, target.hasSuffix("time") {
          problem = "no time"
        }
      } catch {
        client = nil
        problem = mayFail ? nil : "\(error)"
      }
      let took = ContinuousClock.now - began
      lock.withLock {
        counts.requests += 1
        if let problem { counts.errors[problem, default: 0] += 1 }
        if isOlder { counts.older += 1 }
        counts.times.append(
          Int(took.components.attoseconds / 1_000_000_000_000) + Int(took.components.seconds)
            * 1_000_000)
      }
    }
  }

  /// `# database creation time: N`, in the second line.
  private static func time(_ body: [UInt8]) -> Int? {
    let lines = body.prefix(4096).split(separator: 10, maxSplits: 2)
    guard lines.count > 1 else { return nil }
    let words = String(decoding: lines[1], as: UTF8.self).split(separator: ":")
    return words.count == 2 ? Int(words[1].trimmingCharacters(in: .whitespaces)) : nil
  }
}
