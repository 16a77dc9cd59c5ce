package import ReleaseModel
import Yams

/// A finding that the policy lets pass, for a while and for a reason.
package struct Waiver: Hashable, Sendable, PolicySection {
  /// The check whose findings pass.
  package let check: CheckName
  /// Name of the source package; for `vanish` also `@group` or `module:stream`,
  /// for `contents` also `*`, which is every package.
  package let package: String
  /// One line, repeated in every report.
  package let reason: String
  /// The last minor release that it holds for.
  package let until: MinorRelease

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
    .init("waivers.reason", "why, one line for every report"),
    .init("waivers.until", "the last minor release that it holds for, such as `\"7.7\"`"),
  ]
}

extension Waiver {
  /// Decodes `waivers`.
  static func decode(_ node: PolicyNode?, major: Int) throws -> [Self] {
    var seen: Set<String> = []
    return try node?.list().map { item in
      let waiver = try Self(item, major: major)
      guard seen.insert("\(waiver.check.rawValue) \(waiver.package)").inserted else {
        throw item.problem(
          "there are two waivers of '\(waiver.check.rawValue)' for '\(waiver.package)'",
          remedy: "Keep one of them")
      }
      return waiver
    } ?? []
  }

  private init(_ node: PolicyNode, major: Int) throws {
    let until = try node.required("until")
    guard let id = try? ReleaseID(until.text()), id.month == nil, id.major == major else {
      throw until.problem(
        "'\(try until.text())' is not a minor release of \(major)",
        remedy: "Write the last one that the waiver holds for, as \"\(major).6\"")
    }
    self.init(
      check: try node.required("check").word(CheckName.self),
      package: try node.required("package").text(), reason: try node.required("reason").text(),
      until: id.minorRelease)
  }

  var node: Node {
    Node([
      (Node("check"), Node(check.rawValue)), (Node("package"), Node(package)),
      (Node("reason"), Node(reason)), (Node("until"), Node(until.description)),
    ])
  }
}
