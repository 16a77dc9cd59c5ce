import ComposeStream
import ReleaseLedger

extension StreamContext {
  /// Everything that a release passed by a person's decision instead of its
  /// own merit: for status and announcement.
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
