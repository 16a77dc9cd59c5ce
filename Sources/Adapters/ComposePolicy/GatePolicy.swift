package import ReleaseModel
import Yams

/// What a release must pass before users get it: joins the sections that say
/// so.
package struct GatePolicy: Hashable, Sendable {
  /// Of each check.
  package let levels: [CheckName: CheckLevel]
  /// In the order of the file.
  package let waivers: [Waiver]
  /// Repositories that users have as well, such as RHEL's.
  package let base: [BaseRepository]
  /// What the check by real clients, named `rehearsal`, installs.
  package let rehearsal: RehearsalPolicy
  /// How much may go unasked.
  package let limits: GateLimits
  /// By which keys RPMs must be signed.
  package let signing: SigningPolicy

  /// Checks that have nothing to look at under the policy: they run only where somebody asks
  /// for them by name.
  package var idle: Set<CheckName> { signing.metadata == nil ? [.metadataSignature] : [] }

  /// The policy's level for `check`; `refuse` where the policy names none.
  package func level(of check: CheckName) -> CheckLevel { levels[check] ?? .refuse }
}

extension GatePolicy {
  /// Decodes `gate`, `checks`, `waivers`, `base` and `rehearsal` of the policy `top`.
  init(
    _ top: PolicyNode, major: Int, arches: [Architecture], signing: SigningPolicy
  ) throws {
    levels = try CheckPolicy.decode(top.optional("checks"))
    waivers = try Waiver.decode(top.optional("waivers"), major: major, arches: arches)
    base = try BaseRepository.decode(top.optional("base"))
    limits = try GateLimits(top.optional("gate"))
    rehearsal = try RehearsalPolicy(top.optional("rehearsal"))
    self.signing = signing
  }

  /// The same sections as ``Policy/yaml()`` prints them.
  var pairs: [(Node, Node)] {
    var pairs: [(Node, Node)] = []
    if !base.isEmpty { pairs.append(pair("base", Node(base.map(\.node)))) }
    pairs.append(pair("gate", limits.node))
    pairs.append(pair("checks", CheckPolicy.node(levels, withoutIdle: idle)))
    if !waivers.isEmpty { pairs.append(pair("waivers", Node(waivers.map(\.node)))) }
    pairs.append(pair("rehearsal", rehearsal.node))
    return pairs
  }
}
