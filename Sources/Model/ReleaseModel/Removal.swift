/// How something that a stream had listed went: who took it away, when and why.
package struct Removal: Hashable, Codable, Sendable {
  /// What took it away.
  package enum Cause: String, Hashable, Codable, Sendable {
    /// Somebody took its build out of the lists.
    case withdrawn
    /// The push that had brought it was taken back.
    case undone
    /// The policy keeps only newer versions.
    case retention
    /// A release left its package out because of a marker.
    case retired
    /// A release left its package out because the build system hid it.
    case blocked
    /// Its package went on with a build that lacks it.
    case replaced
    /// A release had no live build of its package.
    case vanished
    /// The release that had it was rolled back.
    case rolledBack
    /// The release that had it was dropped before anybody got it by a link.
    case abandoned
  }

  /// Name of the source package.
  package let package: String
  /// The build that was taken away; null where a whole release is the
  /// cause.
  @OrNull package var build: NVR?
  /// The release whose lists it left, or that left it out; for one that was rolled
  /// back or abandoned, that one.
  package let release: String
  /// Why it went.
  package let cause: Cause
  /// Serial of the push; null where a release is the cause.
  @OrNull package var push: Int?
  /// As RFC 3339 has it, in plans of earlier versions `YYYY-MM-DD HH:MM UTC`; null while the release that leaves it out is only
  /// planned or checked.
  @OrNull package var at: String?
  /// Who did it, such as `alice@composer`; null likewise.
  @OrNull package var operatorName: String?
  /// What was said of it: by the operator, or by the marker.
  @OrNull package var reason: String?

  private enum CodingKeys: String, CodingKey {
    case package, build, release, cause, push, at, reason
    case operatorName = "operator"
  }

  /// - Parameters:
  ///   - at: seconds since 1970; nil for what has not happened yet.
  ///   - reason: as it is to be shown.
  package init(
    package: String, build: NVR? = nil, release: ReleaseID, cause: Cause, push: Int? = nil,
    at: Int? = nil, operatorName: String? = nil, reason: String? = nil
  ) {
    self.package = package
    self.build = build
    self.release = release.description
    self.cause = cause
    self.push = push
    self.at = at.map { Moment($0).rfc3339 }
    self.operatorName = operatorName
    self.reason = reason
  }

  /// Such as `on 2019-07-01 by alice@composer`; empty for what has not happened.
  private var moment: String {
    [at.map { "on \($0.prefix(10))" }, operatorName.map { "by \($0)" }].compactMap { $0 }
      .joined(separator: " ")
  }

  /// Such as `with 7.07.201908 on 2019-08-20 by alice@composer`.
  package var circumstances: String { "with \(release)" + (moment.isEmpty ? "" : " \(moment)") }

  /// One clause for a finding.
  ///
  /// - Parameter present: what is there of the package now; nil for nothing.
  package func clause(present: EVR?) -> String {
    let build = build?.description ?? package
    let why = reason.map { ": \($0)" } ?? ""
    switch cause {
    case .withdrawn: return "\(build) was withdrawn from \(release) \(moment)\(why)"
    case .undone: return "the push of \(build) to \(release) was taken back \(moment)\(why)"
    case .retention:
      return "\(release) lists only newer versions than \(build), since it was updated \(moment)"
    case .retired: return "\(package) is retired\(why) (\(circumstances))"
    case .blocked: return "\(package) is blocked (\(circumstances))"
    case .replaced:
      return present.map { "\(package) is \($0) now (\(circumstances))" }
        ?? "\(package) went on without it (\(circumstances))"
    case .vanished: return "\(package) had no live build any more (\(circumstances))"
    case .rolledBack: return "\(release), which had it, was rolled back \(moment)"
    case .abandoned: return "\(release), which had it, was abandoned \(moment)"
    }
  }
}

/// An RPM that a stream had listed and that was taken away, with how it went.
package struct RemovedRPM: Hashable, Codable, Sendable {
  /// What it was, and what nothing has provided since.
  package let former: FormerRPM
  /// Its build; nil where it is not known.
  package let build: NVR?
  /// The release whose lists it left, or that left it out.
  package let release: ReleaseID
  /// Why it went.
  package let cause: Removal.Cause
  /// Serial of the push; nil where a release is the cause.
  package let push: Int?
  /// Seconds since 1970.
  package let at: Int
  /// Who did it, such as `alice@composer`.
  package let operatorName: String
  /// What was said of it.
  package let reason: String?

  /// - Parameter at: seconds since 1970.
  package init(
    _ former: FormerRPM, build: NVR?, release: ReleaseID, cause: Removal.Cause, push: Int?,
    at: Int, operatorName: String, reason: String?
  ) {
    self.former = former
    self.build = build
    self.release = release
    self.cause = cause
    self.push = push
    self.at = at
    self.operatorName = operatorName
    self.reason = reason
  }

  /// For messages.
  package var removal: Removal {
    Removal(
      package: former.rpm.package, build: build, release: release, cause: cause, push: push, at: at,
      operatorName: operatorName, reason: reason?.firstLine)
  }
}

extension Sequence<RemovedRPM> {
  /// How each RPM went.
  package var removals: [NEVRA: Removal] {
    Dictionary(map { ($0.former.rpm.nevra, $0.removal) }) { $1 }
  }
}

extension String {
  /// The first line with words in it, without its full stop, fit for a message:
  /// the markers of packagers are prose.
  package var firstLine: String {
    let line =
      split(whereSeparator: \.isNewline).map { $0.trimmingPrefix(while: \.isWhitespace) }
      .first { !$0.isEmpty } ?? ""
    var words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    if words.hasSuffix(".") { words.removeLast() }
    let limit = 160
    return (words.count > limit ? words.prefix(limit) + "…" : words).description
      .sanitizedForDisplay
  }
}
