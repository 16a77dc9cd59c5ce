import Foundation
import GRDB
package import ReleaseModel

/// What a verdict of the checks was about: it holds as long as all of this is
/// as it was.
package struct CheckSubject: Hashable, Codable, Sendable {
  /// SHA-256 of each tree's manifest, by path.
  package let manifests: [String: String]
  /// The release that the new one was compared with, and its pushes.
  package let baseline: String?
  /// Pushes into the baseline at that time: a later one makes the verdict
  /// stale.
  package let baselinePushes: Int
  /// The policy's gate, as text.
  package let gate: String
  /// Times of directories, by tree and directory, by which a later look tells
  /// that no name has changed; nil where they were not recorded.
  package var names: [String: [String: Int64]]?
  /// Releases that were rolled back, which it was compared with as well; nil for
  /// none.
  package var rolledBack: [String]?
  /// Fingerprints of the keys that had been revoked; nil for none, and where an older
  /// version recorded it.
  package var revokedKeys: [String]?

  /// - Parameter manifests: SHA-256 in hexadecimal digits, by path of the tree.
  package init(
    manifests: [String: String], baseline: String?, baselinePushes: Int, gate: String,
    names: [String: [String: Int64]]? = nil, rolledBack: [String]? = nil,
    revokedKeys: [String]? = nil
  ) {
    self.revokedKeys = revokedKeys
    self.names = names
    self.rolledBack = rolledBack
    self.manifests = manifests
    self.baseline = baseline
    self.baselinePushes = baselinePushes
    self.gate = gate
  }
}

extension CheckSubject {
  fileprivate func renewing(_ tree: TreeRecord) -> CheckSubject {
    let path = tree.name.path.description
    // repomd.xml was renamed into its directories.
    return CheckSubject(
      manifests: manifests.merging([path: tree.manifest.hex]) { $1 },
      baseline: baseline, baselinePushes: baselinePushes, gate: gate,
      names: names?.filter { $0.key != path }, rolledBack: rolledBack,
      revokedKeys: revokedKeys)
  }
}

/// The last run of the checks on a release.
package struct CheckRun: Hashable, Sendable {
  /// Seconds since 1970.
  package let at: Int
  /// What the verdict is about.
  package let subject: CheckSubject
  /// Checks that failed, such as `closure (2 findings)`.
  package let failed: [String]
  /// Findings that the policy let pass.
  package let waived: [WaivedFinding]

  /// Whether the release passed is recorded with the release itself.
  package init(at: Int, subject: CheckSubject, failed: [String], waived: [WaivedFinding]) {
    self.at = at
    self.subject = subject
    self.failed = failed
    self.waived = waived
  }
}

/// A gate that a person overrode.
package struct GateOverride: Hashable, Codable, Sendable {
  /// `soak` or `checks`.
  package let gate: String
  /// Why, in the words of whoever overrode it.
  package let reason: String
  /// Who did, such as `alice@composer`.
  package let operatorName: String
  /// Seconds since 1970.
  package let at: Int

  /// - Parameter at: seconds since 1970.
  package init(gate: String, reason: String, operatorName: String, at: Int) {
    self.gate = gate
    self.reason = reason
    self.operatorName = operatorName
    self.at = at
  }
}

