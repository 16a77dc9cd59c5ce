import GRDB
package import ReleaseModel

/// A retirement that the release manager has agreed to.
package struct Acknowledgement: Hashable, Sendable {
  /// Name of the source package.
  package let package: String
  /// The build with the marker: a later one asks anew.
  package let nvr: NVR
  /// Who agreed, such as `alice@composer`.
  package let operatorName: String
  /// What they said of it; nil for nothing.
  package let note: String?
  /// Seconds since 1970.
  package let at: Int

  /// - Parameter at: seconds since 1970.
  package init(package: String, nvr: NVR, operatorName: String, note: String?, at: Int) {
    self.package = package
    self.nvr = nvr
    self.operatorName = operatorName
    self.note = note
    self.at = at
  }
}

extension [Acknowledgement] {
  /// Who agreed, by package.
  package var operators: [String: String] {
    Dictionary(map { ($0.package, $0.operatorName) }) { first, _ in first }
  }
}

extension LedgerChange {
  /// Records them, in place of earlier ones for the same packages.
  package func acknowledge(_ acknowledgements: [Acknowledgement]) throws {
    for item in acknowledgements {
      try db.execute(
        sql: "INSERT OR REPLACE INTO acknowledgement VALUES (?, ?, ?, ?, ?)",
        arguments: [item.package, item.nvr.description, item.operatorName, item.note, item.at])
    }
  }
}

extension Ledger {
  /// Sorted by package.
  package func acknowledgements() throws -> [Acknowledgement] {
    try read { db in
      try db.rows("SELECT * FROM acknowledgement ORDER BY package") { row in
        let package: String = try row.recorded("package")
        guard let nvr = try Self.nvr(row.recorded("nvr"), of: package) else {
          throw Self.damaged("an acknowledgement of \(package) names no build")
        }
        return Acknowledgement(
          package: package, nvr: nvr, operatorName: try row.recorded("operator"),
          note: try row.recorded("note"),
          at: try row.recordedTime("at"))
      }
    }
  }
}
