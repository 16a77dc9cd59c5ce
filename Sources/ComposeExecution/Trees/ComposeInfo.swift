import ComposePlanning
import ComposePolicy
import ReleaseModel

/// The identity of a tree, `.composeinfo` at its top: which release, which
/// respin, of which day. Everything in it comes from the plan, so that the
/// same plan gives the same bytes.
struct ComposeInfo {
  static let fileName = ".composeinfo"

  let policy: Policy
  let plan: Plan
  let area: Area

  var contents: [UInt8] {
    let day = plan.date.filter { $0 != "-" }
    let lines = [
      "[compose]",
      "id = \(plan.stream)-\(plan.release)-\(day).\(plan.respin)",
      "date = \(day)",
      "respin = \(plan.respin)",
      "type = production",
      "",
      "[release]",
      "name = \(policy.title)",
      "short = \(plan.stream)",
      "version = \(plan.release)",
      "previous = \(plan.previous?.description ?? "")",
      "",
      "[tree]",
      "area = \(area.rawValue)",
      "path = \(policy.tree(area, of: plan.release)?.path.description ?? "")",
      "arches = \(policy.arches.map(\.name).joined(separator: ","))",
      "tag = \(plan.composeTag)",
      "plan = \(plan.digest)",
    ]
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }
}

extension ComposeInfo {
  /// What a tree says of itself.
  struct Identity: Hashable, Sendable {
    let stream: String
    let release: ReleaseID
    let respin: Int
    /// The release that was current when this one was composed.
    let previous: ReleaseID?
    let tag: String
    /// Digest of the plan, hexadecimal.
    let plan: String

    /// Parses the bytes of a `.composeinfo`; nil for one that is not ours.
    init?(contents: [UInt8]) {
      var values: [String: String] = [:]
      var section = ""
      for line in String(decoding: contents, as: UTF8.self).split(separator: "\n") {
        if line.hasPrefix("["), line.hasSuffix("]") {
          section = String(line.dropFirst().dropLast())
        } else if let equals = line.firstRange(of: " =") {
          let value = line[equals.upperBound...].drop { $0 == " " }
          values["\(section).\(line[..<equals.lowerBound])"] = String(value)
        }
      }
      guard let stream = values["release.short"],
        let release = try? ReleaseID(values["release.version"] ?? ""),
        let respin = values["compose.respin"].flatMap({ Int($0) }), let tag = values["tree.tag"],
        let plan = values["tree.plan"], Checksum(hex: plan) != nil
      else { return nil }
      self.stream = stream
      self.release = release
      self.respin = respin
      self.tag = tag
      self.plan = plan
      previous = values["release.previous"].flatMap { try? ReleaseID($0) }
    }
  }
}
