package import ReleaseLedger
package import ReleaseModel

extension ReleaseRecord {
  /// The error that an operation does not fit the state of the release.
  package func refusal(_ cause: String, _ remedy: String) -> ComposeError {
    ComposeError(.refused, "release \(id)", cause, remedy: remedy)
  }
}
