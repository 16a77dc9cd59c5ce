/// Something a person should know about a plan or a tree: a refusal, a
/// warning, or what a check found.
package struct Finding: Hashable, Codable, Sendable {
  /// Stable word for programs, such as `unsigned`.
  package let code: String
  /// One sentence that names the thing and the cause.
  package let message: String
  /// One sentence that says what to do.
  package let remedy: String
  /// Name of the source package that it is about; left out where it is about
  /// no single one. Waivers go by it.
  package var package: String?
  /// RPMs that it is about, as `name-[epoch:]version-rpmRelease.arch`.
  package var rpms: [String]?
  /// Architectures that it is about; left out where it is about all of them, or
  /// about none in particular. Waivers of one architecture go by it.
  package var arches: [Architecture]?
  /// Who took away what it lacks, when and why; left out where nobody did.
  package var removals: [Removal]?

  /// Passwords in URLs that message and remedy quote are left out.
  ///
  /// - Parameters:
  ///   - package: name of the source package, for waivers; nil where the
  /// finding is about no single one.
  ///   - rpms: RPMs that it is about; nil for none.
  ///   - arches: nil for all, or for none in particular.
  ///   - removals: who took away what it lacks; nil where nobody did.
  package init(
    code: String, message: String, remedy: String, package: String? = nil, rpms: [String]? = nil,
    arches: [Architecture]? = nil, removals: [Removal]? = nil
  ) {
    self.code = code
    self.message = message.withoutPassword
    self.remedy = remedy.withoutPassword
    self.package = package
    self.rpms = rpms
    self.arches = arches
    self.removals = removals
  }
}

extension Finding {
  /// An RPM is signed by a key that is none of the policy's.
  package static let unknownKeyCode = "unknown-key"

  /// RPMs for a machine that the policy does not compose.
  package static func foreignArchitecture(_ arch: Architecture, count: Int) -> Finding {
    Finding(
      code: "foreign-arch",
      message: "\(count.counted("RPM")) for \(arch) will be in no repository",
      remedy: "Add \(arch) to 'arches' of the policy if users should get them")
  }
}

extension Finding {
  /// Two different files of one name, which have one place in a tree.
  package static func conflictingFiles(_ one: RPMFile, _ other: RPMFile) -> Finding {
    let builds = Set([one, other].compactMap { $0.build?.description }).sorted()
    return Finding(
      code: "conflicting-files",
      message: "\(one.path.sanitizedForDisplay) and \(other.path.sanitizedForDisplay) are both "
        + "\(one.fileName) with different contents"
        + (builds.count > 1 ? ", from \(builds.joined(separator: " and "))" : ""),
      remedy: builds.count > 1
        ? "Untag or rebuild the build that should no longer have it, or take its file away"
        : "Keep the right one of the two files",
      package: one.package, rpms: [one.nevra.description])
  }
}

extension Finding {
  private enum CodingKeys: String, CodingKey {
    case code, message, remedy, package, rpms, arches, removals
  }

  /// Where the encoder knows of places, command lines name them: see ``CommandPlaces/key``.
  package func encode(to encoder: any Encoder) throws {
    let places = CommandPlaces.key.flatMap { encoder.userInfo[$0] as? CommandPlaces }
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(code, forKey: .code)
    try container.encode(places?.completed(message) ?? message, forKey: .message)
    try container.encode(places?.completed(remedy) ?? remedy, forKey: .remedy)
    try container.encodeIfPresent(package, forKey: .package)
    try container.encodeIfPresent(rpms, forKey: .rpms)
    try container.encodeIfPresent(arches, forKey: .arches)
    try container.encodeIfPresent(removals, forKey: .removals)
  }
}

extension Finding {
  /// How remedies end that `--allow-unsigned` is one of.
  package static let orAllowUnsigned = ", or rehearse with --allow-unsigned"

  /// The same where `--allow-unsigned` was given: its remedy does not ask for that again.
  package var withUnsignedAllowed: Finding {
    guard remedy.hasSuffix(Self.orAllowUnsigned) else { return self }
    return Finding(
      code: code, message: message,
      remedy: String(remedy.dropLast(Self.orAllowUnsigned.count)),
      package: package, rpms: rpms, arches: arches, removals: removals)
  }
}

/// A finding that the policy lets pass, with the waiver's own words.
package struct WaivedFinding: Hashable, Codable, Sendable {
  /// Name of the check, such as `closure`.
  package let check: String
  /// The finding as it would be without the waiver.
  package let finding: Finding
  /// Why the policy lets it pass, in the words of the waiver.
  package let reason: String
  /// The last minor release that the waiver holds for, such as `7.7`.
  package let until: String

  /// The finding joined with the waiver that covers it.
  package init(check: String, finding: Finding, reason: String, until: String) {
    self.check = check
    self.finding = finding
    self.reason = reason
    self.until = until
  }
}
