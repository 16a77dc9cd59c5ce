package import ComposePlanning
package import ComposePolicy
import DurableFiles
package import ReleaseModel

/// The identity of a tree, `.composeinfo` at its top: which release, which
/// respin, of which day. Everything in it comes from the plan, so that the
/// same plan gives the same bytes.
package struct ComposeInfo {
  /// At the top of a tree, as Beaker's importer looks for it.
  package static let fileName = ".composeinfo"

  let policy: Policy
  let plan: Plan
  let area: Area

  /// For the tree of `plan`'s release in `area`.
  package init(policy: Policy, plan: Plan, area: Area) {
    self.policy = policy
    self.plan = plan
    self.area = area
  }

  /// What the file says, as a value.
  package var identity: Identity {
    Identity(
      stream: plan.stream, release: plan.release, date: plan.date.filter { $0 != "-" },
      respin: plan.respin, previous: plan.previous, tag: plan.composeTag, plan: plan.digest.hex)
  }

  /// The bytes of the file: the same for equal plans.
  package var contents: [UInt8] {
    let identity = identity
    let lines =
      [
        "[compose]",
        "id = \(identity.composeID)",
        "date = \(identity.date)",
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
      ] + product(identity) + policy.variants.flatMap(variant)
    return Array((lines.joined(separator: "\n") + "\n").utf8)
  }
}

extension ComposeInfo {
  /// The file of the tree `name`, from that of another tree of the same release: all but area
  /// and path is the same in both.
  ///
  /// - Parameter other: the bytes of that file.
  package static func contents(of name: TreeName, like other: [UInt8]) -> [UInt8] {
    let lines = String(decoding: other, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false
    ).map { line in
      if line.hasPrefix("area = ") { return "area = \(name.area.rawValue)" }
      return line.hasPrefix("path = ") ? "path = \(name.path)" : String(line)
    }
    return Array(lines.joined(separator: "\n").utf8)
  }
}

extension Directory {
  /// What this tree says of itself; nil where it says nothing that we know.
  package func identity() throws -> ComposeInfo.Identity? {
    let path = try RelativePath.of(ComposeInfo.fileName)
    guard try status(of: path)?.kind == .file else { return nil }
    return ComposeInfo.Identity(contents: try openFile(path).contents(limit: 1 << 16))
  }
}

extension ComposeInfo {
  /// The sections that Beaker's importer reads.
  private func product(_ identity: Identity) -> [String] {
    [
      "",
      "[product]",
      "family = \(policy.title)",
      "name = \(identity.composeID)",
      "short = \(plan.stream)",
      "type = production",
      "variants = \(policy.variants.map(\.name).joined(separator: ","))",
      "version = \(plan.release)",
    ]
  }

  private func variant(_ variant: Policy.Variant) -> [String] {
    [
      "",
      "[variant-\(variant.name)]",
      "arches = \(policy.arches.map(\.name).joined(separator: ","))",
      "id = \(variant.name)",
      "name = \(variant.name)",
      "type = variant",
      "uid = \(variant.name)",
      "variants =",
    ]
      + policy.arches.flatMap { arch in
        let binary = variant.binary.filled(arch: arch)
        let debug = variant.debug.filled(arch: arch)
        return [
          "",
          "[variant-\(variant.name).\(arch)]",
          "arch = \(arch)",
          "debuginfo = \(debug)",
          "os_dir = \(binary)",
          "os_tree = \(binary)",
          "packages = \(binary)/Packages",
          "repository = \(binary)",
          "sources = \(variant.source)",
        ]
      }
  }

  /// What a tree says of itself.
  package struct Identity: Hashable, Sendable {
    /// Such as `epel-7`.
    package let stream: String
    /// The release that the tree is of.
    package let release: ReleaseID
    /// Day of the newest build of the cut, `YYYYMMDD`.
    let date: String
    /// How often the release was composed before.
    package let respin: Int
    /// The release that was current when this one was composed.
    package let previous: ReleaseID?
    /// The compose tag.
    package let tag: String
    /// Digest of the plan, hexadecimal.
    package let plan: String

    var composeID: String { "\(stream)-\(release)-\(date).\(respin)" }

    init(
      stream: String, release: ReleaseID, date: String, respin: Int, previous: ReleaseID?,
      tag: String, plan: String
    ) {
      self.stream = stream
      self.release = release
      self.date = date
      self.respin = respin
      self.previous = previous
      self.tag = tag
      self.plan = plan
    }

    /// Parses the bytes of a `.composeinfo`; nil for one that is not ours.
    package init?(contents: [UInt8]) {
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
        let date = values["compose.date"],
        let respin = values["compose.respin"].flatMap({ Int($0) }),
        NumberFromOutside.counts.contains(respin), let tag = values["tree.tag"],
        let plan = values["tree.plan"], Checksum(hex: plan) != nil
      else { return nil }
      self.stream = stream
      self.release = release
      self.date = date
      self.respin = respin
      self.tag = tag
      self.plan = plan
      previous = values["release.previous"].flatMap { try? ReleaseID($0) }
    }
  }
}
