import ReleaseModel

extension [Finding] {
  /// Throws `refused` for `thing` with all of these findings, unless there are
  /// none.
  func requireNone(_ thing: String) throws {
    guard let first else { return }
    throw ComposeError(
      .refused, thing,
      first.message + (count > 1 ? "; \(count - 1) more stand in the way" : ""),
      remedy: first.remedy, findings: self)
  }
}