extension LedgerChange {
  /// Records RPMs of packages that `id` leaves out: later checks need to know
  /// what they provided, and no tree will have them.
  package func addLeaving(_ rpms: [FormerRPM], to id: ReleaseID) throws {
    for record in rpms {
      let nevra = record.rpm.nevra
      try db.execute(
        sql: "INSERT INTO leavingRPM VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        arguments: [
          id.description, record.rpm.package, nevra.name, nevra.evr.epoch, nevra.evr.version,
          nevra.evr.rpmRelease, nevra.arch.name, try Self.json(record.provides),
        ])
    }
  }

  /// Records a verdict and what it was about.
  package func setChecks(passed: Bool, run: CheckRun, of id: ReleaseID) throws {
    try setChecks(passed: passed, of: id)
    try db.execute(
      sql: "INSERT OR REPLACE INTO checkRun VALUES (?, ?, ?, ?, ?)",
      arguments: [
        id.description, run.at, try Self.json(run.subject), try Self.json(run.failed),
        try Self.json(run.waived),
      ])
  }

  /// Records a tree whose index alone was written anew, by this program: what
  /// was checked is what is there, and the verdict still holds; one that was
  /// about another tree stays so.
  package func renewTree(_ tree: TreeRecord) throws {
    let id = tree.name.release.description
    let before = try String.fetchOne(
      db, sql: "SELECT manifest FROM tree WHERE release = ? AND area = ?",
      arguments: [id, tree.name.area.rawValue])
    try setTree(tree)
    let found = try Row.fetchOne(
      db, sql: "SELECT subject FROM checkRun WHERE release = ?", arguments: [id])
    guard let found else { return }
    let subject: CheckSubject = try Ledger.decode(found.recorded("subject"))
    guard subject.manifests[tree.name.path.description] == before else { return }
    try db.execute(
      sql: "UPDATE checkRun SET subject = ? WHERE release = ?",
      arguments: [try Self.json(subject.renewing(tree)), id])
  }

  /// Adds to what was overridden before: nothing is replaced.
  package func addOverrides(_ overrides: [GateOverride], to id: ReleaseID) throws {
    for override in overrides {
      try db.execute(
        sql: "INSERT INTO gateOverride VALUES (?, ?, ?, ?, ?)",
        arguments: [
          id.description, override.gate, override.reason, override.operatorName, override.at,
        ])
    }
  }

  static func json(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}

extension Ledger {
  /// RPMs of packages that `id` left out.
  package func leaving(of id: ReleaseID) throws -> [FormerRPM] {
    try rows(of: id, in: "leavingRPM", orderedBy: "name, arch") { row in
      let evr = EVR(
        epoch: try row.recorded("epoch"), version: try row.recorded("version"),
        rpmRelease: try row.recorded("rpmRelease"))
      return FormerRPM(
        rpm: BinaryPackage(
          nevra: NEVRA(
            name: try row.recorded("name"), evr: evr, arch: Architecture(try row.recorded("arch"))),
          package: try row.recorded("package")),
        provides: try Self.decode(row.recorded("provides")))
    }
  }

  /// The last run of the checks on `id`; nil where none is recorded.
  package func checkRun(of id: ReleaseID) throws -> CheckRun? {
    try rows(of: id, in: "checkRun", orderedBy: "at") { row in
      CheckRun(
        at: try row.recordedTime("at"), subject: try Self.decode(row.recorded("subject")),
        failed: try Self.decode(row.recorded("failed")),
        waived: try Self.decode(row.recorded("waived")))
    }.first
  }

  /// Gates that were overridden for `id`, oldest first.
  package func overrides(of id: ReleaseID) throws -> [GateOverride] {
    try rows(of: id, in: "gateOverride", orderedBy: "at, gate") { row in
      GateOverride(
        gate: try row.recorded("gate"), reason: try row.recorded("reason"),
        operatorName: try row.recorded("operator"), at: try row.recordedTime("at"))
    }
  }

  /// What `body` makes of each row of a release.
  func rows<Value>(
    of id: ReleaseID, in table: String, orderedBy order: String, _ body: (Row) throws -> Value
  ) throws -> [Value] {
    try read { db in
      try db.rows(
        "SELECT * FROM \(table) WHERE release = ? ORDER BY \(order)",
        arguments: [id.description], body)
    }
  }

  static func decode<Value: Decodable>(_ text: String) throws -> Value {
    do {
      return try JSONDecoder().decode(Value.self, from: Data(text.utf8))
    } catch {
      throw damaged("one of its records cannot be read")
    }
  }
}
