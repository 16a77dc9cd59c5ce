import ComposePolicy
import Digests
import ReleaseModel

/// What two plans must share to make the same release.
///
/// Left out on purpose: where the RPMs lie, what the build system is called,
/// whether unsigned RPMs are allowed (that is asked for anew when the plan is
/// applied), and the wording of findings and steps.
enum PlanDigest {
  static func of(_ plan: Plan) -> Checksum {
    var lines = [
      "epel-compose plan \(plan.format)", plan.stream, plan.release.description,
      plan.previous?.description ?? "-", "\(plan.respin)", plan.composeTag, "\(plan.revision)",
      plan.date, plan.policyDigest.hex,
    ]
    lines += plan.trees.map { "tree \($0.area.rawValue) \($0.path)" }
    lines += (plan.documents ?? []).map {
      "document \($0.type) \($0.arch ?? $0.id ?? "-") \($0.sha256)"
    }
    lines += plan.retired.map { "retired \($0.nvr) \($0.rpm) \($0.marker)" }
    for build in plan.builds {
      lines.append("build \(build.nvr) \(build.evr.epoch)")
      lines += build.rpms.map { "rpm \($0.fileName) \($0.sha256)" }
    }
    return sha256(lines.joined(separator: "\n"))
  }

  static func of(_ policy: Policy) throws -> Checksum {
    sha256(try policy.composeYAML())
  }

  private static func sha256(_ text: String) -> Checksum {
    Checksum(of: Array(text.utf8))
  }
}
