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
      try db.rows("SELECT * FROM removedRPM ORDER BY at, name, arch") { row in
        guard let cause = Removal.Cause(rawValue: try row.recorded("cause")) else {
          throw Self.damaged("how \(try row.recorded("name") as String) went is recorded wrongly")
        }
        let evr = EVR(
          epoch: try row.recorded("epoch"), version: try row.recorded("version"),
          rpmRelease: try row.recorded("rpmRelease"))
        return RemovedRPM(
          FormerRPM(
            rpm: BinaryPackage(
              nevra: NEVRA(
                name: try row.recorded("name"), evr: evr,
                arch: Architecture(try row.recorded("arch"))),
              package: try row.recorded("package")),
            provides: try Self.decode(row.recorded("provides"))),
          build: try Self.nvr(row.recorded("build"), of: try row.recorded("package")),
          release: try row.recordedRelease("release"), cause: cause,
          push: try row.recorded("push"), at: try row.recordedTime("at"),
          operatorName: try row.recorded("operator"), reason: try row.recorded("reason"))
      }
    }
  }
}
