import Yams

/// Who may sign RPMs, and who signs their metadata.
package struct SigningPolicy: Hashable, Sendable, PolicySection {
  /// Files of public keys; relative ones start at the policy file's directory.
  package let keyFiles: [String]
  /// The weakest hash that signatures and payload digests may use.
  package let digestFloor: DigestFloor
  /// Who signs repomd.xml; nil where nobody does.
  package let metadata: MetadataSigning?

  static let keys: [PolicyKeys.Key] =
    [
      .init("signing", "who may sign RPMs", or: "no key is trusted"),
      .init(
        "signing.keys",
        "files of public keys: absolute (`--root` goes in front) or relative to the policy file",
        or: "none"),
      .init(
        "signing.digest",
        "the weakest hash that signatures may use: `md5`, `sha1`, `sha224`, "
          + "`sha256`, `sha384` or `sha512`", or: "sha256"),
    ] + MetadataSigning.keys
}

/// Hash functions from weak to strong.
package enum DigestFloor: String, CaseIterable, Comparable, Sendable {
  /// Broken: collisions can be made.
  case md5
  /// Broken: collisions have been made; the oldest EPEL RPMs have no better.
  case sha1
  /// As strong as a shortened SHA-256.
  case sha224
  /// What RPM signs with since Enterprise Linux 6; the default.
  case sha256
  /// As strong as a shortened SHA-512.
  case sha384
  /// The strongest of them.
  case sha512

  /// By strength, weaker first.
  package static func < (lhs: DigestFloor, rhs: DigestFloor) -> Bool {
    (allCases.firstIndex(of: lhs) ?? 0) < (allCases.firstIndex(of: rhs) ?? 0)
  }
}

extension SigningPolicy {
  /// Decodes `signing`.
  init(_ node: PolicyNode?) throws {
    keyFiles = try node?.optional("keys")?.list().map(Policy.filePath) ?? []
    digestFloor = try node?.optional("digest")?.word(DigestFloor.self) ?? .sha256
    metadata = try node?.optional("metadata").map(MetadataSigning.init)
  }

  var pairs: [(Node, Node)] {
    rpmPairs + (metadata.map { [pair("metadata", $0.node)] } ?? [])
  }

  /// What decides whether a release passes its checks.
  var gatePairs: [(Node, Node)] {
    rpmPairs + (metadata.map { [pair("metadata", $0.gateNode)] } ?? [])
  }

  private var rpmPairs: [(Node, Node)] {
    [pair("keys", .list(keyFiles)), pair("digest", Node(digestFloor.rawValue))]
  }
}
