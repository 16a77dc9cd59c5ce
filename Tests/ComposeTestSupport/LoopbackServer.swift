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

  /// - Parameter slowly: a word in the names of files that are sent slowly, 1 KiB
  ///   each half second, until ``hurry()``: for clients that are still at it when
  ///   something changes.
  package init(serving directory: String, slowly: String = "") throws {
    scratch = try TemporaryDirectory()
    for name in ["output", "errors"] { try scratch.write("", to: name) }
    process.executableURL = URL(fileURLWithPath: Shell.python)
    process.arguments = [
      "-u", "-c", Self.program, directory, slowly, scratch.path("hurry"),
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle(forWritingAtPath: scratch.path("output"))
    process.standardError = FileHandle(forWritingAtPath: scratch.path("errors"))
    try process.run()
    var found: Int?
    let output = scratch.path("output")
    _ = RunningProgram.wait {
      let text = (try? String(contentsOfFile: output, encoding: .utf8)) ?? ""
      found = text.firstMatch(of: /port ([0-9]+)\n/).flatMap { Int($0.1) }
      return found != nil
    }
    guard let found else {
      kill(process.processIdentifier, SIGKILL)
      throw Shell.Failure(description: "the web server did not start within a minute")
    }
    port = found
  }

  deinit {
    // Threads of a test run block signals, and children inherit that: only
    // SIGKILL is sure to arrive.
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// Sends the rest of everything at once.
  package func hurry() throws { try scratch.write("", to: "hurry") }

  private static let program = """
    import functools, http.server, os, signal, sys, time
    signal.pthread_sigmask(signal.SIG_UNBLOCK, signal.valid_signals())
    signal.alarm(300)
    class Handler(http.server.SimpleHTTPRequestHandler):
        def copyfile(self, source, target):
            slowly = sys.argv[2]
            if not slowly or slowly not in self.path.rpartition("/")[2]:
                return super().copyfile(source, target)
            while piece := source.read(1 << 10):
                target.write(piece)
                target.flush()
                if not os.path.exists(sys.argv[3]):
                    time.sleep(0.5)
    handler = functools.partial(Handler, directory=sys.argv[1])
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    print("port", server.server_address[1])
    server.serve_forever()
    """

}
