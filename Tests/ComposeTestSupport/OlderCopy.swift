import Foundation

/// A stream whose ledger or trees are put back to an older copy, as from last
/// night's backup.
package struct OlderCopy: Sendable {
  private let installation: Installation
  private let copy: String

  /// Path of the stream's ledger.
  package static func ledger(of installation: Installation) -> String {
    installation.root + "/var/lib/epel-compose/epel-7.sqlite"
  }

  /// Keeps a copy of everything as it is now.
  package init(of installation: Installation) throws {
    self.installation = installation
    copy = installation.scratch.path("copy-\(UUID().uuidString)")
    try Shell.check("cp", ["-a", installation.root, copy])
  }

  /// Puts the ledger back; trees and links stay.
  package func restoreLedger() throws {
    try restore("var/lib/epel-compose/epel-7.sqlite")
  }

  /// Puts a tree back, such as `updates/7.06.201903`; the ledger stays.
  package func restoreTree(_ tree: String) throws { try restore("pub/epel/\(tree)") }

  /// Puts everything back.
  package func restoreAll() throws {
    try Shell.check("rm", ["-rf", installation.root])
    try Shell.check("cp", ["-a", copy, installation.root])
  }

  private func restore(_ path: String) throws {
    let target = "\(installation.root)/\(path)"
    try Shell.check("rm", ["-rf", target])
    try Shell.check("cp", ["-a", "\(copy)/\(path)", target])
  }
}

extension Installation {
  /// What `status 7` says: states of releases, serials of their pushes, builds that
  /// are held, and codes of warnings.
  package struct Status: Equatable {
    package var states: [String: String] = [:]
    package var pushes: [String: Int] = [:]
    package var held: Set<String> = []
    package var warnings: Set<String> = []
  }

  /// Asks `status 7`.
  package func status() throws -> Status {
    let text = try succeed(["status", "7", "--format", "json"])
    let document = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    guard let stream = (document?["streams"] as? [[String: Any]])?.first else { return Status() }
    var status = Status()
    for release in stream["releases"] as? [[String: Any]] ?? [] {
      let id = release["release"] as? String ?? ""
      status.states[id] = release["state"] as? String
      status.pushes[id] = release["pushes"] as? Int
    }
    status.held = Set(
      (stream["holds"] as? [[String: Any]] ?? []).compactMap { $0["nvr"] as? String })
    status.warnings = Set(
      (stream["warnings"] as? [[String: Any]] ?? []).compactMap { $0["code"] as? String })
    return status
  }
}
