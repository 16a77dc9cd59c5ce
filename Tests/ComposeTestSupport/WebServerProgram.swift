import Foundation
import Glibc

/// A real web server on 127.0.0.1 with a configuration that the program wrote, for as long
/// as the object lives, five minutes at most.
package final class WebServerProgram: @unchecked Sendable {
  // @unchecked: the process is set once and only ended by deinit.
  package enum Kind: String, CaseIterable, Sendable {
    case apache, nginx

    /// Debian has both outside of the PATH of users.
    fileprivate var program: String { self == .apache ? "/usr/sbin/apache2" : "/usr/sbin/nginx" }

    package var isAvailable: Bool { access(program, X_OK) == 0 }
  }

  private let process: RunningProgram
  private let scratch: TemporaryDirectory
  package let port: Int

  /// - Parameters:
  ///   - kind: which server.
  ///   - root: directory that it serves.
  ///   - included: configuration file: of Apache, for its virtual host; of nginx, for its
  ///     http block.
  ///   - server: what nginx has in its server block.
  package init(_ kind: Kind, serving root: String, including included: String, server: String = "")
    throws
  {
    scratch = try TemporaryDirectory()
    port = try Self.freePort()
    let file = try scratch.write(
      kind == .apache
        ? Self.apache(root, included, port, scratch.path)
        : Self.nginx(root, included, server, port, scratch.path), to: "server.conf")
    // The server gives up the rights of root for files.
    chmod(scratch.path, 0o777)
    let arguments =
      kind == .apache ? ["-f", file, "-DFOREGROUND"] : ["-p", scratch.path, "-c", file]
    process = try RunningProgram(
      "/usr/bin/env", RunningProgram.endable([kind.program] + arguments))
    let isReady = RunningProgram.wait(seconds: 30) {
      !process.isRunning || (try? get("/"))?.status ?? 0 > 0
    }
    guard isReady, process.isRunning else {
      throw Shell.Failure(
        description: "\(kind) did not start: \(process.errors)"
          + ((try? String(contentsOfFile: scratch.path("error.log"), encoding: .utf8)) ?? ""))
    }
  }

  deinit {
    // The process is that of timeout, which passes the signal on.
    process.signal(SIGTERM)
    if !RunningProgram.wait(seconds: 10, until: { !process.isRunning }) { process.signal(SIGKILL) }
  }

  /// Status, place of a redirect and body of one answer.
  package func get(_ path: String) throws -> (status: Int, location: String, body: String) {
    let outcome = try Shell.run(
      "curl",
      [
        "--silent", "--max-time", "20", "--path-as-is", "--write-out",
        "\n%{http_code} %{redirect_url}", "http://127.0.0.1:\(port)\(path)",
      ])
    let (body, last) =
      outcome.output.lastIndex(of: "\n").map {
        (String(outcome.output[..<$0]), outcome.output[$0...].dropFirst())
      } ?? ("", "")
    let words = last.split(separator: " ", omittingEmptySubsequences: false)
    return (
      words.first.flatMap { Int($0) } ?? 0, words.count > 1 ? String(words[1]) : "", body
    )
  }

  private static func freePort() throws -> Int {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, length) == 0 && getsockname(socket, $0, &length) == 0
      }
    }
    guard isBound else { throw Shell.Failure(description: "no free port") }
    return Int(UInt16(bigEndian: address.sin_port))
  }

  private static func apache(
    _ root: String, _ included: String, _ port: Int, _ scratch: String
  ) -> String {
    """
    ServerRoot \(scratch)
    PidFile \(scratch)/pid
    ErrorLog \(scratch)/error.log
    Listen 127.0.0.1:\(port)
    ServerName localhost
    LoadModule mpm_event_module /usr/lib/apache2/modules/mod_mpm_event.so
    LoadModule authz_core_module /usr/lib/apache2/modules/mod_authz_core.so
    LoadModule alias_module /usr/lib/apache2/modules/mod_alias.so
    LoadModule dir_module /usr/lib/apache2/modules/mod_dir.so
    LoadModule rewrite_module /usr/lib/apache2/modules/mod_rewrite.so
    User nobody
    Group nogroup
    StartServers 1
    <VirtualHost *:\(port)>
      DocumentRoot \(root)
      <Directory \(root)>
        Require all granted
      </Directory>
      Include \(included)
    </VirtualHost>

    """
  }

  private static func nginx(
    _ root: String, _ included: String, _ server: String, _ port: Int, _ scratch: String
  ) -> String {
    """
    \(getuid() == 0 ? "user nobody nogroup;" : "")
    daemon off;
    worker_processes 1;
    pid \(scratch)/pid;
    error_log \(scratch)/error.log;
    events { worker_connections 64; }
    http {
      access_log off;
      client_body_temp_path \(scratch)/body;
      proxy_temp_path \(scratch)/proxy;
      fastcgi_temp_path \(scratch)/fastcgi;
      uwsgi_temp_path \(scratch)/uwsgi;
      scgi_temp_path \(scratch)/scgi;
      include \(included);
      server {
        listen 127.0.0.1:\(port);
        root \(root);
        \(server)
      }
    }

    """
  }
}
