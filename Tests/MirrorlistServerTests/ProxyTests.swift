import ComposeTestSupport
import Foundation
import MirrorlistTestSupport
import Testing

/// Through the proxies that stand before it, with the settings that are shipped: new data
/// and new binaries, and nobody sees an error.
@Suite(.serialized) struct ProxyTests {
  enum Proxy: String, CaseIterable, Sendable {
    case haproxy, nginx, apache

    var program: String {
      switch self {
      case .haproxy: "/usr/sbin/haproxy"
      case .nginx: "/usr/sbin/nginx"
      case .apache: "/usr/sbin/apache2"
      }
    }

    static let installed = allCases.filter {
      FileManager.default.isExecutableFile(atPath: $0.program)
    }

    /// Its configuration around the shipped one.
    func configuration(_ directory: String, port: UInt16, responder: UInt16) throws -> String {
      let name = self == .haproxy ? "haproxy.cfg" : "\(rawValue).conf"
      let shipped = try String(
        contentsOfFile: "\(Fixtures.checkout)/Templates/mirrorlist/\(name)", encoding: .utf8
      ).replacingOccurrences(of: "127.0.0.1:18081", with: "127.0.0.1:\(responder)")
      switch self {
      case .haproxy:
        return """
          frontend clients
              mode http
              bind 127.0.0.1:\(port)
              timeout client 30s
              timeout http-keep-alive 30s
              default_backend epel-mirrorlist

          \(shipped)
          """
      case .nginx:
        return """
          daemon off;
          pid \(directory)/nginx.pid;
          error_log \(directory)/errors;
          worker_processes 2;
          events { worker_connections 1024; }
          http {
            access_log off;
            client_body_temp_path \(directory)/body;
            proxy_temp_path \(directory)/proxy;
            fastcgi_temp_path \(directory)/fastcgi;
            uwsgi_temp_path \(directory)/uwsgi;
            scgi_temp_path \(directory)/scgi;
            \(shipped.replacingOccurrences(of: "listen 127.0.0.1:8080", with: "listen 127.0.0.1:\(port)"))
          }
          """
      case .apache:
        let modules = ["mpm_event", "proxy", "proxy_http", "authz_core"].map {
          "LoadModule \($0)_module /usr/lib/apache2/modules/mod_\($0).so"
        }
        return """
          ServerRoot \(directory)
          ServerName localhost
          PidFile \(directory)/pid
          ErrorLog \(directory)/errors
          Listen 127.0.0.1:\(port)
          \(modules.joined(separator: "\n"))
          \(shipped)
          """
      }
    }

    func arguments(_ file: String) -> [String] {
      switch self {
      case .haproxy: ["-db", "-f", file]
      case .nginx: ["-c", file, "-e", "stderr"]
      case .apache: ["-DFOREGROUND", "-f", file]
      }
    }
  }

  @Test(arguments: Proxy.installed)
  func `swaps and hand-overs behind a proxy: no error`(proxy: Proxy) throws {
    let scratch = try TemporaryDirectory()
    let cache = try SwappingCache(in: scratch.path)
    let socket = try HeldSocket()
    let free = try HeldSocket().port
    let file = try scratch.write(
      try proxy.configuration(scratch.path, port: free, responder: socket.port), to: "proxy.conf")
    var started = 0
    func start() throws -> ResponderProcess {
      started += 1
      let process = try ResponderProcess(
        cache.options + ["--drain", "5"], socket: socket.descriptor,
        log: scratch.path("log\(started)"))
      try process.waitFor("answers on the inherited socket")
      return process
    }
    var processes = [try start()]
    // Threads of a test run block signals, and children inherit that: it begins with none
    // blocked, and in a group of its own, which ends with all its workers.
    let front = try RunningProgram(
      Shell.python,
      [
        "-c",
        "import os, signal, sys; signal.pthread_sigmask(signal.SIG_SETMASK, []); "
          + "os.setpgid(0, 0); os.execv(sys.argv[1], sys.argv[1:])", proxy.program,
      ] + proxy.arguments(file))
    defer {
      front.signal(SIGTERM)
      _ = RunningProgram.wait(seconds: 5) { !front.isRunning }
      kill(-front.pid, SIGKILL)
    }
    #expect(
      RunningProgram.wait(seconds: 20) {
        (try? PlainClient(port: free).get(Responder.metalink).status) == 200
      }, "\(front.errors)")
    let load = LoadClients(port: free, threads: 4)
    let isLong = Responder.requests > 0
    for round in 0..<(isLong ? 5 : 2) {
      for _ in 0..<(isLong ? 4 : 1) {
        try cache.next()
        let count = processes[round].messages.components(separatedBy: "swapped to").count
        processes[round].signal(SIGHUP)
        try processes[round].waitFor("swapped to", count: count)
        let now = load.requests
        _ = RunningProgram.wait(seconds: 600) {
          load.requests > now + max(50, Responder.requests / 20)
        }
      }
      processes.append(try start())
      processes[round].signal(SIGTERM)
    }
    let seen = load.end()
    #expect(seen.errors.isEmpty, "\(proxy): \(seen.errors)")
    // A proxy may ask the one that ends a moment after the one that began.
    #expect(seen.requests > 100)
    print("\(proxy): \(seen.requests) requests, p99 \(seen.percentile(99)) us")
  }
}
