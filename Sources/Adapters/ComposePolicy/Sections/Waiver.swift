package import ReleaseModel
import Yams

/// A finding that the policy lets pass, for a while and for a reason.
package struct Waiver: Hashable, Sendable, PolicySection {
  /// The check whose findings pass.
  package let check: CheckName
  /// Name of the source package; for `vanish` also `@group` or `module:stream`,
  /// for `contents` also `*`, which is every package.
  package let package: String
  /// The only architecture that it holds for; nil for all.
  package let arch: Architecture?
  /// One line, repeated in every report.
  package let reason: String
  /// The last minor release that it holds for.
  package let until: MinorRelease

  /// Whether it lets pass what is about these architectures; nil for all.
  package func covers(_ arches: [Architecture]?) -> Bool {
    guard let arch else { return true }
    return arches == [arch]
  }

  /// Whether `release` is of a later minor release than ``until``.
  package func isExpired(for release: ReleaseID) -> Bool { until < release.minorRelease }

  static let keys: [PolicyKeys.Key] = [
    .init("waivers", "findings that are let pass, a list", or: "none"),
    .init("waivers.check", "name of the check"),
    .init(
      "waivers.package",
      "name of the source package; for `vanish` also `@GROUP` or `MODULE:STREAM`, for "
        + "`contents` also `*`"
    ),
    .init("waivers.arch", "the only architecture that it holds for", or: "all"),
    .init("waivers.reason", "why, one line for every report"),
    .init("waivers.until", "the last minor release that it holds for, such as `\"7.7\"`"),
  ]
}

extension Waiver {
  /// Decodes `waivers`.
  static func decode(
    _ node: PolicyNode?, major: Int, arches: [Architecture]
  ) throws -> [Self] {
    var seen: Set<String> = []
    return try node?.list().map { item in
      let waiver = try Self(item, major: major, arches: arches)
      let key = "\(waiver.check.rawValue) \(waiver.package) \(waiver.arch?.name ?? "")"
      guard seen.insert(key).inserted else {
        throw item.problem(
          "there are two waivers of '\(waiver.check.rawValue)' for '\(waiver.package)'"
            + (waiver.arch.map { " on \($0)" } ?? ""),
          remedy: "Keep one of them")
      }
      return waiver
    } ?? []
  }

  private init(_ node: PolicyNode, major: Int, arches: [Architecture]) throws {
    let until = try node.required("until")
    guard let id = try? ReleaseID(until.text()), id.month == nil, id.major == major else {
      throw until.problem(
        "'\(try until.text())' is not a minor release of \(major)",
        remedy: "Write the last one that the waiver holds for, as \"\(major).6\"")
    }
    let arch = try node.optional("arch").map { item in
      let arch = Architecture(try item.text())
      guard arches.contains(arch) else {
        throw item.problem(
          "'\(arch)' is not one of 'arches'",
          remedy: "Write one of \(arches.map(\.name).joined(separator: ", "))")
      }
      return arch
    }
    self.init(
      check: try node.required("check").word(CheckName.self),
      package: try node.required("package").text(), arch: arch,
      reason: try node.required("reason").text(),
      until: id.minorRelease)
  }

  var node: Node {
    Node(
      [(Node("check"), Node(check.rawValue)), (Node("package"), Node(package))]
        + (arch.map { [(Node("arch"), Node($0.name))] } ?? [])
        + [(Node("reason"), Node(reason)), (Node("until"), Node(until.description))])
  }
}
