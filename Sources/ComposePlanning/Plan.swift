package import ReleaseModel

/// The complete, serialisable description of what `compose` will do.
///
/// Applying a plan needs nothing but the plan and the files it names; the
/// digest says whether two plans would make the same release.
package struct Plan: Codable, Sendable {
  /// Version of the file's form.
  package var format = 1
  package let stream: String
  package let release: ReleaseID
  /// The release that is current now.
  package let previous: ReleaseID?
  /// How often this release was composed before.
  package let respin: Int
  package let buildSystem: String
  /// The tag that freezes the release in the build system.
  package let composeTag: String
  /// `<revision>` and every data timestamp of the new repositories.
  package let revision: Int
  /// Day of the newest build, `YYYY-MM-DD`: the date of the compose.
  package let date: String
  package let allowUnsigned: Bool
  package let carried: [BuildEntry]
  package let updated: [UpdateEntry]
  package let added: [BuildEntry]
  package let retired: [RetiredEntry]
  package let blocked: [String]
  package let pending: [PendingEntry]
  /// What stands in the way: a plan with any of these is not composed.
  package let refusals: [Finding]
  package let warnings: [Finding]
  package let trees: [TreePlan]
  /// Bytes and inodes that the compose takes where hard links are possible.
  package let forecast: Forecast
  /// What will be done, one sentence each, in order.
  package let steps: [String]
  /// The builds that the release will have, complete, sorted by package.
  package let builds: [Build]
  /// SHA-256 of the policy as it was applied.
  package let policyDigest: Checksum
  /// SHA-256 of all that decides what the release will be.
  package var digest: Checksum
  /// SHA-256 of everything else in the file: a plan that was edited would no
  /// longer show what it does. Set by ``PlanFile/sealed(_:)``.
  package var seal: Checksum?

  package struct Forecast: Hashable, Codable, Sendable {
    /// If no file can be linked, this many bytes are copied.
    package let bytesIfCopied: Int
    /// Names and directories made.
    package let inodes: Int
  }
}

extension Plan {
  /// JSON keys: part of the command-line contract.
  private enum CodingKeys: String, CodingKey {
    case format, stream, release, previous, respin, buildSystem, composeTag, revision, date
    case allowUnsigned, carried, updated, added, retired, blocked, pending, refusals, warnings
    case trees, forecast, steps, builds, policyDigest, digest, seal
  }

  // `previous` is part of the format even when there is none: hence by hand.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(format, forKey: .format)
    try container.encode(stream, forKey: .stream)
    try container.encode(release, forKey: .release)
    try container.encode(previous, forKey: .previous)
    try container.encode(respin, forKey: .respin)
    try container.encode(buildSystem, forKey: .buildSystem)
    try container.encode(composeTag, forKey: .composeTag)
    try container.encode(revision, forKey: .revision)
    try container.encode(date, forKey: .date)
    try container.encode(allowUnsigned, forKey: .allowUnsigned)
    try container.encode(carried, forKey: .carried)
    try container.encode(updated, forKey: .updated)
    try container.encode(added, forKey: .added)
    try container.encode(retired, forKey: .retired)
    try container.encode(blocked, forKey: .blocked)
    try container.encode(pending, forKey: .pending)
    try container.encode(refusals, forKey: .refusals)
    try container.encode(warnings, forKey: .warnings)
    try container.encode(trees, forKey: .trees)
    try container.encode(forecast, forKey: .forecast)
    try container.encode(steps, forKey: .steps)
    try container.encode(builds, forKey: .builds)
    try container.encode(policyDigest, forKey: .policyDigest)
    try container.encode(digest, forKey: .digest)
    try container.encodeIfPresent(seal, forKey: .seal)
  }
}
