import ComposePlanning
import ComposeSite
import ReleaseModel

extension SitePackage {
  /// What is known of a package.
  init(_ status: PackageStatus, history: [SitePackageEvent]) {
    self.init(
      package: status.package, state: State(status.state), isEarly: status.early,
      returnedIn: status.returned, owner: status.owner, committedSince: status.committedSince,
      committedUntil: status.committedUntil, rule: status.rule, marker: status.marker,
      text: status.text, lastTree: status.lastTree, archiveTree: status.archiveTree,
      breaks: (status.breakage ?? []).map(SiteBreakage.init), replacedBy: status.replacedBy ?? [],
      contradiction: status.contradiction, history: history)
  }
}

extension SitePackage.State {
  fileprivate init(_ state: PackageStatus.State) {
    self =
      switch state {
      case .live: .live
      case .retiring: .retiring
      case .retired: .retired
      case .blocked: .blocked
      case .unknown: .unknown
      }
  }
}

extension SiteBreakage {
  fileprivate init(_ breakage: Breakage) {
    self.init(
      package: breakage.package, owner: breakage.owner, explanations: breakage.explanations)
  }
}

extension SitePlan {
  /// - Parameter acknowledged: NVRs of builds whose retirement was agreed to.
  init(_ plan: Plan, acknowledged: Set<String>) {
    self.init(
      release: plan.release.description, previous: plan.previous?.description, date: plan.date,
      carried: plan.carried.count,
      updated: plan.updated.map {
        Updated(package: $0.package, from: "\($0.package)-\($0.from)", to: $0.nvr)
      },
      added: plan.added.map { Added(package: $0.package, nvr: $0.nvr) },
      retired: plan.retired.map {
        Retired(
          package: $0.package, nvr: $0.nvr, marker: $0.marker, text: $0.text,
          breaks: ($0.breakage ?? []).map(SiteBreakage.init),
          acknowledged: acknowledged.contains($0.nvr))
      }, refusals: plan.refusals.map(Note.init), warnings: plan.warnings.map(Note.init))
  }
}

extension SitePlan.Note {
  fileprivate init(_ finding: Finding) {
    self.init(message: finding.message, remedy: finding.remedy)
  }
}
