import ComposeReports
import MirrorDocuments
import ReleaseModel

extension MirrorStatusReport.Mirror {
  init(_ url: String, _ verdict: CurrentVerdict) {
    self.init(
      url: url.withoutPassword.sanitizedForDisplay, state: verdict.state.rawValue,
      alarm: verdict.state.isAlarm, serial: verdict.serial,
      detail: verdict.detail?.sanitizedForDisplay)
  }
}

extension MirrorStatusReport.Stream {
  /// Throws `refused` where a mirror that was named is not to be trusted, `unavailable` where
  /// none of them answers.
  func requireTrusted(among named: [String]) throws {
    let names = Set(named.map { $0.withoutPassword.sanitizedForDisplay })
    let asked = mirrors.filter { names.contains($0.url) }
    let findings = asked.filter(\.alarm).map { mirror in
      Finding(
        code: mirror.state,
        message: "\(mirror.url) is \(mirror.state)" + (mirror.detail.map { ": \($0)" } ?? ""),
        remedy: "Docs/Trust.md, \"What a mirror can be\", says what that means; ask its "
          + "administrator, and have it taken off the lists until then")
    }
    if let first = findings.first {
      throw ComposeError(
        .refused, "mirrors of \(stream)",
        first.message + (findings.count > 1 ? "; \(findings.count - 1) more" : ""),
        remedy: first.remedy, findings: findings)
    }
    guard !asked.isEmpty, asked.allSatisfy({ $0.state == "unreachable" }) else { return }
    throw ComposeError(
      .unavailable, asked[0].url, asked[0].detail ?? "it does not answer",
      remedy: "Check the address and the server, then run the command again")
  }
}
