import ReleaseModel

extension [Finding] {
  /// Throws `refused` for `thing` with all of these findings, unless there are
  /// none. What stands in the way is told once: one finding by the error itself, several
  /// as its findings.
  package func requireNone(_ thing: String) throws {
    guard let first else { return }
    let isOne = count == 1
    throw ComposeError(
      .refused, thing, isOne ? first.message : "\(count.grouped) findings stand in the way",
      remedy: isOne ? first.remedy : "Do what each of them says", findings: self)
  }
}
