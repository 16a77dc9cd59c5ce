import ComposePolicy
import ComposeStream
import DurableFiles
import ReleaseLedger
package import ReleaseModel

extension DiskSurvey {
  /// What a ledger lacks that was made from an older copy and the disk.
  package var sinceOlderLedger: [Finding] {
    [
      Finding(
        code: "unproven",
        message: "what was decided after the older ledger was written and is on no disk: "
          + "acknowledgements, overrides, holds that were lifted; by whom, when and why later "
          + "pushes came",
        remedy: "Decide it again; 'epel-compose history' tells what is known"),
      Finding(
        code: "unproven", message: "which checks passed on trees that have changed since",
        remedy: "Run 'epel-compose check' on each release"),
    ]
  }
}

/// What a survey has to say beside the releases.
extension DiskSurveyor {
  /// Unfinished names of ours, which no journal knows any more.
  func leftovers() throws -> [Finding] {
    var findings: [Finding] = []
    for (_, path) in stream.locations.roots {
      guard let root = try Directory.openIfPresent(root: path) else { continue }
      let parents = stream.policy.areas.keys.compactMap {
        RelativePath(stream.policy.areas[$0]?.path.description ?? "")?.parent
      }
      for parent in [nil] + Set(parents).sorted().map(Optional.some) {
        guard try parent.map({ try root.status(of: $0)?.kind == .directory }) ?? true else {
          continue
        }
        let directory = try parent.map { try root.open($0) } ?? root
        for name in try directory.names(skippingOdd: true)
        where name.hasPrefix(Directory.temporaryPrefix) && !Locations.isPool(name) {
          findings.append(
            Finding(
              code: "leftover", message: "\(directory.path)/\(name) was never finished",
              remedy: "Remove it, unless it is another stream's that is at work"))
        }
      }
    }
    return findings
  }

  func unproven(_ releases: [SurveyedRelease], _ endings: [EndOfLife]) -> [Finding] {
    if releases.isEmpty { return [] }
    func finding(_ message: String, _ remedy: String) -> Finding {
      Finding(code: "unproven", message: message, remedy: remedy)
    }
    var findings = [
      finding(
        "when releases entered their states: soak and grace times begin now", "Wait, or --skip-soak"
      ),
      finding(
        "which packages releases left out as retired, and what those provided",
        "Look into the builds' own markers"),
      finding(
        "which checks passed, what was waived and what was overridden",
        "Run 'epel-compose check' on each release"),
      finding("the history before now, and the compose tags", "Restore a backup if you need them"),
    ]
    if !endings.contains(where: { $0.subject == nil }) {
      findings.append(
        finding(
          "whether an end of life was decided for a day to come",
          "Give it again: "
            + stream.commands.commandLine("end \(stream.policy.major) --on YYYY-MM-DD")))
    }
    if !endings.isEmpty, stream.policy.koji != nil {
      findings.append(
        finding(
          "which tags of the hub were locked for an end: 'end --undo' opens none",
          "Open them in the hub, if it comes to that"))
    }
    if releases.contains(where: { $0.record.pushes > 0 }) {
      findings.append(
        finding("by which push a build came: all count as the first", "Nothing needs to be done"))
    }
    if stream.policy.areas[.releases] == nil {
      findings.append(
        finding(
          "which builds were pushed after the cut: all count as of the cut",
          "Nothing needs to be done"))
    }
    if !hasAllKeys {
      findings.append(
        finding(
          "whether RPMs by keys that are not there now were allowed in unsigned",
          "Put the policy's keys there, and check each release"))
    }
    for release in releases where release.record.state == .published {
      findings.append(
        finding(
          "whether \(release.record.id) was current before: it counts as published",
          "Promote it, or abandon it"))
    }
    return findings
  }
}
