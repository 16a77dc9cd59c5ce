import ComposeTestSupport
import Foundation
import MirrorDocuments
import MirrorlistTestSupport
import ReleaseModel
import Testing

/// New data, a new binary and a killed one, under load.
@Suite(.serialized) struct SwapTests {
  @Test func `swaps under load: no error, and nothing older after newer`() throws {
    let responder = try Responder()
    let load = LoadClients(port: responder.port, threads: 4)
    // A swap waits for its turn where clients leave no processor free.
    let swaps = Responder.requests > 0 ? 20 : 6
    for number in 0..<swaps {
      try responder.swap()
      _ = RunningProgram.wait(seconds: 600) {
        load.requests >= (number + 1) * max(20, Responder.requests / swaps)
      }
    }
    let seen = load.end()
    #expect(seen.errors.isEmpty, "\(seen.errors)")
    #expect(seen.older == 0)
    #expect(seen.requests > 200)
    print(
      "swaps: \(seen.requests) requests, p50 \(seen.percentile(50)) us, p99 \(seen.percentile(99)) us"
    )
    #expect(
      try responder.get("/-/metrics").text.contains("\nepel_mirrorlist_swaps_total \(swaps)\n"))
  }

  @Test func `a new file is noticed by itself, and answers without being asked`() throws {
    let responder = try Responder()
    let old = try responder.get(Responder.metalink).text
    #expect(old.contains("/7.07.201908/"))
    try responder.cache.next()
    #expect(
      // Some three seconds; how many is measured by the benchmark.
      RunningProgram.wait(seconds: 60) {
        (try? responder.get(Responder.metalink).text.contains("/7.06.201903/")) ?? false
      })
  }

  @Test func `a stream that ends is gone for its clients, and one that goes on is not`() throws {
    let scratch = try TemporaryDirectory()
    let file = scratch.path("epel-7.overlay")
    func put(_ ended: [Overlay.Ended], at time: Int) throws {
      let overlay = Overlay(
        stream: "epel-7", time: time, redirects: [], links: [], indexes: [], archived: [],
        ended: ended)
      try Data(overlay.bytes).write(to: URL(fileURLWithPath: file), options: .atomic)
    }
    try put([], at: 1_719_705_600)
    let responder = try Responder(["--overlay", file])
    #expect(try responder.get(Responder.metalink).status == 200)
    let text = "EPEL 7 ended on 2024-06-30: there are no updates any more."
    try put([.init(.name("epel-7"), text: text)], at: 1_719_705_601)
    try responder.swap()
    for target in [Responder.metalink, "/mirrorlist?repo=epel-7&arch=x86_64&redirect=1"] {
      let answer = try responder.get(target)
      #expect(answer.status == 410 && answer.text == text + "\n", "\(answer)")
      #expect(answer.headers["content-type"] == "text/plain; charset=utf-8")
      #expect(answer.headers["location"] == nil)
    }
    #expect(try responder.get("/mirrorlist?repo=epel-debug-7&arch=x86_64").status == 200)
    #expect(
      try responder.get("/-/metrics").text.contains(
        "\nepel_mirrorlist_requests_total{endpoint=\"metalink\",status=\"410\"} 1\n"))
    // Its end is taken back.
    try put([], at: 1_719_705_602)
    try responder.swap()
    #expect(try responder.get(Responder.metalink).status == 200)
  }

  @Test func `five hand-overs of the socket under load: no error`() throws {
    let scratch = try TemporaryDirectory()
    let cache = try SwappingCache(in: scratch.path)
    let socket = try HeldSocket()
    func start(_ number: Int) throws -> ResponderProcess {
      try ResponderProcess(
        cache.options + ["--drain", "5"], socket: socket.descriptor,
        log: scratch.path("log\(number)"))
    }
    var current = try start(0)
    try current.waitFor("answers on the inherited socket")
    let load = LoadClients(port: socket.port, threads: 4)
    for number in 1...5 {
      let next = try start(number)
      try next.waitFor("answers on the inherited socket")
      current.signal(SIGTERM)
      #expect(current.wait() == 0, "\(current.messages)")
      current = next
      _ = RunningProgram.wait(seconds: 600) {
        load.requests >= number * max(50, Responder.requests / 5)
      }
    }
    let seen = load.end()
    #expect(seen.errors.isEmpty, "\(seen.errors)")
    #expect(seen.older == 0 && seen.requests >= 250)
    print("hand-overs: \(seen.requests) requests, p99 \(seen.percentile(99)) us")
  }

  @Test func `after kill -9 later callers wait for the next one, and get their answer`() throws {
    let scratch = try TemporaryDirectory()
    let cache = try SwappingCache(in: scratch.path)
    let socket = try HeldSocket()
    func start() throws -> ResponderProcess {
      try ResponderProcess(cache.options, socket: socket.descriptor, log: scratch.path("log"))
    }
    var process = try start()
    try process.waitFor("answers on the inherited socket")
    for round in 1...3 {
      process.signal(SIGKILL)
      #expect(process.wait() == SIGKILL)
      // Nobody accepts now: they wait in the queue of the socket.
      let waiting = try (0..<50).map { _ in
        let client = try PlainClient(port: socket.port)
        try client.send("GET \(Responder.metalink) HTTP/1.1\r\nHost: a\r\n\r\n")
        return client
      }
      process = try start()
      for client in waiting { #expect(try client.receive().status == 200) }
      try process.waitFor("answers on the inherited socket", count: round + 1)
    }
  }

  @Test func `until there is a first snapshot, callers wait`() throws {
    let scratch = try TemporaryDirectory()
    let cache = try SwappingCache(in: scratch.path)
    let good = cache.nextBytes()
    try cache.put([])
    let socket = try HeldSocket()
    let process = try ResponderProcess(
      cache.options + ["--drain", "1"], socket: socket.descriptor, log: scratch.path("log"))
    try process.waitFor("nothing to answer from yet")
    let client = try PlainClient(port: socket.port)
    try client.send("GET /-/ready HTTP/1.1\r\nHost: a\r\n\r\n")
    usleep(200_000)
    try cache.put(good)
    #expect(try client.receive().status == 200)
    process.signal(SIGTERM)
    #expect(process.wait() == 0)
  }

  @Test func `SIGTERM ends it while it waits, too`() throws {
    let scratch = try TemporaryDirectory()
    let process = try ResponderProcess(
      ["--cache", scratch.path("nothing"), "--listen", "127.0.0.1:0"], log: scratch.path("log"))
    try process.waitFor("nothing to answer from yet")
    process.signal(SIGTERM)
    #expect(process.wait() == 0)
  }

  @Test func `draining: an idle connection has one more answer, which says that it is the last`()
    throws
  {
    let responder = try Responder(["--drain", "20"])
    let client = try PlainClient(port: responder.port)
    #expect(try client.get("/-/live").headers["connection"] == nil)
    responder.process.signal(SIGTERM)
    try responder.process.waitFor("accepts no more")
    usleep(300_000)
    let last = try client.get(Responder.metalink)
    #expect(last.status == 200 && last.headers["connection"] == "close")
    #expect(try client.isClosed())
    #expect(responder.process.wait() == 0)
    #expect(responder.process.messages.hasSuffix("ended\n"))
  }

  @Test func `the service manager is told when it answers, and when it ends`() throws {
    let scratch = try TemporaryDirectory()
    let cache = try SwappingCache(in: scratch.path)
    let heard = try RunningProgram(
      Shell.python,
      [
        "-c",
        """
        import socket, sys
        s = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        s.bind(sys.argv[1])
        s.settimeout(60)
        for _ in range(2): print(s.recv(4096).decode(), file=sys.stderr, flush=True)
        """, scratch.path("notify"),
      ])
    #expect(
      RunningProgram.wait(seconds: 20) {
        FileManager.default.fileExists(atPath: scratch.path("notify"))
      })
    let process = try ResponderProcess(
      cache.options + ["--listen", "127.0.0.1:0", "--drain", "0"], log: scratch.path("log"),
      environment: ["NOTIFY_SOCKET": scratch.path("notify")])
    #expect(RunningProgram.wait(seconds: 20) { heard.errors.hasPrefix("READY=1\nSTATUS=40 repo") })
    #expect(try PlainClient(port: process.port()).get("/-/ready").status == 200)
    process.signal(SIGINT)
    #expect(process.wait() == 0)
    #expect(heard.wait() == 0 && heard.errors.contains("\nSTOPPING=1\n"))
  }
}
