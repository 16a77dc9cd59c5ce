import Foundation
import Glibc

/// A throw-away Kerberos realm on 127.0.0.1, for as long as the object lives.
package final class KerberosRealm: @unchecked Sendable {
  // @unchecked: the process is set once and only ended by deinit.
  private let process = Process()
  private let input = Pipe()
  private let scratch: TemporaryDirectory

  package static let isAvailable = FileManager.default.fileExists(atPath: "/usr/sbin/krb5kdc")

  /// - Parameter user: who has a keytab, and later a ticket.
  package init(user: String = "releng") throws {
    scratch = try TemporaryDirectory(in: URL(fileURLWithPath: "/tmp"))
    let output = Pipe()
    process.executableURL = URL(fileURLWithPath: Shell.python)
    process.arguments = ["-u", "\(TestHub.sources)/kdc.py", scratch.path("realm"), user]
    process.standardInput = input
    process.standardOutput = output
    process.standardError = FileHandle(forWritingAtPath: try scratch.write("", to: "errors"))
    try process.run()
    guard output.fileHandleForReading.availableData.count > 0 else {
      process.waitUntilExit()
      let errors = try String(contentsOfFile: scratch.path("errors"), encoding: .utf8)
      throw Shell.Failure(description: "no Kerberos realm: \(errors)")
    }
  }

  /// The KDC goes with the script that started it.
  deinit {
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
  }

  /// For everybody in the realm.
  package var environment: [String: String] {
    ["KRB5_CONFIG": scratch.path("realm/krb5.conf"), "KRB5CCNAME": "FILE:\(scratch.path("cache"))"]
  }

  /// Keytab of the hub.
  package var serviceKeytab: String { scratch.path("realm/http.keytab") }
  package func keytab(_ user: String = "releng") -> String {
    scratch.path("realm/\(user).keytab")
  }

  /// Gets a ticket.
  package func logIn(_ user: String = "releng") throws {
    try Shell.check(
      "kinit", ["-k", "-t", keytab(user), "\(user)@KOJI.TEST"], environment: environment)
  }
}
