import Foundation

/// A web server on 127.0.0.1 over a directory, for as long as the object
/// lives, five minutes at most.
package final class LoopbackServer: @unchecked Sendable {
  // @unchecked: the process is set once and only ended by deinit.
  private let process = Process()
  private let scratch: TemporaryDirectory
  package let port: Int

  package var url: String { "http://127.0.0.1:\(port)" }
  /// What was asked for, one line a request.
  package var log: String {
    (try? String(contentsOfFile: scratch.path("errors"), encoding: .utf8)) ?? ""
  }

  /// - Parameter slowly: a word in the names of files that are sent slowly, 64 KiB
  ///   each half second: for clients that are still at it when something changes.
  package init(serving directory: String, slowly: String = "") throws {
    scratch = try TemporaryDirectory()
    for name in ["output", "errors"] { try scratch.write("", to: name) }
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", "-u", "-c", Self.program, directory, slowly]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: scratch.path("output"))
    process.standardError = FileHandle(forWritingAtPath: scratch.path("errors"))
    try process.run()
    var found: Int?
    for _ in 0..<200 where found == nil {
      Thread.sleep(forTimeInterval: 0.05)
      let output = try String(contentsOfFile: scratch.path("output"), encoding: .utf8)
      found = output.firstMatch(of: /port ([0-9]+)/).flatMap { Int($0.1) }
    }
    guard let found else {
      kill(process.processIdentifier, SIGKILL)
      throw Shell.Failure(description: "the web server did not start within ten seconds")
    }
    port = found
  }

  deinit {
    // Threads of a test run block signals, and children inherit that: only
    // SIGKILL is sure to arrive.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  private static let program = """
    import functools, http.server, signal, sys, time
    signal.pthread_sigmask(signal.SIG_UNBLOCK, signal.valid_signals())
    signal.alarm(300)
    class Handler(http.server.SimpleHTTPRequestHandler):
        def copyfile(self, source, target):
            slowly = sys.argv[2]
            if not slowly or slowly not in self.path.rpartition("/")[2]:
                return super().copyfile(source, target)
            while piece := source.read(1 << 16):
                target.write(piece)
                target.flush()
                time.sleep(0.5)
    handler = functools.partial(Handler, directory=sys.argv[1])
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    print("port", server.server_address[1])
    server.serve_forever()
    """

}
