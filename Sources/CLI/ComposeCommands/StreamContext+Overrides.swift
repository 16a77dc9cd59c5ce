import ComposeStream
import ReleaseLedger

extension StreamContext {
  /// The gates that a release passed only because a person decided so, with the
  /// reasons: for status and announcement. Unsigned RPMs that were allowed are
  /// one of them; who allowed them is not recorded.
  func overrides(
    of record: ReleaseRecord
  ) throws -> [(gate: String, reason: String, operatorName: String?)] {
    let unsigned =
      record.allowUnsigned
      ? [(gate: "signatures", reason: "unsigned RPMs were allowed", operatorName: String?.none)]
      : []
    return unsigned
      + (try ledger.overrides(of: record.id).map {
        (gate: $0.gate, reason: $0.reason, operatorName: $0.operatorName)
      })
  }
}
