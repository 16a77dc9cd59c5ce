import Foundation
import Glibc
import ReleaseModel

/// A Koji hub on 127.0.0.1, for as long as the object lives, a quarter of an
/// hour at most. Tests/KojiHub says what is real about it.
package final class TestHub: @unchecked Sendable {
  // @unchecked: the process is set once, and talked to under a lock.
  private let process = Process()
  private let scratch: TemporaryDirectory
  private let input: FileHandle
  private let output: Guarded<FileHandle>
  /// `https://localhost:PORT/kojihub`
  package let url: String

  /// A hub that asks for client certificates.
  ///
  /// - Parameters:
  ///   - seed: JSON; see Tests/KojiHub/hub.py.
  ///   - topdir: served below `/files`, too.
  ///   - options: more of the hub's own.
  package init(
    seed: String, topdir: String? = nil, certificates: HubCertificates? = .shared,
    options: [String] = [], environment: [String: String] = [:]
  ) throws {
    scratch = try TemporaryDirectory()
    let file = try scratch.write(seed, to: "seed.json")
    var arguments = ["-u", "\(Self.sources)/hub.py", "--seed", file] + options
    if let topdir { arguments += ["--topdir", topdir] }
    if let certificates {
      arguments += [
        "--ca", certificates.authority, "--cert", certificates.path("server.pem"), "--key",
        certificates.path("server.key"),
      ]
    }
    let (asked, answered) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: Shell.python)
    process.arguments = arguments
    process.environment = ProcessInfo.processInfo.environment
      .merging(environment) { $1 }.merging(["PYTHONDONTWRITEBYTECODE": "1"]) { $1 }
    process.standardInput = asked
    process.standardOutput = answered
    process.standardError = FileHandle(forWritingAtPath: try scratch.write("", to: "errors"))
    try process.run()
    input = asked.fileHandleForWriting
    output = Guarded(answered.fileHandleForReading)
    let ready = output.withLock { Self.line(of: $0) }
    guard let url = (try? Self.object(ready))?["url"] as? String else {
      kill(process.processIdentifier, SIGKILL)
      let errors = try? String(contentsOfFile: scratch.path("errors"), encoding: .utf8)
      throw Shell.Failure(description: "the test hub did not start: \(errors ?? "")")
    }
    self.url = url
  }

  deinit {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  package static var sources: String { "\(Fixtures.checkout)/Tests/KojiHub" }

  /// What the hub wrote to standard error.
  package var errors: String {
    (try? String(contentsOfFile: scratch.path("errors"), encoding: .utf8)) ?? ""
  }

  // MARK: Control

  /// Sends a control message and returns the answer.
  @discardableResult
  package func control(_ message: [String: Any]) throws -> [String: Any] {
    let data = try JSONSerialization.data(withJSONObject: message)
    let answer = try output.withLock { output in
      try input.write(contentsOf: data + Data("\n".utf8))
      return Self.line(of: output)
    }
    let object = try Self.object(answer)
    if let error = object["error"] {
      throw Shell.Failure(description: "the test hub refuses \(message): \(error)")
    }
    return object
  }

  /// Back to the seed: no sessions, no faults, no log.
  package func reset() throws { try control(["do": "reset"]) }

  /// No faults any more; all else stays.
  package func calm() throws { try control(["do": "calm"]) }

  /// The `at`-th call from now (of `method`, where given) goes wrong.
  package func arm(
    _ kind: String, at: Int = 1, count: Int = 1, method: String? = nil, seconds: Double? = nil,
    location: String? = nil, text: String? = nil
  ) throws {
    var message: [String: Any] = ["do": "fault", "kind": kind, "at": at, "count": count]
    message["method"] = method
    message["seconds"] = seconds
    message["location"] = location
    message["text"] = text
    try control(message)
  }

  /// Somebody else calls a method.
  package func call(_ method: String, _ parameters: [Any], as user: String = "kojiadmin") throws {
    let answer = try control(["do": "call", "method": method, "params": parameters, "user": user])
    if let fault = answer["fault"] {
      throw Shell.Failure(description: "\(method): \(fault)")
    }
  }

  /// One call that the hub got.
  package struct Logged: Sendable {
    package let method: String
    /// Of a `multiCall`.
    package let methods: [String]
    package let session: Int?
    package let callNumber: Int?
    package let fault: Int?
    package let status: Int
    package let connection: Int
  }

  /// Every call since the last reset, in order.
  package func log() throws -> [Logged] {
    let calls = try control(["do": "log"])["calls"] as? [[String: Any]] ?? []
    return calls.map { call in
      Logged(
        method: call["method"] as? String ?? "", methods: call["methods"] as? [String] ?? [],
        session: call["session"] as? Int, callNumber: call["callnum"] as? Int,
        fault: call["fault"] as? Int, status: call["status"] as? Int ?? 0,
        connection: call["connection"] as? Int ?? 0)
    }
  }

  /// What `listTagged` shows of a tag, last tagged first; nil where there is
  /// none.
  package func builds(in tag: String) throws -> [String]? {
    let tags = try control(["do": "state"])["tags"] as? [String: [String: Any]]
    return tags?[tag]?["builds"] as? [String]
  }

  /// Whether a tag is locked; nil where there is none.
  package func isLocked(_ tag: String) throws -> Bool? {
    let tags = try control(["do": "state"])["tags"] as? [String: [String: Any]]
    return tags?[tag]?["locked"] as? Bool
  }

  /// Owner of each package on a tag's list.
  package func owners(in tag: String) throws -> [String: String] {
    let tags = try control(["do": "state"])["tags"] as? [String: [String: Any]]
    let packages = tags?[tag]?["packages"] as? [String: [String: Any]] ?? [:]
    return packages.compactMapValues { $0["owner"] as? String }
  }

  /// Every tagging into `tag` that ever was, in order of events.
  package func taggings(in tag: String) throws -> [String] {
    let rows = try control(["do": "history", "tag": tag])["rows"] as? [[String: Any]] ?? []
    return rows.sorted { ($0["create_event"] as? Int ?? 0) < ($1["create_event"] as? Int ?? 0) }
      .compactMap { $0["build"] as? String }
  }

  private static func object(_ line: Data) throws -> [String: Any] {
    try JSONSerialization.jsonObject(with: line) as? [String: Any] ?? [:]
  }

  /// Up to the next end of a line; empty once the hub is gone.
  private static func line(of handle: FileHandle) -> Data {
    var line = Data()
    var byte: UInt8 = 0
    while read(handle.fileDescriptor, &byte, 1) == 1, byte != 0x0A { line.append(byte) }
    return line
  }
}

/// A throw-away authority with certificates of the test hub and its users.
package final class HubCertificates: Sendable {
  private let directory: TemporaryDirectory

  /// Made once for all tests of a run.
  package static let shared = try? HubCertificates()

  package init(users: [String] = ["releng", "nobody"]) throws {
    directory = try TemporaryDirectory()
    directory.removeAtExit()
    try Shell.check(
      Shell.python, ["\(TestHub.sources)/make_certs.py", directory.path] + users)
  }

  package func path(_ name: String) -> String { directory.path(name) }
  package var authority: String { path("ca.pem") }
  /// Certificate and key of a user in one file.
  package func user(_ name: String = "releng") -> String { path("\(name).pem") }
}
