import Foundation
import Glibc

/// A web server on 127.0.0.1 that answers questions with files: one for each path with its
/// query. It lives as long as the object, five minutes at most.
package final class AnswerServer: @unchecked Sendable {
  // @unchecked: the process is set once and only ended by deinit.
  private let process: RunningProgram
  private let scratch: TemporaryDirectory
  package let port: Int

  package var url: String { "http://127.0.0.1:\(port)" }

  /// Path with query and User-Agent of each request, a line each.
  package var log: [String] {
    ((try? String(contentsOfFile: scratch.path("log"), encoding: .utf8)) ?? "")
      .split(separator: "\n").map(String.init)
  }

  package init() throws {
    scratch = try TemporaryDirectory()
    try FileManager.default.createDirectory(
      atPath: scratch.path("answers"), withIntermediateDirectories: true)
    process = try RunningProgram(
      Shell.python, ["-u", "-c", Self.program, scratch.path])
    var found: Int?
    let place = scratch.path("port")
    _ = RunningProgram.wait {
      found = (try? String(contentsOfFile: place, encoding: .utf8)).flatMap { Int($0) }
      return found != nil
    }
    guard let found else {
      throw Shell.Failure(description: "the server did not start: \(process.errors)")
    }
    port = found
  }

  deinit { process.signal(SIGKILL) }

  /// - Parameters:
  ///   - question: such as `/metalink?repo=epel-7&arch=x86_64`.
  ///   - answer: its body; nil for error 404.
  package func set(_ question: String, _ answer: String?) throws {
    let file = URL(fileURLWithPath: scratch.path("answers"))
      .appending(path: question.replacing("/", with: "_"))
    guard let answer else {
      try? FileManager.default.removeItem(at: file)
      return
    }
    try Data(answer.utf8).write(to: file, options: .atomic)
  }

  /// Answers with a status alone.
  package func fail(_ question: String, _ status: Int) throws { try set(question, "!\(status)") }

  /// Answers with bytes that do not end.
  package func flood(_ question: String) throws { try set(question, "!endless") }

  /// Forgets all requests.
  package func clearLog() throws { try scratch.write("", to: "log") }

  private static let program = """
    import http.server, os, signal, sys, threading
    signal.pthread_sigmask(signal.SIG_UNBLOCK, signal.valid_signals())
    signal.alarm(300)
    top = sys.argv[1]
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            with open(top + "/log", "a") as log:
                log.write(self.path + " " + self.headers.get("User-Agent", "") + "\\n")
            try:
                with open(top + "/answers/" + self.path.replace("/", "_"), "rb") as file:
                    body = file.read()
            except FileNotFoundError:
                return self.send_error(404)
            if body == b"!endless":
                self.send_response(200)
                self.end_headers()
                try:
                    while True:
                        self.wfile.write(b" " * 65536)
                except OSError:
                    return
            if body.startswith(b"!"):
                return self.send_error(int(body[1:]))
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        def log_message(self, *arguments):
            pass
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    with open(top + "/port.new", "w") as file:
        file.write(str(server.server_address[1]))
    os.rename(top + "/port.new", top + "/port")
    server.serve_forever()
    """
}
