import ComposeTestSupport
import Foundation
import Glibc
import MirrorlistServer
import MirrorlistSnapshot
import MirrorlistTestSupport
import Testing

/// How long a server waits for its clients; in this process, with limits of a second.
@Suite struct PatienceTests {
  /// A server over a small cache.
  private final class Server {
    let service: MirrorlistService
    let port: UInt16
    private let scratch: TemporaryDirectory

    init(_ change: (inout ServerOptions) -> Void) throws {
      scratch = try TemporaryDirectory()
      let cache = try SwappingCache(in: scratch.path)
      let loaded = try SnapshotInputs(cache: "\(cache.directory)/cache.proto")
        .load(after: OverlayMemory())
      var options = ServerOptions(trusted: ServerOptions.loopback)
      options.drain = 1
      change(&options)
      let socket = try ListeningSocket(address: try #require(IPAddress("127.0.0.1")), port: 0)
      port = try #require(socket.port)
      service = try MirrorlistService(
        socket: socket, options: options,
        holder: SnapshotHolder(loaded.snapshot, time: time(nil)), metrics: ServerMetrics())
    }

    deinit { service.end() }
  }

  @Test func `a head that does not end is not waited for, and others are served meanwhile`() throws
  {
    let server = try Server { $0.head = 1 }
    let slow = try (0..<200).map { _ in try PlainClient(port: server.port, seconds: 10) }
    for client in slow { try client.send("GET /-/live HTTP/1.1\r\nHost: ") }
    let other = try PlainClient(port: server.port)
    #expect(try other.get("/-/live").status == 200)
    var closed = 0
    for (number, client) in slow.enumerated() {
      // More of it does not give it more time.
      if number < 20 { try? client.send("a") }
      if try client.isClosed() { closed += 1 }
    }
    #expect(closed == 200)
    // Between two requests there is more time.
    #expect(try other.get("/-/live").status == 200)
  }

  @Test func `an idle connection is kept for as long as it is told, and no longer`() throws {
    let server = try Server { $0.idle = 10 }
    let client = try PlainClient(port: server.port, seconds: 30)
    for _ in 0..<3 {
      usleep(400_000)
      #expect(try client.get("/-/live").status == 200)
    }
    let began = ContinuousClock.now
    #expect(try client.isClosed())
    #expect(ContinuousClock.now - began > .seconds(1))
  }

  @Test func `an answer that nobody takes is not kept`() throws {
    let server = try Server { $0.stall = 1 }
    let deaf = try PlainClient(port: server.port, seconds: 10)
    try? deaf.send(
      String(repeating: "GET \(Responder.metalink) HTTP/1.1\r\nHost: a\r\n\r\n", count: 1500))
    usleep(4_000_000)
    // What the kernel has is still there; then comes the end, before the last answer.
    var answers = 0
    while (try? deaf.receive()) != nil { answers += 1 }
    #expect(answers < 1500)
    let other = try PlainClient(port: server.port)
    #expect(try other.get("/-/live").status == 200)
  }

  @Test func `who was in the queue of a socket that ends is answered`() throws {
    let server = try Server { _ in }
    let clients = try (0..<100).map { _ in
      let client = try PlainClient(port: server.port)
      try client.send("GET /-/live HTTP/1.1\r\nHost: a\r\n\r\n")
      return client
    }
    server.service.end()
    for client in clients { #expect(try client.receive().status == 200) }
    #expect(throws: PlainClient.Failure.self) { _ = try PlainClient(port: server.port) }
  }

  @Test func `an address that is taken is said so`() throws {
    let server = try Server { _ in }
    let address = try #require(IPAddress("127.0.0.1"))
    #expect(throws: (any Error).self) {
      _ = try ListeningSocket(address: address, port: server.port)
    }
  }

  @Test(arguments: [
    ("127.0.0.1:80", "127.0.0.1", UInt16(80)), ("[::1]:18081", "::1", 18081), ("::1:80", nil, 0),
    ("127.0.0.1", nil, 0), ("127.0.0.1:65536", nil, 0), ("host:80", nil, 0), ("", nil, 0),
  ])
  func `where to listen`(text: String, address: String?, port: UInt16) {
    let parsed = ListeningSocket.parse(text)
    #expect(parsed?.address.description == address)
    if address != nil { #expect(parsed?.port == port) }
  }
}
