import Yams

/// Who may sign RPMs.
package struct SigningPolicy: Hashable, Sendable, PolicySection {
  /// Files of public keys; relative ones start at the policy file's directory.
  package let keyFiles: [String]
  /// The weakest hash that signatures and payload digests may use.
  package let digestFloor: DigestFloor

  static let keys: [PolicyKeys.Key] = [
    .init("signing", "who may sign RPMs", or: "no key is trusted"),
    .init(
      "signing.keys",
      "files of public keys: absolute (`--root` goes in front) or relative to the policy file",
      or: "none"),
    .init(
      "signing.digest",
      "the weakest hash that signatures may use: `md5`, `sha1`, `sha224`, "
        + "`sha256`, `sha384` or `sha512`", or: "sha256"),
  ]
}

/// Hash functions from weak to strong.
package enum DigestFloor: String, CaseIterable, Comparable, Sendable {
  case md5, sha1, sha224, sha256, sha384, sha512

  package static func < (lhs: DigestFloor, rhs: DigestFloor) -> Bool {
    (allCases.firstIndex(of: lhs) ?? 0) < (allCases.firstIndex(of: rhs) ?? 0)
  }
}

extension SigningPolicy {
  /// Decodes `signing`.
  init(_ node: PolicyNode?) throws {
    keyFiles = try node?.optional("keys")?.list().map(Policy.filePath) ?? []
    digestFloor = try node?.optional("digest")?.word(DigestFloor.self) ?? .sha256
  }

  var pairs: [(Node, Node)] {
    [pair("keys", .list(keyFiles)), pair("digest", Node(digestFloor.rawValue))]
  }
}
