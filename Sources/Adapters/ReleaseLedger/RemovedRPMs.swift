import GRDB
package import ReleaseModel

extension LedgerChange {
  /// Records what was taken away, in place of what was recorded of the same RPMs.
  package func addRemoved(_ rpms: [RemovedRPM]) throws {
    let statement = try db.cachedStatement(
      sql: "INSERT OR REPLACE INTO removedRPM VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    for rpm in rpms {
      let nevra = rpm.former.rpm.nevra
      try statement.execute(arguments: [
        rpm.former.rpm.package, nevra.name, nevra.evr.epoch, nevra.evr.version,
        nevra.evr.rpmRelease, nevra.arch.name, try Self.json(rpm.former.provides),
        rpm.build?.description,
        rpm.release.description, rpm.cause.rawValue, rpm.push, rpm.at, rpm.operatorName, rpm.reason,
      ])
    }
  }
}

extension Ledger {
  /// Every RPM that the stream had listed and that was taken away, oldest removal
  /// first. It may have come back since.
  package func removedRPMs() throws -> [RemovedRPM] {
    try read { db in
      try LedgerRow.fetchAll(db, sql: "SELECT * FROM removedRPM ORDER BY at, name, arch").map {
        row in
        let name: String = try row["name"]
        guard let cause = try Removal.Cause(rawValue: row["cause"]) else {
          throw Self.damaged("how \(name) went is recorded wrongly")
        }
        let evr = try EVR(
          epoch: row["epoch"], version: row["version"], rpmRelease: row["rpmRelease"])
        return try RemovedRPM(
          FormerRPM(
            rpm: BinaryPackage(
              nevra: NEVRA(name: name, evr: evr, arch: Architecture(row["arch"])),
              package: row["package"]),
            provides: try Self.decode(row["provides"])),
          build: try Self.nvr(row["build"], of: row["package"]),
          release: try row.release("release"), cause: cause,
          push: row["push"], at: row["at"], operatorName: row["operator"], reason: row["reason"])
      }
    }
  }
}
