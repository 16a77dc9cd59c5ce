import ComposeTestSupport
import Foundation
import MirrorlistTestSupport
import Testing

/// What clients may do: they are served, or refused alone.
@Suite struct ClientTests {
  @Test func `methods, paths and endpoints`() throws {
    let responder = try Responder()
    let client = try PlainClient(port: responder.port)
    let whole = try client.get(Responder.metalink)
    #expect(whole.headers["content-type"] == "application/metalink+xml")
    #expect(whole.headers["cache-control"] == "no-cache" && whole.headers["date"] != nil)
    let head = try client.get(Responder.metalink, method: "HEAD")
    #expect(head.status == 200 && (Int(head.headers["content-length"] ?? "") ?? 0) > 1000)
    #expect(try client.get("/mirrorlist?repo=epel-7", method: "POST").status == 405)
    #expect(try client.get("/", method: "DELETE").headers["allow"] == "GET, HEAD")
    #expect(try client.get("/-/live").text == "live\n")
    #expect(try client.get("/-/ready?x").status == 200)
    for target in ["/", "/-/nothing", "/metalinks"] {
      #expect(try client.get(target).status == 404)
    }
    let redirect = try client.get("/mirrorlist?repo=epel-7&arch=x86_64&redirect=1")
    #expect(redirect.status == 302 && redirect.headers["location"]?.hasPrefix("https://") == true)
    #expect(try client.get("/mirrorlist").status == 400)
    let metrics = try client.get("/-/metrics")
    #expect(metrics.headers["content-type"] == "text/plain; version=0.0.4")
    #expect(
      metrics.text.contains(
        "epel_mirrorlist_requests_total{endpoint=\"metalink\",status=\"200\"} 2"))
    #expect(metrics.text.contains("epel_mirrorlist_connections 1\n"))
    #expect(metrics.text.contains("epel_mirrorlist_snapshot_entries{kind=\"repositories\"} 40\n"))
    #expect(metrics.text.contains("epel_mirrorlist_request_seconds_count 11\n"))
  }

  @Test func `connections are kept and closed as HTTP has it`() throws {
    let responder = try Responder()
    let old = try PlainClient(port: responder.port)
    try old.send("GET /-/live HTTP/1.0\r\n\r\n")
    #expect(try old.receive().status == 200)
    #expect(try old.isClosed())
    let kept = try PlainClient(port: responder.port)
    for _ in 0..<2 {
      try kept.send("GET /-/live HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
      #expect(try kept.receive().headers["connection"] == "keep-alive")
    }
    let last = try PlainClient(port: responder.port)
    #expect(
      try last.get("/-/live", headers: ["Connection: close"]).headers["connection"] == "close")
    #expect(try last.isClosed())
    let upgrading = try PlainClient(port: responder.port)
    let answer = try upgrading.get(
      "/-/live", headers: ["Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c"])
    #expect(answer.status == 200 && answer.headers["connection"] == "close")
  }

  /// A name, what is sent, and the status of what comes.
  static let refused: [(String, String, Int)] = [
    (
      "long header",
      "GET /-/live HTTP/1.1\r\nHost: a\r\nX: \(String(repeating: "x", count: 20_000))\r\n\r\n", 431
    ),
    (
      "long URL",
      "GET /metalink?\(String(repeating: "x", count: 1 << 20)) HTTP/1.1\r\nHost: a\r\n\r\n", 431
    ),
    ("body", "GET /-/live HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", 413),
    ("chunked", "GET /-/live HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 413),
    ("binary", "\u{1}\u{2}\r\n\r\n", 400), ("version", "GET / HTTP/9.9\r\n\r\n", 400),
    ("header", "GET /\r\nHost\r\n\r\n", 400), ("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    (
      "two lengths",
      "GET /-/live HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n", 400
    ),
  ]

  @Test(arguments: refused.indices)
  func `what is too large or malformed is refused alone`(index: Int) throws {
    let (name, request, status) = Self.refused[index]
    let responder = try Responder()
    let client = try PlainClient(port: responder.port)
    let other = try PlainClient(port: responder.port)
    // It may be refused before all is sent.
    try? client.send(request)
    let answer = try client.receive()
    #expect(answer.status == status && answer.headers["connection"] == "close", "\(name)")
    #expect(try client.isClosed())
    #expect(try other.get("/-/live").status == 200)
  }

  @Test func `requests that come together are answered in their order`() throws {
    let responder = try Responder()
    let client = try PlainClient(port: responder.port)
    try client.send(
      String(repeating: "GET /-/live HTTP/1.1\r\nHost: a\r\n\r\n", count: 300)
        + "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n"
        + String(repeating: "GET \(Responder.metalink) HTTP/1.1\r\nHost: a\r\n\r\n", count: 300))
    var live = 0
    for _ in 0..<300 where try client.receive().text == "live\n" { live += 1 }
    #expect(live == 300)
    #expect(try client.receive().status == 404)
    var whole = 0
    for _ in 0..<300 where try client.receive().text.hasSuffix("</metalink>\n") { whole += 1 }
    #expect(whole == 300)
  }

  @Test func `who takes no answers costs little memory`() throws {
    let responder = try Responder()
    let before = responder.process.memory("VmRSS")
    let deaf = try (0..<40).map { _ in try PlainClient(port: responder.port, seconds: 1) }
    for client in deaf {
      try? client.send(
        String(repeating: "GET \(Responder.metalink) HTTP/1.1\r\nHost: a\r\n\r\n", count: 2000))
    }
    #expect(try responder.get(Responder.metalink).status == 200)
    // All answers of one would be 40 MB.
    #expect(responder.process.memory("VmRSS") - before < 100_000)
  }

  @Test func `the client is whom a trusted proxy names last`() throws {
    let responder = try Responder(["--statistics", "/dev/null"])
    let other = try Responder(["--trust", "192.0.2.0/24"])
    // The network is Sweden's, and there are enough mirrors in Europe.
    func country(_ responder: Responder, _ headers: [String]) throws -> String {
      try responder.get("/mirrorlist?repo=epel-7&arch=x86_64", headers: headers).text
    }
    #expect(
      try !country(responder, ["X-Forwarded-For: 10.0.0.1, 192.0.2.7"]).contains("global"))
    #expect(
      try country(responder, ["X-Forwarded-For: 192.0.2.7", "X-Forwarded-For: 10.255.0.1"])
        .contains("country = global "))
    for odd in ["X-Forwarded-For: unknown", "X-Forwarded-For: \u{E9}\u{F1}", "X-Forwarded-For: ,"] {
      #expect(try country(responder, [odd]).contains("country = global "))
    }
    #expect(try country(other, ["X-Forwarded-For: 192.0.2.7"]).contains("country = global "))
  }

  @Test func `no more connections are accepted than are allowed; the rest waits`() throws {
    let responder = try Responder(["--connections", "3"])
    var clients = try (0..<3).map { _ in try PlainClient(port: responder.port) }
    for client in clients { #expect(try client.get("/-/live").status == 200) }
    let waiting = try PlainClient(port: responder.port, seconds: 1)
    try waiting.send("GET /-/live HTTP/1.1\r\nHost: a\r\n\r\n")
    #expect(throws: PlainClient.Failure.self) { _ = try waiting.receive() }
    clients.removeFirst()
    #expect(try waiting.receive().status == 200)
  }

  @Test func `a herd of four thousand waits for its turn`() throws {
    let responder = try Responder()
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    let usual = limit
    defer {
      var usual = usual
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &usual)
    }
    limit.rlim_cur = limit.rlim_max
    setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    let count = Int(min(4000, limit.rlim_max / 2))
    var herd: [PlainClient] = []
    for _ in 0..<count { herd.append(try PlainClient(port: responder.port)) }
    for client in herd { try client.send("GET /-/live HTTP/1.1\r\nHost: a\r\n\r\n") }
    var answered = 0
    for client in herd where try client.receive().status == 200 { answered += 1 }
    #expect(answered == count)
  }
}
