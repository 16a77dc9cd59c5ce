/// A decision of a person that a build stays out of everything that users get,
/// although it is live: until somebody decides otherwise.
///
/// It belongs to the build, not to the release that it was taken out of: a
/// rollback, the next release or a push of another day changes nothing of it.
package struct BuildHold: Hashable, Codable, Sendable {
  package let nvr: NVR
  /// How it was taken out: `withdrawn` or `undone`.
  package let cause: UnlistingCause
  /// In the words of whoever decided it; null where nobody said why.
  @OrNull package var reason: String?
  /// Who decided it, such as `alice@composer`.
  package let operatorName: String
  /// When, seconds since 1970.
  package let at: Int
  /// The release whose updates it was taken out of.
  package let release: ReleaseID

  /// - Parameter at: seconds since 1970.
  package init(
    nvr: NVR, cause: UnlistingCause, reason: String?, operatorName: String, at: Int,
    release: ReleaseID
  ) {
    self.nvr = nvr
    self.cause = cause
    self.operatorName = operatorName
    self.at = at
    self.release = release
    self.reason = reason
  }

  /// What happened to it, such as `it was withdrawn (eats data)`.
  package var sentence: String {
    let how = cause == .undone ? "the push that brought it was undone" : "it was withdrawn"
    return how + (reason.map { " (\($0))" } ?? "")
  }

  /// That it stands in the way of what has the build, or would bring it.
  ///
  /// - Parameters:
  ///   - state: what is wrong, such as `is live, but held`.
  ///   - remedy: what helps beside lifting the hold.
  package func finding(_ state: String, remedy: String) -> Finding {
    Finding(
      code: "held",
      message: "\(nvr) \(state): \(sentence), \(CalendarDate(secondsSince1970: at)), \(release)",
      remedy:
        "\(remedy), or lift the hold with: epel-compose update \(release.major) --again \(nvr.description.shellWord)",
      package: nvr.name)
  }
}
