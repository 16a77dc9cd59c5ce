package import ReleaseModel
import Yams

extension Policy {
  /// `retirement`: what retires a package, and how long its packager is
  /// committed to it.
  package struct RetirementPolicy: Hashable, Sendable, PolicySection {
    /// Matched with the base names of `%doc` files.
    package let marker: GlobPattern
    /// Minor releases of Enterprise Linux; the commitment ends with this or
    /// ``commitmentMonths``, whichever is earlier.
    package let commitmentMinorReleases: Int
    /// Calendar months since the package first came.
    package let commitmentMonths: Int

    static let keys: [PolicyKeys.Key] = [
      .init(
        "retirement", "what retires a package, and what packagers commit to",
        or: "README-RETIRED*, 1 minor release, 13 months"),
      .init("retirement.marker", "pattern of the %doc file's base name", or: "README-RETIRED*"),
      .init(
        "retirement.commitment", "how long a packager commits; the shorter of the two counts",
        or: "1 minor release, 13 months"),
      .init("retirement.commitment.minorReleases", "minor releases of Enterprise Linux", or: "1"),
      .init("retirement.commitment.months", "months", or: "13"),
    ]
  }
}

extension Policy.RetirementPolicy {
  /// Decodes `retirement`.
  init(_ node: PolicyNode?) throws {
    let commitment = try node?.optional("commitment")
    marker = try Self.marker(node?.optional("marker"))
    commitmentMinorReleases = try commitment?.optional("minorReleases")?.number(in: 1...20) ?? 1
    commitmentMonths = try commitment?.optional("months")?.number(in: 1...240) ?? 13
  }

  private static func marker(_ node: PolicyNode?) throws -> GlobPattern {
    guard let node else { return GlobPattern("README-RETIRED*") }
    let text = try node.text()
    guard !text.contains("/"), text.contains(where: { $0 != "*" && $0 != "?" }) else {
      throw node.problem(
        "'\(text)' is not a pattern of a file name", remedy: "Write one such as README-RETIRED*")
    }
    return GlobPattern(text)
  }

  var node: Node {
    Node([
      pair("marker", Node(marker.description)),
      pair(
        "commitment",
        .map([
          ("minorReleases", String(commitmentMinorReleases)), ("months", String(commitmentMonths)),
        ])),
    ])
  }
}
