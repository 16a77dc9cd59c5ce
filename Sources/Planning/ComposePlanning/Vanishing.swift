package import ComposePolicy
package import ReleaseModel

/// Compares what users have with what a release would give them: what goes
/// although nobody decided it. Pure.
///
/// Decisions are: a marker, a block, a withdrawal, an Obsoletes of an RPM that
/// is there, an architecture that the policy drops, and a waiver.
package struct Vanishing: Sendable {
  /// What was decided about packages.
  package struct Decisions: Sendable {
    /// Source packages that were retired, blocked or withdrawn.
    package var packages: Set<String>
    /// RPMs that an RPM of the new release replaces; nil where that is not
    /// known.
    package var obsoleted: Set<NEVRA>?

    package init(packages: Set<String> = [], obsoleted: Set<NEVRA>? = []) {
      self.packages = packages
      self.obsoleted = obsoleted
    }
  }

  /// What is above the policy's limit, and what the policy lets pass by a
  /// waiver.
  package private(set) var findings: [Finding] = []
  /// What goes within the limit, or was decided by the policy.
  package private(set) var warnings: [Finding] = []

  private let release: ReleaseID
  private let baseline: ReleaseID
  /// Where it is not any more, such as `in 7.07.201908`.
  private let target: String
  private let policy: Policy

  /// - Parameters:
  ///   - before: what users of `baseline` can get.
  ///   - after: what users of `release` would get.
  ///   - policy: whose limit, waivers and architectures count.
  package init(
    from before: ServedContents, of baseline: ReleaseID, to after: ServedContents,
    of release: ReleaseID, deciding decisions: Decisions, policy: Policy
  ) {
    self.release = release
    self.baseline = baseline
    self.policy = policy
    target = "in \(release)"
    let places = Places(before, after, policy, release)
    judge(places: places)
    let lost = judge(packages: before, after, decisions, places)
    judge(binaries: before, after, decisions, places, lostPackages: lost)
    judgeDocuments(before, after)
  }

  /// What a push takes out of the groups and module streams that users of `release`
  /// have.
  package init(
    ofDocumentsFrom before: ServedContents, to after: ServedContents, of release: ReleaseID,
    policy: Policy
  ) {
    self.release = release
    baseline = release
    self.policy = policy
    target = "after this push"
    judgeDocuments(before, after)
  }

  private mutating func judgeDocuments(_ before: ServedContents, _ after: ServedContents) {
    judge(
      documents: before.groups, after.groups, code: "vanished-group", noun: "group",
      key: { "@\($0)" }, remedy: "Put it back into the file of 'metadata.comps'")
    judge(
      documents: before.modules, after.modules, code: "vanished-module", noun: "module stream",
      key: { $0 }, remedy: "Put it back into the file of 'metadata.modules'")
  }

  // MARK: Repositories

  /// Which repositories are compared, and which are not there any more.
  private struct Places {
    /// Of RPMs that users install, in both releases.
    var compared: [RelativePath] = []
    /// Of an architecture that the policy drops with the release.
    var dropped: [Architecture: [RelativePath]] = [:]
    /// Of an architecture that is gone without a word.
    var goneArches: [Architecture: [RelativePath]] = [:]
    /// Others that are gone.
    var gone: [RelativePath] = []

    init(
      _ before: ServedContents, _ after: ServedContents, _ policy: Policy, _ release: ReleaseID
    ) {
      for path in before.repositories.keys.sorted() {
        if after.repositories[path] != nil {
          compared.append(path)
          continue
        }
        guard let arch = policy.repositories.architecture(of: path),
          !policy.arches.contains(arch)
        else {
          gone.append(path)
          continue
        }
        if policy.hasDropped(arch, in: release) {
          dropped[arch, default: []].append(path)
        } else {
          goneArches[arch, default: []].append(path)
        }
      }
    }

    /// Whether what was in `path` needs no word of its own.
    var silent: Set<RelativePath> {
      Set(dropped.values.joined()).union(goneArches.values.joined()).union(gone)
    }
  }

  private mutating func judge(places: Places) {
    for arch in places.dropped.keys.sorted() {
      warnings.append(
        Finding(
          code: "dropped-arch",
          message: "\(arch) goes with \(release): it has no repositories any more",
          remedy: "Tell its users; links lead to its last repositories for the grace time"))
    }
    for arch in places.goneArches.keys.sorted() {
      findings.append(
        Finding(
          code: "vanished-arch",
          message: "users of \(baseline) have repositories of \(arch), and \(release) has none",
          remedy: "Put it back into 'arches' of the policy, or decide from when on it is gone: "
            + "'droppedArches'"))
    }
    findings += places.gone.map { path in
      Finding(
        code: "vanished-repository",
        message: "users of \(baseline) have the repository \(path), and \(release) does not",
        remedy: "Put it back into 'repositories' of the policy, or let the check 'vanish' warn "
          + "for this release")
    }
  }

  // MARK: Source packages

  /// Returns the names of those that are gone, decided or not.
  private mutating func judge(
    packages before: ServedContents, _ after: ServedContents, _ decisions: Decisions,
    _ places: Places
  ) -> Set<String> {
    let had = before.packages
    let lost = had.subtracting(after.packages)
    var remaining: [String: [ServedContents.RPM]] = [:]
    let silent = places.silent
    for (path, rpms) in before.repositories where !silent.contains(path) {
      for rpm in rpms where lost.contains(rpm.package) && rpm.isInstalled {
        remaining[rpm.package, default: []].append(rpm)
      }
    }
    let undecided = lost.subtracting(decisions.packages).filter { package in
      let rpms = remaining[package] ?? []
      // Only for an architecture that goes, or replaced altogether.
      if rpms.isEmpty { return !isOnlyFor(places.silent, package, before) }
      guard let obsoleted = decisions.obsoleted else { return true }
      return !rpms.allSatisfy { obsoleted.contains($0.nevra) }
    }.sorted()
    let found = undecided.map { package in
      Finding(
        code: "vanished",
        message: "\(package) is in \(baseline), but has no live build, no marker and no block",
        remedy: "Restore its build, retire it with a %doc file README-RETIRED.txt, block it, or "
          + "waive it: 'waivers', check 'vanish'", package: package)
    }
    report(
      found, count: { _ in 1 }, of: had.count, code: "vanished-packages", noun: "source package",
      isKnown: true)
    return lost
  }

  /// Whether all that users install of `package` is in `places`.
  private func isOnlyFor(
    _ places: Set<RelativePath>, _ package: String, _ before: ServedContents
  ) -> Bool {
    before.repositories.contains { path, rpms in
      places.contains(path) && rpms.contains { $0.package == package && $0.isInstalled }
    }
  }

  // MARK: Binary packages

  private mutating func judge(
    binaries before: ServedContents, _ after: ServedContents, _ decisions: Decisions,
    _ places: Places, lostPackages: Set<String>
  ) {
    var total = 0
    var lost: [String: Set<NEVRA>] = [:]
    var counts: [String: Int] = [:]
    var arches: [String: Set<Architecture>] = [:]
    for path in places.compared {
      let had = before.repositories[path] ?? []
      let has = Set((after.repositories[path] ?? []).map(\.nevra.name))
      let installed = Dictionary(grouping: had.filter(\.isInstalled)) { $0.nevra.name }
      total += installed.count
      var undecided: [ServedContents.RPM] = []
      for (name, versions) in installed where !has.contains(name) {
        guard let rpm = versions.first else { continue }
        if versions.contains(where: { decisions.packages.contains($0.package) }) { continue }
        if versions.contains(where: { decisions.obsoleted?.contains($0.nevra) == true }) {
          continue
        }
        undecided.append(rpm)
        // One sentence for a package that is gone whole.
        if lostPackages.contains(rpm.package) { continue }
        lost[rpm.package, default: []].insert(rpm.nevra)
        counts[rpm.package, default: 0] += 1
        if let arch = policy.repositories.architecture(of: path) {
          arches[rpm.package, default: []].insert(arch)
        }
      }
      judgeEmptied(path, had, after.repositories[path] ?? [], undecided)
    }
    let found = lost.sorted { $0.key < $1.key }.map { package, rpms in
      let shown = Set(rpms.map { "\($0.name).\($0.arch)" }).sorted()
      return Finding(
        code: "vanished-binary",
        message: "\(package) has no \(shown.joined(separator: ", ")) any more, which users of "
          + "\(baseline) have"
          + (decisions.obsoleted == nil
            ? "; whether anything obsoletes it is not known" : ", and nothing obsoletes it"),
        remedy: "Build it again, let another package obsolete it, or waive it: 'waivers', check "
          + "'vanish'", package: package,
        rpms: rpms.sorted { $0.description < $1.description }.map(\.description),
        arches: arches[package].flatMap { $0.count < policy.arches.count ? $0.sorted() : nil })
    }
    report(
      found, count: { counts[$0.package ?? ""] ?? 1 }, of: total, code: "vanished-binaries",
      noun: "binary package", isKnown: decisions.obsoleted != nil)
  }

  /// A repository, or all that is built for its machine, which is gone whole.
  private mutating func judgeEmptied(
    _ path: RelativePath, _ had: [ServedContents.RPM], _ has: [ServedContents.RPM],
    _ undecided: [ServedContents.RPM]
  ) {
    let undecided = undecided.filter { rpm in
      policy.gate.waiver(package: rpm.package, of: .vanish, in: release) == nil
    }
    guard !undecided.isEmpty else { return }
    if has.isEmpty {
      findings.append(
        Finding(
          code: "emptied-repository",
          message: "the repository \(path) lists nothing any more; users of \(baseline) have "
            + had.count.counted("RPM") + " there",
          remedy: "Find out where its builds went"))
      return
    }
    guard let arch = policy.repositories.architecture(of: path),
      had.contains(where: { $0.nevra.arch == arch }),
      !has.contains(where: { $0.nevra.arch == arch }),
      undecided.contains(where: { $0.nevra.arch == arch })
    else { return }
    findings.append(
      Finding(
        code: "vanished-arch", message: "nothing that was built for \(arch) is left in \(path)",
        remedy: "Find out why the builders of \(arch) made nothing, or drop it: 'droppedArches'"))
  }

  // MARK: Groups and modules

  private mutating func judge(
    documents before: Set<String>, _ after: Set<String>, code: String, noun: String,
    key: (String) -> String, remedy: String
  ) {
    let found = before.subtracting(after).sorted().map { name in
      Finding(
        code: code,
        message: "the \(noun) \(name.sanitizedForDisplay) is in \(baseline), but not \(target)",
        remedy: "\(remedy), or waive it: 'waivers', check 'vanish', package '\(key(name))'",
        package: key(name))
    }
    report(
      found, count: { _ in 1 }, of: before.count, code: "\(code)s", noun: noun, isKnown: true)
  }

  // MARK: The limit

  /// Sorts what is gone into what is refused and what is told.
  private mutating func report(
    _ found: [Finding], count: (Finding) -> Int, of total: Int, code: String, noun: String,
    isKnown: Bool
  ) {
    let waived = found.filter { policy.gate.waiver(for: $0, of: .vanish, in: release) != nil }
    let standing = found.filter { policy.gate.waiver(for: $0, of: .vanish, in: release) == nil }
    findings += waived
    warnings += standing
    let sum = standing.reduce(0) { $0 + count($1) }
    let limit = policy.gate.limits.vanish
    guard isKnown, limit.isExceeded(by: sum, of: total) else { return }
    let names = standing.flatMap { finding in finding.rpms ?? [finding.package].compactMap { $0 } }
    let shown = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? ", …" : "")
    findings.append(
      Finding(
        code: code,
        message: "\(sum.grouped) of \(total.counted(noun)) of \(baseline) would be gone "
          + "although nobody decided it: \(shown); the policy lets \(limit) go",
        remedy: "Check that the right directory or tag is named; decide about each as its warning "
          + "says; or let more go: 'gate.vanish'"))
  }
}

extension ServedContents.RPM {
  /// Whether people install it: neither a source RPM nor debug information.
  fileprivate var isInstalled: Bool { RPMFile.kind(of: nevra) == .binary }
}

extension Policy.RepositoryLayout {
  /// The architecture whose repository is at `path` below a tree; nil where it
  /// is of none.
  package func architecture(of path: RelativePath) -> Architecture? {
    let templates = [binary, debug] + (modular.map { [$0.binary, $0.debug] } ?? [])
    return path.components.lazy.map(Architecture.init).first { arch in
      templates.contains { $0.filled(arch: arch) == path.description }
    }
  }
}
