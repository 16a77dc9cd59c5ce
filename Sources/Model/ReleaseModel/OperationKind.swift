/// What changes a stream: each kind has a command, and its raw value is its name
/// in the ledger, in JSON and in the history.
package enum OperationKind: String, CaseIterable, Codable, Sendable {
  case compose, publish, promote, update, rollback, archive
  case removeOriginal = "remove-original"
  case abandon
}
