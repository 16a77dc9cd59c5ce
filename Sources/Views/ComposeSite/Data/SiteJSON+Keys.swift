import ComposePlanning
import ReleaseModel

// The site's JSON has other names for some values than that of the commands,
// and leaves some out. Its keys are an interface as well; they are declared
// here.

extension SitePackage: Encodable {
  private enum Key: CodingKey {
    case package, state, isEarly, returnedIn, owner, committedSince, committedUntil
    case isCommitmentOver, rule, marker
    case text, lastTree, archiveTree, breaks, replacedBy, contradiction, history, blocked
    case summary, description, license, url, subpackages, needs, neededBy
  }

  /// Every key is always there; what is not known is null.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(package, forKey: .package)
    try container.encode(state, forKey: .state)
    try container.encode(status.early, forKey: .isEarly)
    try container.encode(status.blocked, forKey: .blocked)
    try container.encode(status.returned, forKey: .returnedIn)
    try container.encode(status.owner, forKey: .owner)
    try container.encode(status.committedSince, forKey: .committedSince)
    try container.encode(status.committedUntil, forKey: .committedUntil)
    try container.encode(status.isCommitmentOver, forKey: .isCommitmentOver)
    try container.encode(status.rule, forKey: .rule)
    try container.encode(status.marker, forKey: .marker)
    try container.encode(status.text, forKey: .text)
    try container.encode(status.lastTree, forKey: .lastTree)
    try container.encode(status.archiveTree, forKey: .archiveTree)
    var list = container.nestedUnkeyedContainer(forKey: .breaks)
    try list.encodePackages(breaks)
    try container.encode(replacedBy, forKey: .replacedBy)
    try container.encode(status.contradiction, forKey: .contradiction)
    try container.encode(history, forKey: .history)
    try container.encode(description?.summary, forKey: .summary)
    try container.encode(description?.text, forKey: .description)
    try container.encode(description?.license, forKey: .license)
    try container.encode(description?.url, forKey: .url)
    try container.encode(description?.subpackages ?? [], forKey: .subpackages)
    try container.encode(description?.needs ?? [], forKey: .needs)
    try container.encode(description?.neededBy ?? [], forKey: .neededBy)
  }
}

extension SiteRelease: Encodable {
  private enum Key: CodingKey {
    case release, state, since, clock, packages, pushes, cut, trees, retired
  }

  private enum TreeKey: CodingKey { case area, path, archivePath }

  /// Every key is always there; trees are those that can still be found.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(release, forKey: .release)
    try container.encode(state, forKey: .state)
    try container.encode(status.since, forKey: .since)
    try container.encode(status.clock, forKey: .clock)
    try container.encode(packages, forKey: .packages)
    try container.encode(status.pushes, forKey: .pushes)
    try container.encode(cut, forKey: .cut)
    var list = container.nestedUnkeyedContainer(forKey: .trees)
    for tree in trees {
      var item = list.nestedContainer(keyedBy: TreeKey.self)
      try item.encode(tree.area, forKey: .area)
      try item.encode(tree.path, forKey: .path)
      try item.encode(tree.archive, forKey: .archivePath)
    }
    try container.encode(retired, forKey: .retired)
  }
}

extension SitePlan: Encodable {
  private enum Key: CodingKey {
    case release, previous, date, carried, updated, added, retired, retiredBefore, refusals
    case warnings
  }

  private enum EntryKey: CodingKey {
    case package, nvr, from, to, marker, text, breaks, acknowledged, message, remedy
  }

  /// Every key is always there; a first release has null for `previous`.
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(plan.release.description, forKey: .release)
    try container.encode(plan.previous?.description, forKey: .previous)
    try container.encode(plan.date, forKey: .date)
    try container.encode(plan.carried.count, forKey: .carried)
    try container.encode(plan.added, forKey: .added)
    var updates = container.nestedUnkeyedContainer(forKey: .updated)
    for entry in plan.updated {
      var item = updates.nestedContainer(keyedBy: EntryKey.self)
      try item.encode(entry.package, forKey: .package)
      try item.encode("\(entry.package)-\(entry.from)", forKey: .from)
      try item.encode(entry.nvr, forKey: .to)
    }
    var retirements = container.nestedUnkeyedContainer(forKey: .retired)
    for entry in plan.departing {
      var item = retirements.nestedContainer(keyedBy: EntryKey.self)
      try item.encode(entry.package, forKey: .package)
      try item.encode(entry.nvr, forKey: .nvr)
      try item.encode(entry.marker, forKey: .marker)
      try item.encode(entry.text, forKey: .text)
      var list = item.nestedUnkeyedContainer(forKey: .breaks)
      try list.encodePackages(entry.breakage ?? [])
      try item.encode(acknowledged.contains(entry.nvr), forKey: .acknowledged)
    }
    try container.encode(plan.retiredBefore.map(\.package), forKey: .retiredBefore)
    for (key, findings) in [(Key.refusals, plan.refusals), (.warnings, plan.warnings)] {
      var notes = container.nestedUnkeyedContainer(forKey: key)
      for finding in findings {
        var item = notes.nestedContainer(keyedBy: EntryKey.self)
        try item.encode(finding.message, forKey: .message)
        try item.encode(finding.remedy, forKey: .remedy)
      }
    }
  }
}

extension UnkeyedEncodingContainer {
  /// Without the RPMs: pages name packages.
  fileprivate mutating func encodePackages(_ breakage: [Breakage]) throws {
    for entry in breakage {
      var item = nestedContainer(keyedBy: BreakageKey.self)
      try item.encode(entry.package, forKey: .package)
      try item.encode(entry.owner, forKey: .owner)
      try item.encode(entry.explanations, forKey: .explanations)
    }
  }
}

private enum BreakageKey: CodingKey { case package, owner, explanations }
